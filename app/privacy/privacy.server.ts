import sql, { empty } from "sql-template-tag";
import { limit } from "#app/db/limit.ts";
import type { Db } from "#app/db/transaction.server.ts";
import type { AskedBy } from "#app/leads/lead.ts";
import type { Lang } from "#app/words.ts";
import type { z } from "zod";
import type {
  answerForm,
  Asked,
  correctForm,
  liftForm,
  Outcome,
  PrivacyKind,
  Proof,
  proveForm,
  Recorded,
} from "./privacy.ts";

/** A request about data; forgotten, it has its number, kind and moments alone. */
export type PrivacyCase = {
  number: string;
  kind: PrivacyKind;
  askedBy: AskedBy | "FORM";
  name: string | null;
  address: string | null;
  words: string | null;
  askedAt: Date;
  dueAt: Date;
  late: boolean;
  recordedBy: string;
  provenHow: Proof | null;
  provenNote: string | null;
  provenAt: Date | null;
  provenBy: string | null;
  copiedAt: Date | null;
  outcome: Outcome | null;
  answer: string | null;
  doneAt: Date | null;
  doneBy: string | null;
  leads: string[];
  liftedAt: Date | null;
  liftedBy: string | null;
};
/** Whom it is about, by its address. `automatic`: suspended by the system. */
export type Subject = { kind: string; code: string; name: string | null; automatic: boolean };

const cases = sql`
  select c.ref as number, c.kind, c.asked_by as "askedBy", c.name, c.address, c.words, c.asked_at as "askedAt",
    c.due_at as "dueAt", c.done_at is null and c.due_at < now() as late, c.recorded_by as "recordedBy",
    c.proven_how as "provenHow", c.proven_note as "provenNote", c.proven_at as "provenAt", c.proven_by as "provenBy",
    c.copied_at as "copiedAt", c.outcome, c.answer, c.done_at as "doneAt", c.done_by as "doneBy", c.leads,
    c.lifted_at as "liftedAt", c.lifted_by as "liftedBy"
    from app.privacy_cases c`;

/** Open ones by when they are due, then the newest that are answered. */
export const listPrivacyCases = (db: Db, kind?: PrivacyKind) =>
  db.many<PrivacyCase>(sql`
    ${cases} where true ${kind ? sql`and c.kind = ${kind}` : empty}
     order by c.done_at is not null, case when c.done_at is null then c.due_at end, c.id desc ${limit(100)}`);

/** One of them. Throws NotFound. */
export const findPrivacyCase = (db: Db, ref: string) => db.one<PrivacyCase>(sql`${cases} where c.ref = ${ref}`);

/** Errors: NotFound, DENIED for all but staff. */
export const listSubjects = (db: Db, ref: string) =>
  db.many<Subject>(sql`select kind, code, name, automatic from app.privacy_subjects(${ref}) ${limit(300)}`);

/** Its number. Errors: PRIVACY_KIND, PRIVACY_NAME, REACHABLE, REASON_REQUIRED, PRIVACY_LIMITED. */
export const askPrivacy = (db: Db, { key, kind, name, address, words }: Asked, lang: Lang) =>
  db.one<{ ref: string }>(
    sql`select app.ask_privacy(${key}::uuid, ${kind}, ${name}, ${address}, ${words}, ${lang}) as ref`,
  );

/** Its number. Errors: those of the form, DENIED for all but admins, ASKED_BY, ASKED_DAY. */
export const recordPrivacy = (db: Db, { key, kind, name, address, words, askedBy, day }: Recorded) =>
  db.one<{ ref: string }>(sql`
    select app.record_privacy(${key}::uuid, ${kind}, ${name}, ${address}, ${words}, ${askedBy}, ${day}::date) as ref`);

/** Errors of these: NotFound, DENIED for all but admins, STALE {by}. PROVEN_HOW, REASON_REQUIRED. */
export const provePrivacy = (db: Db, ref: string, { how, note }: z.output<typeof proveForm>) =>
  db.one(sql`select app.prove_privacy(${ref}, ${how}, ${note})`);

/** Errors: NOT_PROVEN, NO_CORRECTION, CORRECTION. */
export const correctLead = (db: Db, ref: string, { lead, field, value }: z.output<typeof correctForm>) =>
  db.one(sql`select app.correct_lead(${ref}, ${lead}, ${field}, ${value})`);

/** Errors: OUTCOME, REASON_REQUIRED, NOT_PROVEN, NO_COPY, NO_SUSPENSION. */
export const answerPrivacy = (db: Db, ref: string, { outcome, answer }: z.output<typeof answerForm>) =>
  db.one(sql`select app.answer_privacy(${ref}, ${outcome}, ${answer})`);

/** Ends a restriction. Errors: NOT_RESTRICTED, REASON_REQUIRED. */
export const liftRestriction = (db: Db, ref: string, { note }: z.output<typeof liftForm>) =>
  db.one(sql`select app.lift_restriction(${ref}, ${note})`);

/** What we hold on who asked; that it was taken is noted. Errors: as above, NOT_PROVEN, NO_COPY_ASKED. */
export const takeCopy = (db: Db, ref: string) =>
  db.one<{ copy: Record<string, unknown> }>(sql`select app.take_privacy_copy(${ref}) as copy`);
