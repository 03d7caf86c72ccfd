import { expect, test } from "vitest";
import { people } from "#tests/support/cast.ts";
import { rolledBack, plenty, refusedFor } from "#tests/support/rolled-back.ts";
import { shadowOrder, byLink, read, resolve, statusOf, incidentOf, footprint } from "./disputes-support.ts";

test(
  "the link shows what the mail told, to anybody, and reading changes nothing",
  rolledBack(async (db) => {
    const { token, number, id } = await shadowOrder(db);
    const before = await footprint(db);
    const view = await read(db, token);
    expect(view).toMatchObject({
      number,
      store: "Salon Budi Surabaya",
      salesman: "Sari",
      lines: 1,
      status: "SUBMITTED",
      dispute: null,
    });
    expect(Object.keys(view!).sort()).toEqual([
      "dispute",
      "lines",
      "number",
      "placedAt",
      "salesman",
      "status",
      "store",
      "total",
    ]);
    for (const who of [people.budi, people.maya, people.sari, people.admin]) {
      expect(await db.as(who, () => db.value("select app.read_dispute($1)", [token]))).toEqual(view);
    }
    expect(await footprint(db)).toBe(before);
    await db.sql.query("update app.orders set created_at = now() - interval '31 days' where id = $1", [id]);
    const old = await db.value<string>("select private.dispute_token($1)", [id]);
    expect(await read(db, old)).toEqual({ state: "EXPIRED" });
    expect(await byLink(db, old)).toEqual({ state: "EXPIRED" });
    expect(await db.value("select count(*)::int from app.disputes where order_id = $1", [id])).toBe(0);
  }),
);

test(
  "«bukan saya» holds the order, opens an incident and a task, counts against the salesman and tells everybody, once",
  rolledBack(async (db) => {
    const { token, number, id } = await shadowOrder(db);
    const admins = await db.value<number>(
      "select count(*)::int from app.accounts where role = 'ADMIN' and status = 'ACTIVE'",
    );
    await db.sql.query(
      'select set_config(\'app.request\', \'{"ip": "203.0.113.9", "ua": "Chrome", "id": "r-1"}\', true)',
    );
    const answer = await byLink(db, token, "  Saya tidak pernah memesan ini  ");
    expect(answer).toMatchObject({ number, status: "SUBMITTED", dispute: { held: true, outcome: null } });
    expect(await statusOf(db, id)).toEqual({ status: "SUBMITTED", held: true });
    expect(
      (await db.rows("select via, note, was_held, salesman_id from app.disputes where order_id = $1", [id]))[0],
    ).toEqual({ via: "LINK", note: "Saya tidak pernah memesan ini", was_held: true, salesman_id: people.sari });
    expect(await incidentOf(db, id)).toMatchObject({ severity: 3, state: "DETECTED", repeats: 0 });
    expect(
      (
        await db.rows("select kind, subject_code, done_at from app.tasks where dedup_key = $1", [`dispute/${number}`])
      )[0],
    ).toEqual({ kind: "RESOLVE_DISPUTE", subject_code: "SLS-001", done_at: null });
    expect(
      await db.rows("select rule, salesman_id from app.abuse_hits where order_id = $1 and rule = 'OWNER_DISPUTED'", [
        id,
      ]),
    ).toEqual([{ rule: "OWNER_DISPUTED", salesman_id: people.sari }]);
    const mails = await db.rows<{ kind: string; recipient: string; props: Record<string, unknown> }>(
      "select kind, recipient, props from app.mails where props ->> 'order' = $1 order by kind, recipient",
      [number],
    );
    expect(mails.filter(({ kind }) => kind === "DISPUTE_RAISED")).toHaveLength(admins);
    expect(mails.find(({ kind }) => kind === "DISPUTE_RAISED")!.props).toMatchObject({
      store: "Salon Budi Surabaya",
      salesman: "Sari",
      severity: 3,
      path: `/admin/disputes/${number}`,
    });
    expect(mails.find(({ kind }) => kind === "DISPUTE_RECEIVED")).toMatchObject({
      recipient: "budi@demo.test",
      props: { store: "Salon Budi Surabaya" },
    });
    const [line] = await db.rows(
      `
        select actor_code, target_code, ip, detail from app.audit_events where action = 'ORDER_DISPUTED'
          and entity_key = $1`,
      [number],
    );
    expect(line).toMatchObject({
      target_code: "SLS-001",
      ip: "203.0.113.9",
      detail: { via: "LINK", held: true, severity: 3 },
    });
    // What he wrote may be about people: it stays out of the trail.
    expect(JSON.stringify(line!.detail)).not.toContain("memesan");
    await db.sql.query("set constraints all immediate");

    const before = await footprint(db);
    expect(await byLink(db, token)).toEqual(answer);
    expect(await db.stopped(null, "select app.dispute_by_link($1, $2)", [token, "Sekali lagi"])).toBe("SAID_BEFORE");
    expect(await db.as(people.budi, () => db.value("select app.dispute_order($1, '')", [number]))).toEqual(answer);
    expect(await footprint(db)).toBe(before);
  }),
);

test(
  "a salesman's second order within a day raises his incident; another's is his own, and an old one does not count",
  rolledBack(async (db) => {
    const [first, second, third] = [await shadowOrder(db), await shadowOrder(db), await shadowOrder(db)];
    const other = await shadowOrder(db, people.agus, "PTR-0002");
    await byLink(db, first.token);
    await byLink(db, first.token);
    expect(await incidentOf(db, first.id)).toMatchObject({ severity: 3, repeats: 0 });
    await byLink(db, other.token);
    expect(await incidentOf(db, other.id)).toMatchObject({ severity: 3 });
    await db.sql.query("update app.disputes set disputed_at = now() - interval '25 hours' where order_id = $1", [
      first.id,
    ]);
    await byLink(db, second.token);
    expect(await incidentOf(db, second.id)).toMatchObject({ severity: 3, repeats: 1 });
    await byLink(db, third.token);
    const raised = await incidentOf(db, third.id);
    expect(raised).toMatchObject({ severity: 2, peak: 2, repeats: 2 });
    expect((await incidentOf(db, second.id)).ref).toBe(raised.ref);
    expect(
      await db.value("select due_at - opened_at < interval '5 hours' from app.tasks where dedup_key = $1", [
        `dispute/${third.number}`,
      ]),
    ).toBe(true);
    // After it was closed, the next within the day opens another one, as grave.
    for (const { number } of [first, second, third]) await resolve(db, number, "MISTAKE");
    expect(await incidentOf(db, third.id)).toMatchObject({ state: "CLOSED" });
    const fourth = await shadowOrder(db);
    await byLink(db, fourth.token);
    expect(await incidentOf(db, fourth.id)).toMatchObject({ severity: 2, repeats: 0, state: "DETECTED" });
  }),
);

test(
  "what has left cannot be held, and is disputed all the same",
  rolledBack(async (db) => {
    for (const [status, moves] of [
      ["SHIPPED", ["APPROVED", "SHIPPED"]],
      ["CANCELLED", ["CANCELLED"]],
    ] as const) {
      const { token, number, id } = await shadowOrder(db);
      for (const move of moves)
        await db.as(people.admin, () => db.sql.query("select app.move_order($1, $2, 'uji coba')", [number, move]));
      expect(await byLink(db, token)).toMatchObject({ status, dispute: { held: false } });
      expect(await statusOf(db, id)).toEqual({ status, held: false });
      expect(await db.value("select count(*)::int from app.tasks where dedup_key = $1", [`dispute/${number}`])).toBe(1);
      await resolve(db, number, "ABUSE"); // Nothing is left to cancel, and the decision stands.
      expect(await statusOf(db, id)).toEqual({ status, held: false });
    }
  }),
);

test(
  "a held order does not ship; a sync that was under way becomes a task",
  rolledBack(async (db) => {
    const { token, number, id } = await shadowOrder(db);
    const move = "select app.move_order($1, $2, $3)";
    await db.as(people.admin, () => db.sql.query(move, [number, "APPROVED", ""]));
    expect(await db.stopped(people.admin, move, [number, "SHIPPED", ""])).toBeNull(); // Control.
    await byLink(db, token);
    expect(await db.stopped(people.admin, move, [number, "SHIPPED", ""])).toBe("STALE");
    const stop = () =>
      db.value<number>("select count(*)::int from app.tasks where dedup_key = $1 and done_at is null", [
        `stop-in-erp/${number}`,
      ]);
    expect(await stop()).toBe(0);
    await db.sql.query(
      `
        select jobs.settle_sync($1, ticket, 'CONFIRMED', '{"documents": ["SO-1"]}', '{}', null) from app.erp_syncs
          where order_id = $1`,
      [id],
    );
    expect(await stop()).toBe(1);
  }),
);

test(
  "the button is the owner's own: not his salesman's, not another store's, not staff's, nor for his own orders",
  rolledBack(async (db) => {
    const { number } = await shadowOrder(db);
    const [sku] = await plenty(db);
    const own = await db.buy(people.budi, [sku, 1]);
    const dispute = "select app.dispute_order($1, $2)";
    for (const who of [people.sari, people.agus, people.admin, people.auditor])
      expect(await db.stopped(who, dispute, [number, ""])).toBe("DENIED");
    expect(await db.stopped(people.maya, dispute, [number, ""])).toBe("NOT_FOUND");
    expect(await db.stopped(null, dispute, [number, ""])).toBe("42501");
    expect(await db.stopped(people.budi, dispute, [own, ""])).toBe("NOT_FOUND");
    expect(await db.stopped(people.budi, dispute, [number, "x".repeat(501)])).toBe("TOO_LONG");
    expect(await db.stopped(people.budi, dispute, [number, ""])).toBeNull();
    // A login that has ended.
    expect(await db.stopped(people.budi, dispute, [number, ""], crypto.randomUUID())).toBe("28000");
    const owns = await db.value<number>("select id from app.orders where number = $1", [own]);
    await expect(db.sql.query("select private.raise_dispute($1, 'LINK', '')", [owns])).rejects.toMatchObject({
      ...refusedFor("NOT_FOUND"),
    });
  }),
);

test(
  "links that are none of ours are counted by address, and do nothing",
  rolledBack(async (db) => {
    const { token } = await shadowOrder(db);
    const from = (ip: string) => db.sql.query("select set_config('app.request', $1, true)", [JSON.stringify({ ip })]);
    const guess = () => db.as(null, () => db.value<number>("select app.take_link_try()"));
    await from("203.0.113.7");
    const before = await footprint(db);
    for (const forged of ["", "1.2.x", `${token}A`, token.slice(0, -1)]) expect(await byLink(db, forged)).toBeNull();
    expect(await footprint(db)).toBe(before);
    const waits = [];
    for (let n = 0; n < 31; n += 1) waits.push(await guess());
    expect(waits.slice(0, 30).every((wait) => wait === 0)).toBe(true);
    expect(waits[30]).toBeGreaterThan(800);
    await from("203.0.113.8");
    expect(await guess()).toBe(0);
  }),
);

test(
  "what the salesman sees: that his order is held, and no more",
  rolledBack(async (db) => {
    const { token, number, id } = await shadowOrder(db);
    await byLink(db, token, "Bukan saya");
    const events = (who: string) =>
      db.as(who, () =>
        db.rows<{ kind: string }>("select kind from app.order_events where order_id = $1 order by id", [id]),
      );
    const kinds = async (who: string) => (await events(who)).map(({ kind }) => kind);
    expect(await kinds(people.budi)).toEqual(["PLACED", "HELD", "OWNER_DISPUTED"]);
    expect(await kinds(people.admin)).toEqual(["PLACED", "HELD", "OWNER_DISPUTED"]);
    expect(await kinds(people.sari)).toEqual(["PLACED", "HELD"]);
    expect(await db.as(people.sari, () => db.value("select held from app.orders where id = $1", [id]))).toBe(true);
    expect(await db.as(people.sari, () => db.rows("select * from app.disputes"))).toEqual([]);
    await resolve(db, number, "OWNER_AGREES");
    expect(await kinds(people.budi)).toEqual(["PLACED", "HELD", "OWNER_DISPUTED", "RELEASED", "DISPUTE_RESOLVED"]);
    expect(await kinds(people.sari)).toEqual(["PLACED", "HELD", "RELEASED"]);
  }),
);
