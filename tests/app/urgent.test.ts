import sql from "sql-template-tag";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { onQueued, writeAs } from "#app/db/transaction.server.ts";
import { slackHandlers } from "#mocks/slack/handlers.ts";
import { SlackState } from "#mocks/slack/state.ts";
import { serve, type Served } from "#mocks/serve.ts";
import { signedIn } from "#tests/support/signed-in.ts";

const { owner } = signedIn("budi");
const slack = new SlackState();
let served: Served;
beforeAll(async () => {
  served = await serve(slackHandlers(slack), 0);
  const at = `http://127.0.0.1:${served.port}/slack`;
  const { env } = await import("#app/env.server.ts");
  Object.assign(env, { SLACK_WEBHOOK_CRITICAL: `${at}/critical` });
  const { tellUrgent } = await import("#app/incidents/urgent.server.ts");
  onQueued((queues) => void tellUrgent(queues));
  // A worker made it when it first started.
  await owner.query(`select pgboss.create_queue('incident.changed.slack', '{"policy": "standard"}')`);
  await owner.query("select jobs.declare_notification_channels('{SLACK,MAIL}')");
});
afterAll(() => served.close());

const nobody = { ip: "", userAgent: "", requestId: "" };
const state = async () =>
  (
    await owner.query<{ state: string; attempts: number }>(
      "select state, attempts from app.notifications where channel = 'SLACK' order by id desc limit 1",
    )
  ).rows[0];

test("a SEV-1 that a request opens is in Slack without any worker, once the transaction is over", async () => {
  await writeAs(null, nobody, (db) => db.many(sql`select app.note_mixed_answers()`));
  await vi.waitFor(async () => expect(await state()).toEqual({ state: "SENT", attempts: 1 }), { timeout: 30_000 });
  expect(slack.list().map(({ channel }) => channel)).toEqual(["critical"]);
  expect(slack.list()[0]!.text).toContain("SEV-1");
});

test("Slack does not answer: the request was not held up, and the message is the worker's", async () => {
  await owner.query(
    `update app.incidents set state = 'RESOLVED', resolved_at = now(), resolved_by = 'SYSTEM',
        last_seen_at = now() - interval '1 hour'
      where state <> 'CLOSED'`,
  );
  await owner.query("update app.notifications set created_at = created_at - interval '1 hour'");
  slack.mode = "slow";
  await writeAs(null, nobody, (db) => db.many(sql`select app.note_mixed_answers()`));
  await vi.waitFor(async () => expect(await state()).toEqual({ state: "PENDING", attempts: 1 }), { timeout: 30_000 });
  await owner.query("update app.notifications set next_attempt_at = now() where state = 'PENDING'");
  const { rows } = await owner.query("select target from jobs.claim_notifications('SLACK', 10)");
  expect(rows).toEqual([{ target: "critical" }]);
});
