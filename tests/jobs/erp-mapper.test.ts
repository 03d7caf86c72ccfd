import { expect, test } from "vitest";
import { foundAnswer, orderBody, pageAnswer, stockRow } from "#jobs/erp/mapper.ts";

test("an order in the ERP's words, to the byte, and nothing of it that the ERP does not know", () => {
  const body = orderBody({
    number: "ORD-2026-000001",
    partner: "PTR-0001",
    placedAt: "2026-11-21T07:05:00.000Z",
    total: 1_350_000,
    credit: "AMBER",
    lines: [{ sku: "AB-001", quantity: 3, preorder: 1, unitPrice: 450_000 }],
  });
  expect(JSON.stringify(body)).toBe(
    '{"reference":"ORD-2026-000001","partner":"PTR-0001","total":1350000,"credit":"AMBER",' +
      '"placed_at":"2026-11-21T07:05:00.000Z","lines":[{"sku":"AB-001","quantity":3,"unit_price":450000}]}',
  );
});

test("what the ERP has of an order, in ours, and nothing that we did not ask for", () => {
  const line = { sku: "AB-001", quantity: 3, confirmed: 2 };
  const rest = { partner: "PTR-0001", total: 1, credit: { ok: true, message: null } };
  const document = { document: "SO-1", reference: "ORD-1", ...rest, lines: [{ ...line, unit_price: 450_000 }] };
  expect(foundAnswer.parse({ reference: "ORD-1", documents: [{ ...document, received_at: "today" }] })).toEqual({
    order: "ORD-1",
    documents: [{ number: "SO-1", order: "ORD-1", ...rest, lines: [{ ...line, unitPrice: 450_000 }] }],
  });
});

test("a page of a feed in ours; a figure that is none keeps what stood there", () => {
  const head = { snapshot: "stock-7", page: 1, pages: 2, total: 3 };
  const row = { sku: "AB-001", warehouse: "SBY" };
  const items = [
    { ...row, quantity: 3, shelf: "B" },
    { ...row, quantity: "three" },
  ];
  expect(pageAnswer(stockRow).parse({ ...head, taken_at: "2026-11-22T07:00:00+07:00", items })).toEqual({
    ...head,
    takenAt: new Date("2026-11-22T00:00:00Z"),
    rows: [
      { ...row, quantity: 3 },
      { ...row, quantity: '"three"' },
    ],
  });
});
