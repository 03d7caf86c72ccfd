import type { TestDb } from "#tests/support/rolled-back.ts";

/** An admin shuts an account out. */
export const suspend = "select app.suspend_account($1, $2)";

/** An admin asks that it be let in again. */
export const ask = "select app.request_lift($1, $2)";

/** Another one lets it in. */
export const lift = "select app.lift_suspension($1)";

/** Why he did. */
export const why = "Keluhan pemilik toko";

/** Whether an account is active. */
export const statusOf = (db: TestDb, code: string) =>
  db.value<string>("select status from app.accounts where code = $1", [code]);

/** What the trail says of such an act, the last time. */
export const trail = (db: TestDb, action: string) =>
  db.rows(
    `
      select actor_code, target_code, entity_key, before, after, detail, private.audit_words(e) as words
        from app.audit_events e where action = $1 order by id desc limit 1`,
    [action],
  );
