import sql from "sql-template-tag";
import type { Db } from "#app/db/transaction.server.ts";
import { limit } from "#app/db/limit.ts";
import type { KnownErrorWords } from "./known-error.ts";

export type KnownError = {
  code: string;
  cause: string;
  sign: string;
  why: string;
  wayRound: string;
  rule: string;
  incident: string | null;
  writtenBy: string;
  writtenAt: Date;
  mendedBy: string | null;
  mendedAt: Date | null;
};

const known = sql`
  select k.code, k.cause, k.sign, k.why, k.way_round as "wayRound", k.rule, i.ref as incident,
         k.written_by as "writtenBy", k.written_at as "writtenAt", k.mended_by as "mendedBy", k.mended_at as "mendedAt"
    from app.known_errors k left join app.incidents i on i.id = k.incident_id`;

/** Those that are still there first, the newest on top. */
export const listKnownErrors = (db: Db) =>
  db.many<KnownError>(sql`${known} order by k.mended_at is not null, k.id desc ${limit(100)}`);

/** What is known of the cause of this incident. */
export const listKnownErrorsOf = (db: Db, ref: string) =>
  db.many<Pick<KnownError, "code" | "sign" | "why" | "wayRound">>(sql`
    select k.code, k.sign, k.why, k.way_round as "wayRound" from app.known_errors k
      join app.incidents i on i.cause = k.cause
     where i.ref = ${ref} and k.mended_at is null order by k.id desc ${limit(5)}`);

/** Writes one down: its code. Errors: NotFound (the incident), DENIED for all but admins, CAUSE, REASON_REQUIRED. */
export const addKnownError = (db: Db, { from, cause, sign, why, wayRound, rule }: KnownErrorWords) =>
  db.one<{ code: string }>(
    sql`select app.add_known_error(${from || null}, ${cause}, ${sign}, ${why}, ${wayRound}, ${rule ?? ""}) as code`,
  );

/** Errors: NotFound, DENIED for all but admins, STALE {by} when it was mended before. */
export const mendKnownError = (db: Db, code: string) => db.one(sql`select app.mend_known_error(${code})`);
