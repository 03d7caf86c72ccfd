import { expect, test } from "vitest";
import { people } from "#tests/support/cast.ts";
import { rolledBack, type TestDb } from "#tests/support/rolled-back.ts";

const write = "select app.write_public_update($1, $2, $3, $4, $5)";
const news = ["Sambungan ke ERP putus. Order tetap diterima.", "The ERP is away. Orders are still taken."];
type Status = {
  services: Array<{ service: string; state: string; why: string | null; days: string }>;
  incidents: Array<{ id: number; open: boolean; until: string | null; updates: Array<{ textEn: string }> }>;
};
/** As anybody reads it. */
const read = (db: TestDb) => db.as(null, () => db.value<Status>("select app.read_status()"));
async function states(db: TestDb) {
  return Object.fromEntries((await read(db)).services.map(({ service, state }) => [service, state]));
}
async function quiet(db: TestDb) {
  await db.rows("update app.mails set state = 'FAILED' where state = 'PENDING'");
  await db.rows("update app.shadow_alerts set state = 'FAILED' where state = 'PENDING'");
  await db.rows(
    `update app.incidents set state = 'RESOLVED', resolved_at = now(), resolved_by = 'SYSTEM'
      where state not in ('RESOLVED', 'CLOSED')`,
  );
  await db.rows("update app.erp_circuit set state = 'CLOSED', last_ok_at = now()");
  await db.rows("select jobs.declare_channels('{EMAIL,SMS}')");
}

test(
  "what each service is: by the breaker, by how long messages wait, by maintenance and by open incidents",
  rolledBack(async (db) => {
    await quiet(db);
    const well = { ORDERING: "OK", ERP: "OK", MAIL: "OK", SMS: "OK" };
    expect(await states(db)).toEqual(well);
    await db.rows("update app.erp_circuit set state = 'OPEN'");
    expect(await states(db)).toEqual({ ...well, ORDERING: "DEGRADED", ERP: "DOWN" });
    await db.rows("update app.erp_circuit set state = 'HALF_OPEN'");
    expect(await states(db)).toEqual({ ...well, ORDERING: "DEGRADED", ERP: "DEGRADED" });
    await db.rows("update app.erp_circuit set state = 'CLOSED'");
    // A mail waits alone while others go: that is the mail's trouble.
    await db.rows("select private.notify('ERP_DOWN', 'tunggu', 'a@contoh.test', 'id', '{}')");
    const waits = (minutes: number) =>
      db.rows("update app.mails set created_at = now() - make_interval(mins => $1) where dedup_key = 'tunggu'", [
        minutes,
      ]);
    await db.rows(
      "update app.mails set sent_at = now() - interval '3 days' where sent_at > now() - interval '2 hours'",
    );
    for (const [minutes, state] of [
      [9, "OK"],
      [11, "DEGRADED"],
      [61, "DOWN"],
    ] as const) {
      await waits(minutes);
      expect((await states(db)).MAIL, `${minutes}`).toBe(state);
    }
    await db.rows("select private.notify('ERP_DOWN', 'jalan', 'a@contoh.test', 'id', '{}')");
    await db.rows("update app.mails set state = 'SENT', sent_at = now() where dedup_key = 'jalan'");
    expect((await states(db)).MAIL).toBe("OK");
    await db.rows("select private.open_incident(1, 'ERP_DOWN', 'uji-status', null)");
    expect(await states(db)).toEqual({ ...well, ORDERING: "DOWN" });
    await db.rows("select private.resolve_incident('uji-status')");
    await db.as(people.admin, () =>
      db.rows(
        `select app.set_maintenance(null, null, 'READ_ONLY', null, now() + interval '1 hour', 'Pindah server',
           'Moving servers', 'Pindah server')`,
      ),
    );
    expect((await read(db)).services.map(({ state, why }) => [state, why])).toEqual(
      Array(4).fill(["DEGRADED", "MAINTENANCE"]),
    );
  }),
);

test(
  "each change is written down once and makes the day's bar, by Jakarta's days: its worst, - where nothing is known",
  rolledBack(async (db) => {
    await quiet(db);
    await db.rows("delete from private.status_changes");
    for (const _ of [1, 2]) await db.rows("select jobs.watch_status()");
    expect(await db.value("select count(*)::int from private.status_changes")).toBe(4);
    await db.rows("delete from private.status_changes where service = 'ERP'");
    await db.rows(
      `insert into private.status_changes (service, state, at)
       select 'ERP', state,
              (((now() at time zone 'Asia/Jakarta')::date - ago) + time '10:00') at time zone 'Asia/Jakarta'
         from (values ('OK', 5), ('DEGRADED', 4), ('OK', 2), ('DOWN', 1)) v (state, ago)`,
    );
    await db.rows(
      `insert into private.status_changes (service, state, at)
       select 'ERP', 'OK', at + interval '1 minute' from private.status_changes where service = 'ERP'
        order by id desc limit 1`,
    );
    const days = (await read(db)).services.find(({ service }) => service === "ERP")!.days;
    expect([days.length, days.slice(-7)]).toEqual([90, "-ODDDXO"]);
  }),
);

test(
  "what an admin writes for stores is all that the page says of an incident; it ends with it, and nobody else writes",
  rolledBack(async (db) => {
    await quiet(db);
    const id = await db.value<number>(
      "select private.open_incident(2, 'STOCK_DRIFT', 'rahasia', 'SLS-001', '{\"x\": 1}')",
    );
    const ref = await db.value<string>("select ref from app.incidents where id = $1", [id]);
    const values = [ref, "ERP", "DOWN", ...news];
    for (const who of [people.budi, people.sari, people.auditor])
      expect(await db.stopped(who, write, values)).toBe("DENIED");
    expect(await db.stopped(people.admin, write, ["INC-2020-00001", "ERP", "DOWN", ...news])).toBe("NOT_FOUND");
    expect(await db.stopped(people.admin, write, [ref, "X", "DOWN", ...news])).toBe("SERVICE");
    expect(await db.stopped(people.admin, write, [ref, "ERP", "X", ...news])).toBe("STATE");
    expect(await db.stopped(people.admin, write, [ref, "ERP", "DOWN", news[0], ""])).toBe("REASON_REQUIRED");
    await db.rows(
      "insert into private.status_subscribers (email, language, confirmed_at) values ('a@contoh.test', 'en', now())",
    );
    for (const _ of [1, 2]) await db.as(people.admin, () => db.rows(write, values));
    expect(await db.value("select count(*)::int from app.mails where kind = 'STATUS_UPDATE'")).toBe(1);
    const status = await read(db);
    expect(status.incidents).toMatchObject([{ open: true, until: null, updates: [{ textEn: news[1] }] }]);
    expect(status.services.find(({ service }) => service === "ERP")).toMatchObject({ state: "DOWN" });
    expect(JSON.stringify(status)).not.toMatch(/SLS-001|INC-|STOCK_DRIFT|ADM-|rahasia|SEV|"x"/);
    await db.as(people.admin, () => db.rows(write, [ref, "ERP", "OK", "Sudah tersambung lagi", "Back again"]));
    expect((await read(db)).incidents).toMatchObject([{ open: false, updates: [{ textEn: "Back again" }, {}] }]);
    expect(await states(db)).toMatchObject({ ERP: "OK" });
    expect(await db.ownerStopped("update app.public_updates set text_en = 'never said'")).not.toBeNull();
  }),
);

const subscribe = "select app.subscribe_status($1, 'en', $2)";
const asked = (db: TestDb, email: string, from = "203.0.113.1") =>
  db.as(null, () => db.value<number>(subscribe, [email, from]));
const mailed = (db: TestDb, kind: string) =>
  db.value<number>("select count(*)::int from app.mails where kind = $1", [kind]);
const token = (db: TestDb, what: string) =>
  db.value<string>("select private.status_token($1, (select max(id) from private.status_subscribers))", [what]);

test(
  "who asks gets one mail, the same answer whoever he is, and nothing else before he confirmed",
  rolledBack(async (db) => {
    expect(await db.stopped(null, subscribe, ["bukan alamat", "x"])).toBe("EMAIL");
    for (const email of ["Salon@Contoh.test", "salon@contoh.test "]) expect(await asked(db, email)).toBe(0);
    expect(await mailed(db, "STATUS_CONFIRM")).toBe(1);
    const tell = (key: string) => db.rows("select private.tell_subscribers('STATUS_UPDATE', $1, '{}')", [key]);
    await tell("a");
    expect(await mailed(db, "STATUS_UPDATE")).toBe(0);
    const [confirm, leave] = [await token(db, "confirm"), await token(db, "leave")];
    const as = (text: string, value: string) => db.as(null, () => db.value(text, [value]));
    // A link does what it is for, and a made-up one nothing.
    expect(await as("select app.confirm_status($1)", leave)).toBe("FORGED");
    expect(await as("select app.leave_status($1)", confirm)).toBe("FORGED");
    expect(await as("select app.confirm_status($1)", `${confirm.slice(0, -2)}AA`)).toBe("FORGED");
    expect(await as("select app.read_status_link('confirm', $1)", confirm)).toBe("WAITING");
    for (const _ of [1, 2]) expect(await as("select app.confirm_status($1)", confirm)).toBe("CONFIRMED");
    await tell("b");
    await tell("b");
    expect(await mailed(db, "STATUS_UPDATE")).toBe(1);
    // The mail's link is in no table: the worker gets it.
    expect(await db.value("select props::text from app.mails where kind = 'STATUS_UPDATE'")).not.toContain(leave);
    await db.rows(
      "update app.mails set next_attempt_at = now() + interval '1 day' where kind not in ('STATUS_UPDATE')",
    );
    expect(await db.rows("select props ->> 'token' as token from jobs.claim_mails(5)")).toEqual([{ token: leave }]);
    expect(await asked(db, "salon@contoh.test")).toBe(0);
    expect(await mailed(db, "STATUS_CONFIRM")).toBe(1); // He has confirmed: no mail, the same answer.
    for (const _ of [1, 2]) expect(await as("select app.leave_status($1)", leave)).toBe("GONE");
    expect(await as("select app.confirm_status($1)", confirm)).toBe("GONE");
    expect(await db.value("select state from app.mails where kind = 'STATUS_UPDATE'")).toBe("FAILED");
    await tell("c");
    expect(await mailed(db, "STATUS_UPDATE")).toBe(1);
  }),
);

test(
  "asking is limited by address, and nobody is mailed without end; who did not confirm for a week is forgotten",
  rolledBack(async (db) => {
    for (let n = 0; n < 10; n++) expect(await asked(db, `a${n}@contoh.test`)).toBe(0);
    expect(await asked(db, "a11@contoh.test")).toBeGreaterThan(0);
    expect(await asked(db, "a11@contoh.test", "203.0.113.2")).toBe(0);
    await db.rows("delete from private.sign_in_tries");
    for (let n = 0; n < 8; n++) {
      await db.rows("update private.status_subscribers set asked_at = now() - interval '11 minutes'");
      await asked(db, "a1@contoh.test");
    }
    expect(await db.value("select count(*)::int from app.mails where recipient = 'a1@contoh.test'")).toBe(5);
    await db.rows("update private.status_subscribers set confirmed_at = now() where email = 'a2@contoh.test'");
    await db.rows("update private.status_subscribers set asked_at = now() - interval '8 days'");
    const confirm = await db.value<string>(
      "select private.status_token('confirm', id) from private.status_subscribers where email = 'a3@contoh.test'",
    );
    expect(await db.as(null, () => db.value("select app.confirm_status($1)", [confirm]))).toBe("GONE");
    await db.rows("select private.sweep_status()");
    expect(await db.rows("select email from private.status_subscribers")).toEqual([{ email: "a2@contoh.test" }]);
  }),
);
