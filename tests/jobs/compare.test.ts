import { expect, test } from "vitest";
import { compareOrder, type Comparison, refusal } from "#jobs/erp/compare.ts";
import type { ErpDocument } from "#jobs/erp/shapes.ts";

const order = {
  partner: "PTR-0001",
  total: 500,
  lines: [
    { sku: "A", quantity: 3, preorder: 0, unitPrice: 100 },
    { sku: "B", quantity: 4, preorder: 2, unitPrice: 50 },
  ],
};
const a = { sku: "A", quantity: 3, confirmed: 3, unitPrice: 100 };
const b = { sku: "B", quantity: 4, confirmed: 2, unitPrice: 50 };
const good: ErpDocument = {
  number: "SO-1",
  order: "ORD-1",
  partner: "PTR-0001",
  total: 500,
  credit: { ok: true, message: null },
  lines: [a, b],
};
const same = { total: 0, lines: [], credit: null };
const bad = { ok: false, message: "melebihi plafon" };

test.each<[string, Partial<ErpDocument>, Comparison["result"], object]>([
  ["as assumed; what was pre-ordered need not be there", {}, "CONFIRMED", same],
  ["more there than assumed", { lines: [a, { ...b, confirmed: 4 }] }, "CONFIRMED", same],
  ["lines in another order", { lines: [b, a] }, "CONFIRMED", same],
  [
    "one line split in two",
    { lines: [{ ...a, quantity: 1, confirmed: 1 }, { ...a, quantity: 2, confirmed: 2 }, b] },
    "CONFIRMED",
    same,
  ],
  [
    "fewer pieces than assumed",
    { lines: [{ ...a, confirmed: 1 }, b] },
    "SHORT",
    { ...same, lines: [{ sku: "A", missing: 2, price: 0 }] },
  ],
  [
    "fewer of what was partly pre-ordered",
    { lines: [a, { ...b, confirmed: 1 }] },
    "SHORT",
    { ...same, lines: [{ sku: "B", missing: 1, price: 0 }] },
  ],
  [
    "nothing at all",
    {
      lines: [
        { ...a, confirmed: 0 },
        { ...b, confirmed: 0 },
      ],
    },
    "SHORT",
    {
      ...same,
      lines: [
        { sku: "A", missing: 3, price: 0 },
        { sku: "B", missing: 2, price: 0 },
      ],
    },
  ],
  ["no credit", { credit: bad }, "CREDIT_FAILED", { ...same, credit: "melebihi plafon" }],
  ["no credit, no word", { credit: { ok: false, message: null } }, "CREDIT_FAILED", { ...same, credit: "" }],
  [
    "no credit and fewer pieces",
    { credit: bad, lines: [{ ...a, confirmed: 1 }, b] },
    "CREDIT_FAILED",
    { total: 0, credit: "melebihi plafon", lines: [{ sku: "A", missing: 2, price: 0 }] },
  ],
  [
    "dearer",
    { total: 530, lines: [{ ...a, unitPrice: 110 }, b] },
    "ERROR",
    { ...same, total: 30, lines: [{ sku: "A", missing: 0, price: 10 }] },
  ],
  [
    "cheaper, and no credit",
    { total: 470, credit: bad, lines: [{ ...a, unitPrice: 90 }, b] },
    "ERROR",
    { total: -30, credit: "melebihi plafon", lines: [{ sku: "A", missing: 0, price: -10 }] },
  ],
  ["the same lines and another total", { total: 501 }, "ERROR", { ...same, total: 1 }],
  [
    "prices that cancel out",
    {
      lines: [
        { ...a, unitPrice: 80 },
        { ...b, unitPrice: 65 },
      ],
    },
    "ERROR",
    {
      ...same,
      lines: [
        { sku: "A", missing: 0, price: -20 },
        { sku: "B", missing: 0, price: 15 },
      ],
    },
  ],
  [
    "one part of a split line dearer",
    { lines: [{ ...a, quantity: 1, confirmed: 1 }, { ...a, quantity: 2, confirmed: 2, unitPrice: 120 }, b] },
    "ERROR",
    { ...same, lines: [{ sku: "A", missing: 0, price: 20 }] },
  ],
  [
    "another quantity",
    { lines: [{ ...a, quantity: 2, confirmed: 2 }, b] },
    "ERROR",
    { ...same, lines: [{ sku: "A", missing: 1, price: 0, quantity: -1 }] },
  ],
  ["a line less", { lines: [a] }, "ERROR", { ...same, lines: [{ sku: "B", missing: 2, price: 0, quantity: -4 }] }],
  [
    "a line more",
    { lines: [a, b, { sku: "C", quantity: 1, confirmed: 1, unitPrice: 0 }] },
    "ERROR",
    { ...same, lines: [{ sku: "C", missing: 0, price: 0, quantity: 1 }] },
  ],
  ["another store's", { partner: "PTR-0002" }, "ERROR", { ...same, partner: "PTR-0002" }],
])("%s", (_, change, result, difference) => {
  const said = compareOrder(order, [{ ...good, ...change }]);
  expect(said).toMatchObject({ result, erp: { documents: ["SO-1"] } });
  expect(said.difference).toEqual(difference);
});

test("two documents are a duplicate, whatever else is wrong", () => {
  const said = compareOrder(order, [
    { ...good, total: 1, credit: bad },
    { ...good, number: "SO-2" },
  ]);
  expect(said).toMatchObject({
    result: "DUPLICATE",
    erp: { documents: ["SO-1", "SO-2"], total: 1 },
    difference: { documents: ["SO-1", "SO-2"] },
  });
  expect(said.error).toContain("SO-1, SO-2");
});

test("the ERP's own words are kept: against the credit, and when it takes no order", () => {
  expect(compareOrder(order, [{ ...good, credit: bad }]).error).toBe("melebihi plafon");
  expect(refusal(422, "tutup buku")).toMatchObject({
    result: "ERROR",
    error: "422: tutup buku",
    erp: { documents: [], message: "tutup buku" },
  });
});
