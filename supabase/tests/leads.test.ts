import { expect, test } from "vitest";
import { messages } from "#app/words.ts";
import { connect } from "#tests/support/database.ts";
import { people } from "#tests/support/cast.ts";
import { rolledBack, type TestDb } from "#tests/support/rolled-back.ts";
import { newest, rahayu, submit } from "./leads-support.ts";

const admin = (db: TestDb, text: string, values: unknown[] = []) => db.as(people.admin, () => db.rows(text, values));
const leads = (db: TestDb) => db.value<number>("select count(*)::int from app.leads");

test(
  "a lead is stored, its mail written and its time set, once per key; the answer is the same",
  rolledBack(async (db) => {
    expect(await submit(db, rahayu, { key: "once/0001" })).toBe(0);
    expect(await submit(db, rahayu, { key: "once/0001" })).toBe(0);
    const ref = await newest(db);
    expect(await leads(db)).toBe(1);
    expect(await db.row("select state, phone, city, chair_count from app.leads")).toEqual({
      state: "NEW",
      phone: "6281234567890",
      city: "Bandung",
      chair_count: 4,
    });
    const mails = await db.rows<{ props: object; provider_key: string }>(
      "select recipient, props, provider_key from app.mails where kind = 'LEAD_RECEIVED'",
    );
    expect(mails).toMatchObject([{ recipient: "SALES_INBOX", props: { ref, contact_name: "Ibu Rahayu" } }]);
    expect(mails[0]!.provider_key).toMatch(/^lead\/[0-9a-f]{64}$/);
    expect(
      await db.value(
        "select extract(epoch from due_at - now())::int from app.timers where kind = 'LEAD' and about = $1",
        [ref],
      ),
    ).toBe(86_400);
    // Who sent it stands nowhere: what is sealed could not be forgotten.
    expect(await db.value("select count(*)::int from app.audit_events where ip = '203.0.113.9'")).toBe(0);
  }),
);

test(
  "what was mailed while the database was away is stored without a second mail, at the time when it came",
  rolledBack(async (db) => {
    const at = new Date(Date.now() - 3 * 3_600_000);
    for (let n = 0; n < 2; n += 1) await submit(db, rahayu, { key: "spooled/1", received: at, mailed: true });
    expect(await db.value("select received_at from app.leads")).toEqual(at);
    expect(await leads(db)).toBe(1);
    expect(await db.value("select count(*)::int from app.mails where kind = 'LEAD_RECEIVED'")).toBe(0);
  }),
);

test(
  "limits: twenty from an address, five of a number, five of an e-mail address; what is known costs nothing",
  rolledBack(async (db) => {
    const other = (n: number) => ({ ...rahayu, phone_whatsapp: `62811000${1000 + n}`, email: undefined });
    for (let n = 0; n < 20; n += 1) expect(await submit(db, other(n), { key: `ip/${n}/xxxx` })).toBe(0);
    expect(await submit(db, other(20))).toBeGreaterThan(0);
    expect(await submit(db, other(3), { key: "ip/3/xxxx" })).toBe(0);
    for (let n = 0; n < 5; n += 1) expect(await submit(db, rahayu, { ip: `198.51.100.${n}` })).toBe(0);
    expect(await submit(db, rahayu, { ip: "198.51.100.9" })).toBeGreaterThan(0);
    expect(await submit(db, { ...rahayu, phone_whatsapp: "6281299990000" }, { ip: "198.51.100.10" })).toBeGreaterThan(
      0,
    );
    expect(await leads(db)).toBe(25);
  }),
);

test(
  "nobody answers for a day: a task and a SEV-3, once, in working time; the answer ends both",
  rolledBack(async (db) => {
    await submit(db);
    const ref = await newest(db);
    expect(
      await db.value("select private.is_working_time(rings_at) from app.timers where kind = 'LEAD' and about = $1", [
        ref,
      ]),
    ).toBe(true);
    await db.sql.query("update app.timers set tries = 1, rings_at = now() where kind = 'LEAD'");
    for (let n = 0; n < 2; n += 1) await db.sql.query("select jobs.ring_timers(100)");
    expect(await db.rows("select last_error from app.timers where last_error is not null")).toEqual([]);
    const state = () =>
      db.row(
        `select i.severity, i.state, i.repeats, t.done_at is not null as done from app.incidents i
           join app.tasks t on t.incident_id = i.id where i.cause = 'LEAD_LATE' and t.kind = 'ANSWER_LEAD'`,
      );
    expect(await state()).toEqual({ severity: 3, state: "DETECTED", repeats: 0, done: false });
    await admin(db, "select app.move_lead($1, 'CONTACTED', '', 'NEW')", [ref]);
    expect(await state()).toEqual({ severity: 3, state: "RESOLVED", repeats: 0, done: true });
  }),
);

test(
  "its life is an admin's to lead on: forwards, closed with a word, taken up again; not what another has moved",
  rolledBack(async (db) => {
    await submit(db);
    const ref = await newest(db);
    const move = (to: string, seen: string, note = "", who: string | null = people.admin) =>
      db.stopped(who, "select app.move_lead($1, $2, $3, $4)", [ref, to, note, seen]);
    for (const who of [people.auditor, people.budi, people.sari])
      expect(await move("CONTACTED", "NEW", "", who)).toBe("DENIED");
    expect(await move("CONTACTED", "NEW", "", null)).toBe("42501");
    expect(await move("CONTACTED", "QUALIFIED")).toBe("STALE");
    expect(await move("ERASED", "NEW")).toBe("OUT_OF_RANGE");
    expect(await move("CLOSED", "NEW")).toBe("REASON_REQUIRED");
    await admin(db, "select app.move_lead($1, 'HANDED_OVER', 'Silver, Bandung', 'NEW')", [ref]);
    expect(await move("QUALIFIED", "HANDED_OVER")).toBe("OUT_OF_RANGE");
    expect(
      await db.rows("select kind, subject_code from app.tasks where done_at is null and subject_code = $1", [ref]),
    ).toEqual([{ kind: "OPEN_ACCOUNT", subject_code: ref }]);
    await admin(db, "select app.move_lead($1, 'CLOSED', 'Tidak jadi', 'HANDED_OVER')", [ref]);
    expect(
      await db.value("select count(*)::int from app.tasks where done_at is null and subject_code = $1", [ref]),
    ).toBe(0);
    await admin(db, "select app.move_lead($1, 'CONTACTED', '', 'CLOSED')", [ref]);
    await submit(db, { ...rahayu, phone_whatsapp: "6281211112222" });
    expect(
      await db.ownerStopped("update app.leads set state = 'CLOSED' where state = 'NEW'; set constraints all immediate"),
    ).toBe("23514");
  }),
);

test(
  "leads are taken away by whoever was given that right, by somebody else; each time stands in the trail",
  rolledBack(async (db) => {
    const take = (who: string) => db.stopped(who, "select app.note_leads_exported('CSV', 1, false, '{}')");
    const give = (by: string, code: string, allowed = true) =>
      db.stopped(by, "select app.allow_lead_export($1, $2, 'Laporan mingguan')", [code, allowed]);
    for (const who of [people.admin, people.auditor, people.budi, people.sari]) expect(await take(who)).toBe("DENIED");
    expect(await give(people.admin, "ADM-001")).toBe("OWN_RIGHT");
    expect(await give(people.auditor, "ADM-001")).toBe("DENIED");
    expect(await give(people.admin, "SLS-001")).toBe("NOT_FOUND");
    await db.as(people.admin2, () => db.rows("select app.allow_lead_export('ADM-001', true, 'Laporan mingguan')"));
    expect(await take(people.admin)).toBeNull();
    expect(await take(people.admin2)).toBe("DENIED");
    await db.atCommit();
    expect(
      await db.ownerStopped("update app.accounts set may_export_leads = false; set constraints all immediate"),
    ).toBe("23514");
    await db.as(people.admin2, () => db.rows("select app.allow_lead_export('ADM-001', false, 'Sudah selesai')"));
    expect(await take(people.admin)).toBe("DENIED");
  }),
);

test("two that say the same at once are one", async () => {
  const [one, two] = await Promise.all([connect(), connect()]);
  const lead = { ...rahayu, phone_whatsapp: "6281377770001", email: undefined };
  const text = "select app.submit_lead($1, 'race/0001', 'id', now(), true)";
  try {
    await one.query("begin");
    await one.query(text, [lead]);
    const second = two.query(text, [lead]);
    await one.query("commit");
    expect((await second).rows).toEqual([{ submit_lead: 0 }]);
    expect((await one.query("select count(*)::int as n from app.leads where phone = '6281377770001'")).rows).toEqual([
      { n: 1 },
    ]);
  } finally {
    await Promise.all([one.end(), two.end()]);
  }
});

test(
  "a lead is kept no longer than the form said, whatever an admin sets",
  rolledBack(async (db) => {
    expect(messages("id").leads.form.consentHint).toContain("paling lama 3 tahun");
    const most = "select maximum::int from app.settings where key = 'lead.retention_months'";
    expect(await db.value<number>(most)).toBe(36);
  }),
);
