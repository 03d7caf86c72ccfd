import { expect, test } from "vitest";
import { z } from "zod";
import { signingKey, sealTrail } from "./seal.ts";
import { people, stores } from "#tests/support/cast.ts";
import { rolledBack, plenty, type TestDb, refusedFor } from "#tests/support/rolled-back.ts";
import { namingRows, orderFor, reachErp } from "./trail.ts";

/** What somebody writes wherever he may. */
const said = "Kata Ibu Rahayu (rahayu@salon.test, 0812-3456-7890): salah toko";
const key = signingKey();

/** Every act of the trail is done once, with words in all of it. Gives what the last steps need. */
async function doEverything(db: TestDb) {
  const skus = await plenty(db);
  const admin = (text: string, values: unknown[] = []) => db.as(people.admin, () => db.rows(text, values));
  const id = (number: string) => db.value<number>("select id from app.orders where number = $1", [number]);
  const own = async (who = people.budi, quantity = 6) => {
    await db.fill(who, [skus[0]!, quantity]);
    return db.order(who);
  };

  // Doors.
  await db.as(people.sari, () => db.rows("select app.note_sign_in('sari@demo.test', '203.0.113.5')"));
  await db.as(null, () => db.rows("select app.note_refused_sign_in('budi@demo.test')"));
  await db.rows("update auth.users set encrypted_password = 'x' where id = $1", [people.agus]);
  await db.as(people.maya, () => db.rows("select app.note_refusal(404, 'orders', 'ORD-2026-999999')"));
  await db.as(people.maya, () => db.rows("select app.note_sign_out()"), await db.login(people.maya, true));
  // Shadow Mode, the owner's mail and what he says.
  const shadow = await orderFor(db, people.sari, "PTR-0001", skus[1]!);
  await db.as(people.budi, () => db.rows("select app.note_whatsapp_opened($1)", [shadow]));
  await db.rows("select jobs.declare_channels('{EMAIL}')");
  await db.rows("update app.shadow_alerts set state = 'FAILED' where order_id = $1", [await id(shadow)]);
  await admin("select app.note_owner_phoned($1, $2)", [shadow, said]);
  await admin("select app.resend_alert($1, 'EMAIL', 'rahayu@salon.test', $2)", [shadow, said]);
  await db.as(people.budi, () => db.rows("select app.dispute_order($1, $2)", [shadow, said]));
  await admin("select app.resolve_dispute($1, 'OWNER_AGREES', $2)", [shadow, said]);
  await db.as(people.budi, () => db.rows("select app.set_shadow_consent(true, 900000000)"));
  await admin("select app.tell_store($1)", [shadow]);
  // Orders, credit and the ERP, which calls things what it likes.
  await admin("select app.move_order($1, 'CANCELLED', $2)", [await own(), said]);
  await db.rows("update app.partners set credit_limit = 0 where id = $1", [stores.maya]);
  await db.rows("select private.audit('LIMIT_CHANGED', 'partner', 'PTR-0002')");
  for (const outcome of ["APPROVED", "REJECTED"]) {
    const over = await own(people.maya);
    await admin("select app.decide_credit($1, $2, $3, (select total from app.orders where number = $1))", [
      over,
      outcome,
      said,
    ]);
  }
  const scarce = await own();
  await reachErp(db, scarce, "SHORT", { lines: [{ sku: skus[0], missing: 2, price: 0 }] }, [
    "Nota Ibu Rahayu 0812 3456 7890",
  ]);
  await admin(
    `
      select app.resolve_reconciliation($1, 'CUT', '', $2, (select checked_at from app.reconcile_results
        where order_id = (select id from app.orders where number = $1)))`,
    [scarce, said],
  );
  const keyed = await own();
  for (const release of [false, true]) await admin("select app.take_to_key($1, $2)", [keyed, release]);
  await admin("select app.begin_reconcile()");
  await admin("select app.test_erp()");
  await admin("select app.request_stock_check()");
  await admin(
    `
      select app.write_erp_checkpoint(date_trunc('week', now() at time zone 'Asia/Jakarta')::date, 'Agus, ADM-001', $1,
        $1)`,
    [said],
  );
  await db.rows(
    `
      select private.refuse_feed('stock', 's-2', 'row count', 160, now(), 'NEW_WAREHOUSE',
        '{"Gudang Ibu Rahayu": 160}')`,
  );
  await db.rows("update app.feeds set last_error = 'refused' where name = 'stock'");
  await admin("select app.accept_refused_feed('stock', (select max(id) from app.feed_runs where feed = 'stock'), $1)", [
    said,
  ]);
  // What staff does.
  await admin("select app.change_setting('stock.buffer.default', '4', $1)", [said]);
  await admin("select app.open_case('SLS-001')");
  await admin("select app.add_case_note('SLS-001', $1)", [said]);
  const incident =
    (await db.maybeValue<string>(
      `
        with i as (select private.open_incident(3, 'TESTED', 'trail-words', 'SLS-001', $1) as id) select ref from i
          join app.incidents using (id)`,
      [JSON.stringify({ words: said })],
    )) ?? (await db.value<string>("select ref from app.incidents where dedup_key = 'trail-words'"));
  await admin("select app.note_incident($1, $2)", [incident, said]);
  await admin("select app.close_incident($1, $2)", [incident, said]);
  const task = await db.value<number>(
    "select private.open_task('REVIEW_AGENT', 'trail-words', 'SLS-001', null, null, '1 day', $1)",
    [JSON.stringify({ words: said })],
  );
  await admin("select app.close_task($1, $2, 'WATCH')", [task, said]);
  await db.rows(
    `
      insert into app.acting_sessions (salesman_id, partner_id, session_id, reason, started_at, expires_at, ended_at,
        ended_reason)
    values ($1, $2, gen_random_uuid(), 'kunjungan toko', '2021-02-15 10:00+07', '2021-02-15 11:00+07',
      '2021-02-15 10:30+07', 'BY_HAND')`,
    [people.sari, stores.budi],
  );
  await db.rows("select private.make_reviews('2021-03-01 10:00+07')");
  await db.as(people.auditor, () => db.rows("select app.sign_review('2021-02-01', 'SLS-001', 'WATCH', $1)", [said]));
  await db.rows("select private.retire('app.tasks', 'false', 'TERM_ENDED')");
  // Somebody is shut out and let in again.
  await admin("select app.force_logout('SLS-002', $1)", [said]);
  await admin("select app.suspend_account('SLS-002', $1)", [said]);
  await admin("select app.request_lift('SLS-002', $1)", [said]);
  await db.as(people.admin2, () => db.rows("select app.lift_suspension('SLS-002')"));
  // Evidence about Sari, and a look into the trail for whom one has in mind.
  const search = (filter: object) =>
    db.as(people.auditor, () =>
      db.rows<{ action: string; detail: Record<string, string> }>(
        "select action, detail from app.search_audit($1, null, 200)",
        [JSON.stringify(filter)],
      ),
    );
  for (const filter of [
    { key: "rahayu", actor: "rahayu@salon.test" },
    { action: "BUDI", target: "Rahayu", request: "0812-3456-7890", name: said },
  ])
    await search(filter);
  await sealTrail(db.sql, key);
  const day = await db.value<string>("select (now() at time zone 'Asia/Jakarta')::date::text");
  const ref = await db.as(people.auditor, () =>
    db.value<string>("select app.begin_export('SLS-001', $1, $1, $2)", [day, said]),
  );
  await db.as(people.auditor, async () => {
    await db.rows("select app.begin_download($1)", [ref]);
    await db.rows("select app.finish_export($1, repeat('a', 64), 10)", [ref]);
  });
  return { ref, search };
}

/** The actions that functions of the database write, read out of their bodies; SIGNED_IN and others at Auth too. */
const actions = `
  select distinct a from pg_proc p join pg_namespace n on n.oid = p.pronamespace
   cross join lateral regexp_matches(regexp_replace(p.prosrc, 'private\\.audit\\(''CREDIT_'' \\|\\| p_outcome',
     'private.audit(''CREDIT_APPROVED'') private.audit(''CREDIT_REJECTED''', 'g'),
     'private\\.audit(?:_at_auth)?\\((?:[a-z_.]+, )?(?:case when p_release then ''([A-Z_]+)'' else )?''([A-Z_]+)''',
       'g') m
   cross join lateral unnest(m) a where n.nspname in ('app', 'private', 'jobs') and a is not null order by a`;

test(
  "whatever people write anywhere, no row of the trail says it, nor what anybody is called or reached by",
  rolledBack(async (db) => {
    const mark = await db.value<number>("select max(id) from app.audit_events");
    await doEverything(db);
    const done = (
      await db.rows<{ action: string }>("select distinct action from app.audit_events where id > $1 order by action", [
        mark,
      ])
    ).map(({ action }) => action);
    const known = (await db.rows<{ a: string }>(actions)).map(({ a }) => a);
    expect(known.length).toBeGreaterThan(45);
    expect(
      known.filter((action) => !done.includes(action)),
      "acts that nobody did here",
    ).toEqual([]);
    expect(await namingRows(db.sql)).toEqual([]);
    expect(
      await db.rows(
        `
          select action from app.audit_events where concat_ws(' ', entity_key, target_code, before, after,
            detail) ~* 'rahayu|0812.?3456|salah'`,
      ),
    ).toEqual([]);
    expect(
      (
        await db.rows(
          "select detail from app.audit_events where action = 'AUDIT_READ' and id > $1 order by id limit 2",
          [mark],
        )
      ).map(({ detail }) => detail),
    ).toEqual([
      { key: true, actor: true },
      { action: true, target: true, request: true },
    ]);
  }),
);

test(
  "a sentence, an address or a name in a row is refused by the trail itself, and found where that was switched off",
  rolledBack(async (db) => {
    const refused = async (text: string, values: unknown[] = []) => {
      await db.rows("savepoint tried");
      const code = await db.rows(text, values).then(
        () => null,
        (error: { code: string }) => error.code,
      );
      await db.rows("rollback to savepoint tried");
      return code;
    };
    const write = "select private.audit('TESTED', 'test', 'x', $1, null, $2, $3)";
    for (const words of [said, "Rahayu", "rahayu@salon.test", "0812 3456 7890", "Jl. Melati 4", "", "rahayu salon"]) {
      expect([words, await refused(write, [{ reason: words }, null, null])]).toEqual([words, "23514"]);
      expect(await refused(write, [{}, { deep: { list: [1, { words }] } }, null])).toBe("23514");
      expect(await refused(write, [{}, null, JSON.stringify([words])])).toBe("23514");
    }
    for (const code of [
      "ORDER_HELD",
      "ADM-001",
      "ALF-0001",
      "stock.buffer.default",
      "erp.sync_per_second",
      "admin/orders",
      "half_up",
      "store",
      "2026-11-28T21:25:55.123456+00:00",
      "2026-11-28",
      "a0000000-0000-4000-8000-000000000001",
      "f".repeat(63) + "1",
      "SO/2026/0001",
      "2026-02/SLS-001",
    ]) {
      expect([code, await refused(write, [{ code, n: 1.5, is: true, none: null }, null, null])]).toEqual([code, null]);
    }
    // The seeded data has none, and each of these would have been one.
    expect(await namingRows(db.sql)).toEqual([]);
    const found = async (text: string) => {
      await db.rows("savepoint tried");
      await db.rows("alter table app.audit_events drop constraint says_codes_only");
      await db.rows(text);
      const rows = await namingRows(db.sql);
      await db.rows("rollback to savepoint tried");
      return rows.map(({ action }) => action);
    };
    for (const row of [
      "'test', 'Salon Budi'",
      "'test', 'x', '{\"reason\": \"sari\"}'",
      "'test', 'x', '{}', 'Barber Maya Medan'",
      "'test', 'x', '{\"to\": [\"budi@demo.test\"]}'",
      "'test', 'x', '{\"reason\": \"salah toko\"}'",
    ]) {
      expect([row, await found(`select private.audit('TESTED', ${row})`)]).toEqual([row, ["TESTED"]]);
    }
    expect(
      await found("select private.audit('TESTED', 'test', owner_whatsapp) from app.partner_contacts limit 1"),
    ).toEqual(["TESTED"]);
  }),
);

test(
  "whoever may read the trail reads beside each row what was written about it, and so does whoever opens the evidence",
  rolledBack(async (db) => {
    const { ref, search } = await doEverything(db);
    const worded: Array<[action: string, key: string, words: string]> = [
      ["SETTING_CHANGED", "reason", said],
      ["FORCED_LOGOUT", "reason", said],
      ["ACCOUNT_SUSPENDED", "reason", said],
      ["LIFT_REQUESTED", "reason", said],
      ["SUSPENSION_LIFTED", "reason", said],
      ["EVIDENCE_EXPORTED", "reason", said],
      ["CASE_NOTED", "note", said],
      ["RECONCILE_DECIDED", "note", said],
      ["FEED_SIZE_ACCEPTED", "reason", said],
      ["ALERT_SENT_AGAIN", "reason", said],
      ["OWNER_CONTACT_CHANGED", "reason", said],
      ["OWNER_CONTACT_CHANGED", "address", "b***@demo.test → r***@salon.test"],
      ["ERP_CHECKPOINT_WRITTEN", "attended", "Agus, ADM-001"],
      ["ACTING_BEGUN", "reason", "kunjungan toko"],
    ];
    for (const [action, name, words] of worded)
      expect([action, (await search({ action }))[0]?.detail[name]]).toEqual([action, words]);
    // For evidence they are fixed: what goes by retention afterwards is still in it, and gone from the trail. The row
    // stays as it was sealed.
    const lines = () =>
      db.as(people.auditor, () =>
        db.rows<{ line: string }>("select line from app.export_lines_page($1, 'WORDS', 0, 100)", [ref]),
      );
    const fixed = (await lines()).map(({ line }) => z.record(z.string(), z.unknown()).parse(JSON.parse(line)));
    expect(fixed).toContainEqual({
      seq: expect.any(Number),
      action: "ACTING_BEGUN",
      key: "PTR-0001",
      reason: "kunjungan toko",
    });
    expect(fixed).toContainEqual({
      seq: expect.any(Number),
      action: "CASE_NOTED",
      key: "SLS-001",
      note: said,
    });
    for (const line of fixed)
      expect(line.seq).toBe(
        await db.value(
          "select l.seq from audit.evidence_rows r join audit.links l on l.seq = r.seq where r.seq = $1 limit 1",
          [line.seq],
        ),
      );
    const digests = () =>
      db.value<string>(
        `
          select md5(string_agg(private.audit_line(e), '' order by e.id)) from app.audit_events e
            where action in ('SETTING_CHANGED', 'FORCED_LOGOUT')`,
      );
    const before = await digests();
    expect(await db.value("select private.retire('audit.words', 'true', 'ERASED')")).toBe(5);
    expect([(await search({ action: "FORCED_LOGOUT" }))[0]!.detail, await digests()]).toEqual([{ acting: 0 }, before]);
    expect((await lines()).length).toBe(fixed.length);
  }),
);

test(
  "nobody reads the words but through the trail, and nobody writes, changes or removes them by hand",
  rolledBack(async (db) => {
    await db.as(people.admin, () => db.rows("select app.change_setting('stock.buffer.default', '4', $1)", [said]));
    for (const person of [people.admin, people.auditor, people.budi])
      expect(await db.stopped(person, "select from audit.words")).toBe("42501");
    expect(await db.stopped(people.admin, "select private.audit_words(null)")).toBe("42501");
    for (const change of [
      'update audit.words set words = \'{"reason": "lain"}\'',
      "delete from audit.words",
      "truncate audit.words",
    ]) {
      await db.rows("savepoint tried");
      await expect(db.rows(change)).rejects.toMatchObject(refusedFor("DENIED"));
      await db.rows("rollback to savepoint tried");
    }
  }),
);
