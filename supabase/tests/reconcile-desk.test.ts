import { describe, expect, test } from "vitest";
import { onStage, people, plenty, refusedFor, type Stage } from "./support.ts";

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
async function placed(stage: Stage, { degraded = false, who = people.budi as string } = {}) {
  const {
    skus: [one, two],
  } = (await plenty(stage)) as { skus: [string, string] };
  await stage.fill(who, [one, 10], [two, 4]);
  const number = await stage.order(who);
  const [order] = await stage.rows<{ id: number; total: number }>(
    "select id, total from app.orders where number = $1",
    [number],
  );
  if (degraded) await stage.sql.query("update app.orders set degraded = true where number = $1", [number]);
  return { number, one, two, ...order! };
}

/** The ERP speaks about an order. */
async function said(
  stage: Stage,
  id: number,
  { result, documents = ["SO-1"], difference = {}, retriable = false, error }: Said,
) {
  await stage.sql.query("update app.erp_pushes set ticket = ticket + 1, posted_at = now() where order_id = $1", [id]);
  expect(
    await stage.value(
      "select jobs.settle_sync($1, (select ticket from app.erp_pushes where order_id = $1), $2, $3, $4, $5, $6)",
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
const checkedAt = (stage: Stage, id: number) =>
  stage.value<string | null>("select checked_at::text from app.reconcile_results where order_id = $1", [id]);
const resolve = async (
  stage: Stage,
  order: { number: string; id: number },
  resolution: string,
  { document = "", note = "", who = people.admin as string } = {},
) => {
  const at = await checkedAt(stage, order.id);
  return stage.as(who, () => stage.sql.query(decide, [order.number, resolution, document, note, at]));
};
const refusal = async (
  stage: Stage,
  order: { number: string; id: number },
  resolution: string,
  { document = "", note = "", who = people.admin as string } = {},
) => stage.stopped(who, decide, [order.number, resolution, document, note, await checkedAt(stage, order.id)]);
const outlook = (stage: Stage, id: number, who: string = people.admin) =>
  stage.as(who, () =>
    stage.value<{
      choices: string[];
      cut: { total: number; points: number; lines: object[] };
      preorder: object[];
      waiting: boolean;
    }>("select private.reconcile_outlook($1)", [id]),
  );
const choices = async (stage: Stage, id: number) => (await outlook(stage, id)).choices.sort();
const orderOf = async (stage: Stage, id: number) =>
  (
    await stage.rows(
      `
        select status, sync_status as sync, erp_document as document, total, market_total as market, points
          from app.orders where id = $1`,
      [id],
    )
  )[0]!;
const linesOf = (stage: Stage, id: number) =>
  stage.rows("select sku, quantity, preorder from app.order_lines where order_id = $1 order by line_no", [id]);
const held = (stage: Stage, sku: string) =>
  stage.value<number>(
    "select s.held from app.product_stock s join app.products p on p.id = s.product_id where p.sku = $1",
    [sku],
  );
const letters = (stage: Stage, number: string) =>
  stage.rows(
    `
      select recipient, props ->> 'outcome' as outcome, (props ->> 'total')::int as total from app.notices
        where kind = 'ORDER_RECONCILED' and dedup_key = $1`,
    [`reconciled/${number}`],
  );
const events = async (stage: Stage, id: number) =>
  stage.rows<{ kind: string; detail: Record<string, unknown> }>(
    "select kind, detail from app.order_events where order_id = $1 order by id",
    [id],
  );
const trail = (stage: Stage, number: string) =>
  stage.rows(
    `
      select actor_code, target_code, detail, private.audit_words(e) as words, before, after from app.audit_events e
        where action = 'RECONCILE_DECIDED' and entity_key = $1`,
    [number],
  );
const tasks = (stage: Stage, number: string) =>
  stage.rows("select kind, detail ->> 'document' as document from app.tasks where dedup_key = $1 and done_at is null", [
    `stop-in-erp/${number}`,
  ]);
const push = async (stage: Stage, id: number) =>
  (
    await stage.rows<{ done: boolean; ticket: number; lease: string | null }>(
      "select done_at is not null as done, ticket, lease_until as lease from app.erp_pushes where order_id = $1",
      [id],
    )
  )[0]!;
const all = (stage: Stage) => stage.sql.query("set constraints all immediate; set constraints all deferred");

describe("what can be decided follows from what the ERP said", () => {
  const cases: Array<[string, Said, string[]]> = [
    ["SHORT", { result: "SHORT", difference: "one 3" as never }, ["ACCEPT", "CANCEL", "CUT", "PREORDER"]],
    ["SHORT of everything", { result: "SHORT", difference: "all" as never }, ["ACCEPT", "CANCEL", "PREORDER"]],
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
    onStage(async (stage) => {
      const order = await placed(stage);
      const difference =
        { "one 3": short(order.one, 3), all: short(order.one, 10, [{ sku: order.two, missing: 4, price: 0 }]) }[
          String(said_.difference)
        ] ?? said_.difference;
      await said(stage, order.id, { ...said_, difference: difference as object });
      expect(await choices(stage, order.id)).toEqual(expected);
      for (const resolution of ["ACCEPT", "CUT", "PREORDER", "CANCEL", "RETRY", "KEYED"]) {
        const stopped = await refusal(stage, order, resolution, { document: "SO-1", note: "Sudah ditelepon" });
        expect([resolution, stopped]).toEqual([resolution, expected.includes(resolution) ? null : "STALE"]);
      }
    })(),
  );

  test(
    "what has been shipped is not cut or cancelled any more",
    onStage(async (stage) => {
      const order = await placed(stage);
      for (const status of ["APPROVED", "SHIPPED"])
        await stage.as(people.admin, () =>
          stage.sql.query("select app.move_order($1, $2, '')", [order.number, status]),
        );
      await said(stage, order.id, { result: "SHORT", difference: short(order.one, 3) });
      expect(await choices(stage, order.id)).toEqual(["ACCEPT"]);
    }),
  );
});

test(
  "CUT: quantities, totals, points, invoice and held stock follow what the ERP confirms",
  onStage(async (stage) => {
    const order = await placed(stage);
    await stage.as(people.admin, () => stage.sql.query("select app.move_order($1, 'APPROVED', '')", [order.number]));
    const before = await orderOf(stage, order.id);
    const [heldOne, heldTwo] = [await held(stage, order.one), await held(stage, order.two)];
    await said(stage, order.id, {
      result: "SHORT",
      difference: short(order.one, 3, [{ sku: order.two, missing: 4, price: 0 }]),
    });
    const price = await stage.value<number>("select unit_price from app.order_lines where order_id = $1 and sku = $2", [
      order.id,
      order.one,
    ]);
    const seen = await outlook(stage, order.id);
    expect(seen.cut).toMatchObject({
      total: price * 7,
      lines: expect.arrayContaining([expect.objectContaining({ sku: order.one, from: 10, to: 7 })]) as unknown,
    });
    await resolve(stage, order, "CUT");
    await all(stage);
    expect(await linesOf(stage, order.id)).toEqual([{ sku: order.one, quantity: 7, preorder: 0 }]);
    const after = await orderOf(stage, order.id);
    expect(after).toMatchObject({
      total: price * 7,
      sync: "SYNCED",
      document: "SO-1",
      points: seen.cut.points,
      status: "APPROVED",
    });
    expect(after.market as number).toBeLessThan(before.market as number);
    expect(after.points).toBe(await stage.value("select private.points_for('GOLD', $1)", [price * 7]));
    expect(await stage.rows("select amount, status from app.invoices where order_id = $1", [order.id])).toEqual([
      { amount: price * 7, status: "UNPAID" },
    ]);
    expect([await held(stage, order.one), await held(stage, order.two)]).toEqual([heldOne - 3, heldTwo - 4]);
    expect(await letters(stage, order.number)).toEqual([
      { recipient: "budi@demo.test", outcome: "CUT", total: price * 7 },
    ]);
    expect((await events(stage, order.id)).at(-1)).toMatchObject({
      kind: "RECONCILED",
      detail: { resolution: "CUT", total: { from: before.total, to: price * 7 } },
    });
    expect(await trail(stage, order.number)).toMatchObject([
      {
        actor_code: "ADM-001",
        target_code: "PTR-0001",
        detail: { resolution: "CUT", result: "SHORT" },
        before: { total: before.total, invoice: before.total, lines: { [order.one]: [10, 0], [order.two]: [4, 0] } },
        after: { total: price * 7, invoice: price * 7, lines: { [order.one]: [7, 0] } },
      },
    ]);
    // Once more, by the same person: nothing more happens. By another: somebody was first.
    await resolve(stage, order, "CUT");
    expect(await trail(stage, order.number)).toHaveLength(1);
    expect(await held(stage, order.one)).toBe(heldOne - 3);
    expect(await refusal(stage, order, "CUT", { who: people.admin2 })).toBe("STALE");
    expect(await refusal(stage, order, "PREORDER")).toBe("STALE");
  }),
);

test(
  "CUT leaves held stock alone when the live snapshot knows the order already",
  onStage(async (stage) => {
    const order = await placed(stage);
    await said(stage, order.id, { result: "SHORT", difference: short(order.one, 3) });
    await stage.sql.query("update app.orders set synced_at = now() - interval '1 hour' where id = $1", [order.id]);
    const before = await held(stage, order.one);
    await resolve(stage, order, "CUT");
    expect(await held(stage, order.one)).toBe(before);
  }),
);

test(
  "CUT is refused when the store has paid beyond the new total",
  onStage(async (stage) => {
    const order = await placed(stage);
    await stage.as(people.admin, () => stage.sql.query("select app.move_order($1, 'APPROVED', '')", [order.number]));
    await said(stage, order.id, { result: "SHORT", difference: short(order.one, 3) });
    const { cut } = await outlook(stage, order.id);
    const pay = (paid: number) =>
      stage.sql.query("update app.invoices set paid = $2, status = 'PARTIAL' where order_id = $1", [order.id, paid]);
    await pay(cut.total + 1);
    expect(await choices(stage, order.id)).not.toContain("CUT");
    expect(await refusal(stage, order, "CUT")).toBe("PAID_BEYOND");
    await pay(cut.total - 1);
    expect(await refusal(stage, order, "CUT")).toBeNull(); // Control.
  }),
);

test(
  "PREORDER: what is missing waits; total and points stay, held stock follows",
  onStage(async (stage) => {
    const order = await placed(stage);
    const before = await orderOf(stage, order.id);
    const heldOne = await held(stage, order.one);
    await said(stage, order.id, { result: "SHORT", difference: short(order.one, 3) });
    await resolve(stage, order, "PREORDER");
    await all(stage);
    expect(await linesOf(stage, order.id)).toEqual(
      expect.arrayContaining([
        { sku: order.one, quantity: 10, preorder: 3 },
        { sku: order.two, quantity: 4, preorder: 0 },
      ]),
    );
    expect(await orderOf(stage, order.id)).toMatchObject({ total: before.total, points: before.points });
    expect(await held(stage, order.one)).toBe(heldOne - 3);
    expect(await letters(stage, order.number)).toMatchObject([{ outcome: "PREORDER" }]);
    expect((await events(stage, order.id)).at(-1)!.detail).toMatchObject({
      resolution: "PREORDER",
      lines: [{ sku: order.one, from: 0, to: 3 }],
    });
    // Cancelled later, everything it held is free again, and no more.
    await stage.as(people.admin, () =>
      stage.sql.query("select app.move_order($1, 'CANCELLED', 'Toko membatalkan')", [order.number]),
    );
    expect(await held(stage, order.one)).toBe(heldOne - 10);
  }),
);

test(
  "ACCEPT of what is short changes nothing and tells its owner, whose page said to wait; a failed credit needs a note",
  onStage(async (stage) => {
    const plain = await placed(stage);
    await said(stage, plain.id, { result: "SHORT", difference: short(plain.one, 3), documents: ["SO-1"] });
    const before = await orderOf(stage, plain.id);
    await resolve(stage, plain, "ACCEPT");
    expect(await orderOf(stage, plain.id)).toEqual(before);
    expect(await letters(stage, plain.number)).toEqual([
      { recipient: "budi@demo.test", outcome: "ACCEPT", total: plain.total },
    ]);

    const degraded = await placed(stage, { degraded: true });
    await said(stage, degraded.id, { result: "CREDIT_FAILED", difference: { credit: "limit" }, documents: ["SO-2"] });
    expect(await refusal(stage, degraded, "ACCEPT")).toBe("REASON_REQUIRED");
    await resolve(stage, degraded, "ACCEPT", { note: "Disetujui kepala penjualan" });
    await all(stage);
    expect(await letters(stage, degraded.number)).toEqual([
      { recipient: "budi@demo.test", outcome: "ACCEPT", total: degraded.total },
    ]);
    expect(await trail(stage, degraded.number)).toMatchObject([
      { detail: { resolution: "ACCEPT" }, words: { note: "Disetujui kepala penjualan" } },
    ]);
    // The note is the office's.
    expect(JSON.stringify(await events(stage, degraded.id))).not.toContain("kepala penjualan");
  }),
);

test(
  "DUPLICATE: the chosen document becomes the order's, the others a task to stop them",
  onStage(async (stage) => {
    const order = await placed(stage);
    await said(stage, order.id, { result: "DUPLICATE", documents: ["SO-1", "SO-2", "SO-3"] });
    for (const document of ["", "SO-9"]) expect(await refusal(stage, order, "ACCEPT", { document })).toBe("ERP_NUMBER");
    await resolve(stage, order, "ACCEPT", { document: "SO-2" });
    await all(stage);
    expect(await orderOf(stage, order.id)).toMatchObject({ sync: "SYNCED", document: "SO-2", status: "SUBMITTED" });
    expect(await tasks(stage, order.number)).toEqual([{ kind: "STOP_ORDER_IN_ERP", document: "SO-1, SO-3" }]);
  }),
);

describe("what the ERP's document still says otherwise becomes a task", () => {
  const corrections = (stage: Stage, number: string) =>
    stage.rows<{ detail: Record<string, unknown> }>(
      `
        select detail, extract(epoch from due_at - opened_at)::int / 3600 as hours, done_by, done_at is null as open
          from app.tasks where kind = 'CORRECT_IN_ERP' and dedup_key = $1`,
      [`correct-in-erp/${number}`],
    );

  test(
    "after a CUT: the quantities and the total",
    onStage(async (stage) => {
      const order = await placed(stage);
      const [one] = await stage.rows<{ name: string; price: number }>(
        "select name, unit_price as price from app.order_lines where order_id = $1 and sku = $2",
        [order.id, order.one],
      );
      const [two] = await stage.rows<{ name: string }>(
        "select name from app.order_lines where order_id = $1 and sku = $2",
        [order.id, order.two],
      );
      await said(stage, order.id, {
        result: "SHORT",
        difference: short(order.one, 3, [{ sku: order.two, missing: 4, price: 0 }]),
      });
      await resolve(stage, order, "CUT");
      const lines = [
        { sku: order.one, name: one!.name, pieces: { from: 10, to: 7 } },
        { sku: order.two, name: two!.name, pieces: { from: 4, to: 0 } },
      ];
      expect(await corrections(stage, order.number)).toEqual([
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
    onStage(async (stage) => {
      const order = await placed(stage);
      const [two] = await stage.rows<{ name: string; price: number }>(
        "select name, unit_price as price from app.order_lines where order_id = $1 and sku = $2",
        [order.id, order.two],
      );
      await said(stage, order.id, {
        result: "ERROR",
        difference: { total: 5000, lines: [{ sku: order.two, missing: 0, price: 1000, quantity: 1 }], credit: null },
      });
      await resolve(stage, order, "ACCEPT", { note: "Harga promo" });
      expect(await corrections(stage, order.number)).toMatchObject([
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
    onStage(async (stage) => {
      for (const [credit, document] of [
        ["limit terlampaui", "SO-1"],
        ["", "SO-2"],
      ] as const) {
        const order = await placed(stage);
        await said(stage, order.id, {
          result: "CREDIT_FAILED",
          documents: [document],
          difference: { total: 0, lines: [], credit },
        });
        await resolve(stage, order, "ACCEPT", { note: "Disetujui" });
        expect((await corrections(stage, order.number)).map(({ detail }) => detail)).toEqual([{ document, credit }]);
      }
    }),
  );

  test(
    "and nothing does where the ERP has it as the store was promised",
    onStage(async (stage) => {
      for (const [n, [resolution, result]] of (
        [
          ["ACCEPT", "SHORT"],
          ["PREORDER", "SHORT"],
          ["CANCEL", "SHORT"],
          ["ACCEPT", "DUPLICATE"],
        ] as const
      ).entries()) {
        const order = await placed(stage);
        const document = `SO-${n}`;
        await said(stage, order.id, {
          result,
          documents: [document, ...(result === "DUPLICATE" ? ["SO-9"] : [])],
          difference: result === "SHORT" ? short(order.one, 3) : {},
        });
        await resolve(stage, order, resolution, { note: "Sudah ditelepon", document });
        expect([resolution, await corrections(stage, order.number)]).toEqual([resolution, []]);
      }
    }),
  );

  test(
    "an admin closes it with a note, and the system when the order is cancelled: then its document is stopped",
    onStage(async (stage) => {
      const cut = async (document: string) => {
        const order = await placed(stage);
        await said(stage, order.id, { result: "SHORT", documents: [document], difference: short(order.one, 3) });
        await resolve(stage, order, "CUT");
        return order;
      };
      const order = await cut("SO-1");
      const id = await stage.value<number>("select id from app.tasks where dedup_key = $1", [
        `correct-in-erp/${order.number}`,
      ]);
      const close = "select app.close_task($1, $2)";
      for (const who of [people.budi, people.sari, people.auditor])
        expect(await stage.stopped(who, close, [id, "Sudah dikurangi"])).toBe("DENIED");
      expect(await stage.stopped(people.admin, close, [id, "ok"])).toBe("REASON_REQUIRED");
      await stage.as(people.admin2, () => stage.sql.query(close, [id, "Sudah dikurangi"]));
      expect(await corrections(stage, order.number)).toMatchObject([{ open: false, done_by: "ADM-002" }]);

      const ended = await cut("SO-2");
      await stage.as(people.admin, () =>
        stage.sql.query("select app.move_order($1, 'CANCELLED', 'Toko membatalkan')", [ended.number]),
      );
      expect(await corrections(stage, ended.number)).toMatchObject([{ open: false, done_by: "SYSTEM" }]);
      expect(await tasks(stage, ended.number)).toEqual([{ kind: "STOP_ORDER_IN_ERP", document: "SO-2" }]);
    }),
  );
});

test(
  "CANCEL ends the order, frees its stock, and what the ERP has of it becomes a task",
  onStage(async (stage) => {
    const synced = await placed(stage);
    const heldOne = await held(stage, synced.one);
    await said(stage, synced.id, { result: "SHORT", difference: short(synced.one, 3), documents: ["SO-1"] });
    expect(await refusal(stage, synced, "CANCEL")).toBe("REASON_REQUIRED");
    await resolve(stage, synced, "CANCEL", { note: "Toko tidak mau menunggu" });
    await all(stage);
    expect(await orderOf(stage, synced.id)).toMatchObject({ status: "CANCELLED" });
    expect(await held(stage, synced.one)).toBe(heldOne - 10);
    expect(await tasks(stage, synced.number)).toMatchObject([{ document: "SO-1" }]);
    expect(await letters(stage, synced.number)).toMatchObject([{ outcome: "CANCEL" }]);
    expect(
      await stage.rows("select resolution, resolved_by, note from app.reconcile_results where order_id = $1", [
        synced.id,
      ]),
    ).toEqual([{ resolution: "CANCEL", resolved_by: "ADM-001", note: "Toko tidak mau menunggu" }]);

    const doubled = await placed(stage);
    await said(stage, doubled.id, { result: "DUPLICATE", documents: ["SO-5", "SO-6"] });
    await resolve(stage, doubled, "CANCEL", { note: "Toko membatalkan" });
    expect(await tasks(stage, doubled.number)).toMatchObject([{ document: "SO-5, SO-6" }]);
  }),
);

test(
  "RETRY puts it back into the queue, tells nobody, and its next result opens the desk again",
  onStage(async (stage) => {
    const order = await placed(stage, { degraded: true });
    await said(stage, order.id, { result: "ERROR", documents: [], error: "gudang tutup" });
    await resolve(stage, order, "RETRY");
    await all(stage);
    expect(await orderOf(stage, order.id)).toMatchObject({ sync: "PENDING_SYNC" });
    expect(await push(stage, order.id)).toMatchObject({ done: false });
    expect(await letters(stage, order.number)).toEqual([]);
    expect(await choices(stage, order.id)).toEqual([]); // It has been posted once: it is looked up first.
    await said(stage, order.id, { result: "SHORT", difference: short(order.one, 3) });
    expect(await choices(stage, order.id)).toContain("CUT");
  }),
);

test(
  "KEYED: the ERP's number is taken, the push is done, and nobody sends it any more",
  onStage(async (stage) => {
    const order = await placed(stage, { degraded: true });
    await said(stage, order.id, { result: "ERROR", documents: [], error: "toko tidak dikenal" });
    for (const document of ["", "x y", "a", "-1", "x".repeat(41)])
      expect([document, await refusal(stage, order, "KEYED", { document, note: "Diketik di ERP" })]).toEqual([
        document,
        "ERP_NUMBER",
      ]);
    expect(await refusal(stage, order, "KEYED", { document: "M-17" })).toBe("REASON_REQUIRED");
    await resolve(stage, order, "KEYED", { document: " M-17 ", note: "Diketik di ERP" });
    await all(stage);
    expect(await orderOf(stage, order.id)).toMatchObject({ sync: "SYNCED", document: "M-17" });
    expect(await push(stage, order.id)).toMatchObject({ done: true });
    await stage.sql.query("select private.retry_order($1)", [order.id]);
    expect(await push(stage, order.id)).toMatchObject({ done: true });
    expect(await letters(stage, order.number)).toMatchObject([{ outcome: "KEYED" }]);

    const other = await placed(stage);
    await said(stage, other.id, { result: "ERROR", documents: [], error: "toko tidak dikenal" });
    await expect(resolve(stage, other, "KEYED", { document: "M-17", note: "Diketik di ERP" })).rejects.toMatchObject({
      ...refusedFor("NUMBER_TAKEN"),
      detail: expect.stringContaining(order.number) as string,
    });
  }),
);

describe("an order that still waits", () => {
  const key = (stage: Stage, number: string, document = "M-20") =>
    stage.stopped(people.admin, decide, [number, "KEYED", document, "Diketik di ERP", null]);
  const claimed = async (stage: Stage) => {
    const order = await placed(stage);
    await stage.sql.query("update app.erp_circuit set state = 'CLOSED'");
    await stage.sql.query(
      "update app.erp_pushes set next_attempt_at = now() + interval '1 day' where done_at is null and order_id <> $1",
      [order.id],
    );
    const [claim] = await stage.rows<{ order_id: number; ticket: number }>("select * from jobs.claim_sync(5, false)");
    expect(claim!.order_id).toBe(order.id);
    return { ...order, ticket: claim!.ticket };
  };
  const post = (stage: Stage, { id, ticket }: { id: number; ticket: number }) =>
    stage.value("select jobs.begin_post($1, $2)", [id, ticket]);

  test(
    "is keyed in by hand, stands among the decided ones, and ends the run it was part of",
    onStage(async (stage) => {
      const order = await placed(stage, { degraded: true });
      await stage.sql.query("update app.erp_pushes set done_at = now() where done_at is null and order_id <> $1", [
        order.id,
      ]);
      await stage.sql.query("select private.begin_reconcile('COMMAND', 'uji')");
      expect(await choices(stage, order.id)).toEqual(["KEYED"]);
      await stage.as(people.admin, () =>
        stage.sql.query(decide, [order.number, "KEYED", "M-20", "Diketik di ERP", null]),
      );
      await all(stage);
      expect(await orderOf(stage, order.id)).toMatchObject({ sync: "SYNCED", document: "M-20" });
      expect(
        await stage.rows("select result, resolution, resolved_by from app.reconcile_results where order_id = $1", [
          order.id,
        ]),
      ).toEqual([{ result: "CONFIRMED", resolution: "KEYED", resolved_by: "ADM-001" }]);
      expect(await stage.value("select count(*)::int from app.reconcile_runs where finished_at is null")).toBe(0);
      expect(await letters(stage, order.number)).toMatchObject([{ outcome: "KEYED" }]);
      expect(await key(stage, order.number)).toBeNull(); // The same again.
      expect(await key(stage, order.number, "M-21")).toBe("STALE");
    }),
  );

  test(
    "that a worker has claimed loses its ticket: nothing is posted after it was keyed in",
    onStage(async (stage) => {
      const order = await claimed(stage);
      await stage.as(people.admin, () =>
        stage.sql.query(decide, [order.number, "KEYED", "M-20", "Diketik di ERP", null]),
      );
      expect(await post(stage, order)).toBe(false);
      expect(
        await stage.value("select jobs.settle_sync($1, $2, 'CONFIRMED', '{\"documents\":[\"SO-1\"]}', '{}', null)", [
          order.id,
          order.ticket,
        ]),
      ).toBe(false);
      expect(await orderOf(stage, order.id)).toMatchObject({ document: "M-20" });
    }),
  );

  test(
    "that is being posted is not keyed in: it may be there already",
    onStage(async (stage) => {
      const order = await claimed(stage);
      expect(await post(stage, order)).toBe(true); // Control: the same ticket posts.
      expect(await key(stage, order.number)).toBe("ON_ITS_WAY");
      await stage.sql.query("update app.erp_pushes set lease_until = now() - interval '1 hour' where order_id = $1", [
        order.id,
      ]);
      expect(await key(stage, order.number)).toBe("ON_ITS_WAY");
      expect(await choices(stage, order.id)).toEqual([]);
      expect(await stage.stopped(people.admin, "select app.take_to_key($1)", [order.number])).toBe("ON_ITS_WAY");
    }),
  );

  test(
    "is taken out of the queue while somebody keys it in, and given back, or goes on by itself",
    onStage(async (stage) => {
      const order = await claimed(stage);
      await stage.as(people.admin, () => stage.sql.query("select app.take_to_key($1)", [order.number]));
      expect(await post(stage, order)).toBe(false);
      const due = () => stage.rows("select * from jobs.claim_sync(5, false)");
      expect(await due()).toEqual([]);
      expect(await outlook(stage, order.id)).toMatchObject({ keyedBy: "ADM-001" });
      expect(await stage.stopped(people.admin2, "select app.take_to_key($1)", [order.number])).toBe("STALE");
      for (const who of [people.auditor, people.sari, people.budi])
        expect(await stage.stopped(who, "select app.take_to_key($1)", [order.number])).toBe("DENIED");
      await stage.sql.query("savepoint taken");
      await stage.as(people.admin, () => stage.sql.query("select app.take_to_key($1, true)", [order.number]));
      expect(await due()).toHaveLength(1);
      await stage.sql.query("rollback to savepoint taken");
      await stage.sql.query("update app.erp_pushes set lease_until = now() - interval '1 second' where order_id = $1", [
        order.id,
      ]);
      expect(await due()).toHaveLength(1);
      expect(await outlook(stage, order.id)).toMatchObject({ keyedBy: null });
    }),
  );

  test(
    "or is held, is not keyed in",
    onStage(async (stage) => {
      const order = await placed(stage);
      await stage.sql.query("select private.hold_order($1, 'DISPUTED', 'SYSTEM')", [order.id]);
      expect(await key(stage, order.number)).toBe("STALE");
    }),
  );
});

test(
  "another comparison meanwhile is STALE: what was looked at is not what would be decided",
  onStage(async (stage) => {
    const order = await placed(stage);
    await said(stage, order.id, { result: "SHORT", difference: short(order.one, 3) });
    const seen = await checkedAt(stage, order.id);
    for (const at of [null, "2026-01-01 00:00:00+00"])
      expect(await stage.stopped(people.admin, decide, [order.number, "CUT", "", "", at])).toBe("STALE");
    expect(await stage.stopped(people.admin, decide, [order.number, "CUT", "", "", seen])).toBeNull();
  }),
);

test(
  "only an admin decides, and only he and the auditor see what can be decided",
  onStage(async (stage) => {
    const order = await placed(stage);
    await said(stage, order.id, { result: "SHORT", difference: short(order.one, 3) });
    const at = await checkedAt(stage, order.id);
    for (const who of [people.budi, people.maya, people.sari, people.auditor])
      expect(await stage.stopped(who, decide, [order.number, "CUT", "", "", at])).toBe("DENIED");
    for (const who of [people.budi, people.sari])
      expect(await stage.as(who, () => stage.value("select private.reconcile_outlook($1)", [order.id]))).toBeNull();
    expect((await outlook(stage, order.id, people.auditor)).choices).toContain("CUT");
    expect(await stage.stopped(null, decide, [order.number, "CUT", "", "", at])).toBe("42501");
    expect(await stage.stopped(people.admin, decide, [order.number, "CUT", "", "", at], crypto.randomUUID())).toBe(
      "28000",
    );
    expect(await stage.stopped(people.admin, decide, ["ORD-2026-999999999", "CUT", "", "", at])).toBe("NOT_FOUND");
    for (const resolution of [null, "BURN"])
      expect(await stage.stopped(people.admin, decide, [order.number, resolution, "", "", at])).toBe("RESOLUTION");
    expect(await stage.stopped(people.admin, decide, [order.number, "CUT", "", "", at])).toBeNull();
    await stage.as(people.admin, async () => undefined);
    await stage.sql.query("update app.accounts set status = 'SUSPENDED' where id = $1", [people.admin]);
    expect(await stage.stopped(people.admin, decide, [order.number, "CUT", "", "", at])).toBe("28000");
  }),
);

test(
  "nothing leaves before the desk has decided",
  onStage(async (stage) => {
    const order = await placed(stage);
    await stage.as(people.admin, () => stage.sql.query("select app.move_order($1, 'APPROVED', '')", [order.number]));
    await said(stage, order.id, { result: "SHORT", difference: short(order.one, 3) });
    const ship = "select app.move_order($1, 'SHIPPED', '')";
    await expect(stage.as(people.admin, () => stage.sql.query(ship, [order.number]))).rejects.toMatchObject({
      ...refusedFor("STALE"),
      detail: expect.stringContaining('"desk": true') as string,
    });
    await resolve(stage, order, "PREORDER");
    expect(await stage.stopped(people.admin, ship, [order.number])).toBeNull();
  }),
);
