import { expect, test } from "vitest";
import { people } from "#tests/support/cast.ts";
import { rolledBack, type TestDb } from "#tests/support/rolled-back.ts";

// Playbook D: four hours of total outage, and it is back to paper notes.

/** A SEV-1 of this cause that began so long ago. */
async function begun(db: TestDb, cause: string, ago: string): Promise<number> {
  const id = await db.value<number>("select private.open_incident(4, $1, 'uji/' || $1, null)", [cause]);
  await db.sql.query("update app.incidents set opened_at = now() - $2::interval where id = $1", [id, ago]);
  await db.sql.query("select private.set_severity($1, 1, 'ADM-001', '{}')", [id]);
  return id;
}
const onDuty = (db: TestDb, post: string, name: string, phone: string | null) =>
  db.as(people.admin, async () => {
    const id = await db.value("select app.save_responder(null, $1, $2, $3, 'id', true)", [
      name,
      `${name.toLowerCase()}@demo.test`,
      phone,
    ]);
    await db.sql.query("select app.put_on_duty($1, $2, '2020-01-01', null)", [id, post]);
  });
const ring = (db: TestDb) => db.value<number>("select jobs.ring_timers(100)");
const told = (db: TestDb, id: number) =>
  db.rows(
    `select n.channel, coalesce(r.name, n.target) as who from app.notifications n
       left join app.responders r on n.channel <> 'SLACK' and r.id::text = n.target
      where n.incident_id = $1 and n.kind = 'LATE_BLACKOUT' order by n.id`,
    [id],
  );
const dueAfter = (db: TestDb, id: number) =>
  db.maybeValue(
    `select extract(epoch from t.due_at - i.opened_at)::int / 60
       from app.timers t join app.incidents i on i.id = t.incident_id
      where t.incident_id = $1 and t.kind = 'BLACKOUT'`,
    [id],
  );

test(
  "after four hours of total outage whoever answers for SEV-1 hears of it by every road, once",
  rolledBack(async (db) => {
    await db.sql.query("select jobs.declare_notification_channels('{SLACK,MAIL,SMS}')");
    await onDuty(db, "CTO", "Rina", "0812-3456-7890");
    await onDuty(db, "VP_SALES", "Dewi", null);
    await onDuty(db, "SUPPORT", "Tono", "0812-3456-7891");
    const id = await begun(db, "DATABASE_DOWN", "241 minutes");
    expect(await dueAfter(db, id)).toBe(240);
    await ring(db);
    await ring(db);
    expect(await told(db, id)).toEqual([
      { channel: "MAIL", who: "Rina" },
      { channel: "MAIL", who: "Dewi" },
      { channel: "SMS", who: "Rina" },
      { channel: "SLACK", who: "critical" },
    ]);
  }),
);

test(
  "not before, not when it is over by then, and not where the shop still takes orders",
  rolledBack(async (db) => {
    await db.sql.query("select jobs.declare_notification_channels('{MAIL}')");
    const early = await begun(db, "SITE_DOWN", "239 minutes");
    const over = await begun(db, "DATABASE_DOWN", "241 minutes");
    const erp = await begun(db, "ERP_DOWN", "241 minutes");
    await db.sql.query("select private.resolve_incident('uji/DATABASE_DOWN')");
    await ring(db);
    expect([await told(db, early), await told(db, over), await told(db, erp)]).toEqual([[], [], []]);
    expect([await dueAfter(db, early), await dueAfter(db, over), await dueAfter(db, erp)]).toEqual([
      240,
      240,
      undefined,
    ]);
  }),
);

test(
  "which causes are a total outage is data: those that have playbook D",
  rolledBack(async (db) => {
    await db.sql.query("insert into app.playbook_causes values ('GLOBAL_OUTAGE', 'kiamat-digital', 1)");
    expect(await dueAfter(db, await begun(db, "GLOBAL_OUTAGE", "1 minute"))).toBe(240);
    expect(await dueAfter(db, await begun(db, "CHECKOUT_DOWN", "1 minute"))).toBeUndefined();
  }),
);
