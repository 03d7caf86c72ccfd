import sql from "sql-template-tag";
import { limit } from "#app/db/limit.ts";
import type { Db } from "#app/db/transaction.server.ts";
import type { Lang } from "#app/words.ts";
import type { shownForField } from "#app/ui/shown-for-field.ts";
import { orderIn, pageFrom, type ReportKind, type SentReport } from "./report.ts";

/** What its writer sees of a report of his. */
export type OwnReport = {
  ref: string;
  kind: ReportKind;
  words: string;
  sentAt: Date;
  order: string | null;
  answers: Array<{ words: string; at: string }>;
};
/** What staff sees of it: where it was sent from, and by whom. */
export type Report = {
  kind: ReportKind;
  page: string;
  words: string;
  sentAt: Date;
  email: string | null;
  order: string | null;
};
export type Answer = { words: string; by: string; at: Date };
const shown = 20;

/** Sends it: the number under which it is answered. Errors: REPORT_KIND, REASON_REQUIRED, EMAIL, REPORTS_LIMITED. */
export const sendReport = (
  db: Db,
  { key, kind, page, words, email }: Omit<SentReport, typeof shownForField>,
  lang: Lang,
) =>
  db.one<{ ref: string }>(sql`
    select app.send_report(${key}::uuid, ${kind}, ${pageFrom(page)}, ${orderIn(page)}, ${words}, ${email}, ${lang})
      as ref`);

/** The viewer's own, newest first. */
export const listOwnReports = (db: Db) =>
  db.many<OwnReport>(sql`
    select r.ref, r.kind, r.words, r.sent_at as "sentAt", o.number as order,
           (select coalesce(jsonb_agg(jsonb_build_object('words', a.words, 'at', a.answered_at) order by a.id), '[]')
              from app.report_answers a where a.report_id = r.id) as answers
      from app.reports r left join app.orders o on o.id = r.order_id
     where r.account_id = (select private.viewer_id()) order by r.id desc ${limit(shown)}`);

/** What an incident was opened by, when somebody wrote it; for staff. */
export const findReport = (db: Db, ref: string) =>
  db.maybe<Report>(sql`
    select r.kind, r.page, r.words, r.sent_at as "sentAt", r.email, o.number as order
      from app.reports r left join app.orders o on o.id = r.order_id where r.ref = ${ref}`);

export const listAnswers = (db: Db, ref: string) =>
  db.many<Answer>(sql`
    select words, answered_by as by, answered_at as at from app.answers_of_report(${ref}) ${limit(50)}`);

/** Errors: NotFound, DENIED for all but admins, STALE when it is closed, REASON_REQUIRED. */
export const answerReport = (db: Db, ref: string, words: string) =>
  db.one(sql`select app.answer_report(${ref}, ${words})`);
