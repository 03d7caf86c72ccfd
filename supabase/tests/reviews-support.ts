import { stores } from "#tests/support/cast.ts";
import type { TestDb } from "#tests/support/rolled-back.ts";

/** The month of these tests lies years behind, so nothing of the seed is in it. This is when it is due. */
export const ready = "2021-03-01 07:00+07";

/** Makes the reviews that are due by then. */
export const make = (db: TestDb, at = ready) => db.value<number>("select private.make_reviews($1)", [at]);

/** Acting sessions of a month of long ago, so many of each salesman. */
export async function acted(
  db: TestDb,
  salesman: string,
  times: number,
  from = "2021-02-03 10:00+07",
  partner = stores.budi,
) {
  await db.sql.query(
    `
    insert into app.acting_sessions (salesman_id, partner_id, session_id, reason, started_at, expires_at, ended_at,
      ended_reason)
    select $1, $2, gen_random_uuid(), 'kunjungan', t, t + interval '30 minutes', t + interval '20 minutes', 'BY_HAND'
      from generate_series(0, $3 - 1) n, lateral (select $4::timestamptz + n * interval '1 hour' as t) at`,
    [salesman, partner, times, from],
  );
}
