import sql from "sql-template-tag";
import type { Db } from "#app/db/transaction.server.ts";
import { NotFound } from "#app/db/errors.server.ts";

export type Setting = {
  key: string;
  kind: "number" | "boolean" | "choice";
  value: number | boolean | string;
  /** Of a number: its bounds, and what it is a multiple of (1: whole). */
  minimum: number | null;
  maximum: number | null;
  step: number | null;
  /** Of a choice: the words to choose from. */
  choices: string[] | null;
  reason: string | null;
  expiresAt: Date | null;
  setBy: string | null;
  setAt: Date;
};

const settings = sql`
  select key, kind, case when expires_at <= now() then 'false'::jsonb else value end as value,
         minimum::double precision as minimum, maximum::double precision as maximum, step::double precision as step,
           choices, reason,
         case when expires_at > now() then expires_at end as "expiresAt", set_by as "setBy", set_at as "setAt"
    from app.settings`;

/** All settings with the values that hold now: what has run out is off again. Switches first. */
export const listSettings = (db: Db) => db.many<Setting>(sql`${settings} order by kind, key`);

/** The switches alone. */
export const listSwitches = (db: Db) => db.many<Setting>(sql`${settings} where kind = 'boolean' order by key`);

/** One setting. Throws NotFound. */
export async function findSetting(db: Db, key: string): Promise<Setting> {
  const setting = await db.maybe<Setting>(sql`${settings} where key = ${key}`);
  if (!setting) throw new NotFound();
  return setting;
}

/**
 * `seen`: the value that is replaced, as the page showed it. Errors: NotFound, STALE when it is another by now (value,
 * by: a person's code), HOURS_OUT_OF_RANGE, OUT_OF_RANGE (with what it may be), REASON_REQUIRED, DENIED for all but
 * admins.
 */
export const changeSetting = (
  db: Db,
  key: string,
  {
    value,
    seen,
    reason,
    hours,
  }: { value: number | boolean | string; seen?: string | undefined; reason: string; hours: number },
) =>
  db.one(
    sql`
      select app.change_setting(${key}, ${JSON.stringify(value)}::jsonb, ${reason}, ${hours},
        ${seen === undefined ? null : JSON.stringify(typeof value === "number" ? Number(seen) : seen)}::jsonb)`,
  );
