import { expect, test } from "vitest";
import { people } from "#tests/support/cast.ts";
import { rolledBack, type TestDb } from "#tests/support/rolled-back.ts";
import { newest, rahayu, submit } from "./leads-support.ts";

const form = "select app.ask_privacy(coalesce($1::uuid, gen_random_uuid()), $2, $3, $4, $5, 'id')";
const ask = (db: TestDb, kind: string, address = rahayu.email, key: string | null = null) =>
  db.as(null, () => db.value<string>(form, [key, kind, "Ibu Rahayu", address, "Mohon diurus"]));
const admin = (db: TestDb, text: string, ...values: unknown[]) => db.as(people.admin, () => db.rows(text, values));
const prove = (db: TestDb, ref: string) =>
  admin(db, "select app.prove_privacy($1, 'CALLED_BACK', 'Ditelepon kembali')", ref);
const grant = "select app.answer_privacy($1, 'GRANTED', 'Sudah kami kerjakan')";
const lead = async (db: TestDb) => (await submit(db), newest(db));
const late = async (db: TestDb, kind: string) => {
  await db.sql.query("update app.timers set tries = 1, rings_at = now() where kind = $1", [kind]);
  await db.sql.query("select jobs.ring_timers(100)");
};

test(
  "a request has 72 hours, a task and a receipt; sent twice it is one; late it is a SEV-2, answered that is over",
  rolledBack(async (db) => {
    const key = "0f0e0d0c-0b0a-4908-8706-050403020100";
    const ref = await ask(db, "ACCESS", undefined, key);
    expect(await ask(db, "ACCESS", undefined, key)).toBe(ref);
    expect(
      await db.rows(
        `select c.kind, extract(epoch from t.due_at - c.asked_at)::int as after,
                t.rings_at = t.due_at as at_once, k.kind as task
           from app.privacy_cases c join app.timers t on t.about = c.ref join app.tasks k on k.subject_code = c.ref`,
      ),
    ).toEqual([{ kind: "ACCESS", after: 72 * 3600, at_once: true, task: "ANSWER_PRIVACY" }]);
    expect(
      await db.row("select recipient, props ->> 'ref' as ref from app.mails where kind = 'PRIVACY_ASKED'"),
    ).toEqual({
      recipient: rahayu.email.toLowerCase(),
      ref,
    });
    await late(db, "PRIVACY");
    const state = () => db.row("select severity, state from app.incidents where cause = 'PRIVACY_LATE'");
    expect(await state()).toEqual({ severity: 2, state: "DETECTED" });
    await admin(db, "select app.answer_privacy($1, 'REFUSED', 'Bukan orangnya')", ref);
    expect(await state()).toEqual({ severity: 2, state: "RESOLVED" });
    expect(await db.value("select done_at is not null from app.tasks where kind = 'ANSWER_PRIVACY'")).toBe(true);
    await db.atCommit();
  }),
);

test(
  "nothing is given before a person found out who asks, whoever writes it; and by an admin alone, once",
  rolledBack(async (db) => {
    const ref = await ask(db, "ACCESS");
    for (const text of ["select app.take_privacy_copy($1)", grant])
      expect(await db.stopped(people.admin, text, [ref])).toBe("NOT_PROVEN");
    expect(
      await db.ownerStopped(
        "update app.privacy_cases set outcome = 'GRANTED', done_at = now(), done_by = 'X' where ref = $1",
        [ref],
      ),
    ).toBe("23514");
    for (const who of [people.auditor, people.budi, people.sari])
      for (const text of [
        "select app.prove_privacy($1, 'DOCUMENT', 'KTP dilihat')",
        grant,
        "select app.take_privacy_copy($1)",
      ])
        expect(await db.stopped(who, text, [ref])).toBe("DENIED");
    expect(await db.stopped(people.admin, "select app.prove_privacy($1, 'GUESSED', 'Kira-kira')", [ref])).toBe(
      "PROVEN_HOW",
    );
    await prove(db, ref);
    expect(await db.stopped(people.admin, "select app.prove_privacy($1, 'DOCUMENT', 'KTP dilihat')", [ref])).toBe(
      "STALE",
    );
    // The answer to a copy is the copy.
    expect(await db.stopped(people.admin, grant, [ref])).toBe("NO_COPY");
    await admin(db, "select app.take_privacy_copy($1)", ref);
    await admin(db, grant, ref);
    expect(await db.stopped(people.admin, grant, [ref])).toBe("STALE");
    expect(await db.rows("select action from app.audit_events where entity_key = $1 order by id", [ref])).toEqual(
      ["PRIVACY_ASKED", "PRIVACY_PROVEN", "PRIVACY_COPIED", "PRIVACY_ANSWERED"].map((action) => ({ action })),
    );
  }),
);

test(
  "a copy has what we hold on that person and on nobody else: lead, account, store, orders",
  rolledBack(async (db) => {
    const ref = await lead(db);
    await submit(db, {
      ...rahayu,
      business_name: "Salon Lain",
      phone_whatsapp: "6281211112222",
      email: "lain@salon.test",
    });
    const copyOf = async (address: string) => {
      const asked = await ask(db, "ACCESS", address);
      await prove(db, asked);
      return JSON.stringify(await db.as(people.admin, () => db.value("select app.take_privacy_copy($1)", [asked])));
    };
    const own = await copyOf(rahayu.email);
    for (const part of [ref, "Salon Rahayu", "Ingin daftar harga"]) expect(own).toContain(part);
    expect(own).not.toMatch(/Salon Lain|content_key/);
    const budi = await copyOf("budi@demo.test");
    for (const part of ["Salon Budi Surabaya", "budi@demo.test", "ORD-", "signIns"]) expect(budi).toContain(part);
    expect(budi).not.toMatch(/Barber Maya|maya@demo.test/);
  }),
);

test(
  "a salesman's copy has for whom he acted, from where, and what was made of it; of another salesman nothing",
  rolledBack(async (db) => {
    const [own] = await db.rows<{ id: string }>(
      `insert into app.acting_sessions (salesman_id, partner_id, session_id, reason, started_at, expires_at, ended_at,
         ended_reason)
       select a.id, p.id, gen_random_uuid(), 'Kunjungan ' || a.code, now() - interval '2 hours',
              now() - interval '1 hour', now() - interval '1 hour', 'EXPIRED'
         from app.accounts a join app.assignments g on g.salesman_id = a.id join app.partners p on p.id = g.partner_id
        where a.id = any ($1) returning id`,
      [[people.sari, people.agus]],
    );
    expect(own).toBeDefined();
    for (const [who, number, ip] of [
      [people.sari, 1, "203.0.113.7"],
      [people.agus, 2, "203.0.113.8"],
    ] as const)
      await db.rows(
        `insert into app.shadow_traces (order_id, salesman_id, partner_id, at, assigned, ip)
           select id, $1, partner_id, now(), true, $3 from app.orders o
            where not exists (select from app.shadow_traces where order_id = o.id) order by id limit 1 offset $2 - 1`,
        [who, number, ip],
      );
    for (const code of ["SLS-001", "SLS-002"])
      await db.rows(
        `insert into app.case_notes (salesman_id, author, note)
           select id, 'AUD-001', 'Catatan tentang ' || code from app.accounts where code = $1`,
        [code],
      );
    for (const rule of ["OWNER_DISPUTED", "SAME_BASKET"])
      await db.rows(
        `insert into app.abuse_hits (salesman_id, at, rule_version, rule, weight, inputs)
           values ($1, now(), 1, $2, 30, '{}')`,
        [people.sari, rule],
      );
    const asked = await ask(db, "ACCESS", "sari@demo.test");
    await prove(db, asked);
    const copy = JSON.stringify(await db.as(people.admin, () => db.value("select app.take_privacy_copy($1)", [asked])));
    for (const part of ["Kunjungan SLS-001", "203.0.113.7", "Catatan tentang SLS-001", "PTR-0001", "SAME_BASKET"])
      expect(copy).toContain(part);
    expect(copy).not.toMatch(/SLS-002|203\.0\.113\.8|AUD-001|OWNER_DISPUTED/);
  }),
);

test(
  "a copy has what stands under an address that has no account, too, and nothing of another address",
  rolledBack(async (db) => {
    const report = (email: string, words: string) =>
      db.as(null, () =>
        db.value<string>("select app.send_report($1, 'QUESTION', '/', null, $2, $3, 'id')", [
          crypto.randomUUID(),
          words,
          email,
        ]),
      );
    await report("lain@salon.test", "Pertanyaan orang lain");
    const ref = await report("Tamu@salon.test", "Apakah ada toko di Bandung?");
    await admin(db, "select app.answer_report($1, 'Ada, di Jalan Braga')", ref);
    await db.as(null, () => db.value("select app.subscribe_status('tamu@salon.test', 'id', '203.0.113.9')"));
    const asked = await ask(db, "ACCESS", "tamu@salon.test");
    await prove(db, asked);
    const copy = JSON.stringify(await db.as(people.admin, () => db.value("select app.take_privacy_copy($1)", [asked])));
    for (const part of [ref, "toko di Bandung", "Jalan Braga", "askedAt", "REPORT_ANSWERED", "STATUS_CONFIRM", asked])
      expect(copy).toContain(part);
    expect(copy).toMatch(/"statusNews": ?\[\{/);
    expect(copy).not.toMatch(/orang lain|lain@salon/);
  }),
);

test(
  "restricted, nobody works on a lead any more; who withdraws his consent is erased",
  rolledBack(async (db) => {
    const ref = await lead(db);
    const nobody = await ask(db, "RESTRICTION", "lain@salon.test");
    await prove(db, nobody);
    expect(await db.stopped(people.admin, grant, [nobody]), "nothing to restrict").toBe("NOTHING_HELD");
    const restricted = await ask(db, "RESTRICTION");
    await prove(db, restricted);
    await admin(db, grant, restricted);
    for (const text of ["select app.note_lead($1, 'Telepon lagi')", "select app.move_lead($1, 'CONTACTED', '', 'NEW')"])
      expect(await db.stopped(people.admin, text, [ref])).toBe("RESTRICTED");
    await late(db, "LEAD");
    expect(await db.value("select count(*)::int from app.incidents where cause = 'LEAD_LATE'")).toBe(0);
    expect(await db.value("select state from app.mails where kind = 'LEAD_RECEIVED'")).toBe("FAILED");

    // An admin ends it, with a reason that goes to him; then there is nothing left to end.
    const lift = "select app.lift_restriction($1, $2)";
    expect(await db.stopped(people.auditor, lift, [restricted, "Sudah diperiksa"])).toBe("DENIED");
    expect(await db.stopped(people.admin, lift, [restricted, "ya"])).toBe("REASON_REQUIRED");
    await db.as(people.admin, () => db.sql.query(lift, [restricted, "Keberatan sudah diperiksa"]));
    expect(await db.stopped(people.admin, lift, [restricted, "Sekali lagi"])).toBe("NOT_RESTRICTED");
    await db.as(people.admin, () => db.sql.query("select app.note_lead($1, 'Boleh dikerjakan lagi')", [ref]));
    expect(
      await db.rows("select recipient, props ->> 'why' as why from app.mails where kind = 'PRIVACY_LIFTED'"),
    ).toEqual([{ recipient: rahayu.email.toLowerCase(), why: "Keberatan sudah diperiksa" }]);
    expect(await db.value("select lifted_by from app.privacy_cases where ref = $1", [restricted])).toBe("ADM-001");

    const withdrawn = await ask(db, "WITHDRAWAL");
    await prove(db, withdrawn);
    await admin(db, grant, withdrawn);
    expect(await db.row("select state, email from app.leads where ref = $1", [ref])).toEqual({
      state: "ERASED",
      email: null,
    });
    expect(await db.value("select leads from app.privacy_cases where ref = $1", [withdrawn])).toEqual([ref]);
    await db.atCommit();
  }),
);

test(
  "a lead is corrected by a request for it, and no other lead or column",
  rolledBack(async (db) => {
    const ref = await lead(db);
    await submit(db, { ...rahayu, phone_whatsapp: "6281211112222", email: "lain@salon.test" });
    const [other, asked] = [await newest(db), await ask(db, "CORRECTION")];
    const correct = "select app.correct_lead($1, $2, $3, $4)";
    expect(await db.stopped(people.admin, correct, [asked, ref, "city", "Cimahi"])).toBe("NOT_PROVEN");
    await prove(db, asked);
    expect(await db.stopped(people.admin, correct, [asked, other, "city", "Cimahi"])).toBe("NOT_FOUND");
    expect(await db.stopped(people.admin, correct, [asked, ref, "state", "CLOSED"])).toBe("CORRECTION");
    expect(await db.stopped(people.admin, correct, [asked, ref, "phone", "bukan nomor"])).toBe("CORRECTION");
    await admin(db, correct, asked, ref, "phone", "0813-9999-8888");
    expect(await db.value("select phone from app.leads where ref = $1", [ref])).toBe("6281399998888");
    expect(await db.row("select detail from app.audit_events where action = 'LEAD_CORRECTED'")).toEqual({
      detail: { field: "phone", request: asked },
    });
  }),
);

test(
  "whom the system suspended may object, shut out as he is: a person answers, and two let him in",
  rolledBack(async (db) => {
    const object = await ask(db, "OBJECTION", "sari@demo.test");
    await prove(db, object);
    expect(await db.stopped(people.admin, grant, [object])).toBe("NO_SUSPENSION");
    await db.sql.query(
      `select private.suspend('${people.sari}', null, 'SYSTEM', '{"score": 95, "rules": ["SAME_BASKET"]}')`,
    );
    expect(
      await db.as(people.auditor, () => db.rows("select kind, automatic from app.privacy_subjects($1)", [object])),
    ).toEqual([{ kind: "account", automatic: true }]);
    await admin(db, grant, object);
    expect(await db.row("select lift_requested_by, lifted_at from app.suspensions where lifted_at is null")).toEqual({
      lift_requested_by: "ADM-001",
      lifted_at: null,
    });
    await db.as(people.admin2, () => db.rows("select app.lift_suspension('SLS-001')"));
    await db.atCommit();
  }),
);

test(
  "what was asked and answered is forgotten after 90 days; mails about it once they are out; the number stays",
  rolledBack(async (db) => {
    const ref = await ask(db, "ACCESS");
    await admin(db, "select app.answer_privacy($1, 'REFUSED', 'Bukan orangnya')", ref);
    await db.sql.query("update app.mails set state = 'SENT', sent_at = now() where kind like 'PRIVACY_%'");
    expect(await db.rows("select distinct recipient, props from app.mails where kind like 'PRIVACY_%'")).toEqual([
      { recipient: "ERASED", props: {} },
    ]);
    const row = () =>
      db.row("select name, address, words, answer, outcome from app.privacy_cases where ref = $1", [ref]);
    await db.sql.query("select jobs.sweep_leftovers()");
    expect(await row()).toMatchObject({ name: "Ibu Rahayu", words: "Mohon diurus" });
    await db.sql.query("update app.privacy_cases set done_at = now() - interval '91 days' where ref = $1", [ref]);
    await db.sql.query("select jobs.sweep_leftovers()");
    expect(await row()).toEqual({ name: null, address: null, words: null, answer: null, outcome: "REFUSED" });
  }),
);

test(
  "what is written wrongly is told; three of one address are enough for a quarter of an hour",
  rolledBack(async (db) => {
    const wrong = (kind: string, name: string, address: string, words: string) =>
      db.stopped(null, form, [null, kind, name, address, words]);
    expect(await wrong("ALL", "Rahayu", "a@b.test", "Mohon diurus")).toBe("PRIVACY_KIND");
    expect(await wrong("ACCESS", "R", "a@b.test", "Mohon diurus")).toBe("PRIVACY_NAME");
    expect(await wrong("ACCESS", "Rahayu", "rahayu", "Mohon diurus")).toBe("REACHABLE");
    expect(await wrong("ACCESS", "Rahayu", "a@b.test", "ya")).toBe("REASON_REQUIRED");
    for (let count = 0; count < 3; count += 1) await ask(db, "ACCESS");
    expect(await wrong("ACCESS", "Rahayu", rahayu.email, "Mohon diurus")).toBe("PRIVACY_LIMITED");
    expect(await db.value("select count(*)::int from app.privacy_cases")).toBe(3);
  }),
);

test(
  "a leak has 72 hours from when it was known; both letters sent end them, late it is a SEV-2 of its own",
  rolledBack(async (db) => {
    const id = await db.value<number>("select private.open_incident(2, 'ERP_DOWN', 'leak', null)");
    const ref = await db.value<string>("select ref from app.incidents where id = $1", [id]);
    const mark = "select app.mark_breach($1, $2::timestamptz, 'Nama dan nomor', 'Kemarin malam', 'Akses ditutup', $3)";
    const step = "select app.do_breach_step($1, $2, 'Sudah dikirim')";
    const yesterday = new Date(Date.now() - 86_400_000);
    expect(await db.stopped(people.auditor, mark, [ref, yesterday, 3])).toBe("DENIED");
    expect(await db.stopped(people.admin, step, [ref, "PERSONS"])).toBe("NOT_FOUND");
    expect(await db.stopped(people.admin, mark, [ref, new Date(Date.now() + 3_600_000), 3])).toBe("KNOWN_AT");
    expect(await db.stopped(people.admin, mark, [ref, yesterday, -1])).toBe("PERSONS");
    await admin(db, mark, ref, yesterday, 3);
    await admin(db, mark, ref, new Date(), 40);
    // What is known better changes the letters, never the time.
    expect(
      await db.row(
        `select persons, due_at = known_at + interval '72 hours' as same, known_at = $1 as first,
                t.due_at = b.due_at as timed
           from app.breaches b join app.timers t using (due_at) where t.kind = 'BREACH_NOTICE'`,
        [yesterday],
      ),
    ).toEqual({ persons: 40, same: true, first: true, timed: true });
    await late(db, "BREACH_NOTICE");
    const state = () => db.value("select state from app.incidents where cause = 'PRIVACY_LATE'");
    await admin(db, step, ref, "AUTHORITY");
    expect(await db.stopped(people.admin, step, [ref, "AUTHORITY"])).toBe("STALE");
    expect(await state()).toBe("DETECTED");
    await admin(db, step, ref, "PERSONS");
    expect(await state()).toBe("RESOLVED");
    expect(
      await db.row("select done_at is not null as done, note from app.tasks where kind = 'NOTIFY_BREACH'"),
    ).toEqual({
      done: true,
      note: "NOTIFIED",
    });
    await db.atCommit();
  }),
);
