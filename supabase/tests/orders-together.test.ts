import { describe, expect, test } from "vitest";
import { people } from "#tests/support/cast.ts";
import { connect } from "#tests/support/database.ts";
import { plenty, rolledBack, type TestDb } from "#tests/support/rolled-back.ts";
import { several } from "#supabase/local/several.ts";
import { amberOrder, setLimit, statusOf } from "./approvals-support.ts";

type Item = { number: string; status: string; total: number };
type Outcome = { moved: string[]; left: Array<{ number: string; why: string }> };

const together = "select app.move_orders($1, $2, $3)";

const asSeen = (db: TestDb, numbers: string[]) =>
  db.rows<Item>("select number, status, total from app.orders where number = any ($1)", [numbers]);
const moveAs = (db: TestDb, who: string, items: Item[], to: string, note = "") =>
  db.as(who, () => db.value<Outcome>(together, [JSON.stringify(items), to, note]));
const set = (db: TestDb, number: string, text: string) =>
  db.rows(`select ${text} from app.orders where number = $1`, [number]);
const trail = (db: TestDb, number: string) =>
  db.rows(
    `
      select action, entity, entity_key = $1 as its, target_code, before, after, detail from app.audit_events
        where entity_key = $1 and action = 'ORDER_MOVED' order by id`,
    [number],
  );
const history = (db: TestDb, number: string) =>
  db.rows(
    `
      select e.kind, e.actor, e.detail from app.order_events e join app.orders o on o.id = e.order_id
        where o.number = $1 order by e.id desc limit 1`,
    [number],
  );

async function green(db: TestDb, n: number): Promise<string[]> {
  const [sku] = await plenty(db);
  await setLimit(db, 1_000_000_000);
  const numbers: string[] = [];
  for (let i = 0; i < n; i += 1) {
    await db.fill(people.budi, [sku, 1]);
    numbers.push(await db.order(people.budi));
  }
  return numbers;
}

describe("several orders at once", () => {
  test(
    "each is moved as if it were moved alone: the same history, the same row of the trail",
    rolledBack(async (db) => {
      const [alone, one, two] = several(3, await green(db, 3));
      await db.as(people.admin, () => db.rows("select app.move_order($1, 'PROCESSING', 'Gudang siap')", [alone]));
      const outcome = await moveAs(db, people.admin, await asSeen(db, [one, two]), "PROCESSING", "Gudang siap");
      expect(outcome).toEqual({ moved: [one, two].sort(), left: [] });
      for (const number of [one, two]) {
        expect(await statusOf(db, number)).toBe("PROCESSING");
        expect(await trail(db, number)).toEqual(await trail(db, alone));
        expect(await history(db, number)).toEqual(await history(db, alone));
      }
      expect(await trail(db, one)).toHaveLength(1);
    }),
  );

  test(
    "what changed, is held, waits for its credit or is decided elsewhere is named and left alone; the rest goes",
    rolledBack(async (db) => {
      const { number: amber } = await amberOrder(db);
      const [fine, moved, held, done, short] = several(5, await green(db, 5));
      const seen = await asSeen(db, [fine, moved, held, done, amber, short]);
      await set(db, held, "private.hold_order(id, 'DISPUTED', 'SYSTEM')");
      await db.as(people.admin2, () => db.rows("select app.move_order($1, 'PROCESSING', '')", [moved]));
      await db.as(people.admin2, () => db.rows("select app.move_order($1, 'APPROVED', '')", [done]));
      const items = seen.map((item) => (item.number === short ? { ...item, total: item.total - 1 } : item));
      const unknown = { number: "ORD-2001-000001", status: "SUBMITTED", total: 1 };
      const outcome = await moveAs(db, people.admin, [...items, unknown], "APPROVED");
      expect(outcome.moved).toEqual([fine]);
      expect(Object.fromEntries(outcome.left.map(({ number, why }) => [number, why]))).toEqual({
        [moved]: "CHANGED",
        [held]: "HELD",
        [done]: "STATUS",
        [amber]: "CREDIT",
        [short]: "CHANGED",
        "ORD-2001-000001": "GONE",
      });
      expect(await statusOf(db, moved)).toBe("PROCESSING");
      expect(await statusOf(db, short)).toBe("SUBMITTED");
      // The look says the same beforehand, and a second press of the same admin is no failure.
      const look = await db.as(people.admin, () =>
        db.rows<{ number: string; hurdles: Record<string, string | null>; by: string | null }>(
          "select * from app.look_at_moves($1)",
          [[fine, moved, held, amber, unknown.number]],
        ),
      );
      const hurdle = (number: string, step: string) => look.find((row) => row.number === number)?.hurdles[step];
      expect([hurdle(moved, "APPROVED"), hurdle(held, "APPROVED"), hurdle(amber, "APPROVED")]).toEqual([
        null,
        "HELD",
        "CREDIT",
      ]);
      expect([hurdle(amber, "PROCESSING"), hurdle(fine, "APPROVED")]).toEqual([null, "STATUS"]);
      expect(look.find((row) => row.number === moved)?.by).not.toBe(look.find((row) => row.number === fine)?.by);
      expect(look.map(({ number }) => number)).not.toContain(unknown.number);
      const fineAsSeen = items.filter(({ number }) => number === fine);
      expect(await moveAs(db, people.admin, fineAsSeen, "APPROVED")).toEqual({ moved: [fine], left: [] });
      expect(await moveAs(db, people.admin2, fineAsSeen, "APPROVED")).toMatchObject({ left: [{ why: "STATUS" }] });
      expect(await trail(db, fine)).toHaveLength(1);
    }),
  );

  test(
    "what the ERP answered is decided before it ships",
    rolledBack(async (db) => {
      const [number, control] = several(2, await green(db, 2));
      for (const each of [number, control])
        await db.as(people.admin, () => db.rows("select app.move_order($1, 'APPROVED', '')", [each]));
      await db.rows(
        `
          insert into app.reconcile_results (order_id, result, assumed, erp, difference)
            select id, 'ERROR', '{}', '{}', '{}' from app.orders where number = $1`,
        [number],
      );
      const outcome = await moveAs(db, people.admin, await asSeen(db, [number, control]), "SHIPPED");
      expect(outcome).toEqual({ moved: [control], left: [{ number, why: "UNDECIDED" }] });
    }),
  );

  test(
    "an admin alone, fifty at most, only steps onward, and nothing that is no list",
    rolledBack(async (db) => {
      const [number] = several(1, await green(db, 1));
      const [item] = several(1, await asSeen(db, [number]));
      const stopped = (who: string, items: unknown, to: string | null = "PROCESSING", note = "") =>
        db.stopped(who, together, [items === null ? null : JSON.stringify(items), to, note]);
      for (const who of [people.budi, people.sari, people.auditor]) {
        expect(await stopped(who, [item])).toBe("DENIED");
        expect(await db.stopped(who, "select app.look_at_moves($1)", [[number]])).toBe("DENIED");
      }
      for (const to of ["CANCELLED", "REJECTED", "SUBMITTED", "x", null])
        expect(await stopped(people.admin, [item], to)).toBe("BAD_INPUT");
      for (const items of [[], {}, null]) expect(await stopped(people.admin, items)).toBe("BAD_INPUT");
      const many = (n: number) => Array.from({ length: n }, (_, i) => ({ ...item, number: `ORD-2001-${100_000 + i}` }));
      expect(await stopped(people.admin, many(51))).toBe("TOO_MANY");
      expect(await stopped(people.admin, many(50))).toBeNull();
      expect(await stopped(people.admin, [item], "PROCESSING", "x".repeat(301))).toBe("TOO_LONG");
      expect(await stopped(people.admin, [item])).toBeNull();
    }),
  );
});

// On connections of their own; nothing is committed but by the first, and its order is a new one.
test("two admins at once: each order is moved once, and the late one hears which", async () => {
  const owner = await connect();
  const admins = await Promise.all(
    [people.admin, people.admin2].map(async (user) => ({ user, session: crypto.randomUUID(), sql: await connect() })),
  );
  const items = (
    await owner.query<Item>(
      `
        select o.number, o.status, o.total from app.orders o
          where private.move_hurdle(o, 'APPROVED', null, null) is null order by o.id desc limit 2`,
    )
  ).rows;
  expect(items).toHaveLength(2);
  try {
    for (const { user, session, sql } of admins) {
      await owner.query(
        "insert into auth.sessions (id, user_id, created_at, updated_at) values ($1, $2, now(), now())",
        [session, user],
      );
      await sql.query("begin");
      await sql.query("select set_config('request.jwt.claims', $1, true), set_config('role', 'authenticated', true)", [
        JSON.stringify({ sub: user, session_id: session }),
      ]);
    }
    const [first, second] = several(2, admins);
    const [one, two] = several(2, items);
    const ask = (sql: typeof owner, wanted: Item[]) =>
      sql
        .query<{ outcome: Outcome }>("select app.move_orders($1, 'APPROVED', '') as outcome", [JSON.stringify(wanted)])
        .then(({ rows }) => rows[0]!.outcome);
    expect((await ask(first.sql, [one])).moved).toHaveLength(1);
    const late = ask(second.sql, [one, two]);
    const waits = () =>
      owner.query("select from pg_stat_activity where pid = $1 and wait_event_type = 'Lock'", [second.sql.processID]);
    while ((await waits()).rowCount !== 1) continue;
    await first.sql.query("commit");
    const outcome = await late;
    expect(outcome).toEqual({ moved: [two.number], left: [{ number: one.number, why: "STATUS" }] });
    await second.sql.query("rollback");
    const trailed = await owner.query(
      `
        select from app.audit_events where entity_key = any ($1) and action = 'ORDER_MOVED'
          and after ->> 'status' = 'APPROVED'`,
      [[one.number, two.number]],
    );
    expect(trailed.rowCount).toBe(1);
  } finally {
    await Promise.all(admins.map(({ sql }) => sql.query("rollback")));
    await Promise.all([owner, ...admins.map(({ sql }) => sql)].map((client) => client.end()));
  }
});
