import type pg from "pg";
import { z } from "zod";
import type { SlackOutcome } from "#app/incidents/slack.ts";
import type { Delivery } from "#jobs/deliver.ts";

export type NotificationChannel = "SLACK" | "MAIL" | "SMS";
/** A notification that is due, leased to us for thirty seconds by its ticket. */
export type DueNotification = z.output<typeof notificationRow>;
/** What the auditor found: which kind, about what. */
export type Finding = z.output<typeof findingRow>;

const notificationRow = z.object({
  id: z.string(),
  ticket: z.string(),
  kind: z.string(),
  target: z.string(),
  address: z.string().nullable(),
  language: z.enum(["id", "en"]),
  facts: z.record(z.string(), z.unknown()),
  created_at: z.date(),
  request_id: z.string(),
});
const findingRow = z.object({ finding: z.string(), about: z.string() });

type Ask = {
  pool: Pick<pg.Pool, "query">;
  scalar: (text: string, values?: unknown[]) => Promise<unknown>;
};

/** The worker's SQL about incidents: timers, notifications, their audit. */
export function incidentQueries({ pool, scalar }: Ask) {
  const rows = async <T>(shape: z.ZodType<T>, text: string, values: unknown[] = []) =>
    z.array(shape).parse((await pool.query(text, values)).rows);
  return {
    /** How many timers rang, of `limit` at most. */
    ringTimers: async (limit: number) => z.number().parse(await scalar("select jobs.ring_timers($1)", [limit])),
    /** How many late actions of post-mortems became tasks. */
    chaseActions: async () => z.number().parse(await scalar("select jobs.chase_post_mortem_actions()")),
    /** How many playbooks became tasks because nobody practised them in time. */
    askDrills: async () => z.number().parse(await scalar("select jobs.ask_drills()")),
    /** Indonesia's public holidays of whole years. */
    keepHolidays: async (days: Array<{ day: string; id: string; en: string }>) =>
      void (await scalar("select jobs.keep_holidays($1)", [JSON.stringify(days)])),
    /** One look of every detector; the database's time, as text so that no microsecond is lost. */
    lookAtDetectors: async (last: string | null, elapsedSeconds: number | null) =>
      z.string().parse(await scalar("select jobs.look_at_detectors($1, $2)::text", [last, elapsedSeconds])),
    /** Adds up what became of each objective of late. */
    countObjectives: async () => void (await scalar("select jobs.count_objectives()")),
    /** Whether it is our turn to try the journey. */
    claimJourney: async () => z.boolean().parse(await scalar("select jobs.claim_journey()")),
    noteJourney: async (run: { kind: string; ok: boolean; step: string; status: number | null; ms: number }) =>
      void (await scalar("select jobs.note_journey($1, $2, $3, $4, $5)", [
        run.kind,
        run.ok,
        run.step,
        run.status,
        run.ms,
      ])),
    declareNotificationChannels: async (channels: NotificationChannel[]) =>
      void (await scalar("select jobs.declare_notification_channels($1)", [channels])),
    claimNotifications: (channel: NotificationChannel, limit: number) =>
      rows(notificationRow, "select * from jobs.claim_notifications($1, $2)", [channel, limit]),
    settleNotification: async ({ id, ticket }: DueNotification, outcome: SlackOutcome | Delivery) =>
      void (await scalar("select jobs.settle_notification($1, $2, $3, $4, $5, $6)", [
        id,
        ticket,
        outcome.kind.toUpperCase(),
        "id" in outcome ? outcome.id : null,
        "reason" in outcome ? outcome.reason : null,
        "afterSeconds" in outcome ? outcome.afterSeconds : null,
      ])),
    auditNotifications: () => rows(findingRow, "select finding, about from jobs.audit_notifications()"),
    noteNotificationsBroken: async (findings: Finding[]) =>
      void (await scalar("select jobs.note_notifications_broken($1)", [JSON.stringify(findings)])),
  };
}
