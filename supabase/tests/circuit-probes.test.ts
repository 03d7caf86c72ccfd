import { expect, test } from "vitest";
import { people } from "#tests/support/cast.ts";
import { rolledBack, plenty } from "#tests/support/rolled-back.ts";
import { one, two, breaker, open, probe } from "./circuit-support.ts";

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
