import pg from "pg";
import { z } from "zod";
import type { Judgement, Place } from "#app/models/geo.ts";
import type { Delivery } from "./deliver.ts";
import type { CallSum } from "./erp/stats.ts";
import { log, reasonOf } from "./log.ts";
import type { BreakerState } from "./erp/breaker.ts";

/** A road to the owner: see jobs.declare_channels. */
export type Channel = "EMAIL" | "SMS";
/** An alert due now, leased to us for two minutes. `content` is the same at each try, money in whole rupiah. */
export type DueAlert = z.output<typeof alertRow>;
/** A letter of another kind that is due, leased to us for two minutes. */
export type DueNotice = z.output<typeof noticeRow>;
/** A shadow order that nobody has looked at, leased to us for a minute; where its salesman was before. */
export type DueTrace = z.output<typeof traceRow>;
/** An order due for the ERP, leased to us for one minute. */
export type DuePush = z.output<typeof pushRow>;
export type Feed = "stock" | "credit";
/** Seconds since a feed's last good snapshot (null: never had one), and how old it may become. */
export type FeedAge = { feed: Feed; age: number | null; interval: number };

const alertRow = z.object({
  order_id: z.string(),
  generation: z.number(),
  attempts: z.number(),
  recipient: z.string(),
  reference: z.string(),
  token: z.string(),
  content: z.object({
    store: z.string(),
    language: z.enum(["id", "en"]),
    salesman: z.string(),
    number: z.string(),
    total: z.number().int(),
    placedAt: z.string().transform((at) => new Date(at)),
    light: z.enum(["GREEN", "AMBER"]),
    degraded: z.boolean(),
    lines: z.array(z.object({ name: z.string(), quantity: z.number().int(), price: z.number().int() })),
  }),
});
const noticeRow = z.object({
  id: z.string(),
  kind: z.string(),
  recipient: z.string(),
  language: z.enum(["id", "en"]),
  props: z.record(z.string(), z.unknown()),
});
const traceRow = z.object({
  order_id: z.string(),
  number: z.string(),
  at: z.date(),
  ip: z.string().nullable(),
  store_latitude: z.number().nullable(),
  store_longitude: z.number().nullable(),
  previous: z
    .object({ order: z.string(), at: z.string().transform((at) => new Date(at)), latitude: z.number(), longitude: z.number(), radiusKm: z.number() })
    .nullable(),
});
const pushRow = z.object({
  order_id: z.string(),
  attempts: z.number(),
  document: z.object({
    reference: z.string(),
    partner: z.string(),
    placed_at: z.string(),
    total: z.number().int(),
    credit: z.enum(["GREEN", "AMBER"]),
    lines: z.array(z.object({ sku: z.string(), quantity: z.number().int(), unit_price: z.number().int() })),
  }),
});
const ageRow = z.object({ feed: z.enum(["stock", "credit"]), age_seconds: z.number().nullable(), interval_seconds: z.number() });

export type Counter = ReturnType<typeof openCounter>;

/** The worker's counter in the database: the functions of schema `jobs` are all that its login may call. */
export function openCounter(connectionString: string) {
  const pool = new pg.Pool({ connectionString, max: 4, connectionTimeoutMillis: 5_000, statement_timeout: 60_000, keepAlive: true });
  pool.on("error", (error) => log.warn({ reason: reasonOf(error) }, "a database connection was lost"));

  const rows = async <T>(shape: z.ZodType<T>, text: string, values: unknown[] = []) =>
    z.array(shape).parse((await pool.query(text, values)).rows);
  const call = async (text: string, values: unknown[] = []) => void (await pool.query(text, values));
  const scalar = async (text: string, values: unknown[] = []) => (await pool.query<{ value: unknown }>(text, values)).rows[0]?.value;

  return {
    declareChannels: (channels: Channel[]) => call("select jobs.declare_channels($1)", [channels]),
    claimAlerts: (channel: Channel, limit: number) => rows(alertRow, "select * from jobs.claim_alerts($1, $2)", [channel, limit]),
    settleAlert: (channel: Channel, { order_id, generation }: Pick<DueAlert, "order_id" | "generation">, delivery: Delivery) =>
      call("select jobs.settle_alert($1, $2, $3, $4, $5, $6)", [order_id, channel, generation, ...outcomeOf(delivery)]),
    claimNotices: (limit: number) => rows(noticeRow, "select * from jobs.claim_notices($1)", [limit]),
    settleNotice: (id: string, delivery: Delivery) => call("select jobs.settle_notice($1, $2, $3, $4)", [id, ...outcomeOf(delivery)]),

    claimTraces: (limit: number) => rows(traceRow, "select * from jobs.claim_traces($1)", [limit]),
    settleTrace: (orderId: string, place: Place | null, { distanceKm, verdict, why }: Judgement) =>
      call("select jobs.settle_trace($1, $2, $3, $4, $5)", [orderId, place && JSON.stringify(place), distanceKm, verdict, JSON.stringify(why)]),
    /** Runs the rules of abuse on it; then it is done with. */
    inspectOrder: (orderId: string) => call("select jobs.inspect_order($1)", [orderId]),

    claimPushes: (limit: number) => rows(pushRow, "select * from jobs.claim_pushes($1)", [limit]),
    pushDone: (orderId: string, document: string) => call("select jobs.settle_push_done($1, $2)", [orderId, document]),
    /** `final`: the ERP said no. Otherwise the order is due again after `seconds`. */
    pushFailed: (orderId: string, error: string, final: boolean, seconds: number) =>
      call("select jobs.settle_push_failed($1, $2, $3, $4)", [orderId, error, final, seconds]),
    pushesPerSecond: async () => z.coerce.number().positive().parse(await scalar("select jobs.push_rate() as value")),

    feedAges: async (): Promise<FeedAge[]> =>
      (await rows(ageRow, "select feed, age_seconds, interval_seconds from jobs.feed_ages()")).map((row) => ({
        feed: row.feed,
        age: row.age_seconds,
        interval: row.interval_seconds,
      })),
    /** The database's clock, as text so that no microsecond is lost: ages are never measured with ours. */
    now: async () => z.string().parse(await scalar("select now()::text as value")),
    /** Puts a whole feed live, or refuses it whole: null, or the reason. */
    applyFeed: async (feed: Feed, snapshot: string, startedAt: string, content: object[]) =>
      z
        .string()
        .nullable()
        .parse(await scalar(applyFeed[feed], [snapshot, startedAt, JSON.stringify(content)])),
    rejectFeed: (feed: Feed, reason: string) => call("select jobs.reject_feed($1, null, $2)", [feed, reason]),

    recordCircuit: (state: BreakerState, failures: number, reason: string | null) =>
      call("select jobs.record_circuit($1, $2, $3)", [state.toUpperCase(), failures, reason]),
    /** Sums of calls to the ERP, for the page that watches it. */
    noteErpCalls: (sums: CallSum[]) => call("select jobs.note_erp_calls($1)", [JSON.stringify(sums)]),
    noteErpOk: () => call("select jobs.note_erp_ok()"),
    /** How many monthly reviews were made, and how many nobody signed in time. */
    makeReviews: async () => z.number().parse(await scalar("select jobs.make_reviews() as value")),
    sweepReviews: async () => z.number().parse(await scalar("select jobs.sweep_reviews() as value")),
    /** How many shadow orders had to be inspected late. */
    sweepAbuse: async () => z.number().parse(await scalar("select jobs.sweep_abuse() as value")),
    sweepLeftovers: () => call("select jobs.sweep_leftovers()"),

    close: () => pool.end(),
  };
}

/** Outcome, the provider's id, and its reason, as the functions that settle take them. */
const outcomeOf = (delivery: Delivery) =>
  delivery.kind === "accepted" ? ["ACCEPTED", delivery.id, null] : [delivery.kind.toUpperCase(), null, delivery.reason];

const applyFeed: Record<Feed, string> = {
  stock: "select jobs.apply_stock($1, $2::timestamptz, $3::jsonb) as value",
  credit: "select jobs.apply_credit($1, $2::timestamptz, $3::jsonb) as value",
};
