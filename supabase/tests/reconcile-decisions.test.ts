import { describe, expect, test } from "vitest";
import { people } from "#tests/support/cast.ts";
import { rolledBack, plenty, type TestDb, refusedFor } from "#tests/support/rolled-back.ts";

type Lines = Array<{ sku: string; quantity: number; confirmed: number; price?: number }>;
type Said = {
  result: string;
  documents?: string[];
  lines?: Lines;
  difference?: object;
  retriable?: boolean;
  error?: string;
};
const decide = "select app.resolve_reconciliation($1, $2, $3, $4, $5)";

/** An order of Budi's for ten of one article and four of another, and its id. */
async function placed(db: TestDb, { degraded = false, who = people.budi } = {}) {
  const [one, two] = await plenty(db);
  const number = await db.buy(who, [one, 10], [two, 4]);
  const [order] = await db.rows<{ id: number; total: number }>("select id, total from app.orders where number = $1", [
    number,
  ]);
  if (degraded) await db.sql.query("update app.orders set degraded = true where number = $1", [number]);
  return { number, one, two, ...order! };
}

/** The ERP speaks about an order. */
async function said(
  db: TestDb,
  id: number,
  { result, documents = ["SO-1"], difference = {}, retriable = false, error }: Said,
) {
  await db.sql.query("update app.erp_syncs set ticket = ticket + 1, posted_at = now() where order_id = $1", [id]);
  expect(
    await db.value(
      "select jobs.settle_sync($1, (select ticket from app.erp_syncs where order_id = $1), $2, $3, $4, $5, $6)",
      [
        id,
        result,
        JSON.stringify({ documents, total: 1, lines: [], credit: { ok: result !== "CREDIT_FAILED", message: null } }),
        JSON.stringify(difference),
        error ?? null,
        retriable,
      ],
    ),
  ).toBe(true);
}
const short = (sku: string, missing: number, more: object[] = []) => ({ lines: [{ sku, missing, price: 0 }, ...more] });
const checkedAt = (db: TestDb, id: number) =>
  db.value<string | null>("select checked_at::text from app.reconcile_results where order_id = $1", [id]);
const resolve = async (
  db: TestDb,
  order: { number: string; id: number },
  resolution: string,
  { document = "", note = "", who = people.admin } = {},
) => {
  const at = await checkedAt(db, order.id);
  return db.as(who, () => db.sql.query(decide, [order.number, resolution, document, note, at]));
};
const refusal = async (
  db: TestDb,
  order: { number: string; id: number },
  resolution: string,
  { document = "", note = "", who = people.admin } = {},
) => db.stopped(who, decide, [order.number, resolution, document, note, await checkedAt(db, order.id)]);
const outlook = (db: TestDb, id: number, who: string = people.admin) =>
  db.as(who, () =>
    db.value<{
      choices: string[];
      cut: { total: number; points: number; lines: object[] };
      preorder: object[];
      waiting: boolean;
    }>("select private.reconcile_outlook($1)", [id]),
  );
const choices = async (db: TestDb, id: number) => (await outlook(db, id)).choices.sort();
type Order = { status: string; sync: string; document: string | null; total: number; market: number; points: number };
const orderOf = (db: TestDb, id: number) =>
  db.row<Order>(
    `
      select status, sync_status as sync, erp_document as document, total, market_total as market, points
        from app.orders where id = $1`,
    [id],
  );
const linesOf = (db: TestDb, id: number) =>
  db.rows("select sku, quantity, preorder from app.order_lines where order_id = $1 order by line_no", [id]);
const held = (db: TestDb, sku: string) =>
  db.value<number>(
    "select s.held from app.product_stock s join app.products p on p.id = s.product_id where p.sku = $1",
    [sku],
  );
const mails = (db: TestDb, number: string) =>
  db.rows(
    `
      select recipient, props ->> 'outcome' as outcome, (props ->> 'total')::int as total from app.mails
        where kind = 'ORDER_RECONCILED' and dedup_key = $1`,
    [`reconciled/${number}`],
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
const tasks = (db: TestDb, number: string) =>
  db.rows("select kind, detail ->> 'document' as document from app.tasks where dedup_key = $1 and done_at is null", [
    `stop-in-erp/${number}`,
  ]);
const sync = async (db: TestDb, id: number) =>
  (
    await db.rows<{ done: boolean; ticket: number; lease: string | null }>(
      "select done_at is not null as done, ticket, lease_until as lease from app.erp_syncs where order_id = $1",
      [id],
    )
  )[0]!;
const all = (db: TestDb) => db.sql.query("set constraints all immediate; set constraints all deferred");

describe("what can be decided follows from what the ERP said", () => {
  type Case = [name: string, said: Omit<Said, "difference"> & { difference?: object | "one 3" | "all" }, string[]];
  const cases: Case[] = [
    ["SHORT", { result: "SHORT", difference: "one 3" }, ["ACCEPT", "CANCEL", "CUT", "PREORDER"]],
    ["SHORT of everything", { result: "SHORT", difference: "all" }, ["ACCEPT", "CANCEL", "PREORDER"]],
    ["CREDIT_FAILED", { result: "CREDIT_FAILED", difference: { credit: "limit terlampaui" } }, ["ACCEPT", "CANCEL"]],
    ["DUPLICATE", { result: "DUPLICATE", documents: ["SO-1", "SO-2"] }, ["ACCEPT", "CANCEL", "RETRY"]],
    ["ERROR, refused", { result: "ERROR", documents: [], error: "toko tidak dikenal" }, ["CANCEL", "KEYED", "RETRY"]],
    ["ERROR, another price", { result: "ERROR", difference: { total: 5000 } }, ["ACCEPT", "CANCEL", "KEYED", "RETRY"]],
    [
      "ERROR, another store's document",
      { result: "ERROR", difference: { partner: "PTR-0009" } },
      ["CANCEL", "KEYED", "RETRY"],
    ],
  ];
  test.each(cases)("%s", (_, said_, expected) =>
    rolledBack(async (db) => {
      const order = await placed(db);
      const difference =
        said_.difference === "one 3"
          ? short(order.one, 3)
          : said_.difference === "all"
            ? short(order.one, 10, [{ sku: order.two, missing: 4, price: 0 }])
            : said_.difference;
      await said(db, order.id, { ...said_, difference });
      expect(await choices(db, order.id)).toEqual(expected);
      for (const resolution of ["ACCEPT", "CUT", "PREORDER", "CANCEL", "RETRY", "KEYED"]) {
        const stopped = await refusal(db, order, resolution, { document: "SO-1", note: "Sudah ditelepon" });
        expect([resolution, stopped]).toEqual([resolution, expected.includes(resolution) ? null : "STALE"]);
      }
    })(),
  );

  test(
    "what has been shipped is not cut or cancelled any more",
    rolledBack(async (db) => {
      const order = await placed(db);
      for (const status of ["APPROVED", "SHIPPED"])
        await db.as(people.admin, () => db.sql.query("select app.move_order($1, $2, '')", [order.number, status]));
      await said(db, order.id, { result: "SHORT", difference: short(order.one, 3) });
      expect(await choices(db, order.id)).toEqual(["ACCEPT"]);
    }),
  );
});

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
    await all(db);
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
    const order = await placed(db);
    await said(db, order.id, { result: "SHORT", difference: short(order.one, 3) });
    await db.sql.query("update app.orders set synced_at = now() - interval '1 hour' where id = $1", [order.id]);
    const before = await held(db, order.one);
    await resolve(db, order, "CUT");
    expect(await held(db, order.one)).toBe(before);
  }),
);

test(
  "CUT is refused when the store has paid beyond the new total",
  rolledBack(async (db) => {
    const order = await placed(db);
    await db.as(people.admin, () => db.sql.query("select app.move_order($1, 'APPROVED', '')", [order.number]));
    await said(db, order.id, { result: "SHORT", difference: short(order.one, 3) });
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
    await all(db);
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
    await all(db);
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
    await all(db);
    expect(await orderOf(db, order.id)).toMatchObject({ sync: "SYNCED", document: "SO-2", status: "SUBMITTED" });
    expect(await tasks(db, order.number)).toEqual([{ kind: "STOP_ORDER_IN_ERP", document: "SO-1, SO-3" }]);
  }),
);

describe("what the ERP's document still says otherwise becomes a task", () => {
  const corrections = (db: TestDb, number: string) =>
    db.rows<{ detail: Record<string, unknown> }>(
      `
        select detail, extract(epoch from due_at - opened_at)::int / 3600 as hours, done_by, done_at is null as open
          from app.tasks where kind = 'CORRECT_IN_ERP' and dedup_key = $1`,
      [`correct-in-erp/${number}`],
    );

  test(
    "after a CUT: the quantities and the total",
    rolledBack(async (db) => {
      const order = await placed(db);
      const [one] = await db.rows<{ name: string; price: number }>(
        "select name, unit_price as price from app.order_lines where order_id = $1 and sku = $2",
        [order.id, order.one],
      );
      const [two] = await db.rows<{ name: string }>(
        "select name from app.order_lines where order_id = $1 and sku = $2",
        [order.id, order.two],
      );
      await said(db, order.id, {
        result: "SHORT",
        difference: short(order.one, 3, [{ sku: order.two, missing: 4, price: 0 }]),
      });
      await resolve(db, order, "CUT");
      const lines = [
        { sku: order.one, name: one!.name, pieces: { from: 10, to: 7 } },
        { sku: order.two, name: two!.name, pieces: { from: 4, to: 0 } },
      ];
      expect(await corrections(db, order.number)).toEqual([
        {
          hours: 4,
          done_by: null,
          open: true,
          detail: {
            document: "SO-1",
            lines: lines.toSorted((a, b) => a.sku.localeCompare(b.sku)),
            total: { from: order.total, to: one!.price * 7 },
          },
        },
      ]);
    }),
  );

  test(
    "after an ACCEPT of another price or quantity: what the ERP has, and what the store was promised",
    rolledBack(async (db) => {
      const order = await placed(db);
      const [two] = await db.rows<{ name: string; price: number }>(
        "select name, unit_price as price from app.order_lines where order_id = $1 and sku = $2",
        [order.id, order.two],
      );
      await said(db, order.id, {
        result: "ERROR",
        difference: { total: 5000, lines: [{ sku: order.two, missing: 0, price: 1000, quantity: 1 }], credit: null },
      });
      await resolve(db, order, "ACCEPT", { note: "Harga promo" });
      expect(await corrections(db, order.number)).toMatchObject([
        {
          detail: {
            document: "SO-1",
            total: { from: order.total + 5000, to: order.total },
            lines: [
              {
                sku: order.two,
                name: two!.name,
                pieces: { from: 5, to: 4 },
                price: { from: two!.price + 1000, to: two!.price },
              },
            ],
          },
        },
      ]);
    }),
  );

  test(
    "after an ACCEPT of a refused credit: to open it there; with and without the ERP's reason",
    rolledBack(async (db) => {
      for (const [credit, document] of [
        ["limit terlampaui", "SO-1"],
        ["", "SO-2"],
      ] as const) {
        const order = await placed(db);
        await said(db, order.id, {
          result: "CREDIT_FAILED",
          documents: [document],
          difference: { total: 0, lines: [], credit },
        });
        await resolve(db, order, "ACCEPT", { note: "Disetujui" });
        expect((await corrections(db, order.number)).map(({ detail }) => detail)).toEqual([{ document, credit }]);
      }
    }),
  );

  test(
    "and nothing does where the ERP has it as the store was promised",
    rolledBack(async (db) => {
      for (const [n, [resolution, result]] of (
        [
          ["ACCEPT", "SHORT"],
          ["PREORDER", "SHORT"],
          ["CANCEL", "SHORT"],
          ["ACCEPT", "DUPLICATE"],
        ] as const
      ).entries()) {
        const order = await placed(db);
        const document = `SO-${n}`;
        await said(db, order.id, {
          result,
          documents: [document, ...(result === "DUPLICATE" ? ["SO-9"] : [])],
          difference: result === "SHORT" ? short(order.one, 3) : {},
        });
        await resolve(db, order, resolution, { note: "Sudah ditelepon", document });
        expect([resolution, await corrections(db, order.number)]).toEqual([resolution, []]);
      }
    }),
  );

  test(
    "an admin closes it with a note, and the system when the order is cancelled: then its document is stopped",
    rolledBack(async (db) => {
      const cut = async (document: string) => {
        const order = await placed(db);
        await said(db, order.id, { result: "SHORT", documents: [document], difference: short(order.one, 3) });
        await resolve(db, order, "CUT");
        return order;
      };
      const order = await cut("SO-1");
      const id = await db.value<number>("select id from app.tasks where dedup_key = $1", [
        `correct-in-erp/${order.number}`,
      ]);
      const close = "select app.close_task($1, $2)";
      for (const who of [people.budi, people.sari, people.auditor])
        expect(await db.stopped(who, close, [id, "Sudah dikurangi"])).toBe("DENIED");
      expect(await db.stopped(people.admin, close, [id, "ok"])).toBe("REASON_REQUIRED");
      await db.as(people.admin2, () => db.sql.query(close, [id, "Sudah dikurangi"]));
      expect(await corrections(db, order.number)).toMatchObject([{ open: false, done_by: "ADM-002" }]);

      const ended = await cut("SO-2");
      await db.as(people.admin, () =>
        db.sql.query("select app.move_order($1, 'CANCELLED', 'Toko membatalkan')", [ended.number]),
      );
      expect(await corrections(db, ended.number)).toMatchObject([{ open: false, done_by: "SYSTEM" }]);
      expect(await tasks(db, ended.number)).toEqual([{ kind: "STOP_ORDER_IN_ERP", document: "SO-2" }]);
    }),
  );
});

test(
  "CANCEL ends the order, frees its stock, and what the ERP has of it becomes a task",
  rolledBack(async (db) => {
    const synced = await placed(db);
    const heldOne = await held(db, synced.one);
    await said(db, synced.id, { result: "SHORT", difference: short(synced.one, 3), documents: ["SO-1"] });
    expect(await refusal(db, synced, "CANCEL")).toBe("REASON_REQUIRED");
    await resolve(db, synced, "CANCEL", { note: "Toko tidak mau menunggu" });
    await all(db);
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
    await all(db);
    expect(await orderOf(db, order.id)).toMatchObject({ sync: "PENDING_SYNC" });
    expect(await sync(db, order.id)).toMatchObject({ done: false });
    expect(await mails(db, order.number)).toEqual([]);
    expect(await choices(db, order.id)).toEqual([]); // It has been posted once: it is looked up first.
    await said(db, order.id, { result: "SHORT", difference: short(order.one, 3) });
    expect(await choices(db, order.id)).toContain("CUT");
  }),
);

test(
  "KEYED: the ERP's number is taken, the sync is done, and nobody sends it any more",
  rolledBack(async (db) => {
    const order = await placed(db, { degraded: true });
    await said(db, order.id, { result: "ERROR", documents: [], error: "toko tidak dikenal" });
    for (const document of ["", "x y", "a", "-1", "x".repeat(41)])
      expect([document, await refusal(db, order, "KEYED", { document, note: "Diketik di ERP" })]).toEqual([
        document,
        "ERP_NUMBER",
      ]);
    expect(await refusal(db, order, "KEYED", { document: "M-17" })).toBe("REASON_REQUIRED");
    await resolve(db, order, "KEYED", { document: " M-17 ", note: "Diketik di ERP" });
    await all(db);
    expect(await orderOf(db, order.id)).toMatchObject({ sync: "SYNCED", document: "M-17" });
    expect(await sync(db, order.id)).toMatchObject({ done: true });
    await db.sql.query("select private.retry_order($1)", [order.id]);
    expect(await sync(db, order.id)).toMatchObject({ done: true });
    expect(await mails(db, order.number)).toMatchObject([{ outcome: "KEYED" }]);

    const other = await placed(db);
    await said(db, other.id, { result: "ERROR", documents: [], error: "toko tidak dikenal" });
    await expect(resolve(db, other, "KEYED", { document: "M-17", note: "Diketik di ERP" })).rejects.toMatchObject({
      ...refusedFor("NUMBER_TAKEN"),
      detail: expect.stringContaining(order.number),
    });
  }),
);

describe("an order that still waits", () => {
  const key = (db: TestDb, number: string, document = "M-20") =>
    db.stopped(people.admin, decide, [number, "KEYED", document, "Diketik di ERP", null]);
  const claimed = async (db: TestDb) => {
    const order = await placed(db);
    await db.sql.query("update app.erp_circuit set state = 'CLOSED'");
    await db.sql.query(
      "update app.erp_syncs set next_attempt_at = now() + interval '1 day' where done_at is null and order_id <> $1",
      [order.id],
    );
    const [claim] = await db.rows<{ order_id: number; ticket: number }>("select * from jobs.claim_sync(5, false)");
    expect(claim!.order_id).toBe(order.id);
    return { ...order, ticket: claim!.ticket };
  };
  const post = (db: TestDb, { id, ticket }: { id: number; ticket: number }) =>
    db.value("select jobs.begin_post($1, $2)", [id, ticket]);

  test(
    "is keyed in by hand, stands among the decided ones, and ends the run it was part of",
    rolledBack(async (db) => {
      const order = await placed(db, { degraded: true });
      await db.sql.query("update app.erp_syncs set done_at = now() where done_at is null and order_id <> $1", [
        order.id,
      ]);
      await db.sql.query("select private.begin_reconcile('COMMAND', 'uji')");
      expect(await choices(db, order.id)).toEqual(["KEYED"]);
      await db.as(people.admin, () => db.sql.query(decide, [order.number, "KEYED", "M-20", "Diketik di ERP", null]));
      await all(db);
      expect(await orderOf(db, order.id)).toMatchObject({ sync: "SYNCED", document: "M-20" });
      expect(
        await db.rows("select result, resolution, resolved_by from app.reconcile_results where order_id = $1", [
          order.id,
        ]),
      ).toEqual([{ result: "CONFIRMED", resolution: "KEYED", resolved_by: "ADM-001" }]);
      expect(await db.value("select count(*)::int from app.reconcile_runs where finished_at is null")).toBe(0);
      expect(await mails(db, order.number)).toMatchObject([{ outcome: "KEYED" }]);
      expect(await key(db, order.number)).toBeNull(); // The same again.
      expect(await key(db, order.number, "M-21")).toBe("STALE");
    }),
  );

  test(
    "that a worker has claimed loses its ticket: nothing is posted after it was keyed in",
    rolledBack(async (db) => {
      const order = await claimed(db);
      await db.as(people.admin, () => db.sql.query(decide, [order.number, "KEYED", "M-20", "Diketik di ERP", null]));
      expect(await post(db, order)).toBe(false);
      expect(
        await db.value("select jobs.settle_sync($1, $2, 'CONFIRMED', '{\"documents\":[\"SO-1\"]}', '{}', null)", [
          order.id,
          order.ticket,
        ]),
      ).toBe(false);
      expect(await orderOf(db, order.id)).toMatchObject({ document: "M-20" });
    }),
  );

  test(
    "that is being posted is not keyed in: it may be there already",
    rolledBack(async (db) => {
      const order = await claimed(db);
      expect(await post(db, order)).toBe(true); // Control: the same ticket posts.
      expect(await key(db, order.number)).toBe("ON_ITS_WAY");
      await db.sql.query("update app.erp_syncs set lease_until = now() - interval '1 hour' where order_id = $1", [
        order.id,
      ]);
      expect(await key(db, order.number)).toBe("ON_ITS_WAY");
      expect(await choices(db, order.id)).toEqual([]);
      expect(await db.stopped(people.admin, "select app.take_to_key($1)", [order.number])).toBe("ON_ITS_WAY");
    }),
  );

  test(
    "is taken out of the queue while somebody keys it in, and given back, or goes on by itself",
    rolledBack(async (db) => {
      const order = await claimed(db);
      await db.as(people.admin, () => db.sql.query("select app.take_to_key($1)", [order.number]));
      expect(await post(db, order)).toBe(false);
      const due = () => db.rows("select * from jobs.claim_sync(5, false)");
      expect(await due()).toEqual([]);
      expect(await outlook(db, order.id)).toMatchObject({ keyedBy: "ADM-001" });
      expect(await db.stopped(people.admin2, "select app.take_to_key($1)", [order.number])).toBe("STALE");
      for (const who of [people.auditor, people.sari, people.budi])
        expect(await db.stopped(who, "select app.take_to_key($1)", [order.number])).toBe("DENIED");
      await db.sql.query("savepoint taken");
      await db.as(people.admin, () => db.sql.query("select app.take_to_key($1, true)", [order.number]));
      expect(await due()).toHaveLength(1);
      await db.sql.query("rollback to savepoint taken");
      await db.sql.query("update app.erp_syncs set lease_until = now() - interval '1 second' where order_id = $1", [
        order.id,
      ]);
      expect(await due()).toHaveLength(1);
      expect(await outlook(db, order.id)).toMatchObject({ keyedBy: null });
    }),
  );

  test(
    "or is held, is not keyed in",
    rolledBack(async (db) => {
      const order = await placed(db);
      await db.sql.query("select private.hold_order($1, 'DISPUTED', 'SYSTEM')", [order.id]);
      expect(await key(db, order.number)).toBe("STALE");
    }),
  );
});

test(
  "another comparison meanwhile is STALE: what was looked at is not what would be decided",
  rolledBack(async (db) => {
    const order = await placed(db);
    await said(db, order.id, { result: "SHORT", difference: short(order.one, 3) });
    const seen = await checkedAt(db, order.id);
    for (const at of [null, "2026-01-01 00:00:00+00"])
      expect(await db.stopped(people.admin, decide, [order.number, "CUT", "", "", at])).toBe("STALE");
    expect(await db.stopped(people.admin, decide, [order.number, "CUT", "", "", seen])).toBeNull();
  }),
);

test(
  "only an admin decides, and only he and the auditor see what can be decided",
  rolledBack(async (db) => {
    const order = await placed(db);
    await said(db, order.id, { result: "SHORT", difference: short(order.one, 3) });
    const at = await checkedAt(db, order.id);
    for (const who of [people.budi, people.maya, people.sari, people.auditor])
      expect(await db.stopped(who, decide, [order.number, "CUT", "", "", at])).toBe("DENIED");
    for (const who of [people.budi, people.sari])
      expect(await db.as(who, () => db.value("select private.reconcile_outlook($1)", [order.id]))).toBeNull();
    expect((await outlook(db, order.id, people.auditor)).choices).toContain("CUT");
    expect(await db.stopped(null, decide, [order.number, "CUT", "", "", at])).toBe("42501");
    expect(await db.stopped(people.admin, decide, [order.number, "CUT", "", "", at], crypto.randomUUID())).toBe(
      "28000",
    );
    expect(await db.stopped(people.admin, decide, ["ORD-2026-999999999", "CUT", "", "", at])).toBe("NOT_FOUND");
    for (const resolution of [null, "BURN"])
      expect(await db.stopped(people.admin, decide, [order.number, resolution, "", "", at])).toBe("RESOLUTION");
    expect(await db.stopped(people.admin, decide, [order.number, "CUT", "", "", at])).toBeNull();
    await db.as(people.admin, async () => undefined);
    await db.sql.query("update app.accounts set status = 'SUSPENDED' where id = $1", [people.admin]);
    expect(await db.stopped(people.admin, decide, [order.number, "CUT", "", "", at])).toBe("28000");
  }),
);

test(
  "nothing leaves before staff has decided",
  rolledBack(async (db) => {
    const order = await placed(db);
    await db.as(people.admin, () => db.sql.query("select app.move_order($1, 'APPROVED', '')", [order.number]));
    await said(db, order.id, { result: "SHORT", difference: short(order.one, 3) });
    const ship = "select app.move_order($1, 'SHIPPED', '')";
    await expect(db.as(people.admin, () => db.sql.query(ship, [order.number]))).rejects.toMatchObject({
      ...refusedFor("STALE"),
      detail: expect.stringContaining('"undecided": true'),
    });
    await resolve(db, order, "PREORDER");
    expect(await db.stopped(people.admin, ship, [order.number])).toBeNull();
  }),
);
