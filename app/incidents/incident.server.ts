import sql, { empty, join, type Sql } from "sql-template-tag";
import type { Db } from "#app/db/transaction.server.ts";
import { limit } from "#app/db/limit.ts";
import { decodeCursor, encodeCursor } from "#app/db/cursor.ts";
import { type IncidentEventKind, type IncidentFilter, type IncidentState, severities } from "./incident.ts";
import { countedTo, staffPageSize } from "#app/ui/list.ts";

export type Incident = {
  id: number;
  ref: string;
  severity: number;
  peak: number;
  state: IncidentState;
  cause: string;
  subject: string | null;
  subjectName: string | null;
  detail: Record<string, unknown>;
  repeats: number;
  openedAt: Date;
  lastSeenAt: Date;
  closedAt: Date | null;
  acknowledgedAt: Date | null;
  acknowledgedBy: string | null;
  /** Until when somebody has to have answered; null where that is not measured any more. */
  dueAt: Date | null;
  /** Nobody has, and the time is over. */
  late: boolean;
};
export type IncidentEvent = { at: Date; kind: IncidentEventKind; actor: string; detail: Record<string, unknown> };
/** The newest of an incident's events are shown: what is seen again every five minutes has many. */
export const shownEvents = 100;

const untaken = sql`i.acknowledged_at is null and i.state not in ('RESOLVED', 'CLOSED')`;

const incidents = sql`
  select i.id, i.ref, i.severity, i.peak_severity as peak, i.state, i.cause, i.subject_code as subject,
    a.name as "subjectName", i.detail, i.repeats,
         i.opened_at as "openedAt", i.last_seen_at as "lastSeenAt", i.closed_at as "closedAt",
         i.acknowledged_at as "acknowledgedAt", i.acknowledged_by as "acknowledgedBy", t.due_at as "dueAt",
         coalesce(${untaken} and t.due_at < now(), false) as late
    from app.incidents i left join app.accounts a on a.code = i.subject_code
    left join app.timers t on t.about = i.ref and t.kind = 'RESPOND' and t.round = i.round and t.severity = i.severity
      and t.step = 0 and t.void_at is null`;

const isIn = {
  open: sql`i.state <> 'CLOSED'`,
  untaken,
  resolved: sql`i.state = 'RESOLVED'`,
  closed: sql`i.state = 'CLOSED'`,
};

/** Open ones by level, the gravest first, after those that nobody answered in time; closed ones newest first. */
export async function listIncidents(
  db: Db,
  { state, severity, after }: IncidentFilter,
): Promise<{ incidents: Incident[]; next: string | null }> {
  const only = severity ? sql([`and i.severity = ${Number(severity)}`]) : empty;
  const rows = await db.many<Incident>(
    state === "closed"
      ? sql`
        ${incidents} where i.state = 'CLOSED' ${only} ${olderThan(after)}
          order by i.id desc ${limit(staffPageSize + 1)}`
      : sql`
        select * from (${incidents} where ${isIn[state ?? "open"]} ${only}) listed ${lesserThan(after)}
          order by late desc, severity, id desc ${limit(staffPageSize + 1)}`,
  );
  const shown = rows.slice(0, staffPageSize);
  const last = shown.at(-1);
  const next =
    rows.length > staffPageSize && last
      ? encodeCursor(state === "closed" ? [last.id] : [last.late ? 0 : 1, last.severity, last.id])
      : null;
  return { incidents: shown, next };
}

function olderThan(after: string | null): Sql {
  const cursor = decodeCursor(after, "id");
  return cursor ? sql`and i.id < ${cursor[0]}::bigint` : empty;
}

function lesserThan(after: string | null): Sql {
  const cursor = decodeCursor(after, "id", "id", "id");
  return cursor
    ? sql`
      where ((not late)::int, severity, -id) > (${cursor[0]}::bigint, ${cursor[1]}::bigint, -(${cursor[2]}::bigint))`
    : empty;
}

/** How many there are in each list but the closed, and how many nobody answered in time; counted up to countedTo. */
export const countIncidentLists = (db: Db) =>
  db.one<{ open: number; untaken: number; resolved: number; late: number }>(sql`
    select (select count(*) from (select from app.incidents i where ${isIn.open} ${limit(countedTo + 1)}) c) as open,
      (select count(*) from (select from app.incidents i where ${isIn.untaken} ${limit(countedTo + 1)}) c) as untaken,
      (select count(*) from (select from app.incidents i where ${isIn.resolved} ${limit(countedTo + 1)}) c) as resolved,
      (select count(*) from (select from (${incidents} where ${untaken}) l where late ${limit(countedTo + 1)}) c)
        as late`);

/** Open incidents by level; counted up to countedTo. */
export async function countIncidents(db: Db): Promise<Record<string, number>> {
  const rows = await db.many<{ severity: number; n: number }>(
    join(
      severities.map((severity) =>
        sql([
          `
    select ${severity} as severity,
      (select count(*) from (select from app.incidents where state <> 'CLOSED' and severity = ${severity}
      limit ${countedTo + 1}) counted) as n`,
        ]),
      ),
      " union all ",
    ),
  );
  return Object.fromEntries(rows.map(({ severity, n }) => [severity, n]));
}

export const findIncident = (db: Db, ref: string) => db.one<Incident>(sql`${incidents} where i.ref = ${ref}`);

/** What happened to it, oldest first, of the newest shownEvents. */
export const listIncidentEvents = (db: Db, ref: string) =>
  db.many<IncidentEvent>(sql`
    select at, kind, actor, detail from (
      select e.id, e.at, e.kind, e.actor, e.detail from app.incident_events e
       where e.incident_id = (select id from app.incidents where ref = ${ref})
         order by e.id desc ${limit(shownEvents)}) newest order by id`);

/** Disputes that nobody has decided and orders that are held; counted up to countedTo. */
export const countHeldUp = (db: Db) =>
  db.one<{ disputes: number; held: number }>(sql`
    select (select count(*)
      from (select from app.disputes where outcome is null ${limit(countedTo + 1)}) counted) as disputes,
           (select count(*)
      from (select from app.orders
             where held and status not in ('REJECTED', 'CANCELLED') ${limit(countedTo + 1)}) counted) as held`);
