import sql from "sql-template-tag";
import { limit } from "#app/db/limit.ts";
import type { Db } from "#app/db/transaction.server.ts";
import type { z } from "zod";
import type { BreachStep, markForm, stepForm } from "./breach.ts";

/** Personal data that leaked in an incident, and what the letters say of it. */
export type Breach = {
  number: string;
  openedAt: Date;
  knownAt: Date;
  dueAt: Date;
  late: boolean;
  data: string;
  happened: string;
  measures: string;
  persons: number | null;
  markedBy: string;
  markedAt: Date;
};
export type DoneStep = { step: BreachStep; doneAt: Date; doneBy: string; note: string };

const breaches = sql`
  select i.ref as number, i.opened_at as "openedAt", b.known_at as "knownAt", b.due_at as "dueAt",
    b.due_at < now() and (
      select count(*) from app.breach_steps s
       where s.incident_id = b.incident_id and s.step in ('AUTHORITY', 'PERSONS')) < 2 as late,
    b.data, b.happened, b.measures, b.persons, b.marked_by as "markedBy", b.marked_at as "markedAt"
    from app.breaches b join app.incidents i on i.id = b.incident_id`;

/** The newest first. */
export const listBreaches = (db: Db) => db.many<Breach>(sql`${breaches} order by b.incident_id desc ${limit(20)}`);

/** That of an incident; null where nothing is said of one. */
export const findBreach = (db: Db, ref: string) => db.maybe<Breach>(sql`${breaches} where i.ref = ${ref}`);

/** What of the checklist is done. */
export const listBreachSteps = (db: Db, ref: string) =>
  db.many<DoneStep>(sql`
    select s.step, s.done_at as "doneAt", s.done_by as "doneBy", s.note
      from app.breach_steps s join app.incidents i on i.id = s.incident_id where i.ref = ${ref} order by s.done_at
      ${limit(20)}`);

/** Errors: NotFound, DENIED for all but admins, STALE, KNOWN_AT, PERSONS, REASON_REQUIRED. */
export const markBreach = (
  db: Db,
  ref: string,
  { known, data, happened, measures, persons }: z.output<typeof markForm>,
) =>
  db.one(sql`
    select app.mark_breach(${ref}, ${known}::timestamptz, ${data}, ${happened}, ${measures}, ${persons}::integer)`);

/** Errors: NotFound, DENIED for all but admins, STALE {by}, BREACH_STEP, REASON_REQUIRED. */
export const doBreachStep = (db: Db, ref: string, { step, note }: z.output<typeof stepForm>) =>
  db.one(sql`select app.do_breach_step(${ref}, ${step}, ${note})`);
