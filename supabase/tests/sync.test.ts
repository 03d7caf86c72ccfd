import { expect, test } from "vitest";
import { endOrder, SyncWorker, twoWorkers } from "./sync-support.ts";

// How an order gets to the ERP, as the database promises it. Committed, with two workers on connections of their own.
const { database, it, a, b } = twoWorkers();

const numbersOf = (claims: Array<{ order: { number: string } }>) => claims.map(({ order }) => order.number).sort();

test("an order is one worker's at a time, the next one's after a silent minute; who is late has no say", async () => {
  const number = await database.placeOrder();
  const first = await a.claimOne(number);
  expect(first).toMatchObject({ attempts: 1, look_up: false, may_create: true });
  await it.pass(number, 55);
  expect(await b.claim()).toEqual([]);
  await it.pass(number, 10);
  const second = await b.claimOne(number);
  expect(second).toMatchObject({ attempts: 2, look_up: true, may_create: true });

  expect(await a.post(first)).toBe(false);
  expect(await a.settle(first, "CONFIRMED", ["SO-OF-A"])).toBe(false);
  expect(await a.defer(first, 300)).toBe(false);
  await a.release(first);
  expect(await it.syncOf(number)).toMatchObject({ attempts: 2, done: false, leased: true });
  expect(await b.post(second)).toBe(true);
  expect(await b.settle(second, "CONFIRMED", ["SO-OF-B"])).toBe(true);
  expect(await it.order(number)).toMatchObject({ sync_status: "SYNCED", erp_document: "SO-OF-B" });
  expect(await b.settle(second, "CONFIRMED", ["SO-AGAIN"])).toBe(false);
});

test("a worker past its minute may not send, though nobody took the order; what it heard still counts", async () => {
  const [slept, heard] = [await database.placeOrder(), await database.placeOrder()];
  const claims = await a.claim();
  const of = (number: string) => claims.find(({ order }) => order.number === number)!;
  await it.pass(slept, 61);
  expect(await a.post(of(slept))).toBe(false);
  expect(await a.post(of(heard))).toBe(true); // Control.
  await it.pass(heard, 61);
  expect(await a.settle(of(heard))).toBe(true);
});

test("what may be on its way is looked up, not resent for 20 s, whoever asks, whatever the worker's fate", async () => {
  const number = await database.placeOrder();
  expect(await a.post(await a.claimOne(number))).toBe(true);
  // Killed; even if its lease were short.
  await database.one("update app.erp_syncs set lease_until = now() where done_at is null");

  const soon = await b.claimOne(number);
  expect(soon.look_up).toBe(true);
  expect(await b.post(soon)).toBe(false);
  expect(await b.claim()).toEqual([]); // It waits until then.
  await it.pass(number, 21);
  const later = await b.claimOne(number);
  expect(later.look_up).toBe(true);
  expect(await b.post(later)).toBe(true);
});

test("it may be sent again at once when surely nothing of it was taken", async () => {
  const number = await database.placeOrder();
  const first = await a.claimOne(number);
  await a.post(first);
  await a.defer(first, 0, true);
  const second = await a.claimOne(number);
  expect(await a.post(second)).toBe(true);
  await a.release(second, true);
  const third = await a.claimOne(number);
  expect([third.look_up, await a.post(third)]).toEqual([true, true]);
  await a.defer(third, 0, false); // Control.
  expect(await a.post(await a.claimOne(number))).toBe(false);
});

test("while the breaker is not closed nobody gets an order, and who has one may not send it", async () => {
  const number = await database.placeOrder();
  const claim = await a.claimOne(number);
  for (const state of ["OPEN", "HALF_OPEN"]) {
    await it.circuit(state);
    expect(await b.claim()).toEqual([]);
  }
  expect(await a.post(claim)).toBe(false);
  await it.circuit("CLOSED");
  expect(await b.claim()).toHaveLength(1); // It was given back, at once.
});

test("what was placed degraded or waits for a run may be keyed in: it is looked up before the first try", async () => {
  const [plain, degraded, inRun] = [
    await database.placeOrder(),
    await database.placeOrder(),
    await database.placeOrder(),
  ];
  await database.one("update app.orders set degraded = true where number = $1", [degraded]);
  await it.hold(plain);
  await it.hold(degraded);
  await it.begin();
  await it.hold(plain, false);
  await it.hold(degraded, false);
  const look = Object.fromEntries((await a.claim()).map((claim) => [claim.order.number, claim.look_up]));
  expect(look).toEqual({ [plain]: false, [degraded]: true, [inRun]: true });
});

test("what ends before it was sent is never sent, by whatever path it ends, also in a worker's hands", async () => {
  const [waiting, taken] = [await database.placeOrder(), await database.placeOrder()];
  const claim = await a.claimOne(taken);
  await it.end(taken);
  await it.end(waiting, "REJECTED");
  expect(await a.post(claim)).toBe(false);
  expect(await b.claim()).toEqual([]);
  for (const number of [waiting, taken]) {
    expect(await it.syncOf(number)).toMatchObject({ done: true, posted: false });
    expect(await it.order(number)).toMatchObject({ sync_status: "FAILED", sync_error: "CANCELLED_BEFORE_SENT" });
    expect(await it.task(number)).toBeUndefined();
  }
});

test("an end that is not committed yet is waited for before sending", async () => {
  for (const [verdict, sent] of [
    ["commit", false],
    ["rollback", true],
  ] as const) {
    const number = await database.placeOrder();
    const claim = await a.claimOne(number);
    const admin = await SyncWorker.of(database.adminUrl);
    try {
      await admin.sql.query("begin");
      await admin.sql.query(endOrder, [number, "CANCELLED"]);
      const answer = a.post(claim);
      await expect.poll(() => a.waits(database)).toBe(true);
      await admin.sql.query(verdict);
      expect(await answer).toBe(sent);
    } finally {
      await admin.sql.end();
    }
  }
});

test("cancelled while on its way: what the ERP has becomes a task for a person", async () => {
  const number = await database.placeOrder();
  const claim = await a.claimOne(number);
  await a.post(claim);
  await it.end(number);
  expect(await a.settle(claim, "CONFIRMED", ["SO-7"])).toBe(true);
  expect(await it.order(number)).toMatchObject({ status: "CANCELLED", sync_status: "SYNCED", erp_document: "SO-7" });
  expect(await it.task(number)).toEqual({ document: "SO-7", done: false });
  expect(await it.result(number)).toBeUndefined(); // Nothing to decide.
});

test("cancelled on its way, no word: looked up until it must be there or is not, held or not; never sent", async () => {
  const [absent, there] = [await database.placeOrder(), await database.placeOrder()];
  for (const claim of await a.claim()) await a.post(claim);
  for (const number of [absent, there]) {
    await it.hold(number);
    await it.end(number);
    await database.one("update app.erp_syncs set lease_until = now() where done_at is null");
  }
  const of = async (number: string) => (await b.claim(100)).find(({ order }) => order.number === number)!;
  const soon = await of(absent);
  expect(soon).toMatchObject({ look_up: true, may_create: false });
  expect(await b.post(soon)).toBe(false);
  await it.pass(absent, 60);
  await it.pass(there, 61);
  const again = await of(there);
  expect(await b.settle(again, "CONFIRMED", ["SO-8"])).toBe(true);
  expect(await it.task(there)).toEqual({ document: "SO-8", done: false });

  await database.one(
    "update app.erp_syncs set unsure_until = now() + interval '5 seconds', lease_until = null where done_at is null",
  );
  const early = await of(absent);
  expect(await b.settle(early, "ABSENT", [])).toBe(false);
  expect(await it.syncOf(absent)).toMatchObject({ done: false, leased: null });
  await it.pass(absent, 30);
  const late = await of(absent);
  expect(await b.settle(late, "ABSENT", [])).toBe(true);
  expect(await it.order(absent)).toMatchObject({ sync_status: "FAILED", sync_error: "CANCELLED_ABSENT" });
  expect(await it.task(absent)).toBeUndefined();
});

test("cancelled while on its way, and the ERP says nothing about it for good: a person looks", async () => {
  const number = await database.placeOrder();
  const claim = await a.claimOne(number);
  await a.post(claim);
  await it.end(number);
  await a.defer(claim);
  for (let n = 0; n < 5; n += 1) {
    await database.one("update app.erp_circuit set last_ok_at = clock_timestamp()");
    await it.pass(number, 60);
    await a.defer(await a.claimOne(number));
  }
  expect(await it.syncOf(number)).toMatchObject({ done: true });
  expect(await it.task(number)).toEqual({ document: "?", done: false });
});

test("a document up for a decision is looked up and stopped with its order, though never sent", async () => {
  const number = await database.placeOrder();
  await a.settle(await a.claimOne(number), "DUPLICATE", ["SO-1", "SO-2"], "2 dokumen");
  expect(await it.result(number)).toMatchObject({ result: "DUPLICATE", resolution: null });
  await it.end(number);
  expect(await it.result(number)).toMatchObject({ resolution: "CANCEL" });
  const claim = await a.claimOne(number);
  expect(claim).toMatchObject({ look_up: true, may_create: false });
  await a.settle(claim, "DUPLICATE", ["SO-1", "SO-2"]);
  expect(await it.task(number)).toEqual({ document: "SO-1, SO-2", done: false });
});

test("a document that another order has already is not this one's: staff hears whose", async () => {
  const [first, second] = [await database.placeOrder(), await database.placeOrder()];
  await a.settle(await a.claimOne(first), "CONFIRMED", ["SO-TWICE"]);
  await it.pass(second, 61);
  expect(await b.settle(await b.claimOne(second), "CONFIRMED", ["SO-TWICE"])).toBe(true);
  expect(await it.order(second)).toMatchObject({ sync_status: "FAILED", erp_document: null, sync_error: "ERROR" });
  expect(await it.syncOf(second)).toMatchObject({ last_error: `DOCUMENT_TAKEN SO-TWICE ${first}` });
  expect(await it.result(second)).toMatchObject({
    result: "ERROR",
    error: `DOCUMENT_TAKEN SO-TWICE ${first}`,
  });
  // A store reads its order's row and history: not there.
  const read = await database.one(
    `
      select to_jsonb(o) || jsonb_build_object('events', (select jsonb_agg(e) from app.order_events e
        where e.order_id = o.id)) as told from app.orders o where o.number = $1`,
    [second],
  );
  expect(JSON.stringify(read)).toContain("SYNC_FAILED");
  expect(JSON.stringify(read)).not.toContain(first);
  expect(await it.order(first)).toMatchObject({ sync_status: "SYNCED", erp_document: "SO-TWICE" });
});

test("held in a worker's hands it is not sent, held after that it becomes a task; released, it goes on", async () => {
  const [before, after] = [await database.placeOrder(), await database.placeOrder()];
  const claims = await a.claim();
  const of = (number: string) => claims.find(({ order }) => order.number === number)!;
  await it.hold(before);
  expect(await a.post(of(before))).toBe(false);
  expect(await b.claim()).toEqual([]);
  await a.post(of(after));
  await it.hold(after);
  expect(await a.settle(of(after), "CONFIRMED", ["SO-HELD"])).toBe(true);
  expect(await it.task(after)).toEqual({ document: "SO-HELD", done: false });
  await it.hold(before, false);
  expect(numbersOf(await b.claim())).toEqual([before]);
});

test("two workers that ask at once get different orders", async () => {
  const numbers = [];
  for (let n = 0; n < 6; n += 1) numbers.push(await database.placeOrder());
  await a.sql.query("begin");
  const mine = await a.claim(3);
  const others = b.claim(5);
  await expect
    .poll(() => b.waits(database))
    .toBe(true)
    .finally(() => a.sql.query("commit"));
  expect(numbersOf([...mine, ...(await others)])).toEqual(numbers.sort());
});

test("an order the ERP never answers about becomes staff's if it answers others; otherwise it waits", async () => {
  for (const [answers, done] of [
    [false, false],
    [true, true],
  ] as const) {
    const number = await database.placeOrder();
    for (let n = 0; n < 6; n += 1) {
      if (answers) await database.one("update app.erp_circuit set last_ok_at = clock_timestamp()");
      else await database.one("update app.erp_circuit set last_ok_at = now() - interval '1 hour'");
      expect(await it.syncOf(number)).toMatchObject({ strikes: n, done: false });
      await a.defer(await a.claimOne(number));
    }
    expect(await it.syncOf(number)).toMatchObject({ done });
    if (done) expect(await it.result(number)).toMatchObject({ result: "ERROR", retriable: true, resolution: null });
    await it.clear();
  }
});

test("the owner is told once, and only of an order that waited", async () => {
  const [plain, degraded] = [await database.placeOrder(), await database.placeOrder()];
  await database.one("update app.orders set degraded = true where number = $1", [degraded]);
  for (const claim of await a.claim()) await a.settle(claim, "CONFIRMED", [`SO-${claim.order_id}`]);
  expect([await it.mails(plain), await it.mails(degraded)]).toEqual([0, 1]);
  await database.one("select private.tell_reconciled(id, 'ACCEPT') from app.orders where number = $1", [degraded]);
  expect(await it.mails(degraded)).toBe(1);
});

test("what the ERP says is up for a decision and in the history; with a document it leaves the queue", async () => {
  const number = await database.placeOrder();
  await a.settle(await a.claimOne(number), "SHORT", ["SO-9"]);
  expect(await it.order(number)).toMatchObject({ sync_status: "SYNCED", erp_document: "SO-9" });
  const { kinds } = (await database.one(
    `
      select array_agg(e.kind order by e.id) as kinds from app.order_events e join app.orders o on o.id = e.order_id
        where o.number = $1`,
    [number],
  ))!;
  expect(kinds).toEqual(["SYNCED", "RECONCILE_OPEN"]);
  const refused = await database.placeOrder();
  await a.settle(await a.claimOne(refused), "ERROR", [], "422: tutup buku");
  expect(await it.order(refused)).toMatchObject({ sync_status: "FAILED", sync_error: "ERROR" });
  expect(await it.syncOf(refused)).toMatchObject({ done: true, last_error: "422: tutup buku" });
  expect(await it.result(refused)).toMatchObject({ result: "ERROR", retriable: false, resolution: null });
  expect(await b.claim()).toEqual([]);
});
