import { expect, test } from "vitest";
import { people } from "#tests/support/cast.ts";
import { rolledBack, type TestDb } from "#tests/support/rolled-back.ts";
import { shadowOrder, doneWithTheRest, claim, settle } from "./cases-support.ts";

type Case = {
  salesman: { code: string; status: string };
  score: { score: number };
  totals: Record<string, number>;
  next: number | null;
  cut: string[];
  orders: Array<{
    number: string;
    ip: string;
    verdict: string;
    place: { city: string };
    device: string | null;
    sharedWith: string[];
    store: { code: string };
  }>;
  sessions: unknown[];
  hits: Array<{ rule: string }>;
  disputes: Array<{ order: string }>;
  suspensions: unknown[];
  notes: Array<{ author: string; note: string }>;
};
const open = (db: TestDb, who: string, ...more: unknown[]) =>
  db.as(who, () =>
    db.value<Case>(`select app.open_case('SLS-001'${more.map((_, i) => `, $${i + 1}`).join("")})`, more),
  );
const reads = (db: TestDb, who: string) =>
  db.value<number>(
    `
      select count(*)::int from app.audit_events where action = 'CASE_READ' and actor_id = $1
        and entity_key = 'SLS-001' and target_code = 'SLS-001'`,
    [who],
  );

test(
  "nobody reads where a shadow order came from, and only staff opens a case",
  rolledBack(async (db) => {
    await shadowOrder(db);
    for (const who of [people.budi, people.sari, people.admin, people.auditor, null]) {
      expect(await db.stopped(who, "select from app.shadow_traces")).toBe("42501");
    }
    const questions = [
      "select app.open_case('SLS-001')",
      "select app.list_cases()",
      "select app.add_case_note('SLS-001', 'catatan')",
    ];
    for (const question of questions) {
      for (const who of [people.budi, people.sari, people.agus]) expect(await db.stopped(who, question)).toBe("DENIED");
      expect(await db.stopped(null, question)).toBe("42501");
      expect(await db.stopped(people.admin, question, [], crypto.randomUUID())).toBe("28000");
      for (const who of [people.admin, people.auditor]) expect(await db.stopped(who, question)).toBeNull();
    }
    for (const code of ["SLS-999", "PTR-0001", "ADM-001", ""]) {
      expect(await db.stopped(people.admin, "select app.open_case($1)", [code])).toBe("NOT_FOUND");
      expect(await db.stopped(people.admin, "select app.add_case_note($1, 'catatan')", [code])).toBe("NOT_FOUND");
    }
  }),
);

test(
  "whoever opens a case is in the trail, in the same transaction, once in five minutes",
  rolledBack(async (db) => {
    await shadowOrder(db);
    const before = await reads(db, people.admin);
    await open(db, people.admin);
    await open(db, people.admin);
    expect(await reads(db, people.admin)).toBe(before + 1);
    await open(db, people.auditor); // Each reader for himself.
    expect(await reads(db, people.auditor)).toBeGreaterThan(0);
    // Rolled back, it was not read, and nothing says that it was.
    expect(await db.stopped(people.admin2, "select app.open_case('SLS-001')")).toBeNull();
    expect(await reads(db, people.admin2)).toBe(0);
  }),
);

test(
  "a case shows its orders with place and verdict, and everything beside them",
  rolledBack(async (db) => {
    await doneWithTheRest(db);
    const device = "0b7f4b9e-3c55-4d4a-9b57-6a1f3f9f2c11";
    const number = await shadowOrder(db, "112.78.181.77", device);
    const [due] = await claim(db);
    expect(due).toMatchObject({ number, ip: "112.78.181.77" });
    await settle(db, due!.order_id);
    await db.as(people.admin, () => db.value("select app.add_case_note('SLS-001', '  Sudah ditelepon.  ')"));
    const found = await open(db, people.admin);
    expect(found.salesman).toMatchObject({ code: "SLS-001", status: "ACTIVE" });
    expect(found.orders[0]).toMatchObject({
      number,
      ip: "112.78.181.77",
      verdict: "PLAUSIBLE",
      place: { city: "Surabaya" },
      device,
      sharedWith: [],
      store: { code: "PTR-0001" },
    });
    expect(found.notes[0]).toMatchObject({ author: "ADM-001", note: "Sudah ditelepon." });
    expect(found.sessions.length).toBeGreaterThan(0);
    expect(found.totals).toMatchObject({ days: 90 });
    expect(found.totals.orders).toBeGreaterThanOrEqual(found.orders.length);
    expect(found.cut).toEqual([]);
    // Another salesman's order from the same browser is said.
    await db.sql.query("update app.shadow_traces set device = $1, salesman_id = $2 where order_id <> $3", [
      device,
      people.agus,
      due!.order_id,
    ]);
    expect((await open(db, people.admin)).orders[0]!.sharedWith).toEqual(["SLS-002"]);
  }),
);

test(
  "notes need words, are audited without them, and are never changed",
  rolledBack(async (db) => {
    for (const note of ["", "  x ", null])
      expect(await db.stopped(people.admin, "select app.add_case_note('SLS-001', $1)", [note])).toBe("REASON_REQUIRED");
    const id = await db.as(people.auditor, () =>
      db.value<number>("select app.add_case_note('SLS-001', 'Pemilik toko tidak mengenalinya')"),
    );
    const [event] = await db.rows(
      "select actor_code, detail from app.audit_events where action = 'CASE_NOTED' order by id desc limit 1",
    );
    expect(event).toEqual({ actor_code: "AUD-001", detail: { note: id } });
    for (const attempt of [
      "update app.case_notes set note = 'lain'",
      "delete from app.case_notes",
      "truncate app.case_notes",
    ]) {
      expect(await db.ownerStopped(attempt)).toBe("DENIED");
    }
  }),
);

test(
  "a case is read twenty orders at a time, none twice and none left out",
  rolledBack(async (db) => {
    const number = await shadowOrder(db);
    const [made] = await db.rows<{ id: number }>("select id from app.orders where number = $1", [number]);
    // Copies of one order; some at the same instant, since a page must not end between them and forget the rest. Rolled
    // back, so nobody asks for their alerts.
    await db.sql.query(
      `
    insert into app.orders (number, partner_id, placed_by, placed_by_name, acting_session_id, credit_light,
      credit_inputs, tier, market_total, total, checkout_key, cart_digest)
      select 'ORD-2026-9' || lpad(n::text, 5, '0'), partner_id, placed_by, placed_by_name, acting_session_id,
        credit_light, credit_inputs, tier, market_total, total, gen_random_uuid(), cart_digest
        from app.orders, generate_series(1, 70) n where id = $1`,
      [made!.id],
    );
    await db.sql.query(
      `
        update app.shadow_traces set at = now() - (order_id % 7) * interval '1 hour'
          where order_id in (select id from app.orders where number like 'ORD-2026-90%')`,
    );
    const all = await db.rows<{ number: string }>(
      `
        select o.number from app.shadow_traces t join app.orders o on o.id = t.order_id where t.salesman_id = $1
          order by t.at desc, t.order_id desc`,
      [people.sari],
    );
    const seen: string[] = [];
    let sessions = 0;
    for (let page = await open(db, people.admin); ; page = await open(db, people.admin, page.next)) {
      expect(page.orders.length).toBeLessThanOrEqual(20);
      seen.push(...page.orders.map(({ number: each }) => each));
      sessions += page.sessions.length;
      if (!page.next) break;
    }
    expect(seen).toEqual(all.map(({ number: each }) => each));
    expect(sessions).toBe(
      await db.value("select count(*)::int from app.acting_sessions where salesman_id = $1", [people.sari]),
    );
  }),
);

test(
  "the list names salesmen with shadow orders, filtered, counted and paged",
  rolledBack(async (db) => {
    await shadowOrder(db);
    await db.sql.query("update app.shadow_traces set verdict = 'IMPLAUSIBLE' where salesman_id = $1", [people.sari]);
    type List = {
      cases: Array<{ code: string; value: number; orders: number; implausible: number }>;
      counts: Record<string, number>;
    };
    const list = (...values: unknown[]) =>
      db.as(people.auditor, () =>
        db.value<List>(`select app.list_cases(${values.map((_, i) => `$${i + 1}`).join()})`, values),
      );
    const { cases, counts } = await list();
    expect(cases.find(({ code }) => code === "SLS-001")!.implausible).toBeGreaterThan(0);
    expect(counts.ALL).toBe(cases.length);
    expect((await list("IMPLAUSIBLE")).cases.map(({ code }) => code)).toEqual(["SLS-001"]);
    expect((await list("SUSPENDED")).cases).toEqual([]);
    const [top, ...rest] = (await list(null, "RECENT")).cases;
    expect((await list(null, "RECENT", top!.value, top!.code)).cases).toEqual(rest);
    expect(JSON.stringify(cases)).not.toContain("112.78.181.77");
  }),
);

test(
  "the worker may claim and settle, and nothing of a case",
  rolledBack(async (db) => {
    expect(await db.value("select has_function_privilege('worker', 'app.open_case(text, bigint)', 'execute')")).toBe(
      false,
    );
    expect(await db.value("select has_table_privilege('worker', 'app.case_notes', 'select')")).toBe(false);
  }),
);
