import { expect, test } from "vitest";
import { z } from "zod";
import { people } from "#tests/support/cast.ts";
import { rolledBack, refusedFor } from "#tests/support/rolled-back.ts";
import { namingRows } from "./trail.ts";
import { doEverything, said } from "./every-act.ts";

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
    expect(await db.value("select private.retire('audit.words', 'true', 'ERASED')")).toBe(10);
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
