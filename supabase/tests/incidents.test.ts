import type pg from "pg";
import { expect, test } from "vitest";
import { people } from "#tests/support/cast.ts";
import { connect } from "#tests/support/database.ts";
import { rolledBack, plenty, type TestDb, refusedFor } from "#tests/support/rolled-back.ts";

const open = (db: TestDb, severity: number, cause = "OWNER_DISPUTE") =>
  db.value<number>("select private.open_incident($1, $2, 'uji/1', 'SLS-001', '{\"n\":1}')", [severity, cause]);
const found = (db: TestDb) =>
  db.rows("select severity, peak_severity, state, repeats from app.incidents where dedup_key = 'uji/1' order by id");

test(
  "one incident per cause: repeats add to it, a graver one raises it, a lighter one does not lower it",
  rolledBack(async (db) => {
    const id = await open(db, 3);
    expect(await open(db, 3)).toBe(id);
    expect(await open(db, 2)).toBe(id);
    expect(await open(db, 4)).toBe(id);
    expect(await found(db)).toEqual([{ severity: 2, peak_severity: 2, state: "DETECTED", repeats: 3 }]);
    expect(
      (await db.rows("select kind from app.incident_events where incident_id = $1 order by id", [id])).map(
        ({ kind }) => kind,
      ),
    ).toEqual(["OPENED", "SEEN_AGAIN", "RAISED", "SEEN_AGAIN"]);
    expect(await db.value("select ref ~ '^INC-[0-9]{4}-[0-9]{5}$' from app.incidents where id = $1", [id])).toBe(true);
    expect(
      await db.value(
        `
          select count(*)::int from app.audit_events where action = 'INCIDENT_OPENED' and target_code = 'SLS-001'
            and detail ->> 'cause' = 'OWNER_DISPUTE' and xid = pg_current_xact_id()`,
      ),
    ).toBe(1);
  }),
);

test(
  "an admin notes and closes it with a word; what comes after is a new one",
  rolledBack(async (db) => {
    const id = await open(db, 3);
    const ref = await db.value<string>("select ref from app.incidents where id = $1", [id]);
    const [note, close] = ["select app.note_incident($1, $2)", "select app.close_incident($1, $2)"];
    for (const command of [note, close]) {
      for (const person of [people.auditor, people.sari, people.budi])
        expect(await db.stopped(person, command, [ref, "Sudah dicek"])).toBe("DENIED");
      expect(await db.stopped(people.admin, command, [ref, " "])).toBe("REASON_REQUIRED");
      expect(await db.stopped(people.admin, command, ["INC-2026-99999", "Sudah dicek"])).toBe("NOT_FOUND");
    }
    // Whoever goes back and on again sends it twice: it was said once. Another may say the same.
    for (const again of ["Menelepon toko", " Menelepon toko "])
      await db.as(people.admin, () => db.sql.query(note, [ref, again]));
    await db.as(people.admin2, () => db.sql.query(note, [ref, "Menelepon toko"]));
    await db.sql.query("select private.open_task('RESOLVE_DISPUTE', 'uji', 'SLS-001', null, $1, interval '1 day')", [
      id,
    ]);
    expect(await db.stopped(people.admin, close, [ref, "Sudah dicek"])).toBe("TASKS_OPEN");
    await db.sql.query("select private.finish_task('uji', 'beres')");
    await db.as(people.admin, () => db.sql.query(close, [ref, "Sudah dicek"]));
    for (const command of [note, close]) expect(await db.stopped(people.admin, command, [ref, "Lagi"])).toBe("STALE");
    expect(
      await db.rows(
        "select kind, actor, detail ->> 'note' as note from app.incident_events where incident_id = $1 order by id",
        [id],
      ),
    ).toEqual([
      { kind: "OPENED", actor: "SYSTEM", note: null },
      { kind: "NOTE", actor: "ADM-001", note: "Menelepon toko" },
      { kind: "NOTE", actor: "ADM-002", note: "Menelepon toko" },
      { kind: "ACKNOWLEDGED", actor: "ADM-001", note: null },
      { kind: "RESOLVED", actor: "ADM-001", note: "Sudah dicek" },
      { kind: "CLOSED", actor: "ADM-001", note: "Sudah dicek" },
    ]);
    expect(await open(db, 3)).not.toBe(id);
    expect(await found(db)).toMatchObject([{ state: "CLOSED" }, { state: "DETECTED" }]);
  }),
);

test(
  "what was ever SEV-1 is not closed without a post-mortem, by raw SQL neither",
  rolledBack(async (db) => {
    const id = await open(db, 1);
    await db.sql.query("update app.incidents set severity = 3 where id = $1", [id]);
    const ref = await db.value<string>("select ref from app.incidents where id = $1", [id]);
    expect(await db.stopped(people.admin, "select app.close_incident($1, 'Sudah beres')", [ref])).toBe("POST_MORTEM");
    const closed = "update app.incidents set state = 'CLOSED', closed_at = now() where id = $1";
    await db.sql.query("select private.move_incident($1, 'RESOLVE', 'ADM-001')", [id]);
    expect(await db.ownerStopped(closed, [id])).toBe("POST_MORTEM");
    expect(await db.ownerStopped("update app.incidents set peak_severity = 3 where id = $1", [id])).toBe("DENIED");
  }),
);

test(
  "a hold stops an order on its way and at staff; the last release lets it go on",
  rolledBack(async (db) => {
    const [sku] = await plenty(db);
    await db.sql.query("update app.erp_syncs set done_at = now() where done_at is null");
    const number = await db.buy(people.budi, [sku, 1]);
    const id = await db.value<number>("select id from app.orders where number = $1", [number]);
    const hold = (reason: string) => db.value<boolean>("select private.hold_order($1, $2, 'SYSTEM')", [id, reason]);
    const release = (reason: string) =>
      db.sql.query("select private.release_order($1, $2, 'ADM-001', 'jelas')", [id, reason]);
    const queued = async () => {
      await db.sql.query("savepoint look");
      const rows = await db.rows("select order_id from jobs.claim_sync(10, false)");
      await db.sql.query("rollback to savepoint look");
      return rows.length;
    };
    const move = (to: string) =>
      db.stopped(people.admin, "select app.move_order($1, $2, 'toko minta batal')", [number, to]);
    expect([await queued(), await move("APPROVED")]).toEqual([1, null]); // Control.
    expect([await hold("DISPUTED"), await hold("DISPUTED"), await hold("SALESMAN_SUSPENDED")]).toEqual([
      true,
      true,
      true,
    ]);
    expect(await db.value("select count(*)::int from app.order_holds where order_id = $1", [id])).toBe(2);
    expect([await queued(), await move("APPROVED"), await move("PROCESSING")]).toEqual([0, "STALE", "STALE"]);
    expect([await move("CANCELLED"), await move("REJECTED")]).toEqual([null, null]);
    await db.sql.query("savepoint raw");
    await expect(db.sql.query("update app.orders set status = 'SHIPPED' where id = $1", [id])).rejects.toMatchObject(
      refusedFor("STALE"),
    );
    await db.sql.query("rollback to savepoint raw");
    await release("DISPUTED");
    expect([await queued(), await move("APPROVED")]).toEqual([0, "STALE"]);
    await release("SALESMAN_SUSPENDED");
    await release("SALESMAN_SUSPENDED"); // Said twice, done once.
    expect([await queued(), await move("APPROVED")]).toEqual([1, null]);
    expect(
      (
        await db.rows(
          "select kind from app.order_events where order_id = $1 and kind in ('HELD', 'RELEASED') order by id",
          [id],
        )
      ).map(({ kind }) => kind),
    ).toEqual(["HELD", "HELD", "RELEASED", "RELEASED"]);
    await db.sql.query("set constraints all immediate");
  }),
);

test(
  "an order that the ERP has already becomes a task when it is held, and one that was shipped is not held",
  rolledBack(async (db) => {
    const [sku] = await plenty(db);
    const number = await db.buy(people.budi, [sku, 1]);
    const id = await db.value<number>("select id from app.orders where number = $1", [number]);
    await db.sql.query(
      `
        select jobs.settle_sync($1, ticket, 'CONFIRMED', '{"documents": ["SO-1"]}', '{}', null) from app.erp_syncs
          where order_id = $1`,
      [id],
    );
    const tasks = () =>
      db.rows("select kind, detail, done_at is null as open from app.tasks where dedup_key = 'stop-in-erp/' || $1", [
        number,
      ]);
    await db.sql.query("savepoint synced");
    expect(await db.value("select private.hold_order($1, 'DISPUTED', 'SYSTEM')", [id])).toBe(true);
    expect(await tasks()).toEqual([{ kind: "STOP_ORDER_IN_ERP", detail: { document: "SO-1" }, open: true }]);
    await db.sql.query("select private.release_order($1, 'DISPUTED', 'ADM-001', 'jelas')", [id]);
    expect(await tasks()).toMatchObject([{ open: false }]);
    await db.sql.query("rollback to savepoint synced");
    await db.sql.query("update app.orders set status = 'SHIPPED' where id = $1", [id]);
    expect(await db.value("select private.hold_order($1, 'DISPUTED', 'SYSTEM')", [id])).toBe(false);
    expect(await tasks()).toEqual([]);
  }),
);

/** Two connections of the owner, in transactions that are rolled back, and a third that looks at them. */
async function race(play: (first: pg.Client, second: pg.Client, untilItWaits: () => Promise<void>) => Promise<void>) {
  const clients = [await connect(), await connect(), await connect()] as const;
  const [owner, first, second] = clients;
  try {
    await first.query("begin");
    await second.query("begin");
    const pid = second.processID;
    await play(first, second, async () => {
      while (
        (await owner.query("select from pg_stat_activity where pid = $1 and wait_event_type = 'Lock'", [pid]))
          .rowCount !== 1
      )
        continue;
    });
  } finally {
    await Promise.all([first.query("rollback"), second.query("rollback")]);
    await owner.query(
      `
        select private.retire('app.incident_events', $$incident_id in (select id from app.incidents
          where dedup_key = 'uji/race')$$, 'TEST')`,
    );
    await owner.query(`select private.retire('app.timers', $$incident_id in (select id from app.incidents
      where dedup_key = 'uji/race')$$, 'TEST')`);
    await owner.query("select private.retire('app.incidents', $$dedup_key = 'uji/race'$$, 'TEST')");
    await owner.query("select private.retire('app.tasks', $$dedup_key = 'uji/race'$$, 'TEST')");
    await Promise.all(clients.map((client) => client.end()));
  }
}

test("two that notice the same thing at once open one incident and one task", () =>
  race(async (first, second, untilItWaits) => {
    const incident = "select private.open_incident(3, 'OWNER_DISPUTE', 'uji/race', 'SLS-001') as id";
    const task =
      "select private.open_task('REVIEW_SALESMAN', 'uji/race', 'SLS-001', null, null, interval '1 day') as id";
    const id = (await first.query<{ id: number }>(incident)).rows[0]!.id;
    const again = second.query<{ id: number }>(incident);
    await untilItWaits();
    await first.query("commit");
    expect((await again).rows[0]!.id).toBe(id);
    expect((await second.query("select repeats from app.incidents where id = $1", [id])).rows).toEqual([
      { repeats: 1 },
    ]);
    await second.query("commit");

    await first.query("begin");
    await second.query("begin");
    const one = (await first.query<{ id: number }>(task)).rows[0]!.id;
    const other = second.query<{ id: number }>(task);
    await untilItWaits();
    await first.query("commit");
    expect((await other).rows[0]!.id).toBe(one);
    await second.query("commit");
  }));

test("an order that is being moved when a hold comes is held where it arrived", () =>
  race(async (first, second, untilItWaits) => {
    const {
      rows: [order],
    } = await first.query<{ id: number; status: string }>(
      "select id, status from app.orders where status in ('SUBMITTED', 'PROCESSING') order by id limit 1",
    );
    await first.query("select from app.orders where id = $1 for update", [order!.id]);
    const hold = second.query<{ held: boolean }>("select private.hold_order($1, 'DISPUTED', 'SYSTEM') as held", [
      order!.id,
    ]);
    await untilItWaits();
    await first.query("rollback");
    expect((await hold).rows[0]!.held).toBe(true);
    await second.query("savepoint held");
    await expect(
      second.query("update app.orders set status = 'SHIPPED' where id = $1", [order!.id]),
    ).rejects.toMatchObject(refusedFor("STALE"));
  }));
