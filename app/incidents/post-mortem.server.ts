import sql from "sql-template-tag";
import type { Db } from "#app/db/transaction.server.ts";
import { limit } from "#app/db/limit.ts";
import { type PostMortemWords, type Priority, type ReviewState, whys } from "./post-mortem.ts";

export type PostMortem = {
  state: ReviewState;
  summary: string;
  services: string;
  people: string;
  slaBreached: boolean;
  beganAt: Date | null;
  endedAt: Date | null;
  timeline: string;
  whys: string[];
  rootCause: string;
  wentWell: string;
  wentWrong: string;
  lucky: string;
  writtenBy: string;
  writtenAt: Date;
  version: number;
  submittedBy: string | null;
  approvedBy: string | null;
  approvedAt: Date | null;
};
export type ReviewAction = {
  id: number;
  what: string;
  owner: string;
  due: string;
  priority: Priority;
  late: boolean;
  doneAt: Date | null;
  doneBy: string | null;
  note: string | null;
};

const idOf = (ref: string) => sql`(select id from app.incidents where ref = ${ref})`;

/** What was written; null while nobody has. */
export const findPostMortem = (db: Db, ref: string) =>
  db.maybe<PostMortem>(sql`
    select state, summary, services, people, sla_breached as "slaBreached", began_at as "beganAt",
           ended_at as "endedAt", timeline, whys, root_cause as "rootCause", went_well as "wentWell",
           went_wrong as "wentWrong", lucky, written_by as "writtenBy", written_at as "writtenAt", version,
           submitted_by as "submittedBy", approved_by as "approvedBy", approved_at as "approvedAt"
      from app.post_mortems where incident_id = ${idOf(ref)}`);

/** Its actions, in the order in which they were written. */
export const listActions = (db: Db, ref: string) =>
  db.many<ReviewAction>(sql`
    select id, what, owner, due_on::text as due, priority,
           done_at is null and due_on < (now() at time zone 'Asia/Jakarta')::date as late,
           done_at as "doneAt", done_by as "doneBy", note
      from app.post_mortem_actions where incident_id = ${idOf(ref)} and dropped_at is null order by id ${limit(100)}`);

/** What an incident's own times are, where nothing is written yet. */
export const findSpan = (db: Db, ref: string) =>
  db.one<{ from: Date; to: Date | null; breached: boolean }>(sql`
    select opened_at as "from", resolved_at as "to", breached_at is not null as breached
      from app.incidents where ref = ${ref}`);

/** Saves all of it as a draft. Errors: NotFound, DENIED, STALE {by}, TOO_LONG, DAYS. */
export async function savePostMortem(db: Db, ref: string, words: PostMortemWords) {
  const given = {
    ...words,
    slaBreached: words.slaBreached === "yes",
    whys: whys.map((name) => words[name] ?? ""),
  };
  await db.one(
    sql`select app.save_post_mortem(${ref}, ${words.version ? Number(words.version) : null}, ${JSON.stringify(given)})`,
  );
  const { what, owner, due, priority, drop } = words;
  if (what || owner || due) await addAction(db, ref, { what, owner, due, priority });
  if (drop) await dropAction(db, ref, Number(drop));
}

/** Errors: as above, REASON_REQUIRED of what, OWNER, DUE_DAY, PRIORITY. */
export const addAction = (
  db: Db,
  ref: string,
  { what, owner, due, priority }: Pick<PostMortemWords, "what" | "owner" | "due" | "priority">,
) =>
  db.one(sql`
    select app.add_post_mortem_action(${ref}, ${what ?? ""}, ${owner ?? ""}, ${due || null}::date, ${priority ?? ""})`);

export const dropAction = (db: Db, ref: string, action: number) =>
  db.one(sql`select app.drop_post_mortem_action(${ref}, ${action}::bigint)`);

/** Hands it over. Errors: NotFound, DENIED, STALE, UNFINISHED {missing}. */
export const submitPostMortem = (db: Db, ref: string) => db.one(sql`select app.submit_post_mortem(${ref})`);

/** Errors: NotFound, DENIED, STALE when it is not as it was seen, OWN_WORK. */
export const approvePostMortem = (db: Db, ref: string, version: number) =>
  db.one(sql`select app.approve_post_mortem(${ref}, ${version}::int)`);

/** Errors: NotFound, DENIED, STALE {by} when it is done, REASON_REQUIRED. */
export const finishAction = (db: Db, action: string, note: string) =>
  db.one(sql`select app.finish_post_mortem_action(${action}::bigint, ${note})`);
