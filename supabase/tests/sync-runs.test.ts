import { expect, test } from "vitest";
import { endOrder, SyncWorker, twoWorkers } from "./sync-support.ts";

// Runs of Reconcile_Orders, and the pace of all processes together.
const { database, it, a, b } = twoWorkers();

const place = <Count extends number>(count: Count) => database.placeOrders(count);

test("a run has what waits, is joined and not doubled, and is over with its last order", async () => {
  const [first, second, held] = await place(3);
  await it.hold(held);
  const run = await it.begin();
  expect(await it.run()).toMatchObject({ total: 2, started_by: "BREAKER", finished: false });
  const third = await database.placeOrder();
  expect(await it.begin("COMMAND")).toBe(run);
  expect(await it.begin("ADMIN")).toBe(run);
  expect(await it.run()).toMatchObject({ total: 3, started_by: "BREAKER" });

  const claims = await a.claim();
  expect(claims.map((claim) => claim.look_up)).toEqual([true, true, true]);
  const of = (number: string) => claims.find(({ order }) => order.number === number)!;
  await a.settle(of(first));
  await a.settle(of(second), "SHORT");
  await a.defer(of(third), 60);
  expect(await it.run()).toMatchObject({ finished: false });
  await it.begin(); // The breaker closed again: what paused is due at once.
  await a.settle(await a.claimOne(third), "CONFIRMED");
  expect(await it.run()).toMatchObject({ total: 3, finished: true });
  expect(await it.result(first)).toMatchObject({ result: "CONFIRMED" });
  expect(await it.syncOf(held)).toMatchObject({ run_id: null, done: false });
});

test.each([
  ["held", (number: string) => it.hold(number)],
  ["cancelled", (number: string) => it.end(number)],
])("a run whose last order is %s is over for the next worker that asks", async (_, leave) => {
  const [number] = await place(1);
  await it.begin();
  expect(await a.claim()).toHaveLength(1);
  expect(await b.claim()).toEqual([]);
  expect(await it.run()).toMatchObject({ finished: false }); // Control.
  await leave(number);
  expect(await b.claim()).toEqual([]);
  expect(await it.run()).toMatchObject({ finished: true });
});

test("with nothing that waits the breaker begins none, and whoever asks gets one that is over", async () => {
  const before = await it.run();
  expect(await it.begin()).toBeNull();
  expect(await it.run()).toEqual(before);
  await it.begin("COMMAND");
  expect(await it.run()).toMatchObject({ total: 0, finished: true, started_by: "COMMAND" });
});

test("what failed for a reason that may pass comes along in the next run; what the ERP refused does not", async () => {
  const [choked, refused, ended] = await place(3);
  for (const claim of await a.claim()) {
    if (claim.order.number === refused) await a.settle(claim, "ERROR", [], "422: tutup buku");
    else
      await a.sql.query("select jobs.settle_sync($1, $2, 'ERROR', '{}', '{}', 'status: status 500', true)", [
        claim.order_id,
        claim.ticket,
      ]);
  }
  await it.end(ended);
  await a.settle(await a.claimOne(ended), "ABSENT", []);
  expect(await a.claim()).toEqual([]);
  await it.begin();
  const claims = await a.claim();
  expect(claims.map(({ order, look_up }) => [order.number, look_up])).toEqual([[choked, true]]);
  expect(await it.order(choked)).toMatchObject({ sync_status: "PENDING_SYNC" });
  await a.settle(claims[0]!);
  expect(await it.result(choked)).toMatchObject({ result: "CONFIRMED" });
  expect(await it.result(refused)).toMatchObject({ result: "ERROR" });
  expect(await it.run()).toMatchObject({ total: 1, finished: true });
});

test("two that begin at once are one run; an order in somebody's hands is not waited for", async () => {
  const [busy, free] = await place(2);
  const [one, two] = await Promise.all([SyncWorker.of(database.adminUrl), SyncWorker.of(database.adminUrl)]);
  try {
    await one.sql.query("begin");
    await one.sql.query(
      "select from app.erp_syncs where order_id = (select id from app.orders where number = $1) for update",
      [busy],
    );
    const runs = await Promise.all([
      it.begin("COMMAND"),
      two.sql
        .query<{ run: string }>("select private.begin_reconcile('ADMIN', 'ADM-001')::text as run")
        .then(({ rows }) => rows[0]!.run),
    ]);
    expect(runs[0]).toBe(runs[1]);
    expect(await it.run()).toMatchObject({ total: 1, finished: false });
    expect(await it.syncOf(free)).toMatchObject({ run_id: runs[0] });
    await one.sql.query("rollback");
    expect(await it.syncOf(busy)).toMatchObject({ run_id: null, done: false });
  } finally {
    await Promise.all([one.sql.end(), two.sql.end()]);
  }
});

test("an admin who ends many orders of a run and a worker who settles one never wait for each other", async () => {
  const [first, second] = await place(2);
  await it.begin();
  const claims = await a.claim();
  const admin = await SyncWorker.of(database.adminUrl);
  try {
    await admin.sql.query("begin");
    await admin.sql.query(endOrder, [first, "CANCELLED"]);
    await a.sql.query("set lock_timeout = '5s'");
    expect(
      await a.settle(
        claims.find(({ order }) => order.number === second)!,
        "SHORT",
        ["SO-11"],
      ),
    ).toBe(true);
    await admin.sql.query(endOrder, [second, "CANCELLED"]);
    await admin.sql.query("commit");
  } finally {
    await admin.sql.end();
  }
  expect(await it.task(second)).toEqual({ document: "SO-11", done: false });
});

test("how far a run is, and what the next one would take, can be read without changing anything", async () => {
  const [first, second, third] = await place(3);
  const waiting = async () =>
    (
      await a.sql.query<{ order: { number: string }; ended: boolean; gap_ms: number }>(
        "select * from jobs.list_waiting(0, 100)",
      )
    ).rows;
  await it.hold(third);
  expect((await waiting()).map(({ order, ended, gap_ms }) => [order.number, ended, gap_ms])).toEqual([
    [first, false, 200],
    [second, false, 200],
  ]);
  await it.begin();
  const { ref } = (await it.run())!;
  await a.settle(await a.claimOne(first), "DUPLICATE", ["SO-1", "SO-2"], "2 dokumen");
  const read = (await a.sql.query<{ run: object }>("select jobs.read_reconcile($1) as run", [ref])).rows[0]!.run;
  expect(read).toEqual({
    total: 2,
    left: 1,
    finished: false,
    circuit: "CLOSED",
    results: { DUPLICATE: 1 },
    open: [{ number: first, result: "DUPLICATE", error: "2 dokumen", difference: {} }],
  });
  expect((await waiting()).map(({ order }) => order.number)).toEqual([second]);
});

test("all processes together go at the set rate: no faster, no slower, and in no burst after rest", async () => {
  const rate = 50;
  await database.one(
    `
      with noted as (select private.audit('SETTING_CHANGED', 'setting', 'erp.sync_per_second'))
      update app.settings set value = to_jsonb($1::int) from noted where key = 'erp.sync_per_second'`,
    [rate],
  );
  /** When each of a hundred orders goes, by two processes that ask as they get to it. */
  const goes = async () => {
    const numbers = await place(100);
    await database.one("update private.erp_pace set next_slot = now() - interval '1 hour'");
    // Between `from` and `to`: how long its answer took on a busy machine is not known to the database.
    const slots: Array<{ number: string; from: number; to: number }> = [];
    const work = async ({ sql }: SyncWorker) => {
      while (slots.length < numbers.length) {
        const { rows } = await sql.query<{ number: string; from: number; to: number }>(`
          select c."order" ->> 'number' as number, asked.at + greatest(c.wait_ms, 0) as "from",
                 extract(epoch from clock_timestamp())::float8 * 1000 + greatest(c.wait_ms, 0) as "to"
            from (select extract(epoch from clock_timestamp())::float8 * 1000 as at offset 0) asked
           cross join lateral jobs.claim_sync(case when asked.at > 0 then 5 end) c`);
        slots.push(...rows);
        if (rows.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
      }
    };
    await Promise.all([work(a), work(b)]);
    expect(slots.map(({ number }) => number).sort()).toEqual(numbers.sort());
    return {
      earliest: slots.map((slot) => slot.from).sort((x, y) => x - y),
      latest: slots.map((slot) => slot.to).sort((x, y) => x - y),
    };
  };
  // They are handed out up to a second ahead, so that neither of the two has to ask in time. A machine that is busy
  // with other things for longer than that is slower, and measured again; faster it may never be.
  for (let again = 4; again >= 0; again -= 1) {
    const { earliest, latest } = await goes();
    // No second of it has more than the rate, whichever moments between the two they were: milliseconds are rounded.
    for (let n = 0; n + rate < earliest.length; n += 1)
      expect(latest[n + rate]! - earliest[n]!).toBeGreaterThan(1_000 - 40);
    const pace = (latest.at(-1)! - earliest[0]!) / (99 * (1_000 / rate));
    expect(pace).toBeGreaterThan(0.95);
    const gap = Math.max(...latest.slice(1).map((at, n) => at - earliest[n]!));
    if (pace < 1.05 && gap < 500) return;
    expect(
      again,
      `slower than the rate five times: last by ${pace.toFixed(2)}, with a gap of ${gap.toFixed(0)} ms`,
    ).toBeGreaterThan(0);
  }
});

test("a clock that was set back stops the queue for no hour", async () => {
  const [number] = await place(1);
  await database.one("update private.erp_pace set next_slot = now() + interval '9 seconds'");
  const claim = async () =>
    (await a.sql.query<{ order: { number: string } }>('select "order" from jobs.claim_sync(5)')).rows.map(
      ({ order }) => order.number,
    );
  expect(await claim()).toEqual([]);
  await database.one("update private.erp_pace set next_slot = now() + interval '1 hour'");
  expect(await claim()).toEqual([number]);
});
