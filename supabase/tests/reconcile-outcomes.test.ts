import { expect, test } from "vitest";
import { people } from "#tests/support/cast.ts";
import { rolledBack, type TestDb } from "#tests/support/rolled-back.ts";
import {
  placed,
  said,
  short,
  resolve,
  refusal,
  outlook,
  choices,
  orderOf,
  mails,
  tasks,
  sync,
  shortOrder,
} from "./reconcile-support.ts";

const linesOf = (db: TestDb, id: number) =>
  db.rows("select sku, quantity, preorder from app.order_lines where order_id = $1 order by line_no", [id]);
const held = (db: TestDb, sku: string) =>
  db.value<number>(
    "select s.held from app.product_stock s join app.products p on p.id = s.product_id where p.sku = $1",
    [sku],
  );
const events = async (db: TestDb, id: number) =>
  db.rows<{ kind: string; detail: Record<string, unknown> }>(
    "select kind, detail from app.order_events where order_id = $1 order by id",
    [id],
  );
const trail = (db: TestDb, number: string) =>
  db.rows(
    `
      select actor_code, target_code, detail, private.audit_words(e) as words, before, after from app.audit_events e
        where action = 'RECONCILE_DECIDED' and entity_key = $1`,
    [number],
  );

test(
  "CUT: quantities, totals, points, invoice and held stock follow what the ERP confirms",
  rolledBack(async (db) => {
    const order = await placed(db);
    await db.as(people.admin, () => db.sql.query("select app.move_order($1, 'APPROVED', '')", [order.number]));
    const before = await orderOf(db, order.id);
    const [heldOne, heldTwo] = [await held(db, order.one), await held(db, order.two)];
    await said(db, order.id, {
      result: "SHORT",
      difference: short(order.one, 3, [{ sku: order.two, missing: 4, price: 0 }]),
    });
    const price = await db.value<number>("select unit_price from app.order_lines where order_id = $1 and sku = $2", [
      order.id,
      order.one,
    ]);
    const seen = await outlook(db, order.id);
    expect(seen.cut).toMatchObject({
      total: price * 7,
      lines: expect.arrayContaining([expect.objectContaining({ sku: order.one, from: 10, to: 7 })]),
    });
    await resolve(db, order, "CUT");
    await db.atCommit();
    expect(await linesOf(db, order.id)).toEqual([{ sku: order.one, quantity: 7, preorder: 0 }]);
    const after = await orderOf(db, order.id);
    expect(after).toMatchObject({
      total: price * 7,
      sync: "SYNCED",
      document: "SO-1",
      points: seen.cut.points,
      status: "APPROVED",
    });
    expect(after.market).toBeLessThan(before.market);
    expect(after.points).toBe(await db.value("select private.points_for('GOLD', $1)", [price * 7]));
    expect(await db.rows("select amount, status from app.invoices where order_id = $1", [order.id])).toEqual([
      { amount: price * 7, status: "UNPAID" },
    ]);
    expect([await held(db, order.one), await held(db, order.two)]).toEqual([heldOne - 3, heldTwo - 4]);
    expect(await mails(db, order.number)).toEqual([{ recipient: "budi@demo.test", outcome: "CUT", total: price * 7 }]);
    expect((await events(db, order.id)).at(-1)).toMatchObject({
      kind: "RECONCILED",
      detail: { resolution: "CUT", total: { from: before.total, to: price * 7 } },
    });
    expect(await trail(db, order.number)).toMatchObject([
      {
        actor_code: "ADM-001",
        target_code: "PTR-0001",
        detail: { resolution: "CUT", result: "SHORT" },
        before: { total: before.total, invoice: before.total, lines: { [order.one]: [10, 0], [order.two]: [4, 0] } },
        after: { total: price * 7, invoice: price * 7, lines: { [order.one]: [7, 0] } },
      },
    ]);
    // Once more, by the same person: nothing more happens. By another: somebody was first.
    await resolve(db, order, "CUT");
    expect(await trail(db, order.number)).toHaveLength(1);
    expect(await held(db, order.one)).toBe(heldOne - 3);
    expect(await refusal(db, order, "CUT", { who: people.admin2 })).toBe("STALE");
    expect(await refusal(db, order, "PREORDER")).toBe("STALE");
  }),
);

test(
  "CUT leaves held stock alone when the live snapshot knows the order already",
  rolledBack(async (db) => {
    const order = await shortOrder(db);
    await db.sql.query("update app.orders set synced_at = now() - interval '1 hour' where id = $1", [order.id]);
    const before = await held(db, order.one);
    await resolve(db, order, "CUT");
    expect(await held(db, order.one)).toBe(before);
  }),
);

test(
  "CUT is refused when the store has paid beyond the new total",
  rolledBack(async (db) => {
    const order = await shortOrder(db, { approved: true });
    const { cut } = await outlook(db, order.id);
    const pay = (paid: number) =>
      db.sql.query("update app.invoices set paid = $2, status = 'PARTIAL' where order_id = $1", [order.id, paid]);
    await pay(cut.total + 1);
    expect(await choices(db, order.id)).not.toContain("CUT");
    expect(await refusal(db, order, "CUT")).toBe("PAID_BEYOND");
    await pay(cut.total - 1);
    expect(await refusal(db, order, "CUT")).toBeNull(); // Control.
  }),
);

test(
  "PREORDER: what is missing waits; total and points stay, held stock follows",
  rolledBack(async (db) => {
    const order = await placed(db);
    const before = await orderOf(db, order.id);
    const heldOne = await held(db, order.one);
    await said(db, order.id, { result: "SHORT", difference: short(order.one, 3) });
    await resolve(db, order, "PREORDER");
    await db.atCommit();
    expect(await linesOf(db, order.id)).toEqual(
      expect.arrayContaining([
        { sku: order.one, quantity: 10, preorder: 3 },
        { sku: order.two, quantity: 4, preorder: 0 },
      ]),
    );
    expect(await orderOf(db, order.id)).toMatchObject({ total: before.total, points: before.points });
    expect(await held(db, order.one)).toBe(heldOne - 3);
    expect(await mails(db, order.number)).toMatchObject([{ outcome: "PREORDER" }]);
    expect((await events(db, order.id)).at(-1)!.detail).toMatchObject({
      resolution: "PREORDER",
      lines: [{ sku: order.one, from: 0, to: 3 }],
    });
    // Cancelled later, everything it held is free again, and no more.
    await db.as(people.admin, () =>
      db.sql.query("select app.move_order($1, 'CANCELLED', 'Toko membatalkan')", [order.number]),
    );
    expect(await held(db, order.one)).toBe(heldOne - 10);
  }),
);

test(
  "ACCEPT of what is short changes nothing and tells its owner, whose page said to wait; a failed credit needs a note",
  rolledBack(async (db) => {
    const plain = await placed(db);
    await said(db, plain.id, { result: "SHORT", difference: short(plain.one, 3), documents: ["SO-1"] });
    const before = await orderOf(db, plain.id);
    await resolve(db, plain, "ACCEPT");
    expect(await orderOf(db, plain.id)).toEqual(before);
    expect(await mails(db, plain.number)).toEqual([
      { recipient: "budi@demo.test", outcome: "ACCEPT", total: plain.total },
    ]);

    const degraded = await placed(db, { degraded: true });
    await said(db, degraded.id, { result: "CREDIT_FAILED", difference: { credit: "limit" }, documents: ["SO-2"] });
    expect(await refusal(db, degraded, "ACCEPT")).toBe("REASON_REQUIRED");
    await resolve(db, degraded, "ACCEPT", { note: "Disetujui kepala penjualan" });
    await db.atCommit();
    expect(await mails(db, degraded.number)).toEqual([
      { recipient: "budi@demo.test", outcome: "ACCEPT", total: degraded.total },
    ]);
    expect(await trail(db, degraded.number)).toMatchObject([
      { detail: { resolution: "ACCEPT" }, words: { note: "Disetujui kepala penjualan" } },
    ]);
    // The note is staff's.
    expect(JSON.stringify(await events(db, degraded.id))).not.toContain("kepala penjualan");
  }),
);

test(
  "DUPLICATE: the chosen document becomes the order's, the others a task to stop them",
  rolledBack(async (db) => {
    const order = await placed(db);
    await said(db, order.id, { result: "DUPLICATE", documents: ["SO-1", "SO-2", "SO-3"] });
    for (const document of ["", "SO-9"]) expect(await refusal(db, order, "ACCEPT", { document })).toBe("ERP_NUMBER");
    await resolve(db, order, "ACCEPT", { document: "SO-2" });
    await db.atCommit();
    expect(await orderOf(db, order.id)).toMatchObject({ sync: "SYNCED", document: "SO-2", status: "SUBMITTED" });
    expect(await tasks(db, order.number)).toEqual([{ kind: "STOP_ORDER_IN_ERP", document: "SO-1, SO-3" }]);
  }),
);

test(
  "CANCEL ends the order, frees its stock, and what the ERP has of it becomes a task",
  rolledBack(async (db) => {
    const synced = await placed(db);
    const heldOne = await held(db, synced.one);
    await said(db, synced.id, { result: "SHORT", difference: short(synced.one, 3), documents: ["SO-1"] });
    expect(await refusal(db, synced, "CANCEL")).toBe("REASON_REQUIRED");
    await resolve(db, synced, "CANCEL", { note: "Toko tidak mau menunggu" });
    await db.atCommit();
    expect(await orderOf(db, synced.id)).toMatchObject({ status: "CANCELLED" });
    expect(await held(db, synced.one)).toBe(heldOne - 10);
    expect(await tasks(db, synced.number)).toMatchObject([{ document: "SO-1" }]);
    expect(await mails(db, synced.number)).toMatchObject([{ outcome: "CANCEL" }]);
    expect(
      await db.rows("select resolution, resolved_by, note from app.reconcile_results where order_id = $1", [synced.id]),
    ).toEqual([{ resolution: "CANCEL", resolved_by: "ADM-001", note: "Toko tidak mau menunggu" }]);

    const doubled = await placed(db);
    await said(db, doubled.id, { result: "DUPLICATE", documents: ["SO-5", "SO-6"] });
    await resolve(db, doubled, "CANCEL", { note: "Toko membatalkan" });
    expect(await tasks(db, doubled.number)).toMatchObject([{ document: "SO-5, SO-6" }]);
  }),
);

test(
  "RETRY puts it back into the queue, tells nobody, and its next result opens staff again",
  rolledBack(async (db) => {
    const order = await placed(db, { degraded: true });
    await said(db, order.id, { result: "ERROR", documents: [], error: "gudang tutup" });
    await resolve(db, order, "RETRY");
    await db.atCommit();
    expect(await orderOf(db, order.id)).toMatchObject({ sync: "PENDING_SYNC" });
    expect(await sync(db, order.id)).toMatchObject({ done: false });
    expect(await mails(db, order.number)).toEqual([]);
    expect(await choices(db, order.id)).toEqual([]); // It has been posted once: it is looked up first.
    await said(db, order.id, { result: "SHORT", difference: short(order.one, 3) });
    expect(await choices(db, order.id)).toContain("CUT");
  }),
);
