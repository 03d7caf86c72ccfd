import { expect, test, vi } from "vitest";
import type { Counter, DuePush } from "#jobs/counter.ts";
import type { ErpClient } from "#jobs/erp/client.ts";
import { pushOrder } from "#jobs/erp/push.ts";

const due = (attempts: number): DuePush => ({
  order_id: "7", attempts,
  document: { reference: "ORD-2026-000007", partner: "PTR-0001", placed_at: "2026-01-08T02:00:00Z", total: 1000, credit: "GREEN", lines: [] },
});

function desk(known: string | null) {
  const counter = { pushDone: vi.fn(), pushFailed: vi.fn() };
  const erp = { findOrder: vi.fn(() => Promise.resolve(known)), createOrder: vi.fn(() => Promise.resolve({ kind: "accepted", document: "SO-NEW", created: true })) };
  return { counter, erp, push: (attempts: number) => pushOrder(counter as unknown as Counter, erp as unknown as ErpClient, due(attempts)) };
}

test("a first try creates the order without asking", async () => {
  const { counter, erp, push } = desk(null);
  await push(1);
  expect(erp.findOrder).not.toHaveBeenCalled();
  expect(counter.pushDone).toHaveBeenCalledWith("7", "SO-NEW");
});

test("a later try asks by our number first, and creates nothing that is there already", async () => {
  const there = desk("SO-OLD");
  await there.push(2);
  expect(there.erp.createOrder).not.toHaveBeenCalled();
  expect(there.counter.pushDone).toHaveBeenCalledWith("7", "SO-OLD");
  const absent = desk(null);
  await absent.push(2);
  expect(absent.erp.findOrder).toHaveBeenCalledWith("ORD-2026-000007");
  expect(absent.counter.pushDone).toHaveBeenCalledWith("7", "SO-NEW");
});
