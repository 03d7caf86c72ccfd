import { expect, test } from "vitest";
import { nameOf, sayIn } from "#app/routes/admin.audit/detail.ts";
import { messages } from "#app/words.ts";
import { rolledBack } from "#tests/support/rolled-back.ts";
import { doEverything } from "#supabase/tests/every-act.ts";

/** Facts whose value is nobody's to translate: codes of people, sums, what others call things, days, file formats. */
const asTheyAre = ["by", "requestedBy", "login", "sha256", "code", "document", "page", "format"];

test(
  "whatever is done, the trail shows each fact of it under a name and each code as words, in both languages",
  rolledBack(async (db) => {
    await doEverything(db);
    const facts = await db.rows<{ key: string; value: unknown }>(
      `
      select distinct x.key, x.value from app.audit_events e
       cross join lateral (
         select * from jsonb_each(coalesce(e.before, '{}')) union all select * from jsonb_each(coalesce(e.after, '{}'))
         union all select * from jsonb_each(e.detail)) x (key, value)
       where e.action <> 'TESTED'`,
    );
    const keys = [...new Set(facts.map(({ key }) => key))];
    const codes = facts.filter(
      ({ key, value }) => typeof value === "string" && /^[a-z]+$|^[A-Z_]+$/i.test(value) && !asTheyAre.includes(key),
    );
    expect(keys.length).toBeGreaterThan(50);
    expect(codes.length).toBeGreaterThan(25);
    for (const lang of ["id", "en"] as const) {
      const t = messages(lang);
      expect(keys.filter((key) => nameOf(t, key) === key)).toEqual([]);
      const say = sayIn(t, lang);
      // An incident of a test has a cause of its own.
      const raw = codes.filter(({ key, value }) => say(key, value) === value && value !== "TESTED");
      expect(raw).toEqual([]);
    }
  }),
);
