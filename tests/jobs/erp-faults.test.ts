import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { erpClient, type ErpOperation } from "#jobs/erp/client.ts";
import { ErpFailure, type ErpFailureKind } from "#jobs/erp/failure.ts";
import type { SyncOrder } from "#jobs/erp/shapes.ts";
import { type Fault, faults, operations } from "#mocks/erp/faults/modes.ts";
import { type FaultyErp, serveErp } from "#mocks/erp/faults/server.ts";
import { ErpState } from "#mocks/erp/state.ts";
import { keysOf, recordOf } from "#app/ui/keys.ts";

const deadlineMs = 1_500;
const slackMs = 1_000;
/** What twenty answers at once may take in this process, which is their server too. */
const mostMb = 250;
const skus = Array.from({ length: 300 }, (_, index) => `S-${String(index).padStart(4, "0")}`);
const order: SyncOrder = {
  number: "ORD-2026-000001",
  partner: "P-1",
  placedAt: "2026-11-22T01:00:00.000Z",
  total: 100,
  credit: "GREEN",
  lines: [{ sku: skus[0]!, quantity: 1, preorder: 0, unitPrice: 100 }],
};

let erp: FaultyErp;
let client: ReturnType<typeof erpClient>;

beforeAll(async () => {
  const state = new ErpState();
  state.learn({ skus, partners: ["P-1", "P-2", "P-3", "P-4"] });
  erp = await serveErp(state, 0, { byteMs: 100, lateMs: 100, flapMs: 60_000, hangMs: 5_000 });
  client = erpClient({ baseUrl: `http://127.0.0.1:${erp.port}`, apiKey: "key", deadlineMs });
  await client.createOrder(order);
});
afterAll(() => erp.close());
beforeEach(() => erp.break("up"));

const calls: Record<ErpOperation, () => Promise<unknown>> = {
  ping: () => client.ping(),
  stock: () => client.listStock(),
  credit: () => client.listCredit(),
  find: () => client.findDocuments(order.number),
  create: () => client.createOrder(order),
};

type Outcome = ErpFailureKind | "fine";

/** How a call ended, and that it did so in time. */
async function outcomeOf(operation: ErpOperation): Promise<Outcome> {
  const started = performance.now();
  // A feed is several exchanges, each with a deadline of its own.
  const exchanges = operation === "stock" ? 2 : 1;
  const outcome = await calls[operation]().then(
    () => "fine" as const,
    (error: unknown) => {
      if (!(error instanceof ErpFailure)) throw error;
      return error.kind;
    },
  );
  expect(performance.now() - started, operation).toBeLessThan(exchanges * deadlineMs + slackMs);
  return outcome;
}

const all = (outcome: Outcome) => recordOf(operations, () => outcome);
const fine = all("fine");
const badFigures = { ...all("content"), ping: "fine" as const };
const badFeeds = { ...fine, stock: "content" as const, credit: "content" as const };

/** «twice» is tried alone: what the second answer does depends on who is faster. */
const expected: Record<Exclude<Fault, "twice">, Record<ErpOperation, Outcome>> = {
  up: fine,
  refuse: all("connection"),
  hang: all("timeout"),
  lost: { ...fine, create: "timeout" },
  dribble: all("timeout"),
  reset: all("connection"),
  html: all("content"),
  truncated: all("content"),
  cut: all("connection"),
  nan: badFigures,
  infinity: badFigures,
  negative: { ...badFigures, stock: "fine", credit: "fine" }, // One row of stock alone: set aside.
  "duplicate-sku": badFeeds,
  // Whole and well-formed: that the articles are not ours is for the database to see.
  "unknown-sku": fine,
  "no-warehouse": fine,
  shrunk: fine,
  big: all("oversize"),
  deep: all("content"),
  proto: fine,
  stranger: all("content"),
  doubled: fine,
  busy: all("rate-limit"),
  half: badFeeds,
  "page-missing": badFeeds,
  "page-mixed": { ...fine, stock: "content" },
  ahead: fine,
  behind: fine,
  flap: all("connection"), // It begins with being gone.
  late: fine,
  "500": all("status"),
};

test.each(keysOf(expected))("%s", async (fault) => {
  const wanted = expected[fault];
  erp.break(fault);
  const outcomes = await Promise.all(
    operations.map(async (operation) => [operation, await outcomeOf(operation)] as const),
  );
  expect(Object.fromEntries(outcomes)).toEqual(wanted);

  erp.break("up");
  expect(await outcomeOf("ping"), "afterwards").toBe("fine");
});

test("every fault is tried", () => {
  expect(Object.keys(expected).concat("twice").toSorted()).toEqual(faults.toSorted());
});

test("an answer that comes twice is never taken for that of the next call", async () => {
  erp.break("twice");
  for (let round = 0; round < 20; round += 1) {
    for (const operation of ["ping", "find", "create"] as const)
      expect(["fine", "connection", "content"]).toContain(await outcomeOf(operation));
  }
  erp.break("up");
  await expect.poll(() => outcomeOf("ping")).toBe("fine");
  expect(await client.findDocuments(order.number)).toHaveLength(1);
});

test("keys that every object inherits from change nothing here", async () => {
  erp.break("proto");
  for (const operation of operations) await calls[operation]();
  const inherits: Record<string, unknown> = {};
  expect(inherits.polluted).toBeUndefined();
  const { rows } = await client.listStock();
  expect(Object.keys(rows[1]!).toSorted()).toEqual(["quantity", "sku", "warehouse"]);
});

test("however much it sends at once, little of it is kept", async () => {
  const patient = erpClient({ baseUrl: `http://127.0.0.1:${erp.port}`, apiKey: "key", deadlineMs: 10_000 });
  const before = process.memoryUsage().rss;
  let most = before;
  const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 5);
  for (const [fault, kind] of [
    ["big", "oversize"],
    ["deep", "content"],
  ] as const) {
    erp.break(fault);
    await Promise.all(Array.from({ length: 20 }, () => expect(patient.ping()).rejects.toMatchObject({ kind })));
  }
  clearInterval(watch);
  expect((most - before) / 1024 / 1024, "MB more").toBeLessThan(mostMb);
});
