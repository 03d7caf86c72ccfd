import { expect, test } from "vitest";
import { people, stores } from "#tests/support/cast.ts";
import { rolledBack, plenty, type TestDb, refusalOf } from "#tests/support/rolled-back.ts";

// Whatever can be stored can be read: what a value may be stands in the setting's own row and is judged in one place.
type Setting = {
  key: string;
  kind: "number" | "boolean" | "choice";
  value: unknown;
  minimum: string | null;
  maximum: string | null;
  step: string | null;
  choices: string[] | null;
};
const all = (db: TestDb) =>
  db.rows<Setting>(
    "select key, kind, value, minimum::text, maximum::text, step::text, choices from app.settings order by key",
  );
const change = "select app.change_setting($1, $2, 'Uji batas', 1)";
/** By SQL of the owner's, as somebody would in the night: the SQLSTATE, or null. Undone. */
async function byHand(db: TestDb, key: string, value: string, more = ""): Promise<string | null> {
  await db.sql.query("savepoint hand");
  const code = await db.sql.query(`update app.settings set value = $2${more} where key = $1`, [key, value]).then(
    () => null,
    (error: { code: string }) => error.code,
  );
  await db.sql.query("rollback to savepoint hand");
  return code;
}

test(
  "every setting takes its least and its most, and nothing beside its range, step or type: by the command and by hand",
  rolledBack(async (db) => {
    const settings = await all(db);
    expect(settings.length).toBeGreaterThanOrEqual(22);
    for (const { key, kind, minimum, maximum, step, choices } of settings) {
      const good =
        kind === "number"
          ? [minimum!, maximum!, `${Number(minimum) + Number(step)}`]
          : kind === "boolean"
            ? ["false"]
            : choices!.map((word) => JSON.stringify(word));
      const beside =
        kind !== "number"
          ? []
          : [
              `${Number(minimum) - Number(step)}`,
              `${Number(maximum) + Number(step)}`,
              `${Number(minimum) + Number(step) / 2}`,
              `${maximum}.0001`.replace(/(\..*)\.0001/, "$10001"),
              "-1",
              "1e300",
              "-1e300",
              `${Number(minimum) + Number(step) * 0.999}`,
            ].filter((value) => value !== minimum && value !== maximum);
      const foreign = [
        "null",
        "{}",
        "[]",
        "[3]",
        '""',
        '"3"',
        '"NaN"',
        '"HALF_UP"',
        ...(kind === "boolean" ? ["0", "1", '"true"'] : ["true", "false"]),
        ...(kind === "choice" ? ["3"] : ['"half_up"']),
      ];
      for (const value of good) {
        expect([key, value, await db.stopped(people.admin, change, [key, value])]).toEqual([key, value, null]);
        expect([key, value, await byHand(db, key, value)]).toEqual([key, value, null]);
      }
      for (const value of [...beside, ...foreign]) {
        expect([key, value, await db.stopped(people.admin, change, [key, value])]).toEqual([
          key,
          value,
          "OUT_OF_RANGE",
        ]);
        expect([key, value, await byHand(db, key, value)]).toEqual([key, value, "23514"]);
      }
      // What runs out reads as «off»: no number and no word may.
      if (kind !== "boolean")
        expect([key, await byHand(db, key, good[0]!, ", expires_at = now()")]).toEqual([key, "23514"]);
    }
  }),
);

test(
  "a refused number is told what would fit",
  rolledBack(async (db) => {
    const refused = await db
      .as(people.admin, () => db.sql.query(change, ["stock.buffer.default", "2.5"]))
      .then(() => null, refusalOf);
    expect(refused).toEqual({
      reason: "OUT_OF_RANGE",
      field: "value",
      kind: "number",
      minimum: 0,
      maximum: 1000,
      step: 1,
    });
  }),
);

// Everything that reads a setting, called at both ends of each.
const readers: Record<string, string> = {
  "app.api_limits": "select app.api_limits()",
  "app.open_case": "",
  "jobs.claim_pull": "select * from jobs.claim_pull(gen_random_uuid())",
  "jobs.claim_sync": "select * from jobs.claim_sync(5)",
  "jobs.inspect_order": "select jobs.inspect_order((select max(order_id) from app.shadow_traces))",
  "jobs.list_waiting": "select * from jobs.list_waiting(0, 10)",
  "jobs.sweep_abuse": "select jobs.sweep_abuse()",
  "private.act_on_score":
    "select private.act_on_score((select id from app.accounts where code = 'SLS-001'), null, now())",
  "private.measure_drift": "select private.measure_drift(current_date)",
  "private.drift_until": "select * from private.drift_until(now())",
  "private.credit_decision": `select private.credit_decision('${stores.budi}', 0)`,
  "private.erase_old_leads": "select private.erase_old_leads()",
  "private.is_degraded": "select private.is_degraded()",
  "private.lead_wait": `select private.lead_wait('{"phone_whatsapp": "62812", "email": "a@b.test"}')`,
  "private.points_for": `
      select private.points_for(tier, total) from (values ('SILVER'), ('GOLD'), ('PLATINUM')) t (tier),
        (values (1::bigint), (500000), (9000000000000000)) o (total)`,
  "private.stock_buffers": "select * from private.stock_buffers()",
};
const reading = `
  select n.nspname || '.' || p.proname as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
   where n.nspname in ('app', 'private', 'jobs') and coalesce(p.prosrc, '') || coalesce(pg_get_function_sqlbody(p.oid),
     '') ~ '(number_setting|\\mprivate\\.setting|abuse_settings)\\(|from app\\.settings'
     and p.proname not in ('change_setting', 'setting', 'number_setting', 'abuse_settings') order by 1`;

test(
  "no reader fails at either end of any setting; and those are all readers",
  rolledBack(async (db) => {
    const [sku] = await plenty(db);
    await db.login(people.budi); // Before the savepoints, which would take it back.
    await db.login(people.admin);
    await db.actFor(people.sari, "PTR-0001");
    await db.fill(people.sari, [sku, 1]);
    await db.order(people.sari);
    const covered = new Set([...Object.keys(readers), "app.viewer_context"]);
    expect(
      (await db.rows<{ name: string }>(reading)).map(({ name }) => name).filter((name) => !covered.has(name)),
    ).toEqual([]);
    for (const { key, kind, minimum, maximum, choices, value } of await all(db)) {
      for (const end of kind === "number"
        ? [minimum!, maximum!]
        : kind === "boolean"
          ? ["true", "false"]
          : choices!.map((word) => JSON.stringify(word))) {
        await db.as(people.admin, () => db.sql.query(change, [key, end]));
        for (const [name, text] of Object.entries(readers)) {
          await db.sql.query("savepoint reader");
          const failed =
            text &&
            (await db.sql.query(text).then(
              () => null,
              (error: Error) => error.message,
            ));
          expect([key, end, name, failed || null]).toEqual([key, end, name, null]);
          await db.sql.query("rollback to savepoint reader");
        }
        // And a checkout of a store, with its points and its credit, to the end.
        await db.sql.query("savepoint reader");
        await db.as(people.admin, () => db.sql.query("select app.open_case('SLS-001')"));
        await db.fill(people.budi, [sku, 20]);
        await db.order(people.budi);
        await db.sql.query("set constraints all immediate");
        await db.sql.query("rollback to savepoint reader");
      }
      await db.sql.query("update app.settings set value = $2, expires_at = null where key = $1", [
        key,
        JSON.stringify(value),
      ]);
    }
  }),
);

test(
  "a word for a number is told what fits, and not that somebody was quicker",
  rolledBack(async (db) => {
    const typed = "select app.change_setting($1, '\"abc\"', 'Uji batas', 1, $2)";
    for (const { key, kind, value } of await all(db)) {
      if (kind !== "number") continue;
      expect(await db.stopped(people.admin, typed, [key, JSON.stringify(String(value))]), key).toBe("OUT_OF_RANGE");
    }
    const late = "select app.change_setting('erp.sync_per_second', '9', 'Uji batas', 1, '12345')";
    expect(await db.stopped(people.admin, late, []), "control: another number is there by now").toBe("STALE");
  }),
);
