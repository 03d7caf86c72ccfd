import { expect, test } from "vitest";
import { onStage, people, plenty, type Stage, stores } from "./support.ts";

const ways: Record<string, { who: string | null; end: (stage: Stage) => Promise<unknown> }> = {
  BY_HAND: { who: "SLS-001", end: (stage) => stage.as(people.sari, () => stage.rows("select app.end_acting()")) },
  SIGNED_OUT: { who: "SLS-001", end: (stage) => stage.as(people.sari, () => stage.rows("select app.note_sign_out()")) },
  SUSPENDED: { who: null, end: (stage) => stage.as(people.admin, () => stage.rows("select app.suspend_account('SLS-001', 'dicoba oleh kantor')")) },
  SWITCHED_OFF: { who: "PTR-0001", end: (stage) => stage.as(people.budi, () => stage.rows("select app.set_shadow_consent(false, null)")) },
  EXPIRED: { who: "SLS-001", end: async (stage) => {
    await stage.rows("update app.acting_sessions set started_at = now() - interval '2 hours', expires_at = now() - interval '1 hour' where salesman_id = $1 and ended_at is null", [people.sari]);
    await stage.actFor(people.sari, "PTR-0001");
  } },
};

test.each(Object.entries(ways))("an acting session that ends %s is a line of the trail with its session and both people", (reason, { who, end }) => onStage(async (stage) => {
  await stage.actFor(people.sari, "PTR-0001");
  const session = await stage.value<string>("select id from app.acting_sessions where salesman_id = $1 and ended_at is null", [people.sari]);
  await end(stage);
  const [row, ...more] = await stage.rows<Record<string, unknown>>("select * from app.audit_events where action = 'ACTING_ENDED' and acting_session_id = $1", [session]);
  expect(more).toEqual([]);
  expect(row).toMatchObject({ acting_session_id: session, partner_id: stores.budi, target_code: "PTR-0001", entity: "account", entity_key: "SLS-001", detail: { reason } });
  if (who) expect(row!.actor_code).toBe(who);
  // The worker's line names the salesman as the agent, whoever ended it: see jobs.acts_to_log.
  expect(await stage.rows(`select a.code from app.acting_sessions c join app.accounts a on a.id = c.salesman_id where c.id = $1`, [session])).toEqual([{ code: "SLS-001" }]);
})());

test("the worker's line of an end names the salesman and the store, also when the office ended it", onStage(async (stage) => {
  await stage.actFor(people.sari, "PTR-0001");
  await ways.SUSPENDED!.end(stage);
  await stage.rows("update audit.watch set logged_batch = (select coalesce(max(batch), 0) from audit.seals)");
  const event = (await stage.rows<{ id: number; at: string }>("select id, at::text from app.audit_events where action = 'ACTING_ENDED' order by id desc limit 1"))[0]!;
  await stage.rows(`insert into audit.links select coalesce(max(seq), 0) + 1, $1, $2, sha256(''), sha256('') from audit.links`, [event.id, event.at]);
  await stage.rows(`insert into audit.seals (batch, first_seq, last_seq, previous, head, drained) select (select coalesce(max(batch), 0) + 1 from audit.seals), max(seq), max(seq), sha256(''), sha256(''), true from audit.links`);
  expect(await stage.rows("select agent, partner, action from jobs.acts_to_log(10) where agent is not null")).toEqual([{ agent: "SLS-001", partner: "PTR-0001", action: "ACTING_ENDED" }]);
}));

test("the invented past has rows of the shape that the functions write", onStage(async (stage) => {
  const shape = `action || ' ' || coalesce(entity, '-') || case when acting_session_id is null then '' else ' shadow' end || ' ' ||
    concat_ws(',', case when actor_code is not null then 'actor' end, case when partner_id is not null then 'partner' end, case when target_code is not null then 'target' end,
      (select 'before:' || string_agg(k, '+' order by k) from jsonb_object_keys(before) k), (select 'after:' || string_agg(k, '+' order by k) from jsonb_object_keys(after) k),
      (select 'detail:' || string_agg(k, '+' order by k) from jsonb_object_keys(detail) k))`;
  const shapes = async (where: string, mark: number) => (await stage.rows<{ shape: string }>(
    `select distinct ${shape} as shape from app.audit_events where action in ('ACTING_BEGUN', 'ACTING_ENDED', 'ORDER_PLACED', 'ORDER_MOVED', 'CREDIT_APPROVED') and id ${where} $1 order by 1`, [mark])).map((row) => row.shape);
  const mark = await stage.value<number>("select max(id) from app.audit_events");
  const { skus } = await plenty(stage);
  await stage.actFor(people.sari, "PTR-0001");
  await stage.fill(people.sari, [skus[0]!, 1]);
  const shadow = await stage.order(people.sari);
  await ways.BY_HAND!.end(stage);
  await stage.fill(people.budi, [skus[1]!, 1]);
  await stage.order(people.budi);
  await stage.as(people.admin, () => stage.rows("select app.move_order($1, 'PROCESSING', '')", [shadow]));
  await stage.rows("update app.partners set credit_limit = 0 where id = $1", [stores.maya]);
  await stage.fill(people.maya, [skus[2]!, 1]);
  const amber = await stage.order(people.maya);
  await stage.as(people.admin, () => stage.rows("select app.decide_credit($1, 'APPROVED', 'disetujui', (select total from app.orders where number = $1))", [amber]));
  const written = await shapes(">", mark);
  const invented = await shapes("<=", mark);
  expect(invented.length).toBeGreaterThan(4);
  expect(invented.filter((one) => !written.includes(one))).toEqual([]);
}));
