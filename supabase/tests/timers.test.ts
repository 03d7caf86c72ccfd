import { expect, test } from "vitest";
import { people } from "#tests/support/cast.ts";
import { rolledBack, type TestDb } from "#tests/support/rolled-back.ts";
import { connect } from "#tests/support/database.ts";

/** An incident that was opened a while ago, at the level that it has now: its timers count from then. */
async function openedAgo(db: TestDb, severity: number, ago: string, key = "uji/1"): Promise<number> {
  const other = severity === 4 ? 3 : 4;
  const id = await db.value<number>("select private.open_incident($1, 'ERP_DOWN', $2, null)", [other, key]);
  await db.sql.query("update app.incidents set opened_at = now() - $2::interval where id = $1", [id, ago]);
  await db.sql.query("select private.set_severity($1, $2, 'ADM-001', '{}')", [id, severity]);
  return id;
}
const ring = (db: TestDb) => db.value<number>("select jobs.ring_timers(100)");
const timers = (db: TestDb, id: number) =>
  db.rows<{ kind: string; severity: number; step: number; minutes: number; state: string }>(
    `select kind, severity, step, round(extract(epoch from due_at - (select coalesce(reopened_at, opened_at)
         from app.incidents where id = incident_id)) / 60)::int as minutes,
       case when fired_at is not null then 'rang' when met_at is not null then 'met'
            when void_at is not null then 'void'
            else 'runs' end as state
       from app.timers where incident_id = $1 and kind in ('RESPOND', 'ESCALATE')
      order by severity, kind desc, step`,
    [id],
  );
const events = async (db: TestDb, id: number) =>
  (
    await db.rows<{ kind: string }>("select kind from app.incident_events where incident_id = $1 order by id", [id])
  ).map(({ kind }) => kind);
const refOf = (db: TestDb, id: number) => db.value<string>("select ref from app.incidents where id = $1", [id]);

test(
  "the matrix of the playbook: 15 minutes, 1 hour, 24 and 48 hours, and whom it escalates to",
  rolledBack(async (db) => {
    expect(
      await db.rows(`
        select l.severity, extract(epoch from l.respond_within)::int / 60 as minutes, s.posts
          from app.incident_levels l join app.escalation_steps s on s.severity = l.severity and s.step = 1
         order by 1`),
    ).toEqual([
      { severity: 1, minutes: 15, posts: ["CTO", "CIO", "VP_SALES"] },
      { severity: 2, minutes: 60, posts: ["ENG_LEAD", "OPS_MANAGER"] },
      { severity: 3, minutes: 1440, posts: ["SUPPORT"] },
      { severity: 4, minutes: 2880, posts: ["HELPDESK"] },
    ]);
  }),
);

test(
  "nobody answers: it is breached and the next are told, each once however often it is swept",
  rolledBack(async (db) => {
    const id = await openedAgo(db, 1, "16 minutes");
    expect(await ring(db)).toBe(2);
    expect(await ring(db)).toBe(0);
    expect(await events(db, id)).toEqual(["OPENED", "RAISED", "BREACHED", "ESCALATED"]);
    expect(await db.value("select breached_at is not null from app.incidents where id = $1", [id])).toBe(true);
    expect((await timers(db, id)).filter(({ severity }) => severity === 1)).toEqual([
      { kind: "RESPOND", severity: 1, step: 0, minutes: 15, state: "rang" },
      { kind: "ESCALATE", severity: 1, step: 1, minutes: 15, state: "rang" },
      { kind: "ESCALATE", severity: 1, step: 2, minutes: 20, state: "runs" },
      { kind: "ESCALATE", severity: 1, step: 3, minutes: 30, state: "runs" },
      { kind: "ESCALATE", severity: 1, step: 4, minutes: 60, state: "runs" },
    ]);
    // Nobody is on the rota: then it is every admin's.
    expect(
      await db.rows(
        `select kind, channel, target from app.notifications
          where incident_id = $1 and kind = 'ESCALATED' order by target`,
        [id],
      ),
    ).toEqual([
      { kind: "ESCALATED", channel: "MAIL", target: "ADM-001" },
      { kind: "ESCALATED", channel: "MAIL", target: "ADM-002" },
    ]);
  }),
);

test(
  "whoever answers in time stops them; after that nothing rings",
  rolledBack(async (db) => {
    const id = await openedAgo(db, 1, "14 minutes");
    expect(await ring(db)).toBe(0);
    await db.as(people.admin, async () => db.sql.query("select app.acknowledge_incident($1)", [await refOf(db, id)]));
    expect((await timers(db, id)).filter(({ severity }) => severity === 1).map(({ state }) => state)).toEqual(
      Array(5).fill("met"),
    );
    await db.sql.query("update app.timers set tries = 1, rings_at = now() - interval '1 hour'");
    expect(await ring(db)).toBe(0);
  }),
);

test(
  "a graver level counts from the opening and may be late at once; a lower one later leaves the breach on record",
  rolledBack(async (db) => {
    const id = await openedAgo(db, 3, "40 minutes");
    expect(await ring(db)).toBe(0);
    await db.sql.query("select private.open_incident(1, 'ERP_DOWN', 'uji/1', null)");
    expect(await ring(db)).toBe(4); // The answer, and three steps: 15, 20, 30 minutes.
    await db.as(people.admin, async () =>
      db.sql.query("select app.classify_incident($1, 4, 'Ternyata kecil')", [await refOf(db, id)]),
    );
    const state = await db.row(
      "select severity, peak_severity, breached_at is not null as breached from app.incidents where id = $1",
      [id],
    );
    expect(state).toEqual({ severity: 4, peak_severity: 1, breached: true });
    expect(await db.ownerStopped("update app.incidents set breached_at = null where id = $1", [id])).toBe("DENIED");
    expect(
      await db.ownerStopped("update app.timers set fired_at = null where incident_id = $1 and fired_at is not null", [
        id,
      ]),
    ).toBe("DENIED");
    expect(
      await db.ownerStopped("update app.timers set due_at = due_at + interval '1 day' where incident_id = $1", [id]),
    ).toBe("DENIED");
    expect((await timers(db, id)).some(({ state: s }) => s === "runs")).toBe(false);
  }),
);

test(
  "lowered and raised again by a person who has not said that it is his: it counts as before",
  rolledBack(async (db) => {
    const id = await openedAgo(db, 2, "10 minutes");
    await db.sql.query("select private.set_severity($1, 3, 'ADM-001', '{}')", [id]);
    expect((await timers(db, id)).filter(({ severity }) => severity === 2).map(({ state }) => state)).toEqual(
      Array(4).fill("void"),
    );
    await db.sql.query("select private.set_severity($1, 2, 'ADM-001', '{}')", [id]);
    expect(
      (await timers(db, id)).filter(({ severity }) => severity === 2).map(({ minutes, state }) => [minutes, state]),
    ).toEqual([
      [60, "runs"],
      [60, "runs"],
      [75, "runs"],
      [180, "runs"],
    ]);
  }),
);

test(
  "what is to be mended by the next day is so again when its level comes back, and a blackout goes with its level",
  rolledBack(async (db) => {
    const id = await db.value<number>("select private.open_incident(2, 'DATABASE_DOWN', 'uji/1', null)");
    await db.as(people.admin, async () => db.sql.query("select app.acknowledge_incident($1)", [await refOf(db, id)]));
    const state = (kind: string) =>
      db.maybeValue<boolean>("select void_at is null from app.timers where incident_id = $1 and kind = $2", [id, kind]);
    const level = (severity: number) =>
      db.sql.query("select private.set_severity($1, $2, 'ADM-001', '{}')", [id, severity]);
    await level(1);
    expect([await state("MEND"), await state("BLACKOUT")]).toEqual([false, true]);
    await level(2);
    expect([await state("MEND"), await state("BLACKOUT")]).toEqual([true, false]);
  }),
);

test(
  "re-opened it has its time anew, and what rang the first time stays",
  rolledBack(async (db) => {
    const id = await openedAgo(db, 1, "16 minutes");
    await ring(db);
    await db.sql.query("select private.resolve_incident('uji/1')");
    await db.sql.query("select private.open_incident(1, 'ERP_DOWN', 'uji/1', null)");
    expect(
      await db.rows(
        `select round, count(*) filter (where fired_at is not null)::int as rang,
           count(*) filter (where fired_at is null and met_at is null and void_at is null)::int as runs
           from app.timers where incident_id = $1 and kind in ('RESPOND', 'ESCALATE') and severity = 1
          group by 1 order by 1`,
        [id],
      ),
    ).toEqual([
      { round: 1, rang: 2, runs: 0 },
      { round: 2, rang: 0, runs: 5 },
    ]);
  }),
);

test(
  "SEV-3 is late by the calendar and rings in working time: not at night, not on Sunday, not on a holiday",
  rolledBack(async (db) => {
    await db.sql.query("delete from app.holidays");
    await db.sql.query("insert into app.holidays values ('2026-12-25', 'Hari Raya Natal', 'Christmas Day')");
    const next = (at: string) =>
      db.value<string>(
        "select to_char(private.next_working_time($1::timestamptz) at time zone 'Asia/Jakarta', 'YYYY-MM-DD HH24:MI')",
        [at],
      );
    expect(await next("2026-12-01 10:30+07")).toBe("2026-12-01 10:30");
    expect(await next("2026-12-01 07:59+07")).toBe("2026-12-01 08:00");
    expect(await next("2026-12-01 17:00+07")).toBe("2026-12-02 08:00");
    expect(await next("2026-12-05 10:00+07")).toBe("2026-12-07 08:00"); // Saturday.
    expect(await next("2026-12-24 18:00+07")).toBe("2026-12-28 08:00"); // Christmas on a Friday.
    const id = await openedAgo(db, 3, "23 hours");
    const { right, late } = await db.row<{ right: boolean; late: boolean }>(
      `select bool_and(rings_at = private.next_working_time(due_at)) as right, bool_or(rings_at < due_at) as late
         from app.timers where incident_id = $1`,
      [id],
    );
    expect({ right, late }).toEqual({ right: true, late: false });
    const gravest = await openedAgo(db, 1, "1 minute", "uji/2");
    expect(
      await db.value("select bool_and(rings_at = due_at) from app.timers where incident_id = $1 and severity = 1", [
        gravest,
      ]),
    ).toBe(true);
  }),
);

test(
  "one timer that fails holds up no other, and is tried again",
  rolledBack(async (db) => {
    await db.sql.query("select private.set_timer('LEAD', 'uji/broken', now() - interval '2 minutes', true)");
    await db.sql.query(
      `create or replace function private.lead_is_late(p_about text) returns void
         language plpgsql as $$ begin raise exception 'broken'; end $$`,
    );
    const id = await openedAgo(db, 2, "61 minutes");
    expect(await ring(db)).toBe(2);
    expect(await events(db, id)).toContain("BREACHED");
    expect(
      await db.row(
        "select tries, last_error, fired_at, rings_at > now() as later from app.timers where about = 'uji/broken'",
      ),
    ).toEqual({ tries: 1, last_error: "broken", fired_at: null, later: true });
    await db.sql.query(
      "create or replace function private.lead_is_late(p_about text) returns void language sql as $$ select $$",
    );
    await db.sql.query("update app.timers set rings_at = now() where about = 'uji/broken'");
    expect(await ring(db)).toBe(1);
  }),
);

test("two workers at once: each timer rings once, and a locked incident holds up nobody", async () => {
  const clients = [await connect(), await connect(), await connect()] as const;
  const [owner, first, second] = clients;
  const keys = Array.from({ length: 40 }, (_, n) => `uji/sweep/${n}`);
  try {
    await owner.query(`select private.open_incident(4, 'ERP_DOWN', k, null) from unnest($1::text[]) k`, [keys]);
    await owner.query("update app.incidents set opened_at = now() - interval '61 minutes' where dedup_key = any ($1)", [
      keys,
    ]);
    await owner.query(
      "select private.set_severity(id, 2, 'ADM-001', '{}') from app.incidents where dedup_key = any ($1)",
      [keys],
    );
    await first.query("begin");
    await first.query("select from app.incidents where dedup_key = $1 for update", [keys[0]]);
    const sweep = async () => {
      let rang = 0;
      for (let got = 1; got > 0; rang += got)
        got = Number((await second.query<{ n: number }>("select jobs.ring_timers(7) as n")).rows[0]!.n);
      return rang;
    };
    const other = async () => {
      let rang = 0;
      for (let got = 1; got > 0; rang += got)
        got = Number((await owner.query<{ n: number }>("select jobs.ring_timers(7) as n")).rows[0]!.n);
      return rang;
    };
    const rang = await Promise.all([sweep(), other()]);
    expect(rang[0] + rang[1]).toBe((keys.length - 1) * 2);
    await first.query("commit");
    expect(await sweep()).toBe(2);
    const { rows } = await owner.query<{ kind: string; n: number }>(
      `select e.kind, count(*)::int as n from app.incident_events e join app.incidents i on i.id = e.incident_id
        where i.dedup_key = any ($1) and e.kind in ('BREACHED', 'ESCALATED') group by 1 order by 1`,
      [keys],
    );
    expect(rows).toEqual([
      { kind: "BREACHED", n: keys.length },
      { kind: "ESCALATED", n: keys.length },
    ]);
  } finally {
    await first.query("rollback");
    const which = "(select id from app.incidents where dedup_key like 'uji/sweep/%')";
    for (const table of ["app.notifications", "app.timers", "app.incident_events"])
      await owner.query(`select private.retire($1::regclass, $2, 'TEST')`, [table, `incident_id in ${which}`]);
    await owner.query("select private.retire('app.incidents', $$dedup_key like 'uji/sweep/%'$$, 'TEST')");
    await Promise.all(clients.map((client) => client.end()));
  }
});
