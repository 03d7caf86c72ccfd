import { z } from "zod";
import type { AgedLine } from "#app/log-queue.ts";
import type { Judgement, Place } from "#app/cases/geo.ts";
import type { Delivery } from "./deliver.ts";
import type { CallSum } from "./erp/stats.ts";
import { openPool } from "./database.ts";
import { waking } from "./wake.ts";
import { circuitQueries } from "./erp/circuit-queries.ts";
import { syncQueries } from "./erp/sync-queries.ts";
import { incidentQueries } from "./incidents/queries.ts";

/** How an owner can be told: see jobs.declare_channels. */
export type Channel = "EMAIL" | "SMS";
/** An alert due now, leased to us for two minutes. `content` is the same at each try, money in whole rupiah. */
export type DueAlert = z.output<typeof alertRow>;
/** A mail of another kind that is due, leased to us for two minutes. */
export type DueMail = z.output<typeof mailRow>;
/** A shadow order that nobody has looked at, leased to us for a minute; where its salesman was before. */
export type DueTrace = z.output<typeof traceRow>;
export type Feed = "stock" | "credit";
/**
 * A feed to be pulled, leased to us for five minutes; its beginning by the database's clock, as text so that no
 * microsecond is lost.
 */
export type DuePull = z.output<typeof pullRow>;

const alertRow = z.object({
  order_id: z.string(),
  generation: z.number(),
  attempts: z.number(),
  recipient: z.string(),
  reference: z.string(),
  token: z.string(),
  request_id: z.string(),
  content: z.object({
    store: z.string(),
    storeCode: z.string(),
    language: z.enum(["id", "en"]),
    salesman: z.string(),
    salesmanCode: z.string(),
    number: z.string(),
    total: z.number().int(),
    placedAt: z.string().transform((at) => new Date(at)),
    light: z.enum(["GREEN", "AMBER"]),
    degraded: z.boolean(),
    lines: z.array(z.object({ name: z.string(), quantity: z.number().int(), price: z.number().int() })),
  }),
});
const mailRow = z.object({
  id: z.string(),
  kind: z.string(),
  recipient: z.string(),
  language: z.enum(["id", "en"]),
  props: z.record(z.string(), z.unknown()),
  created_at: z.date(),
  provider_key: z.string(),
  request_id: z.string(),
});
const traceRow = z.object({
  order_id: z.string(),
  number: z.string(),
  at: z.date(),
  ip: z.string().nullable(),
  store_latitude: z.number().nullable(),
  store_longitude: z.number().nullable(),
  previous: z
    .object({
      order: z.string(),
      at: z.string().transform((at) => new Date(at)),
      latitude: z.number(),
      longitude: z.number(),
      radiusKm: z.number(),
    })
    .nullable(),
  request_id: z.string().nullable(),
});
const pullRow = z.object({ feed: z.enum(["stock", "credit"]), started: z.string() });

export type { DueNotification, Finding, NotificationChannel } from "./incidents/queries.ts";

export type WorkerQueries = ReturnType<typeof openQueries>;

/** The worker's way into the database: the functions of schema `jobs` are all that its login may call. */
export function openQueries(connectionString: string) {
  const pool = openPool(connectionString, { max: 4 });

  const shared = circuitQueries(connectionString);

  const rows = async <T>(shape: z.ZodType<T>, text: string, values: unknown[] = []) =>
    z.array(shape).parse((await pool.query(text, values)).rows);
  const scalar = waking(pool);
  const call = async (text: string, values: unknown[] = []): Promise<void> => void (await scalar(text, values));

  return {
    declareChannels: (channels: Channel[]) => call("select jobs.declare_channels($1)", [channels]),
    claimAlerts: (channel: Channel, limit: number) =>
      rows(alertRow, "select * from jobs.claim_alerts($1, $2)", [channel, limit]),
    settleAlert: (
      channel: Channel,
      { order_id, generation }: Pick<DueAlert, "order_id" | "generation">,
      delivery: Delivery,
    ) =>
      call("select jobs.settle_alert($1, $2, $3, $4, $5, $6)", [order_id, channel, generation, ...outcomeOf(delivery)]),
    /** `toStores` false: what stores are told of their orders waits, as it does while the setting says so. */
    claimMails: (limit: number, toStores = true) =>
      rows(mailRow, "select * from jobs.claim_mails($1, $2)", [limit, toStores]),
    settleMail: (id: string, delivery: Delivery) =>
      call("select jobs.settle_mail($1, $2, $3, $4)", [id, ...outcomeOf(delivery)]),

    claimTraces: (limit: number) => rows(traceRow, "select * from jobs.claim_traces($1)", [limit]),
    settleTrace: (orderId: string, place: Place | null, { distanceKm, verdict, why }: Judgement) =>
      call("select jobs.settle_trace($1, $2, $3, $4, $5)", [
        orderId,
        place && JSON.stringify(place),
        distanceKm,
        verdict,
        JSON.stringify(why),
      ]),
    /** Runs the rules of abuse on it; then it is done with. */
    inspectOrder: (orderId: string) => call("select jobs.inspect_order($1)", [orderId]),

    ...syncQueries(pool),
    ...incidentQueries({ pool, scalar }),
    ...shared.circuit,
    /** Sums of calls to the ERP, for the page that watches it. */
    noteErpCalls: (sums: CallSum[]) => call("select jobs.note_erp_calls($1)", [JSON.stringify(sums)]),
    /** Lines of the worker's log. */
    noteLogs: (lines: AgedLine[]) => call("select jobs.note_logs($1)", [JSON.stringify(lines)]),
    /** Makes the next days of the log. */
    ensureLogDays: () => call("select jobs.ensure_log_days()"),
    claimPull: async (owner: string): Promise<DuePull | null> =>
      (await rows(pullRow, "select feed, started::text from jobs.claim_pull($1)", [owner]))[0] ?? null,
    settlePull: (owner: string, feed: Feed, ok: boolean) =>
      call("select jobs.settle_pull($1, $2, $3)", [owner, feed, ok]),
    /** Puts a whole feed live, or refuses it whole: null, or the reason. `startedAt` is the claim's. */
    applyFeed: async (
      feed: Feed,
      startedAt: string,
      { snapshot, takenAt, rows: content }: { snapshot: string; takenAt: Date; rows: object[] },
    ) =>
      z
        .string()
        .nullable()
        .parse(await scalar(applyFeed[feed], [snapshot, startedAt, JSON.stringify(content), takenAt])),
    /** `pulled`: as much of it as had come. */
    rejectFeed: (feed: Feed, reason: string, pulled: { snapshot: string; takenAt: Date; rows: number } | null) =>
      call("select jobs.reject_feed($1, $2, $3, $4, $5)", [
        feed,
        pulled?.snapshot ?? null,
        reason,
        pulled?.rows ?? null,
        pulled?.takenAt ?? null,
      ]),

    /** How many monthly reviews were made, and how many nobody signed in time. */
    makeReviews: async () => z.number().parse(await scalar("select jobs.make_reviews()")),
    /** How many weeks lack their checkpoint with the ERP's people and were not asked about before. */
    askErpCheckpoints: async () => z.number().parse(await scalar("select jobs.ask_erp_checkpoints()")),
    /** Whether stock is to be compared with the ERP's this week; it is pulled then. */
    wantStockCheck: async () => z.boolean().parse(await scalar("select jobs.want_stock_check()")),
    sweepReviews: async () => z.number().parse(await scalar("select jobs.sweep_reviews()")),
    /** How many shadow orders had to be inspected late. */
    sweepAbuse: async () => z.number().parse(await scalar("select jobs.sweep_abuse()")),
    /** How full the queue of notifications is, from 0 to 1; staff is told when it fills up. */
    watchNotifications: async () => z.number().parse(await scalar("select jobs.watch_notifications()")),
    /** What of our logins is not as it should be; staff is told. */
    watchLogins: async () =>
      z
        .array(z.object({ login: z.string(), what: z.string(), is: z.string().nullable() }))
        .parse(await scalar("select jobs.watch_logins()")),
    /** Account rows that somebody waits for as a whole, and the waiting backends. */
    waitedAccounts: () =>
      rows(
        z.object({ account_id: z.string(), waiter: z.number() }),
        "select account_id, waiter from jobs.waited_accounts()",
      ),
    /** Ends the web's connections that hold such a row. `others`: logins of holders that are not ours to end. */
    endHolders: async (account: string) =>
      z
        .object({ ended: z.number(), others: z.array(z.string()) })
        .parse(await scalar("select jobs.end_holders($1)", [account])),
    /** Maintenance that begins or ends by the clock, and how each service is. */
    watchStatus: () => call("select jobs.watch_status()"),
    sweepLeftovers: () => call("select jobs.sweep_leftovers()"),

    close: async () => void (await Promise.all([pool.end(), shared.close()])),
  };
}

/** Outcome, the provider's id, and its reason, as the functions that settle take them. */
const outcomeOf = (delivery: Delivery) =>
  delivery.kind === "accepted" ? ["ACCEPTED", delivery.id, null] : [delivery.kind.toUpperCase(), null, delivery.reason];

const applyFeed: Record<Feed, string> = {
  stock: "select jobs.apply_stock($1, $2::timestamptz, $3::jsonb, $4::timestamptz)",
  credit: "select jobs.apply_credit($1, $2::timestamptz, $3::jsonb, $4::timestamptz)",
};
