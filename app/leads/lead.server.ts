import sql, { empty, join, type Sql } from "sql-template-tag";
import { decodeCursor, encodeCursor } from "#app/db/cursor.ts";
import { limit } from "#app/db/limit.ts";
import type { Db } from "#app/db/transaction.server.ts";
import { recordOf } from "#app/ui/keys.ts";
import { countedTo, staffPageSize } from "#app/ui/list.ts";
import { phoneNumber } from "#app/ui/phone.ts";
import type { Lang } from "#app/words.ts";
import { type Lead, type LeadFilter, leadStates, type LeadState, type SalonType, type SpendRange } from "./lead.ts";

/** A lead as staff reads it; an erased one has its number and nothing of anybody. */
export type LeadRow = {
  id: number;
  number: string;
  state: LeadState;
  receivedAt: Date;
  answeredAt: Date | null;
  dueAt: Date | null;
  late: boolean;
  /** Its person wants nobody to work on it. */
  restricted: boolean;
  business_name: string | null;
  contact_name: string | null;
  phone_whatsapp: string | null;
  city: string | null;
  salon_type: SalonType | null;
  email: string | null;
  chair_count: number | null;
  specialization: string | null;
  current_brands_used: string | null;
  monthly_spend_range: SpendRange | null;
  message: string | null;
};
export type LeadEvent = {
  at: Date;
  kind: "RECEIVED" | "MOVED" | "NOTED" | "ERASED";
  actor: string;
  state: LeadState | null;
  note: string | null;
};

/** Takes a lead to the end and back: the same command, rolled back. */
export async function tryLead(db: Db, { consent: _, ...lead }: Lead, lang: Lang): Promise<number> {
  const given = Object.fromEntries(Object.entries(lead).filter(([, value]) => value !== ""));
  const { wait } = await db.one<{ wait: number }>(sql`
    select app.try_lead(${JSON.stringify(given)}::jsonb, ${`tried/${crypto.randomUUID()}`}, ${lang}) as wait`);
  return wait;
}

/** Takes a lead as nobody; the seconds that its sender has to wait, 0 when it is taken. `spooled`: from our disk. */
export async function submitLead(
  db: Db,
  { consent: _, ...lead }: Lead,
  key: string,
  lang: Lang,
  spooled: { receivedAt: Date } | null = null,
): Promise<number> {
  const given = Object.fromEntries(Object.entries(lead).filter(([, value]) => value !== ""));
  const { wait } = await db.one<{ wait: number }>(sql`
    select app.submit_lead(${JSON.stringify(given)}::jsonb, ${key}, ${lang},
      ${spooled?.receivedAt ?? null}::timestamptz, ${spooled !== null}) as wait`);
  return wait;
}

const rows = sql`
  select l.id, l.ref as number, l.state, l.received_at as "receivedAt", l.answered_at as "answeredAt",
    t.due_at as "dueAt", l.restricted_at is not null as restricted,
    l.state = 'NEW' and l.restricted_at is null and coalesce(t.due_at < now(), false) as late,
    l.business_name, l.contact_name, l.phone as phone_whatsapp, l.city, l.salon_type, l.email, l.chair_count,
    l.specialization, l.current_brands_used, l.monthly_spend_range, l.message
    from app.leads l left join app.timers t on t.kind = 'LEAD' and t.about = l.ref`;

const inState = recordOf(leadStates, (state) => sql([`and l.state = '${state}'`]));

/** A number, a telephone number, or a part of a name, a town or an address. */
function found(q: string): Sql {
  if (!q) return empty;
  const like = `%${q.replace(/[\\%_]/g, "\\$&")}%`;
  return sql`
    and (l.business_name ilike ${like} or l.contact_name ilike ${like} or l.city ilike ${like} or l.email ilike ${like}
      or l.ref ilike ${like} or l.phone = ${phoneNumber(q)})`;
}

/** Newest first. `most`: as many as a page has, or as a file holds. */
export async function listLeads(
  db: Db,
  { state, q, after }: LeadFilter,
  most = staffPageSize,
): Promise<{ leads: LeadRow[]; next: string | null }> {
  const place = decodeCursor(after, "id");
  const all = await db.many<LeadRow>(sql`
    ${rows} where (select private.viewer_is_staff()) ${state ? inState[state] : empty} ${found(q)}
      ${place ? sql`and l.id < ${place[0]}::bigint` : empty} order by l.id desc ${limit(most + 1)}`);
  const leads = all.slice(0, most);
  const last = leads.at(-1);
  return { leads, next: all.length > most && last ? encodeCursor([last.id]) : null };
}

/** How many are in each state; counted up to countedTo. */
export async function countLeads(db: Db): Promise<Record<string, number>> {
  const counted = await db.many<{ state: string; n: number }>(
    join(
      leadStates.map((state) =>
        sql([
          `
    select '${state}'::text as state,
      (select count(*) from (select from app.leads where state = '${state}' limit ${countedTo + 1}) counted) as n`,
        ]),
      ),
      " union all ",
    ),
  );
  return Object.fromEntries(counted.map(({ state, n }) => [state, n]));
}

/** One of them. Throws NotFound. */
export const findLead = (db: Db, ref: string) => db.one<LeadRow>(sql`${rows} where l.ref = ${ref}`);

/** Whoever an account is to be opened for, by the task that asks for it; null once it is erased. */
export const findLeadOfTask = (db: Db, task: number) =>
  db.maybe<LeadRow>(sql`
    ${rows} where l.state <> 'ERASED'
      and l.ref = (select subject_code from app.tasks where id = ${task}::bigint and kind = 'OPEN_ACCOUNT')`);

/** What happened to it, oldest first. */
export const listLeadEvents = (db: Db, ref: string) =>
  db.many<LeadEvent>(sql`
    select e.at, e.kind, e.actor, e.state, e.note from app.lead_events e
     where e.lead_id = (select id from app.leads where ref = ${ref}) order by e.id ${limit(200)}`);

/** Errors: NotFound, DENIED for all but admins, STALE {state, by}, OUT_OF_RANGE, REASON_REQUIRED. */
export const moveLead = (db: Db, ref: string, move: { state: string; note: string; seen: string }) =>
  db.one(sql`select app.move_lead(${ref}, ${move.state}, ${move.note}, ${move.seen})`);
/** Errors: NotFound, DENIED for all but admins, STALE when it is erased, REASON_REQUIRED. */
export const noteLead = (db: Db, ref: string, note: string) => db.one(sql`select app.note_lead(${ref}, ${note})`);

/** Staff, and who of them may take leads away. */
export const listExportRights = (db: Db) =>
  db.many<{ code: string; name: string; allowed: boolean; own: boolean }>(sql`
    select code, name, may_export_leads as allowed, coalesce(id = private.viewer_id(), false) as own from app.accounts
     where role in ('ADMIN', 'AUDITOR') and status = 'ACTIVE' order by code ${limit(200)}`);

/** Errors: NotFound, DENIED for all but admins, OWN_RIGHT, REASON_REQUIRED. */
export const allowExport = (db: Db, code: string, allowed: boolean, reason: string) =>
  db.one(sql`select app.allow_lead_export(${code}, ${allowed}, ${reason})`);

/** That leads were taken away. Errors: DENIED without the right. */
export const noteExported = (db: Db, format: string, n: number, cut: boolean, filter: Record<string, unknown>) =>
  db.one(sql`select app.note_leads_exported(${format}, ${n}, ${cut}, ${JSON.stringify(filter)}::jsonb)`);
