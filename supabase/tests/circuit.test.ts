import { expect, test } from "vitest";
import { people } from "#tests/support/cast.ts";
import { rolledBack, plenty, type TestDb } from "#tests/support/rolled-back.ts";

type Circuit = {
  state: string;
  version: number;
  failures: number;
  flaps: number;
  last_error: string | null;
  pause: number;
  silent: number | null;
};
type Taken = {
  ticket: number | null;
  state: string;
  wait_ms: number;
  doubt_ms: number;
  probe_with: string;
  probe_number: string | null;
};
const one = "00000000-0000-4000-8000-000000000001";
const two = "00000000-0000-4000-8000-000000000002";

/**
 * The breaker of a test, and its time: `now()` stands still in a transaction, so whatever is on record moves into the
 * past instead.
 */
async function breaker(db: TestDb) {
  await db.sql.query(`
      update app.erp_circuit set state = 'CLOSED', version = 10, failures = 0, since = now() - interval '1 day',
        last_ok_at = now(), last_error = null, flaps = 0, good_probes = 0,
    bad_probes = 0, probe_with = 'ping', next_probe_at = now(), probed_at = null, probe_owner = null,
      probe_until = null, beat = '2.5 seconds', first_pause = '5 seconds', longest_pause = '60 seconds'`);
  await db.sql.query("delete from app.erp_circuit_events");
  const read = async () =>
    (
      await db.rows<Circuit>(`
        select state, version, failures, flaps, last_error, extract(epoch from next_probe_at - now())::float as pause,
    extract(epoch from now() - last_ok_at)::float as silent from app.erp_circuit`)
    )[0]!;
  const version = async () => (await read()).version;
  return {
    read,
    pass: (seconds: number) =>
      db.sql.query(
        `
          with past as (select make_interval(secs => $1) as i),
            moved as (update app.erp_circuit_events set at = at - (select i from past))
      update app.erp_circuit set since = since - i, last_ok_at = last_ok_at - i, next_probe_at = next_probe_at - i,
        probed_at = probed_at - i, probe_until = probe_until - i from past`,
        [seconds],
      ),
    fail: async (of?: number, operation = "ping") =>
      db.value<string>("select jobs.erp_failed($1, $2, 'connection: ECONNREFUSED')", [
        of ?? (await version()),
        operation,
      ]),
    answered: async (of?: number) => db.value("select jobs.erp_answered($1)", [of ?? (await version())]),
    fused: (of: number, operation = "ping") =>
      db.value<string>("select jobs.erp_fused($1, $2, 'timeout: 4000 ms')", [of, operation]),
    take: async (owner = one) =>
      (
        await db.rows<Taken>(
          "select ticket, state, wait_ms, doubt_ms, probe_with, probe_number from jobs.take_probe($1)",
          [owner],
        )
      )[0]!,
    settle: (ticket: number | null, ok: boolean, owner = one) =>
      db.value<string>("select jobs.settle_probe($1, $2, $3, 12, $4)", [
        owner,
        ticket,
        ok,
        ok ? null : "timeout: 4000 ms",
      ]),
    history: async () =>
      (await db.rows<{ state: string }>("select state from app.erp_circuit_events order by id")).map(
        ({ state }) => state,
      ),
  };
}
type Breaker = Awaited<ReturnType<typeof breaker>>;

async function open(circuit: Breaker) {
  for (let time = 0; time < 5; time += 1) await circuit.fail();
}
/** Waits until a probe is due and has it. */
async function probe(circuit: Breaker, ok: boolean) {
  await circuit.pass(Math.max(0, (await circuit.read()).pause));
  return circuit.settle((await circuit.take()).ticket, ok);
}

test(
  "five failures in a row open it, wherever they happened; one answer between them and they do not",
  rolledBack(async (db) => {
    const circuit = await breaker(db);
    for (let time = 0; time < 4; time += 1) expect(await circuit.fail()).toBe("CLOSED");
    await circuit.answered();
    expect(await circuit.read()).toMatchObject({ state: "CLOSED", failures: 0, last_error: null, pause: 2.5 });
    for (let time = 0; time < 4; time += 1) await circuit.fail();
    // asked again soon
    expect(await circuit.read()).toMatchObject({ state: "CLOSED", failures: 4, version: 10, pause: 0.5 });
    expect(await circuit.fail()).toBe("OPEN");
    expect(await circuit.read()).toMatchObject({
      state: "OPEN",
      version: 11,
      last_error: "connection: ECONNREFUSED",
      pause: 5,
    });
    expect(await circuit.history()).toEqual(["OPEN"]);
  }),
);

test(
  "news of an earlier state changes nothing: not a failure, not a fuse, not an answer",
  rolledBack(async (db) => {
    const circuit = await breaker(db);
    await open(circuit);
    const before = await circuit.read();
    for (let time = 0; time < 6; time += 1) await circuit.fail(10);
    await circuit.answered(10);
    expect(await circuit.fused(10)).toBe("OPEN");
    expect(await circuit.read()).toEqual(before);
    for (const ok of [true, true, true]) await probe(circuit, ok);
    expect(await circuit.read()).toMatchObject({ state: "CLOSED", version: 13, failures: 0 });
    for (let time = 0; time < 6; time += 1) await circuit.fail(10);
    expect(await circuit.fused(12)).toBe("CLOSED");
    expect(await circuit.read()).toMatchObject({ state: "CLOSED", version: 13, failures: 0 });
    expect(await circuit.fused(13)).toBe("OPEN"); // the control
  }),
);

test(
  "one probe at a time for all: the lease is one process's, and one that ran out has no say",
  rolledBack(async (db) => {
    const circuit = await breaker(db);
    await open(circuit);
    expect(await circuit.take(one)).toMatchObject({ ticket: null, state: "OPEN", wait_ms: 5000, doubt_ms: 500 });
    await circuit.pass(5);
    const mine = await circuit.take(one);
    expect(mine.ticket).not.toBeNull();
    expect(await circuit.take(two)).toMatchObject({ ticket: null, wait_ms: 10_000 });
    expect(await circuit.settle(mine.ticket, true, two)).toBe("OPEN"); // not his
    await circuit.pass(10);
    const theirs = await circuit.take(two);
    expect(theirs.ticket).toBeGreaterThan(mine.ticket!);
    expect(await circuit.settle(mine.ticket, true, one)).toBe("OPEN"); // too late
    expect((await circuit.read()).state).toBe("OPEN");
    expect(await circuit.settle(theirs.ticket, true, two)).toBe("HALF_OPEN");
    expect(await circuit.settle(theirs.ticket, true, two)).toBe("HALF_OPEN"); // once
    expect(await circuit.take(one)).toMatchObject({ ticket: null, wait_ms: 5000 });
  }),
);

test.each([
  ["ping", "ping"],
  ["find", "find"],
  ["create", "find"],
  ["stock", "stock"],
  ["credit", "credit"],
])("when %s fails, %s is what probes ask, until it is closed again", (failed, asked) =>
  rolledBack(async (db) => {
    const circuit = await breaker(db);
    const [sku] = await plenty(db);
    await db.fill(people.budi, [sku, 1]);
    await db.order(people.budi);
    const taken = async (ok: boolean) => {
      await circuit.pass(Math.max(0, (await circuit.read()).pause));
      const { ticket, probe_with } = await circuit.take();
      await circuit.settle(ticket, ok);
      return probe_with;
    };
    for (const opening of ["failures", "fuse"]) {
      // The failure that opens it decides, not those before it.
      const other = failed === "stock" ? "credit" : "stock";
      if (opening === "failures") for (let time = 0; time < 4; time += 1) await circuit.fail(undefined, other);
      if (opening === "failures") await circuit.fail(undefined, failed);
      else await circuit.fused((await circuit.read()).version, failed);
      // Bad, half open, open again, and half open to the end.
      for (const ok of [false, true, false, true, true]) expect(await taken(ok), opening).toBe(asked);
      await circuit.fail(1, other); // news of long ago
      expect(await taken(true)).toBe(asked);
      expect((await circuit.read()).state).toBe("CLOSED");
      expect(await taken(true)).toBe("ping");
    }
  })(),
);

test(
  "a look-up is of the order that the ERP took last; of the oldest that waits when it has none; with no order a ping",
  rolledBack(async (db) => {
    const circuit = await breaker(db);
    const [sku] = await plenty(db);
    await db.sql.query(
      `
        update app.orders set sync_status = 'PENDING_SYNC', synced_at = null,
          erp_document = null; update app.erp_syncs set done_at = now() where done_at is null`,
    );
    await circuit.fused(10, "find");
    const taken = async () => {
      await circuit.pass((await circuit.read()).pause);
      const { ticket, probe_with, probe_number } = await circuit.take();
      await circuit.settle(ticket, false);
      return [probe_with, probe_number];
    };
    expect(await taken()).toEqual(["ping", null]);
    const numbers: string[] = [];
    for (let time = 0; time < 3; time += 1) {
      await db.fill(people.budi, [sku, 1]);
      numbers.push(await db.order(people.budi));
    }
    expect(await taken()).toEqual(["find", numbers[0]]);
    for (const [index, ago] of [
      [0, 2],
      [1, 1],
    ] as const) {
      await db.sql.query(
        `
          update app.orders set sync_status = 'SYNCED', synced_at = now() - make_interval(mins => $2),
            erp_document = 'SO-' || number where number = $1`,
        [numbers[index], ago],
      );
    }
    expect(await taken()).toEqual(["find", numbers[1]]);
  }),
);

test(
  "probes come after 5 s, twice as late each time, 60 at most; only three good ones without a bad one between close it",
  rolledBack(async (db) => {
    const circuit = await breaker(db);
    await open(circuit);
    const pauses: number[] = [];
    for (let time = 0; time < 6; time += 1) {
      pauses.push((await circuit.read()).pause);
      await probe(circuit, false);
    }
    expect(pauses).toEqual([5, 10, 20, 40, 60, 60]);
    await probe(circuit, true);
    await probe(circuit, true);
    expect(await probe(circuit, false)).toBe("OPEN");
    expect((await circuit.read()).pause).toBe(60);
    expect([await probe(circuit, true), await probe(circuit, true)]).toEqual(["HALF_OPEN", "HALF_OPEN"]);
    expect((await circuit.read()).pause).toBe(5);
    expect(await probe(circuit, true)).toBe("CLOSED");
    expect(await circuit.history()).toEqual(["OPEN", "HALF_OPEN", "OPEN", "HALF_OPEN", "CLOSED"]);
  }),
);

// Seven seconds up, seven down, whatever moment of it is the first, and however often it has come and gone already.
test.each([0, 1, 2, 3, 10])(
  "an ERP that is up for 7 s and down for 7 s stays out (it flapped %i times before)",
  (flaps) =>
    rolledBack(async (db) => {
      for (let phase = 0; phase < 14; phase += 1) {
        const circuit = await breaker(db);
        await open(circuit);
        await db.sql.query("update app.erp_circuit set flaps = $1", [flaps]);
        for (let at = phase; at < phase + 400;) {
          // the worker looks four times a second, and the answer takes its time
          const wait = (await circuit.read()).pause + 0.1;
          at += wait;
          await circuit.pass(wait);
          expect(
            await circuit.settle((await circuit.take()).ticket, at % 14 < 7),
            `phase ${phase}, after ${at - phase} s`,
          ).not.toBe("CLOSED");
        }
      }
    })(),
  60_000,
);

test(
  "an ERP that is out again soon after it came back waits longer each time; one that held out ten minutes does not",
  rolledBack(async (db) => {
    const circuit = await breaker(db);
    const back = async () => {
      for (const ok of [true, true, true]) await probe(circuit, ok);
    };
    const pauses: number[] = [];
    for (let time = 0; time < 3; time += 1) {
      await open(circuit);
      pauses.push((await circuit.read()).pause);
      await back();
      await circuit.pass(60);
    }
    expect(pauses).toEqual([5, 10, 20]);
    await circuit.pass(600);
    await open(circuit);
    expect(await circuit.read()).toMatchObject({ flaps: 0, pause: 5 });
  }),
);

test(
  "an outage is one incident however often the ERP comes and goes, and the admins are written to once",
  rolledBack(async (db) => {
    const circuit = await breaker(db);
    const mails = () => db.value<number>("select count(*)::int from app.mails where kind = 'ERP_DOWN'");
    const [incidents, told] = [
      "select count(*)::int from app.incidents where cause = 'ERP_DOWN'",
      await mails(),
    ] as const;
    const before = await db.value<number>(incidents);
    for (let time = 0; time < 3; time += 1) {
      await open(circuit);
      for (const ok of [true, true, true]) await probe(circuit, ok);
    }
    expect(await db.value<number>(incidents)).toBe(before + 1);
    expect(await db.value("select severity from app.incidents where cause = 'ERP_DOWN' order by id desc limit 1")).toBe(
      2,
    );
    expect(await mails()).toBe(
      told +
        (await db.value<number>("select count(*)::int from app.accounts where role = 'ADMIN' and status = 'ACTIVE'")),
    );
  }),
);

test(
  "when it closes Reconcile_Orders begins with what waits, and both feeds are wanted; if nothing waits there is no run",
  rolledBack(async (db) => {
    const circuit = await breaker(db);
    const [sku] = await plenty(db);
    await db.sql.query("update app.erp_syncs set done_at = now() where done_at is null");
    const runs = () =>
      db.rows<{ started_by: string; total: number }>(
        "select started_by, total from app.reconcile_runs where finished_at is null",
      );
    await open(circuit);
    for (const ok of [true, true, true]) await probe(circuit, ok);
    expect(await runs()).toEqual([]);
    await open(circuit);
    await db.fill(people.budi, [sku, 1]);
    await db.order(people.budi);
    await db.sql.query("update app.feeds set wanted = false, tries = 5, next_try_at = now() + interval '1 minute'");
    for (const ok of [true, true, true]) await probe(circuit, ok);
    expect(await runs()).toEqual([{ started_by: "BREAKER", total: 1 }]);
    expect(await db.value("select bool_and(wanted and next_try_at <= now()) from app.feeds")).toBe(true);
  }),
);

test(
  "a pull is one process's at a time, and only while the breaker is closed",
  rolledBack(async (db) => {
    const circuit = await breaker(db);
    const claim = async (owner: string) =>
      (await db.rows<{ feed: string }>("select feed from jobs.claim_pull($1)", [owner]))[0]?.feed ?? null;
    const settle = (owner: string, feed: string, ok: boolean) =>
      db.sql.query("select jobs.settle_pull($1, $2, $3)", [owner, feed, ok]);
    await db.sql.query(
      `
        update app.feeds set wanted = true, as_of = now(), tries = 0, next_try_at = now(), pull_owner = null,
          pull_until = null`,
    );
    await open(circuit);
    expect(await claim(one)).toBeNull();
    for (const ok of [true, true, true]) await probe(circuit, ok);
    const mine = await claim(one);
    const theirs = await claim(two);
    expect([mine, theirs].sort()).toEqual(["credit", "stock"]);
    expect(await claim(two)).toBeNull();
    await settle(two, mine!, true); // not his
    expect(await claim(two)).toBeNull();
    await settle(one, mine!, true);
    expect(await db.value("select wanted from app.feeds where name = $1", [mine])).toBe(false);
    await settle(two, theirs!, false);
    expect(
      await db.value("select extract(epoch from next_try_at - now())::int from app.feeds where name = $1", [theirs]),
    ).toBe(5);
    expect(await claim(one)).toBeNull(); // not before its pause is over
    await db.sql.query("update app.feeds set next_try_at = now()");
    expect(await claim(one)).toBe(theirs);
    await db.sql.query("update app.feeds set pull_until = now()"); // whoever had it is dead
    expect(await claim(two)).toBe(theirs);
  }),
);

test(
  "degraded: not closed, or silent for two minutes, whoever of the processes was heard last",
  rolledBack(async (db) => {
    const circuit = await breaker(db);
    const degraded = () => db.value<boolean>("select private.is_degraded()");
    expect(await degraded()).toBe(false);
    await circuit.pass(119);
    expect(await degraded()).toBe(false);
    await circuit.pass(2);
    expect(await degraded()).toBe(true);
    await circuit.answered(); // any process's call
    expect(await degraded()).toBe(false);
    await open(circuit);
    expect(await degraded()).toBe(true);
    await probe(circuit, true);
    await probe(circuit, true);
    expect(await degraded()).toBe(true); // no flicker on the way
    await probe(circuit, true);
    expect(await degraded()).toBe(false);
  }),
);

test(
  "a test that an admin asks for brings the next probe forward, no closer than 5 s to the last, and gets its answer",
  rolledBack(async (db) => {
    const circuit = await breaker(db);
    await open(circuit);
    for (const ok of [false, false, false]) await probe(circuit, ok);
    expect((await circuit.read()).pause).toBe(40);
    const ask = () => db.as(people.admin, () => db.value<number>("select app.test_erp()"));
    const id = await ask();
    expect(await ask()).toBe(id);
    expect((await circuit.read()).pause).toBe(5);
    await probe(circuit, false);
    expect((await db.rows("select ok, ms, error from app.erp_tests where id = $1", [id]))[0]).toEqual({
      ok: false,
      ms: 12,
      error: "timeout: 4000 ms",
    });
    await db.sql.query("update app.erp_circuit set flaps = 2");
    await probe(circuit, true);
    await circuit.pass(1);
    await ask();
    expect(await circuit.read()).toMatchObject({ state: "HALF_OPEN", pause: 19 }); // even pauses, whoever asks
    for (const who of [people.auditor, people.budi, people.sari])
      expect(await db.stopped(who, "select app.test_erp()")).toBe("DENIED");
  }),
);

test(
  "a clock that was set back keeps nobody from the next probe",
  rolledBack(async (db) => {
    const circuit = await breaker(db);
    await open(circuit);
    await db.sql.query("update app.erp_circuit set next_probe_at = now() + interval '60 seconds'");
    expect((await circuit.take()).ticket).toBeNull(); // The longest pause there is.
    await db.sql.query(
      "update app.erp_circuit set next_probe_at = now() + interval '1 hour', probe_until = now() + interval '1 hour'",
    );
    expect((await circuit.take()).ticket).not.toBeNull();
  }),
);
