import { expect, test } from "vitest";
import { people } from "#tests/support/cast.ts";
import { rolledBack, type TestDb } from "#tests/support/rolled-back.ts";
import { newest, rahayu, submit } from "./leads-support.ts";

const ask = (db: TestDb, address: string, by = "EMAIL") =>
  db.as(people.admin, () =>
    db.value<string>("select app.ask_erasure($1, $2, (now() at time zone 'Asia/Jakarta')::date)", [address, by]),
  );
const erase = (db: TestDb, ref: string) =>
  db.as(people.admin, () => db.value<number>("select app.erase_leads($1)", [ref]));
/** Every text of the business and of the trail that is not in a table of its own kind. */
const everywhere = `
  select coalesce(string_agg(t, ' '), '') from (
    select l::text t from app.leads l union all select e::text from app.lead_events e
    union all select m::text from app.mails m where kind in ('LEAD_RECEIVED', 'LEADS_ERASED')
    union all select p::text from app.privacy_requests p union all select k::text from app.tasks k
    union all select n::text from app.incident_events n union all select f::text from app.notifications f
    union all select a::text from app.audit_events a union all select w::text from audit.words w) all_of_it`;

test(
  "all leads of a person are emptied, by whatever way he is known; of words about him nothing is left",
  rolledBack(async (db) => {
    await submit(db);
    const ref = await newest(db);
    await submit(db, { ...rahayu, contact_name: "Bapak Joko", phone_whatsapp: "6281211112222", email: undefined });
    const other = await newest(db);
    await submit(db, {
      ...rahayu,
      business_name: "Rahayu Dua",
      phone_whatsapp: "6281344445555",
      email: "RAHAYU@salon.test",
    });
    await db.sql.query("update app.timers set tries = 1, rings_at = now() where kind = 'LEAD' and about = $1", [ref]);
    await db.sql.query("select jobs.ring_timers(100)");
    const incident = await db.value<string>("select ref from app.incidents where cause = 'LEAD_LATE'");
    await db.as(people.admin, async () => {
      await db.rows("select app.note_lead($1, 'Ibu Rahayu minta ditelepon')", [ref]);
      await db.rows("select app.note_incident($1, 'Ibu Rahayu belum dihubungi')", [incident]);
      await db.rows("select app.move_lead($1, 'HANDED_OVER', 'Rahayu cocok', 'NEW')", [ref]);
      const task = await db.value("select id from app.tasks where kind = 'OPEN_ACCOUNT' and done_at is null");
      await db.rows("select app.close_task($1, 'Akun Rahayu dibuat')", [task]);
    });
    const request = await ask(db, " rahayu@SALON.test ");
    expect(await ask(db, "rahayu@salon.test")).toBe(request);
    expect(await db.value(everywhere)).toMatch(/rahayu/i);
    expect(await erase(db, request)).toBe(2);
    // The receipt still has to go out: it is the last that knows the address.
    await db.sql.query("update app.mails set state = 'SENT', sent_at = now() where kind = 'LEADS_ERASED'");
    expect(await db.value<string>(everywhere)).not.toMatch(/rahayu@|ibu rahayu|6281234567890|akun rahayu/i);
    expect(await db.rows("select ref, contact_name, state from app.leads where state <> 'ERASED'")).toEqual([
      { ref: other, contact_name: "Bapak Joko", state: "NEW" },
    ]);
    expect(await db.row("select leads, done_by, address from app.privacy_requests")).toMatchObject({
      leads: [ref, expect.stringMatching(/^LEAD-/)],
      done_by: "ADM-001",
      address: null,
    });
    expect(await db.ownerStopped("update app.leads set city = 'x' where ref = $1", [ref])).toBe("DENIED");
    expect(await db.rows("select entity_key, detail from app.audit_events where action = 'LEADS_ERASED'")).toEqual([
      { entity_key: request, detail: { leads: 2 } },
    ]);
    await db.atCommit();
  }),
);

test(
  "by an admin alone, once, and what is no address is told",
  rolledBack(async (db) => {
    const text = "select app.ask_erasure($1, $2, $3::date)";
    const today = await db.value("select (now() at time zone 'Asia/Jakarta')::date::text");
    for (const who of [people.auditor, people.budi, people.sari])
      expect(await db.stopped(who, text, ["a@b.id", "EMAIL", today])).toBe("DENIED");
    expect(await db.stopped(people.admin, text, ["Rahayu", "EMAIL", today])).toBe("REACHABLE");
    expect(await db.stopped(people.admin, text, ["a@b.id", "GUESS", today])).toBe("ASKED_BY");
    expect(await db.stopped(people.admin, text, ["a@b.id", "EMAIL", "2999-01-01"])).toBe("ASKED_DAY");
    expect(await db.stopped(people.admin, text, ["a@b.id", "EMAIL", "2020-01-01"])).toBe("ASKED_DAY");
    const ref = await ask(db, "0812-3456-7890", "WHATSAPP");
    expect(await db.stopped(people.auditor, "select app.erase_leads($1)", [ref])).toBe("DENIED");
    expect(await erase(db, ref)).toBe(0);
    expect(await db.stopped(people.admin, "select app.erase_leads($1)", [ref])).toBe("STALE");
    expect(await db.value("select count(*)::int from app.mails where kind = 'LEADS_ERASED'")).toBe(0);
  }),
);

test(
  "after 72 hours it is a SEV-2, at any hour, and done it is resolved",
  rolledBack(async (db) => {
    const ref = await ask(db, "0812-3456-7890", "WHATSAPP");
    expect(
      await db.row(
        `select t.rings_at = t.due_at as at_once, extract(epoch from t.due_at - r.asked_at)::int as after
           from app.timers t join app.privacy_requests r on r.ref = t.about where t.kind = 'PRIVACY'`,
      ),
    ).toEqual({ at_once: true, after: 72 * 3600 });
    await db.sql.query("update app.timers set tries = 1, rings_at = now() where kind = 'PRIVACY'");
    await db.sql.query("select jobs.ring_timers(100)");
    const state = () => db.row("select severity, state from app.incidents where cause = 'PRIVACY_LATE'");
    expect(await state()).toEqual({ severity: 2, state: "DETECTED" });
    await erase(db, ref);
    expect(await state()).toEqual({ severity: 2, state: "RESOLVED" });
    expect(await db.value("select done_at is not null from app.tasks where kind = 'ERASE_LEADS'")).toBe(true);
  }),
);

test(
  "what was kept on a disk meanwhile does not come back; who comes anew is welcome",
  rolledBack(async (db) => {
    await erase(db, await ask(db, "0812-3456-7890", "WHATSAPP"));
    const before = new Date(Date.now() - 3_600_000);
    expect(await submit(db, rahayu, { received: before, mailed: true })).toBe(0);
    expect(await db.value("select count(*)::int from app.leads")).toBe(0);
    await submit(db);
    expect(await db.value("select count(*)::int from app.leads")).toBe(1);
  }),
);

test(
  "after the months that are set a lead is emptied by itself, and not before",
  rolledBack(async (db) => {
    await submit(db, rahayu, { received: "2020-01-01T00:00:00Z", mailed: true });
    const old = await newest(db);
    await submit(db, { ...rahayu, phone_whatsapp: "6281211112222" });
    await db.sql.query("select jobs.sweep_leftovers()");
    expect(await db.rows("select ref, changed_by from app.leads where state = 'ERASED'")).toEqual([
      { ref: old, changed_by: "SYSTEM" },
    ]);
    expect(await db.rows("select detail from app.audit_events where action = 'LEAD_ERASED'")).toEqual([
      { detail: { why: "TERM_ENDED" } },
    ]);
  }),
);
