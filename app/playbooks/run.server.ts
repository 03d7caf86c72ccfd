import sql from "sql-template-tag";
import { NotFound } from "#app/db/errors.server.ts";
import { limit } from "#app/db/limit.ts";
import type { Db } from "#app/db/transaction.server.ts";
import type { IncidentState } from "#app/incidents/incident.ts";
import type { Result, Slug } from "./playbook.ts";

export type Run = {
  id: number;
  slug: Slug;
  letter: string | null;
  startedAt: Date;
  startedBy: string;
  endedAt: Date | null;
  endedBy: string | null;
  result: Result | null;
  note: string | null;
  incident: { ref: string; cause: string; severity: number; state: IncidentState; openedAt: string } | null;
  /** Whom the incident is about, and which order, as far as it says. */
  salesman: string | null;
  order: string | null;
};
/** A row of a step: done, taken back, or (null) a word about it. */
export type Tick = { id: number; step: string; done: boolean | null; at: Date; actor: string; note: string | null };

const runs = sql`
  select r.id, r.playbook as slug, p.letter, r.started_at as "startedAt", r.started_by as "startedBy",
         r.ended_at as "endedAt", r.ended_by as "endedBy", r.result, r.note,
         case when i.id is not null then jsonb_build_object('ref', i.ref, 'cause', i.cause, 'severity', i.severity,
           'state', i.state, 'openedAt', i.opened_at) end as incident,
         case when i.subject_code ~ '^SLS-' then i.subject_code
              else (select key from app.incident_links
                     where incident_id = i.id and kind = 'account' and key ~ '^SLS-' order by linked_at, key limit 1)
              end as salesman,
         coalesce((select o.number from app.orders o where o.number = i.detail ->> 'order'),
                  (select key from app.incident_links
                    where incident_id = i.id and kind = 'order' order by linked_at, key limit 1),
                  (select o.number from app.reports p join app.orders o on o.id = p.order_id
                    where p.incident_id = i.id order by p.id limit 1)) as order
    from app.playbook_runs r join app.playbooks p on p.slug = r.playbook
    left join app.incidents i on i.id = r.incident_id`;

/** One run of this playbook. Throws NotFound. */
export async function findRun(db: Db, slug: string, run: number): Promise<Run> {
  const found = await db.maybe<Run>(sql`${runs} where r.id = ${run}::bigint and r.playbook = ${slug}`);
  if (!found) throw new NotFound();
  return found;
}

/** Every row of a run's steps, oldest first. */
export const listTicks = (db: Db, run: number) =>
  db.many<Tick>(sql`
    select id, step, done, at, actor, note from app.playbook_ticks where run_id = ${run}::bigint
     order by id ${limit(500)}`);

/** When a run's incident, one of total outage, has lasted four hours; null of any other, and when it ended before. */
export const findBlackout = (db: Db, run: number) =>
  db.maybe<{ dueAt: Date; rang: boolean }>(sql`
    select t.due_at as "dueAt", t.fired_at is not null as rang
      from app.playbook_runs r join app.timers t on t.incident_id = r.incident_id and t.kind = 'BLACKOUT'
     where r.id = ${run}::bigint and t.met_at is null and t.void_at is null order by t.id desc ${limit(1)}`);

/** Begins one, or finds the one that is under way. Errors: see app.start_playbook. */
export const startPlaybook = (db: Db, slug: string, incident: string | null) =>
  db.one<{ run: number }>(sql`select app.start_playbook(${slug}, ${incident}) as run`);

/** Errors: see app.tick_step. */
export const tickStep = (db: Db, run: number, step: string, note: string) =>
  db.one(sql`select app.tick_step(${run}::bigint, ${step}, ${note})`);

/** Errors: see app.note_step. */
export const noteStep = (db: Db, run: number, step: string, note: string) =>
  db.one(sql`select app.note_step(${run}::bigint, ${step}, ${note})`);

/** Errors: see app.untick_step. */
export const untickStep = (db: Db, run: number, step: string, reason: string) =>
  db.one(sql`select app.untick_step(${run}::bigint, ${step}, ${reason})`);

/** Errors: see app.end_playbook. */
export const endPlaybook = (db: Db, run: number, result: string | null, outcome: string) =>
  db.one(sql`select app.end_playbook(${run}::bigint, ${result}, ${outcome})`);
