import { expect, test } from "vitest";
import { people } from "#tests/support/cast.ts";
import { rolledBack, type TestDb } from "#tests/support/rolled-back.ts";

const row = (bucket: number, count = 1) => Array.from({ length: 50 }, (_, index) => (index === bucket ? count : 0));
const day = 86_400;

const asGuest = (db: TestDb, name: string, sums: object[]) =>
  db.as(null, () => db.sql.query(`select app.${name}($1)`, [JSON.stringify(sums)]));
const request = { route: "/orders/:number", method: "GET", ago: 5, requests: 1, failed: 0, slow: 0, histogram: row(9) };

test(
  "requests of several processes add up per minute, route and method, by the database's clock",
  rolledBack(async (db) => {
    await asGuest(db, "note_requests", [
      { ...request, requests: 3, failed: 1, slow: 1, histogram: row(9, 3) },
      { ...request, requests: 2, histogram: row(9, 2) },
      { ...request, method: "POST" },
      { ...request, ago: 3605 },
    ]);
    await asGuest(db, "note_requests", [
      { ...request, failed: 1 },
      { ...request, ago: 91 * day },
    ]);
    expect(
      await db.rows(`
        select method, extract(epoch from date_trunc('minute', now() - interval '5 seconds') - minute)::int as back,
          requests, failed, slow, histogram[10] as tenth from app.http_minutes order by back, method`),
    ).toEqual([
      { method: "GET", back: 0, requests: 6, failed: 2, slow: 1, tenth: 6 },
      { method: "POST", back: 0, requests: 1, failed: 0, slow: 0, tenth: 1 },
      { method: "GET", back: 3600, requests: 1, failed: 0, slow: 0, tenth: 1 },
    ]);
    await db.sql.query("update app.http_minutes set minute = minute - interval '91 days' where method = 'POST'");
    await db.sql.query("select jobs.sweep_leftovers()");
    expect(await db.value("select count(*)::int from app.http_minutes")).toBe(2);
  }),
);

test.each([
  { ...request, route: "/orders/ORD-2026-000001?q=budi" },
  { ...request, route: "/orders/bu di" },
  { ...request, method: "BREW" },
  { ...request, requests: 0 },
  { ...request, failed: 2 },
  { ...request, histogram: [1] },
])("no such row of requests: $route $method $requests $failed", (sum) =>
  rolledBack(async (db) => {
    expect(await db.ownerStopped("select app.note_requests($1)", [JSON.stringify([sum])])).toBe("23514");
  })(),
);

test(
  "what waits is told as numbers, to the process alone",
  rolledBack(async (db) => {
    const figures = () => db.as(null, () => db.value<Record<string, number>>("select app.operation_figures()"));
    const before = await figures();
    await db.sql.query(
      "select private.notify_owner(id, 'DISPUTE_RECEIVED', 'figures/1', '{}') from app.partners limit 1",
    );
    expect((await figures()).mails).toBe(before.mails! + 1);
    expect(Object.keys(before).sort()).toEqual(
      ["alerts", "audit", "breakerOpen", "lateTimers", "mails", "notifications", "orders"].sort(),
    );
    for (const figure of Object.values(before)) expect(figure).toBeGreaterThanOrEqual(0);
    expect(await db.stopped(people.admin, "select app.operation_figures()")).toBe("42501");
  }),
);

const line = { ago: 2, level: 30, message: "request", request: "r-1", facts: { status: 200 } };

test(
  "lines are written with their own time, by web as a guest and by the worker, and staff alone reads them",
  rolledBack(async (db) => {
    await asGuest(db, "note_logs", [line, { ...line, ago: 1.5, level: 50, message: "page failed" }]);
    await db.sql.query("select jobs.note_logs($1)", [JSON.stringify([{ ...line, ago: 90_000 }])]);
    await db.sql.query("select jobs.note_logs($1)", [JSON.stringify([{ ...line, request: null, ago: day - 60 }])]);
    const lines = "select process, level, message, request_id, facts from app.operational_logs order by at";
    const all = [
      { process: "worker", level: 30, message: "request", request_id: null, facts: { status: 200 } },
      { process: "web", level: 30, message: "request", request_id: "r-1", facts: { status: 200 } },
      { process: "web", level: 50, message: "page failed", request_id: "r-1", facts: { status: 200 } },
    ];
    expect(await db.as(people.admin, () => db.rows(lines))).toEqual(all);
    expect(await db.as(people.auditor, () => db.rows(lines))).toEqual(all);
    expect(await db.as(people.sari, () => db.rows(lines))).toEqual([]);
    expect(
      await db.value(
        "select round(extract(epoch from now() - at), 1)::float8 from app.operational_logs where level = 50",
      ),
    ).toBe(1.5);
  }),
);

test(
  "a line is not changed, and goes with its day alone",
  rolledBack(async (db) => {
    await asGuest(db, "note_logs", [line]);
    const name = await db.value<string>("select tableoid::regclass::text from app.operational_logs");
    for (const text of [
      "update app.operational_logs set level = 30",
      `update ${name} set level = 30`,
      "delete from app.operational_logs",
      `delete from ${name}`,
      "truncate app.operational_logs",
      `truncate ${name}`,
    ])
      expect([text, await db.ownerStopped(text)]).toEqual([text, "DENIED"]);
    expect(await db.ownerStopped(`drop table ${name}`)).toBeNull();
  }),
);

test(
  "days are made two weeks ahead, each once, from midnight in Jakarta; a line without a day is refused",
  rolledBack(async (db) => {
    await db.sql.query("set local timezone = 'Asia/Jakarta'");
    expect(await db.value("select jobs.ensure_log_days()")).toBe(0);
    const last = await db.value<string>(
      "select max(c.relname) from pg_class c where c.relname ~ '^logs_[0-9_]{10}$' and c.relkind = 'r'",
    );
    const today = await db.value<string>(
      "select to_char((now() at time zone 'Asia/Jakarta')::date + 14, 'YYYY_MM_DD')",
    );
    expect(last >= `logs_${today}`).toBe(true);
    await db.sql.query(`drop table private.${last}`);
    expect(await db.value("select private.ensure_log_days(to_date($1, 'YYYY_MM_DD'), 1)", [last.slice(5)])).toBe(1);
    expect(await db.value("select pg_get_expr(relpartbound, oid) from pg_class where relname = $1", [last])).toContain(
      `FROM ('${last.slice(5).replaceAll("_", "-")} 00:00:00+07')`,
    );
    const put =
      "insert into app.operational_logs (at, process, level, message, facts) values ($1, 'web', 30, 'x', '{}')";
    expect(await db.ownerStopped(put, ["2001-01-01"])).toBe("23514");
    // The day before yesterday too: nothing of ours writes there.
    const strangers = await db.rows(`
      select c.relname, r from pg_class c cross join unnest(array['anon', 'authenticated', 'web', 'worker']) r
       where c.relname ~ '^logs_[0-9_]{10}$' and c.relkind = 'r' and has_table_privilege(r, c.oid, 'select')`);
    expect(strangers).toEqual([]);
  }),
);

test(
  "vitals add up per day of Jakarta, route and metric, with the twenty most frequent elements",
  rolledBack(async (db) => {
    const vital = {
      route: "/products",
      metric: "LCP",
      ago: 5,
      samples: 1,
      histogram: row(20),
      targets: { "img.a": 1 },
    };
    const many = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`li.x${index}`, 1 + (index % 2)]));
    await asGuest(db, "note_vitals", [vital, { ...vital, ago: 1 }, { ...vital, metric: "PAGE", targets: {} }]);
    await asGuest(db, "note_vitals", [{ ...vital, samples: 60, histogram: row(3, 60), targets: many }]);
    await asGuest(db, "note_vitals", [
      { ...vital, targets: { "img.a": 2 } },
      { ...vital, ago: 2 * day, metric: "CLS" },
    ]);
    expect(
      await db.rows(`
        select metric, (now() at time zone 'Asia/Jakarta')::date - day as back, samples, histogram[4] as fourth,
          histogram[21] as late, targets ->> 'img.a' as images,
          (select count(*)::int from jsonb_object_keys(targets)) as n
          from app.vital_days order by metric`),
    ).toEqual([
      { metric: "CLS", back: 2, samples: 1, fourth: 0, late: 1, images: "1", n: 1 },
      { metric: "LCP", back: 0, samples: 63, fourth: 60, late: 3, images: "4", n: 20 },
      { metric: "PAGE", back: 0, samples: 1, fourth: 0, late: 1, images: null, n: 0 },
    ]);
    await db.sql.query("update app.vital_days set day = day - 91 where metric = 'PAGE'");
    await db.sql.query("select jobs.sweep_leftovers()");
    expect(await db.value("select count(*)::int from app.vital_days")).toBe(2);
  }),
);
