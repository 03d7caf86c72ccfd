import { expect, test } from "vitest";
import { playbooks, slugs, stepsOf } from "#app/playbooks/playbook.ts";
import { people } from "#tests/support/cast.ts";
import { rolledBack, type TestDb, refusalOf } from "#tests/support/rolled-back.ts";

const start = "select app.start_playbook($1, $2)";
const tick = "select app.tick_step($1, $2, $3)";
const untick = "select app.untick_step($1, $2, $3)";
const end = "select app.end_playbook($1, $2, $3)";

/** An ERP outage; its number. */
async function outage(db: TestDb, severity = 2): Promise<string> {
  const id = await db.value<number>("select private.open_incident($1, 'ERP_DOWN', 'uji/1', null)", [severity]);
  return db.value<string>("select ref from app.incidents where id = $1", [id]);
}
const as = (db: TestDb, who: string, command: string, ...values: unknown[]) =>
  db.as(who, () => db.sql.query(command, values));
const begin = (db: TestDb, slug: string, ref: string | null, who = people.admin) =>
  db.as(who, () => db.value<number>(start, [slug, ref]));
const refusal = (db: TestDb, who: string, command: string, ...values: unknown[]) =>
  db.as(who, () => db.sql.query(command, values)).then(() => null, refusalOf);
const ticks = (db: TestDb, run: number) =>
  db.rows("select step, done, actor, note from app.playbook_ticks where run_id = $1 order by id", [run]);

test(
  "the database and the pages know the same playbooks and steps, in the same order",
  rolledBack(async (db) => {
    expect(await db.value("select array_agg(slug order by position) from app.playbooks")).toEqual(slugs);
    expect(Object.keys(playbooks)).toHaveLength(9);
    for (const slug of slugs)
      expect([
        slug,
        await db.value("select array_agg(step order by position) from app.playbook_steps where playbook = $1", [slug]),
      ]).toEqual([slug, stepsOf(slug)]);
  }),
);

test(
  "each detector's incident is offered the playbook that its rule names",
  rolledBack(async (db) => {
    expect(await db.value("select count(*)::int from app.detectors")).toBeGreaterThan(10);
    expect(
      await db.rows(
        `select name from app.detectors d where not exists (
           select from app.playbook_causes c where c.cause = d.cause and c.playbook = d.playbook)`,
      ),
    ).toEqual([]);
  }),
);

test(
  "a word about a step is kept, and the step stays as it is",
  rolledBack(async (db) => {
    const ref = await outage(db);
    const run = await begin(db, "erp-heartattack", ref);
    const note = "select app.note_step($1, $2, $3)";
    await as(db, people.admin, note, run, "bridge", " Eko restart VPN ");
    await as(db, people.admin, note, run, "bridge", "Eko restart VPN");
    await as(db, people.admin, note, run, "bridge", "  ");
    await as(db, people.admin2, note, run, "bridge", "Eko restart VPN");
    expect(await ticks(db, run)).toEqual([
      { step: "bridge", done: null, actor: "ADM-001", note: "Eko restart VPN" },
      { step: "bridge", done: null, actor: "ADM-002", note: "Eko restart VPN" },
    ]);
    await as(db, people.admin, tick, run, "bridge", "");
    await as(db, people.admin, note, run, "bridge", "Sudah jalan lagi");
    expect(await refusal(db, people.admin2, tick, run, "bridge", "lagi"), "it is still done").toMatchObject({
      reason: "STEP_DONE",
    });
    expect(
      await db.value(
        `select string_agg(detail ->> 'note', '|' order by id) from app.incident_events
          where kind = 'STEP' and detail ->> 'did' = 'NOTED'`,
      ),
    ).toBe("Eko restart VPN|Eko restart VPN|Sudah jalan lagi");
    expect(await refusal(db, people.auditor, note, run, "bridge", "boleh?")).toMatchObject({ reason: "DENIED" });
    expect(await refusal(db, people.admin, note, run, "copy", "langkah lain")).toMatchObject({ reason: "NOT_FOUND" });
  }),
);

test(
  "begun for an incident it is begun once, whoever presses, and whoever begins has answered",
  rolledBack(async (db) => {
    const ref = await outage(db);
    const run = await begin(db, "erp-heartattack", ref);
    expect(await begin(db, "erp-heartattack", ref.toLowerCase(), people.admin2)).toBe(run);
    expect(await db.value("select acknowledged_by from app.incidents where ref = $1", [ref])).toBe("ADM-001");
    expect(await db.value("select count(*)::int from app.playbook_runs")).toBe(1);
    // Another playbook for the same incident, and a drill of the same playbook, are others.
    expect(await begin(db, "maintenance", ref)).not.toBe(run);
    const drill = await begin(db, "erp-heartattack", null);
    expect(drill).not.toBe(run);
    expect(await begin(db, "erp-heartattack", null, people.admin2)).toBe(drill);
    await db.atCommit();
  }),
);

test(
  "only an admin runs one: for an incident that there is and that is open",
  rolledBack(async (db) => {
    const ref = await outage(db);
    const run = await begin(db, "erp-heartattack", ref);
    for (const who of [people.auditor, people.sari, people.budi, null])
      for (const [command, values] of [
        [start, ["erp-heartattack", ref]],
        [tick, [run, "bypass", ""]],
        [untick, [run, "bypass", "Keliru centang"]],
        [end, [run, null, "Sudah pulih"]],
      ] as const)
        expect([who, await db.stopped(who, command, [...values])]).toEqual([who, who === null ? "42501" : "DENIED"]);
    // Control: an admin may each of them.
    expect(await db.stopped(people.admin, tick, [run, "bypass", ""])).toBeNull();
    expect(await db.stopped(people.admin, start, ["no-such", ref])).toBe("NOT_FOUND");
    expect(await db.stopped(people.admin, start, ["rollback", "INC-2020-00001"])).toBe("NO_INCIDENT");
    await as(db, people.admin, "select app.resolve_incident($1, 'Sudah pulih')", ref);
    expect(await db.stopped(people.admin, start, ["rollback", ref])).toBeNull();
    await as(db, people.admin, "select app.close_incident($1, 'Sudah dilihat')", ref);
    expect(await db.stopped(people.admin, start, ["rollback", ref])).toBe("INCIDENT_CLOSED");
  }),
);

test(
  "a step is ticked by whoever comes first; sent again it is the same, and another is told who was before him",
  rolledBack(async (db) => {
    const ref = await outage(db);
    const run = await begin(db, "erp-heartattack", ref);
    await as(db, people.admin, tick, run, "bypass", "  Menyala sampai sore ");
    await as(db, people.admin, tick, run, "bypass", "Menyala sampai sore");
    expect(await ticks(db, run)).toEqual([
      { step: "bypass", done: true, actor: "ADM-001", note: "Menyala sampai sore" },
    ]);
    const refused = await as(db, people.admin2, tick, run, "bypass", "").then(() => null, refusalOf);
    expect(refused).toEqual({ reason: "STEP_DONE", by: "ADM-001" });
    expect(await db.stopped(people.admin, tick, [run, "bypass", "Kata lain"])).toBe("STEP_DONE");
    expect(await db.stopped(people.admin, tick, [run, "force-logout", ""])).toBe("NOT_FOUND"); // Of another playbook.
    expect(await db.stopped(people.admin, tick, [run, "snapshot", "x".repeat(501)])).toBe("TOO_LONG");
    expect(await db.stopped(people.admin, tick, [0, "bypass", ""])).toBe("NOT_FOUND");
    // It stands in the story of the incident and in the trail, its words beside neither.
    expect(
      await db.rows(
        `select e.kind, e.actor, e.detail ->> 'step' as step, e.detail ->> 'note' as note
           from app.incident_events e join app.incidents i on i.id = e.incident_id
          where i.ref = $1 and e.kind = 'STEP' order by e.id`,
        [ref],
      ),
    ).toEqual([
      { kind: "STEP", actor: "ADM-001", step: null, note: null },
      { kind: "STEP", actor: "ADM-001", step: "bypass", note: "Menyala sampai sore" },
    ]);
    expect(
      await db.rows("select action, detail from app.audit_events where entity = 'playbook_run' order by id"),
    ).toEqual([
      { action: "PLAYBOOK_STARTED", detail: { playbook: "erp-heartattack", incident: ref } },
      { action: "PLAYBOOK_STEP_DONE", detail: { playbook: "erp-heartattack", incident: ref, step: "bypass" } },
    ]);
  }),
);

test(
  "a tick that is taken back is another row, with the reason; then the step can be done again",
  rolledBack(async (db) => {
    const run = await begin(db, "erp-heartattack", null);
    expect(await db.stopped(people.admin, untick, [run, "bridge", "Keliru centang"])).toBe("NOT_FOUND");
    await as(db, people.admin, tick, run, "bridge", null);
    expect(await db.stopped(people.admin2, untick, [run, "bridge", "  "])).toBe("REASON_REQUIRED");
    await as(db, people.admin2, untick, run, "bridge", "Ternyata belum tersambung");
    await as(db, people.admin2, untick, run, "bridge", "Ternyata belum tersambung");
    await as(db, people.admin2, tick, run, "bridge", "");
    expect(await ticks(db, run)).toEqual([
      { step: "bridge", done: true, actor: "ADM-001", note: null },
      { step: "bridge", done: false, actor: "ADM-002", note: "Ternyata belum tersambung" },
      { step: "bridge", done: true, actor: "ADM-002", note: null },
    ]);
    // By hand neither: no row is changed or taken away, and none is written without its row in the trail.
    expect(await db.ownerStopped("update app.playbook_ticks set done = true")).toBe("DENIED");
    expect(await db.ownerStopped("delete from app.playbook_ticks")).toBe("DENIED");
    await db.atCommit();
    await db.sql.query(
      `insert into app.playbook_ticks (run_id, playbook, step, done, actor)
         values ($1, 'erp-heartattack', 'banner', true, 'ADM-001')`,
      [await begin(db, "erp-heartattack", null)],
    );
    // The trail has a row of this run in this very transaction: what has none is refused.
    await db.sql.query(`insert into app.playbook_runs (playbook, started_by) values ('rollback', 'ADM-001')`);
    expect(await db.ownerStopped("set constraints all immediate")).toBe("23514");
  }),
);

test(
  "with its incident a run is over; re-opened it is begun anew, and the old one stays",
  rolledBack(async (db) => {
    const ref = await outage(db);
    const run = await begin(db, "erp-heartattack", ref);
    await db.sql.query("select private.resolve_incident('uji/1')");
    // What recovery asks for comes after the cause has ended.
    await as(db, people.admin, tick, run, "reconcile", "");
    await as(db, people.admin, "select app.close_incident($1, 'Sudah dilihat')", ref);
    expect(await db.row("select result, ended_by from app.playbook_runs where id = $1", [run])).toEqual({
      result: "DONE",
      ended_by: "ADM-001",
    });
    expect(await db.stopped(people.admin, tick, [run, "bypass-off", ""])).toBe("RUN_OVER");
    expect(await db.stopped(people.admin, untick, [run, "reconcile", "Keliru centang"])).toBe("RUN_OVER");
    expect(await db.stopped(people.admin, end, [run, null, "Sudah pulih"])).toBe("RUN_OVER");
    await as(db, people.admin, "select app.reopen_incident($1, 'Putus lagi')", ref);
    const again = await begin(db, "erp-heartattack", ref);
    expect(again).not.toBe(run);
    expect([await ticks(db, run), await ticks(db, again)].map((rows) => rows.length)).toEqual([1, 0]);
    await as(db, people.admin, end, again, "FAILED", "Pulih dalam 10 menit");
    expect(await db.value("select result from app.playbook_runs where id = $1", [again])).toBe("DONE");
    await db.atCommit();
  }),
);
