import sql from "sql-template-tag";
import type { Db } from "#app/db/transaction.server.ts";
import { limit } from "#app/db/limit.ts";
import type { IncidentRole, LinkKind, Post, TimerKind } from "./incident.ts";
import { type Filled, linkKindOf, type Move } from "./life.ts";

export type Timer = {
  id: number;
  kind: TimerKind;
  severity: number | null;
  step: number;
  dueAt: Date;
  firedAt: Date | null;
  metAt: Date | null;
  /** It rang, or is due by now and nobody did it. */
  late: boolean;
  channel: "MAIL" | "SMS" | null;
  posts: Post[] | null;
};
export type Told = {
  id: number;
  kind: string;
  channel: "SLACK" | "MAIL" | "SMS";
  target: string;
  name: string | null;
  state: "PENDING" | "SENT" | "FAILED" | "REPLACED";
  attempts: number;
  createdAt: Date;
  firstTryAt: Date | null;
  sentAt: Date | null;
  lastError: string | null;
};

/** The newest notifications of an incident are shown. */
export const shownTold = 50;

const idOf = (ref: string) => sql`(select id from app.incidents where ref = ${ref})`;

/** The steps that lead on from where it is. */
export const listMoves = (db: Db, ref: string) =>
  db.many<{ act: Move }>(sql`
    select m.act from app.incident_moves m join app.incidents i on i.state = m.from_state where i.ref = ${ref}
     order by m.act`);

/** What it waits for or waited for; of what nobody asks any more, nothing. */
export const listTimers = (db: Db, ref: string) =>
  db.many<Timer>(sql`
    select t.id, t.kind, t.severity, t.step, t.due_at as "dueAt", t.fired_at as "firedAt", t.met_at as "metAt",
           t.fired_at is not null or (t.due_at < now() and t.met_at is null) as late, s.channel, s.posts
      from app.timers t
      left join app.escalation_steps s on t.kind = 'ESCALATE' and s.severity = t.severity and s.step = t.step
     where t.incident_id = ${idOf(ref)} and t.void_at is null
     order by t.due_at, t.id ${limit(100)}`);

/** Whom it was told to, newest first: people by name, as they are called now. */
export const listTold = (db: Db, ref: string) =>
  db.many<Told>(sql`
    select n.id, n.kind, n.channel, n.target, r.name, n.state, n.attempts, n.created_at as "createdAt",
           n.first_try_at as "firstTryAt", n.sent_at as "sentAt", n.last_error as "lastError"
      from app.notifications n left join app.responders r on n.channel <> 'SLACK' and r.id::text = n.target
     where n.incident_id = ${idOf(ref)} order by n.id desc ${limit(shownTold)}`);

export const listRoles = (db: Db, ref: string) =>
  db.many<{ role: IncidentRole; code: string; since: Date }>(sql`
    select role, code, since from app.incident_roles where incident_id = ${idOf(ref)} order by role`);

export const listLinks = (db: Db, ref: string) =>
  db.many<{ kind: LinkKind | "page"; key: string }>(sql`
    select kind, key from app.incident_links where incident_id = ${idOf(ref)} order by linked_at, key ${limit(100)}`);

/** Who can have a role: every admin whose account is active. */
export const listAdmins = (db: Db) =>
  db.many<{ code: string; name: string }>(sql`
    select code, name from app.accounts where role = 'ADMIN' and status = 'ACTIVE' order by code ${limit(100)}`);

/** How far its post-mortem is; null while nobody has begun. */
export const findReview = (db: Db, ref: string) =>
  db.maybe<{ state: "DRAFT" | "SUBMITTED" | "APPROVED" }>(sql`
    select state from app.post_mortems where incident_id = ${idOf(ref)}`);

const commands = {
  CLASSIFY: (ref: string, note: string, severity: number) =>
    sql`select app.classify_incident(${ref}, ${severity}, ${note})`,
  CONTAIN: (ref: string, note: string) => sql`select app.contain_incident(${ref}, ${note})`,
  RESOLVE: (ref: string, note: string) => sql`select app.resolve_incident(${ref}, ${note})`,
  CLOSE: (ref: string, note: string) => sql`select app.close_incident(${ref}, ${note})`,
  REOPEN: (ref: string, note: string) => sql`select app.reopen_incident(${ref}, ${note})`,
};

/** Leads it on. Errors: NotFound, DENIED for all but admins, STALE {state}, REASON_REQUIRED, and those of the step. */
export const moveIncident = (db: Db, ref: string, move: Move, note: string, severity = 0) =>
  db.one(commands[move](ref, note, severity));

/** «Saya tangani». Errors: NotFound, DENIED for all but admins, STALE {by, state}. */
export const acknowledgeIncident = (db: Db, ref: string) => db.one(sql`select app.acknowledge_incident(${ref})`);

/** Errors: NotFound, DENIED for all but admins, STALE when it is closed, REASON_REQUIRED. */
export const noteIncident = (db: Db, ref: string, note: string) =>
  db.one(sql`select app.note_incident(${ref}, ${note})`);

/** Errors: as above, and ROLE when none is said, NO_SUCH_ADMIN of a code that is none's. */
export const giveRole = (db: Db, ref: string, role: IncidentRole | null, code: string) =>
  db.one(sql`select app.give_incident_role(${ref}, ${role}, ${code})`);

/** Links what this number stands for. Errors: as above, and NO_SUCH_LINK of what there is not. */
export const linkTo = (db: Db, ref: string, number: string) =>
  db.one(sql`select app.link_incident(${ref}, ${linkKindOf(number)}, ${number})`);

/** Role and link that were filled in beside whatever was asked for: all or nothing with it. */
export async function saveBeside(db: Db, ref: string, { role, code, key }: Filled) {
  if (role || code) await giveRole(db, ref, role ?? null, code ?? "");
  if (key) await linkTo(db, ref, key);
}

/** Whatever is filled in; where it must be something, nothing at all is a note that is missing. */
export async function saveFilled(db: Db, ref: string, filled: Filled, must = false) {
  if (filled.note || (must && !(filled.role || filled.code || filled.key)))
    await noteIncident(db, ref, filled.note ?? "");
  await saveBeside(db, ref, filled);
}
