import { expect, test } from "vitest";
import { stepsOf } from "#app/playbooks/playbook.ts";
import { people } from "#tests/support/cast.ts";
import { rolledBack, type TestDb } from "#tests/support/rolled-back.ts";

const end = "select app.end_playbook($1, $2, $3)";
const tick = (db: TestDb, run: number, step: string) =>
  db.as(people.admin, () => db.sql.query("select app.tick_step($1, $2, '')", [run, step]));
const drill = (db: TestDb) =>
  db.as(people.admin, () => db.value<number>("select app.start_playbook('whatsapp-link', null)"));
const finish = (db: TestDb, run: number, result: string) =>
  db.as(people.admin, () => db.sql.query(end, [run, result, "Berjalan seperti tertulis"]));
/** As if so many days had gone by. */
const ask = (db: TestDb, days: number) =>
  db.value<number>("select private.ask_drills(now() + make_interval(days => $1))", [days]);
const asked = (db: TestDb) =>
  db.rows<{ slug: string; open: boolean }>(
    `select subject_code as slug, done_at is null as open from app.tasks where kind = 'PLAYBOOK_DRILL'
      and subject_code = 'whatsapp-link' order by id`,
  );

test(
  "a drill ends as passed or failed, with a word; passed only with every step ticked",
  rolledBack(async (db) => {
    const run = await drill(db);
    expect(await db.stopped(people.admin, end, [run, null, "Berjalan baik"])).toBe("RESULT");
    expect(await db.stopped(people.admin, end, [run, "DONE", "Berjalan baik"])).toBe("RESULT");
    expect(await db.stopped(people.admin, end, [run, "FAILED", "  "])).toBe("REASON_REQUIRED");
    expect(await db.stopped(people.admin, end, [run, "PASSED", "Berjalan baik"])).toBe("STEPS_LEFT");
    for (const step of stepsOf("whatsapp-link")) await tick(db, run, step);
    await db.as(people.admin, () => db.sql.query("select app.untick_step($1, 'paste', 'Belum ditempel')", [run]));
    expect(await db.stopped(people.admin, end, [run, "PASSED", "Berjalan baik"])).toBe("STEPS_LEFT");
    await tick(db, run, "paste");
    await finish(db, run, "PASSED");
    expect(await db.row("select result, note, ended_by from app.playbook_runs where id = $1", [run])).toEqual({
      result: "PASSED",
      note: "Berjalan seperti tertulis",
      ended_by: "ADM-001",
    });
    await db.atCommit();
  }),
);

test(
  "what nobody has practised for 90 days is a task, once, until a drill has passed",
  rolledBack(async (db) => {
    // Also counted from its beginning, where there was no drill yet.
    expect([await ask(db, 89), await asked(db)]).toEqual([0, []]);
    expect(await ask(db, 91)).toBe(9);
    expect(await ask(db, 92)).toBe(0);
    expect(await asked(db)).toEqual([{ slug: "whatsapp-link", open: true }]);
    const failed = await drill(db);
    await finish(db, failed, "FAILED");
    expect(await asked(db)).toEqual([{ slug: "whatsapp-link", open: true }]);
    const passed = await drill(db);
    for (const step of stepsOf("whatsapp-link")) await tick(db, passed, step);
    await finish(db, passed, "PASSED");
    expect(await asked(db)).toEqual([{ slug: "whatsapp-link", open: false }]);
    // From then on it counts anew; an incident's run is no drill.
    expect(await ask(db, 89)).toBe(0);
    await db.sql.query("select private.open_incident(2, 'ERP_DOWN', 'uji/1', null)");
    const ref = await db.value<string>("select ref from app.incidents where dedup_key = 'uji/1'");
    const run = await db.as(people.admin, () =>
      db.value<number>("select app.start_playbook('whatsapp-link', $1)", [ref]),
    );
    await db.as(people.admin, () => db.sql.query(end, [run, "PASSED", "Sudah pulih"]));
    await db.sql.query("update app.playbook_runs set ended_at = ended_at - interval '91 days' where result = 'PASSED'");
    expect(await ask(db, 0)).toBe(1);
    expect(await asked(db)).toEqual([
      { slug: "whatsapp-link", open: false },
      { slug: "whatsapp-link", open: true },
    ]);
  }),
);

test(
  "a task is due within a week of work, and is done by the drill alone",
  rolledBack(async (db) => {
    await ask(db, 91);
    const { id, days } = await db.row<{ id: number; days: number }>(
      `select id, extract(day from due_at - (now() + interval '91 days'))::int as days from app.tasks
        where dedup_key = 'drill/rollback'`,
    );
    expect([days >= 4, days <= 10]).toEqual([true, true]);
    expect(await db.stopped(people.admin, "select app.close_task($1, 'Sudah dilatih', null)", [id])).toBe(
      "TASK_ELSEWHERE",
    );
  }),
);
