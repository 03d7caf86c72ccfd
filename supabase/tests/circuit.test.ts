import { expect, test } from "vitest";
import { people } from "#tests/support/cast.ts";
import { rolledBack, plenty } from "#tests/support/rolled-back.ts";
import { one, two, breaker, open, probe } from "./circuit-support.ts";

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
