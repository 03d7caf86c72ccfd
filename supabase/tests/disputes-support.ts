import { people } from "#tests/support/cast.ts";
import { plenty, type TestDb } from "#tests/support/rolled-back.ts";

/** An order that a salesman placed for a store, with what its owner's link says. */
export async function shadowOrder(db: TestDb, salesman: string = people.sari, code = "PTR-0001") {
  const [sku] = await plenty(db);
  if (
    !(await db.maybeValue("select 1 from app.acting_sessions where salesman_id = $1 and ended_at is null", [salesman]))
  )
    await db.actFor(salesman, code);
  const number = await db.buy(salesman, [sku, 2]);
  const [order] = await db.rows<{ id: number; token: string }>(
    "select id, private.dispute_token(id) as token from app.orders where number = $1",
    [number],
  );
  return { number, ...order! };
}
type View = {
  number: string;
  status: string;
  lines: number;
  dispute: { held: boolean; outcome: string | null } | null;
};

/** Says «bukan saya» by the link of the mail, as a guest unless somebody is named. */
export const byLink = (db: TestDb, token: string, note = "", who: string | null = null) =>
  db.as(who, () => db.value<View>("select app.dispute_by_link($1, $2)", [token, note]));

/** What the link shows. */
export const read = (db: TestDb, token: string) =>
  db.as(null, () => db.value<View | null>("select app.read_dispute($1)", [token]));

/** An admin decides a dispute. */
export const resolve = (db: TestDb, number: string, outcome: string, note = "Sudah ditelepon", who = people.admin) =>
  db.as(who, () => db.sql.query("select app.resolve_dispute($1, $2, $3)", [number, outcome, note]));

/** Where an order stands, and whether it is held. */
export const statusOf = async (db: TestDb, id: number) =>
  (await db.rows("select status, held from app.orders where id = $1", [id]))[0];

/** The incident of an order's dispute. */
export const incidentOf = async (db: TestDb, id: number) =>
  (
    await db.rows<{ severity: number; peak: number; state: string; repeats: number; ref: string }>(
      `
        select i.severity, i.peak_severity as peak, i.state, i.repeats, i.ref from app.disputes d
          join app.incidents i on i.id = d.incident_id where d.order_id = $1`,
      [id],
    )
  )[0]!;

/** Everything that a dispute leaves behind, as one value. */
export const footprint = (db: TestDb) =>
  db.value<string>(`
  select jsonb_build_array((select jsonb_agg(to_jsonb(t)) from app.disputes t), (select jsonb_agg(to_jsonb(t))
    from app.order_holds t),
    (select jsonb_agg(to_jsonb(t) order by id) from app.incidents t), (select jsonb_agg(to_jsonb(t) order by id)
      from app.incident_events t),
    (select jsonb_agg(to_jsonb(t) order by id) from app.tasks t), (select jsonb_agg(to_jsonb(t) order by id)
      from app.mails t),
    (select count(*) from app.audit_events where action <> 'SIGNED_IN'), (select count(*) from app.order_events),
      (select count(*) from app.abuse_hits),
    (select jsonb_agg(jsonb_build_array(id, status, held) order by id) from app.orders))::text`);
