import { expect, test } from "vitest";
import { people } from "#tests/support/cast.ts";
import { rolledBack, type TestDb } from "#tests/support/rolled-back.ts";

const row = (bucket: number, count = 1) => Array.from({ length: 50 }, (_, index) => (index === bucket ? count : 0));
const note = (db: TestDb, sums: object[]) => db.sql.query("select jobs.note_erp_calls($1)", [JSON.stringify(sums)]);

test(
  "sums of several processes add up per hour and operation, in the hour of the database's clock in which they happened",
  rolledBack(async (db) => {
    await db.sql.query("delete from app.erp_call_stats");
    await note(db, [
      { operation: "ping", ago: 5, ok: 2, refused: 0, failed: 1, histogram: row(8, 2) },
      { operation: "ping", ago: 5 + 3600, ok: 4, refused: 0, failed: 0, histogram: row(9, 4) },
      { operation: "create", ago: 5, ok: 0, refused: 1, failed: 0, histogram: row(20) },
    ]);
    await note(db, [
      { operation: "ping", ago: 5, ok: 3, refused: 0, failed: 2, histogram: row(8, 3) },
      { operation: "ping", ago: 91 * 86400, ok: 1, refused: 0, failed: 0, histogram: row(1) },
    ]);
    expect(
      await db.rows(`
    select operation, extract(epoch from date_trunc('hour', now() - interval '5 seconds') - hour)::int / 3600 as back,
      ok, refused, failed, histogram[9]::int as ninth
      from app.erp_call_stats order by operation, back`),
    ).toEqual([
      { operation: "create", back: 0, ok: 0, refused: 1, failed: 0, ninth: 0 },
      { operation: "ping", back: 0, ok: 5, refused: 0, failed: 3, ninth: 5 },
      { operation: "ping", back: 1, ok: 4, refused: 0, failed: 0, ninth: 0 },
    ]);
    await db.sql.query(
      "update app.erp_call_stats set hour = date_trunc('hour', now() - interval '91 days') where operation = 'create'",
    );
    await db.sql.query("select jobs.sweep_leftovers()");
    expect(await db.value("select count(*)::int from app.erp_call_stats where operation = 'create'")).toBe(0);
    expect(await db.value("select count(*)::int from app.erp_call_stats")).toBe(2);
  }),
);

/** Weekly duties as if they had begun on Monday 4 January 2021. */
const longAgo = (db: TestDb) =>
  db.sql.query("update app.erp_watch set since = '2021-01-04', asked_week = '2021-01-04', checked_week = '2020-12-28'");
const ask = (db: TestDb, at: string) => db.value<number>("select private.ask_erp_checkpoints($1)", [at]);
const asked = async (db: TestDb) =>
  (
    await db.rows<{ week: string }>(
      "select subject_code as week from app.tasks where kind = 'ERP_CHECKPOINT' and done_at is null order by 1",
    )
  ).map(({ week }) => week);

test(
  "a missing checkpoint is asked for on Monday at seven, once, and made up for after an absence",
  rolledBack(async (db) => {
    await longAgo(db);
    expect(await ask(db, "2021-01-11 06:59:59+07")).toBe(0);
    expect(await ask(db, "2021-01-11 07:00+07")).toBe(1);
    expect(await ask(db, "2021-01-11 07:00+07")).toBe(0);
    expect(await asked(db)).toEqual(["2021-01-04"]);
    expect(
      await db.value(
        "select due_at at time zone 'Asia/Jakarta' from app.tasks where dedup_key = 'erp-checkpoint/2021-01-04'",
      ),
    ).toEqual(new Date("2021-01-12T23:59:00Z"));
    await db.sql.query(
      `
        insert into app.erp_checkpoints (week, attended, notes, written_by)
          values ('2021-01-18', 'Tim TI', 'Lancar', 'ADM-001')`,
    );
    // Three weeks later: that of the 11th; the 18th has its checkpoint, the 25th runs.
    expect(await ask(db, "2021-01-29 12:00+07")).toBe(1);
    expect(await asked(db)).toEqual(["2021-01-04", "2021-01-11"]);
    expect(await ask(db, "2021-12-31 12:00+07")).toBe(4);
  }),
);

const monday = "date_trunc('week', now() at time zone 'Asia/Jakarta')::date";
const write = (week: string) => `select app.write_erp_checkpoint(${week}, $1, $2, $3)`;

test(
  "an admin writes a checkpoint, which does its task; several in a week stay beside each other",
  rolledBack(async (db) => {
    await db.sql.query(`update app.erp_watch set asked_week = ${monday} - 7`);
    expect(await ask(db, new Date(Date.now() + 7 * 3_600_000).toISOString())).toBeLessThanOrEqual(1);
    await db.sql.query(
      `
        select private.open_task('ERP_CHECKPOINT', 'erp-checkpoint/' || (${monday} - 7), (${monday} - 7)::text, null,
          null, '1 day')`,
    );
    for (const notes of ["API lancar", "Jadwal pemeliharaan Sabtu"]) {
      await db.as(people.admin, () => db.sql.query(write(`${monday} - 7`), ["Tim TI Alfa, ADM-001", notes, ""]));
    }
    expect(
      await db.rows(`select notes, written_by from app.erp_checkpoints where week = ${monday} - 7 order by id`),
    ).toEqual([
      { notes: "API lancar", written_by: "ADM-001" },
      { notes: "Jadwal pemeliharaan Sabtu", written_by: "ADM-001" },
    ]);
    expect(await db.value(`select done_by from app.tasks where dedup_key = 'erp-checkpoint/' || (${monday} - 7)`)).toBe(
      "ADM-001",
    );
    expect(
      await db.value(
        `
          select count(*)::int from app.audit_events where action = 'ERP_CHECKPOINT_WRITTEN'
            and xid = pg_current_xact_id()`,
      ),
    ).toBe(2);
    expect(await db.stopped(people.auditor, write(monday), ["Tim TI", "Lancar", ""])).toBe("DENIED");
    expect(await db.stopped(people.admin, write(monday), ["Tim TI", "Lancar", ""])).toBeNull();
    for (const week of [`${monday} + 1`, `${monday} + 7`, `${monday} - 91`, "null"])
      expect(await db.stopped(people.admin, write(week), ["Tim TI", "Lancar", ""])).toBe("WEEK");
    for (const [attended, notes, reason] of [
      ["", "Lancar", "ATTENDED"],
      ["Tim TI", " ", "NOTES"],
    ])
      expect(await db.stopped(people.admin, write(monday), [attended, notes, ""])).toBe(reason);
  }),
);

test(
  "a checkpoint records risk, used buffer and weeks of intensive watching, as the playbook has them unless said",
  rolledBack(async (db) => {
    const full = `select app.write_erp_checkpoint(${monday}, 'Tim TI', 'API lancar', '', $1, $2, $3, $4)`;
    await db.as(people.admin, () => db.sql.query(write(monday), ["Tim TI", "API lancar", ""]));
    await db.as(people.admin, () => db.sql.query(full, ["MEDIUM", 3.5, 4, 9]));
    expect(
      await db.rows(
        `select risk, buffer::float8 as buffer, watch_from, watch_to from app.erp_checkpoints
          where week = ${monday} order by id desc limit 2`,
      ),
    ).toEqual([
      { risk: "MEDIUM", buffer: 3.5, watch_from: 4, watch_to: 9 },
      { risk: "HIGH", buffer: 2, watch_from: 3, watch_to: 7 },
    ]);
    for (const [figures, reason] of [
      [["SEVERE", 2, 3, 7], "RISK"],
      [[null, 2, 3, 7], "RISK"],
      [["HIGH", 5.5, 3, 7], "BUFFER"],
      [["HIGH", -1, 3, 7], "BUFFER"],
      [["HIGH", 2.25, 3, 7], "BUFFER"],
      [["HIGH", null, 3, 7], "BUFFER"],
      [["HIGH", 2, 0, 7], "WATCH"],
      [["HIGH", 2, 7, 3], "WATCH"],
      [["HIGH", 2, 3, 53], "WATCH"],
      [["HIGH", 2, 3, null], "WATCH"],
    ] as const)
      expect([figures, await db.stopped(people.admin, full, [...figures])]).toEqual([figures, reason]);
  }),
);

test(
  "its task is done by writing it alone",
  rolledBack(async (db) => {
    const id = await db.value<number>(
      "select private.open_task('ERP_CHECKPOINT', 'erp-checkpoint/2021-01-04', '2021-01-04', null, null, '1 day')",
    );
    expect(await db.stopped(people.admin, "select app.close_task($1, 'sudah dibicarakan')", [id])).toBe(
      "TASK_ELSEWHERE",
    );
  }),
);

const accept = "select app.accept_refused_feed('stock', $1, $2)";

test(
  "an admin accepts what a feed became, with a reason, and once; for another refusal he is not asked",
  rolledBack(async (db) => {
    const refuse = async (reason: string, code: string | null) => {
      await db.sql.query("select private.refuse_feed('stock', 's-2', $1, 160, now(), $2)", [reason, code]);
      return db.value<number>("select max(id) from app.feed_runs where feed = 'stock'");
    };
    await db.sql.query("update app.feeds set last_error = null, wanted = false where name = 'stock'");
    const live = await db.value<number>("select snapshot_id from app.feeds where name = 'stock'");
    // Nothing was refused.
    expect(await db.stopped(people.admin, accept, [live, "gudang baru dibuka"])).toBe("STALE");
    expect(
      await db.stopped(people.admin, accept, [await refuse("an unknown article", null), "gudang baru dibuka"]),
    ).toBe("STALE");
    const seen = await refuse("row count 160 against 100 before", "ROW_COUNT");
    expect(await db.stopped(people.auditor, accept, [seen, "gudang baru dibuka"])).toBe("DENIED");
    expect(await db.stopped(people.admin, accept, [seen, "ya"])).toBe("REASON_REQUIRED");
    expect(await db.stopped(people.admin, "select app.accept_refused_feed('prices', $1, 'gudang baru')", [seen])).toBe(
      "NOT_FOUND",
    );
    expect(await db.stopped(people.admin, "select app.accept_refused_feed('credit', $1, 'gudang baru')", [seen])).toBe(
      "STALE",
    );
    await db.as(people.admin, () => db.sql.query(accept, [seen, "gudang baru dibuka"]));
    expect(
      await db.rows("select accepted_run, wanted, next_try_at <= now() as now from app.feeds where name = 'stock'"),
    ).toEqual([{ accepted_run: seen, wanted: true, now: true }]);
    expect(
      await db.rows(
        `
          select detail, private.audit_words(e) as words, after from app.audit_events e
            where action = 'FEED_SIZE_ACCEPTED' and xid = pg_current_xact_id()`,
      ),
    ).toEqual([
      { detail: { code: "ROW_COUNT" }, words: { reason: "gudang baru dibuka" }, after: { rows: 160, run: seen } },
    ]);
    expect(await db.stopped(people.admin, accept, [seen, "gudang baru dibuka"])).toBe("STALE"); // Accepted already.
  }),
);
