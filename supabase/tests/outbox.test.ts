import { expect, test } from "vitest";
import { people } from "#tests/support/cast.ts";
import { rolledBack, plenty, type TestDb } from "#tests/support/rolled-back.ts";

async function shadowOrder(db: TestDb) {
  const [sku] = await plenty(db);
  await db.sql.query("update app.erp_syncs set done_at = now()");
  await db.sql.query("update app.shadow_alerts set state = 'SENT', sent_at = now() where state <> 'SENT'");
  await db.actFor(people.sari, "PTR-0001");
  await db.fill(people.sari, [sku, 1]);
  return db.value<number>("select id from app.orders where number = $1", [await db.order(people.sari)]);
}

test(
  "an alert is leased to one worker, comes back after a crash, and is sent once",
  rolledBack(async (db) => {
    const id = await shadowOrder(db);
    const claim = () =>
      db.rows<{ order_id: number; recipient: string; attempts: number }>(
        "select * from jobs.claim_alerts('EMAIL', 10)",
      );
    expect(await claim()).toMatchObject([
      {
        order_id: id,
        recipient: "budi@demo.test",
        attempts: 1,
        content: { store: "Salon Budi Surabaya", salesman: "Sari" },
      },
    ]);
    expect(await claim()).toEqual([]); // Leased.
    // Two minutes later: that worker died.
    await db.sql.query("update app.shadow_alerts set next_attempt_at = now() where order_id = $1", [id]);
    expect(await claim()).toMatchObject([{ attempts: 2 }]);
    await db.sql.query("select jobs.settle_alert($1, 'EMAIL', 1, 'RETRY', null, 'HTTP 429')", [id]);
    expect(
      await db.rows(
        `
          select state, last_error, extract(epoch from next_attempt_at - now())::int as wait from app.shadow_alerts
            where order_id = $1`,
        [id],
      ),
    ).toEqual([{ state: "PENDING", last_error: "HTTP 429", wait: 20 }]);
    await db.sql.query("select jobs.settle_alert($1, 'EMAIL', 1, 'ACCEPTED', 'mail-1', null)", [id]);
    // What was sent stays sent.
    await db.sql.query("select jobs.settle_alert($1, 'EMAIL', 1, 'REFUSED', null, 'late answer')", [id]);
    expect(await db.value("select state from app.shadow_alerts where order_id = $1", [id])).toBe("SENT");
  }),
);

test(
  "an order on its way to the ERP: leased, retried, done once; refused for good it is FAILED, and staff reads why",
  rolledBack(async (db) => {
    const id = await shadowOrder(db);
    const claim = () =>
      db.rows<{
        order_id: number;
        ticket: number;
        attempts: number;
        order: { number: string; lines: unknown[] };
      }>("select * from jobs.claim_sync(10, false)");
    const settle = (ticket: number, result: string, documents: string[], error: string | null = null) =>
      db.value<boolean>("select jobs.settle_sync($1, $2, $3, $4, '{}', $5)", [
        id,
        ticket,
        result,
        JSON.stringify({ documents }),
        error,
      ]);
    const [first] = await claim();
    expect(first).toMatchObject({ order_id: id, attempts: 1 });
    expect(first!.order.lines).toHaveLength(1);
    expect(await claim()).toEqual([]);
    await db.sql.query("select jobs.defer_sync($1, $2, 'timeout', 0)", [id, first!.ticket]);
    const [second] = await claim();
    expect(second).toMatchObject({ order_id: id, attempts: 2, look_up: true });
    await db.sql.query("savepoint answered");
    await settle(second!.ticket, "ERROR", [], "unknown customer");
    expect(
      await db.rows(
        `
          select o.sync_status, o.sync_error, u.last_error from app.orders o join app.erp_syncs u on u.order_id = o.id
            where o.id = $1`,
        [id],
      ),
    ).toEqual([{ sync_status: "FAILED", sync_error: "ERROR", last_error: "unknown customer" }]);
    await db.sql.query("rollback to savepoint answered");
    // Said late and said twice, true once.
    expect([
      await settle(first!.ticket, "CONFIRMED", ["SO-0"]),
      await settle(second!.ticket, "CONFIRMED", ["SO-1"]),
      await settle(second!.ticket, "CONFIRMED", ["SO-2"]),
    ]).toEqual([false, true, false]);
    expect(await db.rows("select sync_status, erp_document from app.orders where id = $1", [id])).toEqual([
      { sync_status: "SYNCED", erp_document: "SO-1" },
    ]);
    expect(
      await db.value("select count(*)::int from app.order_events where order_id = $1 and kind = 'SYNCED'", [id]),
    ).toBe(1);
  }),
);

test(
  "guessing passwords is stopped by address, by account from an address, and by account from everywhere",
  rolledBack(async (db) => {
    const attempt = (email: string, address: string) =>
      db.as(null, () => db.value<number>("select app.take_sign_in_try('in', $1, $2)", [email, address]));
    for (let index = 0; index < 10; index += 1) expect(await attempt("budi@demo.test", "10.0.0.1")).toBe(0);
    expect(await attempt("Budi@demo.test ", "10.0.0.1")).toBeGreaterThan(800);
    expect(await attempt("budi@demo.test", "10.0.0.2")).toBe(0); // The owner, from his shop, does not wait for it.
    expect(await attempt("maya@demo.test", "10.0.0.1")).toBe(0);
    for (let index = 0; index < 60; index += 1) await attempt("budi@demo.test", `10.0.1.${index}`);
    expect(await attempt("budi@demo.test", "10.0.2.1")).toBeGreaterThan(0);
    await db.as(people.budi, () => db.sql.query("select app.note_sign_in('budi@demo.test', '10.0.2.1')"));
    expect(await attempt("budi@demo.test", "10.0.2.1")).toBe(0); // A right password, or a new one, ends the waiting.
    for (let index = 0; index < 60; index += 1) await attempt(`guess${index}@demo.test`, "10.0.0.7");
    expect(await attempt("maya@demo.test", "10.0.0.7")).toBeGreaterThan(0);
  }),
);

test(
  "an address that has to wait uses up nobody's tries, and nobody forgets another account's",
  rolledBack(async (db) => {
    const tries = () =>
      db.value<number>("select coalesce(sum(tries), 0)::int from private.sign_in_tries where key like 'in:a:%'");
    const attempt = (email: string) =>
      db.as(null, () => db.value<number>("select app.take_sign_in_try('in', $1, '10.0.0.9')", [email]));
    for (let index = 0; index < 50; index += 1) await attempt(`guess${index}@demo.test`);
    const before = await tries();
    for (let index = 0; index < 20; index += 1) expect(await attempt("maya@demo.test")).toBeGreaterThan(0);
    expect(await tries()).toBe(before);
    await db.as(people.maya, () => db.sql.query("select app.note_sign_in('guess1@demo.test', 'x')"));
    expect(await tries()).toBe(before);
  }),
);
