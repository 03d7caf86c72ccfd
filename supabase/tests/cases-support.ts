import { people } from "#tests/support/cast.ts";
import { plenty, type TestDb } from "#tests/support/rolled-back.ts";

/** Where an address is, as the worker finds it. */
export const place = {
  latitude: -7.26,
  longitude: 112.75,
  city: "Surabaya",
  region: "East Java",
  country: "ID",
  network: "FIXED",
  operator: "Biznet",
  radiusKm: 50,
  source: { name: "DB-IP city ipv4", built: "2026-06-05" },
};
const why = {
  because: "AT_STORE",
  nowhere: null,
  store: { distanceKm: 0.4, radiusKm: 50, leastKm: 0 },
  travel: null,
  source: place.source,
};

/** Sari orders for Budi from this address. */
export async function shadowOrder(db: TestDb, ip = "112.78.181.77", device: string | null = null): Promise<string> {
  await db.sql.query("select set_config('app.request', $1, true)", [
    JSON.stringify({ ip, ua: "Firefox", id: crypto.randomUUID(), device }),
  ]);
  const [sku] = await plenty(db);
  const number = await db.buyFor(people.sari, "PTR-0001", [sku, 1]);
  await db.as(people.sari, () => db.sql.query("select app.end_acting()"));
  return number;
}

/** The traces that were there before are looked at. */
export const doneWithTheRest = (db: TestDb) =>
  db.sql.query(
    `
      update app.shadow_traces set verdict = coalesce(verdict, 'INDETERMINATE'),
        inspected_at = coalesce(inspected_at, now())`,
  );

/** The worker takes traces that are due. */
export const claim = (db: TestDb, most = 20) =>
  db.rows<{ order_id: number; number: string; previous: { order: string } | null }>(
    "select * from jobs.claim_traces($1)",
    [most],
  );

/** The worker says where a trace is. */
export const settle = (db: TestDb, order: number, verdict = "PLAUSIBLE") =>
  db.sql.query("select jobs.settle_trace($1, $2, 0.4, $3, $4)", [
    order,
    JSON.stringify(place),
    verdict,
    JSON.stringify(why),
  ]);
