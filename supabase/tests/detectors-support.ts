import type { TestDb } from "#tests/support/rolled-back.ts";

/** One minute of requests on one route: how many, how many of them failed, took long or were cut. */
export type Minute = { requests: number; failed?: number; slow?: number; cut?: number };

/** Nothing is wrong with anything but what a test says: no orders, tasks or incidents that wait. */
export async function quiet(db: TestDb) {
  await db.sql.query(`
    update app.erp_circuit set state = 'CLOSED', since = now() - interval '1 day', last_ok_at = now();
    delete from app.erp_circuit_events;
    update app.feeds set as_of = now();
    update app.orders set sync_status = 'SYNCED', synced_at = now() - interval '1 day' where sync_status <> 'SYNCED';
    update app.erp_syncs set done_at = now() where done_at is null;
    update app.tasks set done_at = now(), done_by = 'SYSTEM' where done_at is null;
    delete from app.http_minutes`);
  await db.sql.query(
    `update app.incidents set state = 'RESOLVED', resolved_at = now(), resolved_by = 'SYSTEM'
      where state not in ('RESOLVED', 'CLOSED')`,
  );
}

/** The minute that began so many minutes after now (before it, below zero) had these requests. */
export async function minute(
  db: TestDb,
  at: number,
  { requests, failed = 0, slow = 0, cut = 0 }: Minute,
  on = "GET /",
) {
  const [method, route] = on.split(" ");
  await db.sql.query(
    `insert into app.http_minutes (minute, route, method, requests, failed, slow, cut, histogram)
      values (date_trunc('minute', now()) + make_interval(mins => $1), $2, $3, $4, $5, $6, $7,
              array_fill(0, array[50]))`,
    [at, route, method, requests, failed, slow, cut],
  );
}

/** A look of every rule, so many seconds after this minute began; a web process has just reported, unless none has. */
export async function look(db: TestDb, seconds: number, { web = true, jump = 0 as number | null } = {}) {
  const now = "(date_trunc('minute', now()) + make_interval(secs => $1))";
  if (web)
    await db.sql.query(
      `insert into private.web_reported (at) values (${now}) on conflict (one) do update set at = excluded.at`,
      [seconds],
    );
  await db.sql.query(`select private.look(${now}, $2)`, [seconds, jump]);
}

/** What a rule is at the moment. */
export const stateOf = (db: TestDb, detector: string) =>
  db.row<{ sight: string; value: string | null; broken: boolean; times: number }>(
    `select sight, value::float8 as value, broken_since is not null as broken, times from app.detector_states
      where detector = $1`,
    [detector],
  );

/** The incidents that were opened under a key, the first one first. */
export const incidents = (db: TestDb, key: string) =>
  db.rows<{ severity: number; state: string; cause: string; round: number }>(
    "select severity, state, cause, round from app.incidents where dedup_key = $1 order by id",
    [key],
  );
