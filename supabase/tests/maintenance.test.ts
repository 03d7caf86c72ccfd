import { expect, test } from "vitest";
import { people } from "#tests/support/cast.ts";
import { connect, untilItWaits } from "#tests/support/database.ts";
import { plenty, rolledBack, type TestDb } from "#tests/support/rolled-back.ts";

const set = "select app.set_maintenance($1, $2, $3, $4, $5, $6, $7, $8)";
const end = "select app.end_maintenance($1, $2, $3)";
type Period = { id: number; state: string; version: number };

/** So many minutes from now by the database's clock. */
const at = (db: TestDb, minutes: number) =>
  db.value<Date>("select now() + make_interval(mins => $1)", [minutes]).then((moment) => moment.toISOString());
const words = ["Pindah server", "Moving servers", "Pindah ke server baru"];
async function plan(db: TestDb, mode: string, from: number | null, until: number) {
  await db.as(people.admin, async () =>
    db.rows(set, [null, null, mode, from === null ? null : await at(db, from), await at(db, until), ...words]),
  );
  return db.row<Period>("select id, state, version from app.maintenance order by id desc limit 1");
}
const mode = (db: TestDb) => db.value<string>("select private.maintenance_mode()");
/** The clock goes on, for the period. */
const later = (db: TestDb, minutes: number) =>
  db.rows(
    `update app.maintenance set starts_at = starts_at - make_interval(mins => $1),
       ends_at = ends_at - make_interval(mins => $1)`,
    [minutes],
  );
const subscriber = (db: TestDb, email: string, confirmed = true) =>
  db.rows(
    `insert into private.status_subscribers (email, language, confirmed_at)
       values ($1, 'id', case when $2 then now() end)`,
    [email, confirmed],
  );
const told = (db: TestDb) =>
  db
    .rows<{ step: string; recipient: string }>(
      "select props ->> 'step' as step, recipient from app.mails where kind = 'MAINTENANCE' order by id",
    )
    .then((rows) => rows.map(({ step, recipient }) => `${step} ${recipient}`));

test(
  "only an admin closes the shop, with an end within a day, words in both languages, a reason, and one at a time",
  rolledBack(async (db) => {
    const good = [null, null, "FULL", null, await at(db, 60), ...words];
    const but = (index: number, value: unknown) => good.map((one, at) => (at === index ? value : one));
    for (const who of [people.budi, people.sari, people.auditor])
      expect(await db.stopped(who, set, good), who).toBe("DENIED");
    expect(await db.stopped(null, set, good)).toBe("42501");
    expect(await db.stopped(people.admin, set, but(2, "OFF"))).toBe("MODE");
    expect(await db.stopped(people.admin, set, but(4, await at(db, -1)))).toBe("WHEN_ENDS");
    expect(await db.stopped(people.admin, set, but(4, await at(db, 24 * 60 + 1)))).toBe("WHEN_ENDS");
    expect(await db.stopped(people.admin, set, but(4, null))).toBe("WHEN_ENDS");
    for (const index of [5, 6, 7]) expect(await db.stopped(people.admin, set, but(index, " "))).toBe("REASON_REQUIRED");
    const { id, state, version } = await plan(db, "FULL", null, 60);
    expect([state, await mode(db)]).toEqual(["RUNNING", "FULL"]);
    expect(await db.stopped(people.admin2, set, good)).toBe("MAINTENANCE_OPEN");
    expect(await db.stopped(people.auditor, end, [id, version, "Sudah selesai"])).toBe("DENIED");
    expect(await db.stopped(people.admin2, end, [id, version + 1, "Sudah selesai"])).toBe("STALE");
    expect(await db.stopped(people.admin2, end, [id, version, ""])).toBe("REASON_REQUIRED");
    await db.as(people.admin2, () => db.rows(end, [id, version, "Sudah selesai"]));
    expect(await mode(db)).toBe("OFF");
    expect(await db.stopped(people.admin, end, [id, version + 1, "Sudah selesai"])).toBe("STALE");
    expect(
      await db.rows(
        `select actor_code, detail ->> 'step' as step from app.audit_events where action = 'MAINTENANCE_CHANGED'
          order by id`,
      ),
    ).toEqual([
      { actor_code: "ADM-001", step: "BEGUN" },
      { actor_code: "ADM-002", step: "ENDED" },
    ]);
    await db.atCommit();
    // By hand nothing is written without its row of the trail.
    expect(
      await db.ownerStopped(
        `insert into app.maintenance (mode, starts_at, ends_at, text_id, text_en, reason, set_by)
           values ('FULL', now(), now() + interval '1 hour', 'Pindah server', 'Moving', 'diam-diam', 'ADM-001');
         set constraints all immediate`,
      ),
    ).toBe("23514");
  }),
);

test(
  "it begins and ends by the clock, whether or not a worker looks; who comes second finds it done",
  rolledBack(async (db) => {
    await subscriber(db, "salon@contoh.test");
    await subscriber(db, "belum@contoh.test", false);
    const period = await plan(db, "READ_ONLY", 30, 90);
    expect([period.state, await mode(db)]).toEqual(["PLANNED", "OFF"]);
    await db.rows("select jobs.watch_status()");
    await later(db, 31);
    expect(await mode(db)).toBe("READ_ONLY"); // Before anybody looked.
    for (const _ of [1, 2]) await db.rows("select jobs.watch_status()");
    await later(db, 60);
    expect(await mode(db)).toBe("OFF");
    for (const _ of [1, 2]) await db.rows("select jobs.watch_status()");
    expect(await db.value("select state from app.maintenance where id = $1", [period.id])).toBe("ENDED");
    expect(await told(db)).toEqual([
      "ANNOUNCED salon@contoh.test",
      "BEGUN salon@contoh.test",
      "ENDED salon@contoh.test",
    ]);
  }),
);

test(
  "announced, changed twice and cancelled: one mail for each step and each who confirmed",
  rolledBack(async (db) => {
    await subscriber(db, "satu@contoh.test");
    await subscriber(db, "dua@contoh.test");
    const { id } = await plan(db, "FULL", 30, 90);
    for (const version of [1, 2])
      await db.as(people.admin, async () =>
        db.rows(set, [id, version, "FULL", await at(db, 40), await at(db, 100), ...words]),
      );
    expect(await db.stopped(people.admin, set, [id, 1, "FULL", null, await at(db, 100), ...words])).toBe("STALE");
    await db.as(people.admin, () => db.rows(end, [id, 3, "Tidak jadi pindah"]));
    expect(await db.value("select state from app.maintenance where id = $1", [id])).toBe("CANCELLED");
    expect(await told(db)).toEqual(
      ["ANNOUNCED", "CHANGED", "CHANGED", "CANCELLED"].flatMap((step) => [
        `${step} satu@contoh.test`,
        `${step} dua@contoh.test`,
      ]),
    );
  }),
);

test(
  "meanwhile orders to the ERP and what stores are told wait; what is needed to sign in, and the news of it, go on",
  rolledBack(async (db) => {
    const [sku] = await plenty(db);
    await db.rows("update app.erp_syncs set done_at = now() where done_at is null");
    await db.rows("update app.shadow_alerts set state = 'FAILED', sent_at = null where state = 'PENDING'");
    await db.rows("update app.mails set state = 'FAILED' where state = 'PENDING'");
    await subscriber(db, "salon@contoh.test");
    await db.buyFor(people.sari, "PTR-0001", [sku, 2]);
    await db.rows("select private.notify('PASSWORD_CHANGED', 'uji', 'budi@demo.test', 'id', '{}')");
    await db.rows("select private.notify('ORDER_CHANGED', 'uji-2', 'budi@demo.test', 'id', '{}')");
    const { id } = await plan(db, "READ_ONLY", null, 60);
    const claims = async () => ({
      orders: (await db.rows("select * from jobs.claim_sync(10, false)")).length,
      alerts: (await db.rows("select * from jobs.claim_alerts('EMAIL', 10)")).length,
      mails: (await db.rows<{ kind: string }>("select kind from jobs.claim_mails(20)")).map(({ kind }) => kind).sort(),
    });
    expect(await claims()).toEqual({ orders: 0, alerts: 0, mails: ["MAINTENANCE", "PASSWORD_CHANGED"] });
    await db.as(people.admin, () => db.rows(end, [id, 1, "Sudah selesai"]));
    // The worker's environment may still say so, which is of mails alone here.
    expect(await db.rows("select kind from jobs.claim_mails(20, false)")).toEqual([{ kind: "MAINTENANCE" }]);
    const after = await claims();
    expect([after.orders, after.alerts]).toEqual([1, 1]);
    expect(after.mails).toContain("ORDER_CHANGED");
  }),
);

test("two workers at once: it begins once, and each is told once", async () => {
  const [one, two, asking] = [await connect(), await connect(), await connect()];
  const email = `dua-proses-${crypto.randomUUID()}@contoh.test`;
  await one.query("insert into private.status_subscribers (email, language, confirmed_at) values ($1, 'id', now())", [
    email,
  ]);
  await one.query(
    `with made as (
       insert into app.maintenance (mode, starts_at, ends_at, text_id, text_en, reason, set_by)
         values ('READ_ONLY', now() - interval '1 minute', now() + interval '1 hour', 'Pindah server', 'Moving',
                 'Pindah', 'ADM-001') returning id)
     select private.audit('MAINTENANCE_CHANGED', 'maintenance', id::text) from made`,
  );
  try {
    await one.query("begin");
    await one.query("select private.move_maintenance()");
    const second = two.query("select private.move_maintenance()");
    await untilItWaits(two, asking);
    await one.query("commit");
    await second;
    const { rows } = await asking.query("select props ->> 'step' as step from app.mails where recipient = $1", [email]);
    expect(rows).toEqual([{ step: "BEGUN" }]);
  } finally {
    await one.query("begin");
    await one.query("update app.maintenance set state = 'ENDED', ended_at = now() where state = 'RUNNING'");
    await one.query("select private.audit('MAINTENANCE_CHANGED', 'maintenance', max(id)::text) from app.maintenance");
    await one.query("commit");
  }
});
