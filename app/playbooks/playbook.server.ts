import sql from "sql-template-tag";
import { NotFound } from "#app/db/errors.server.ts";
import { limit } from "#app/db/limit.ts";
import type { Db } from "#app/db/transaction.server.ts";
import type { IncidentState } from "#app/incidents/incident.ts";
import type { DrillState, Result, Slug } from "./playbook.ts";
import type { Run } from "./run.server.ts";

export type Playbook = {
  slug: Slug;
  letter: string | null;
  drillDays: number;
  /** The last drill that ended, passed or failed; until when the next one is due; how that stands. */
  drill: { run: number; at: string; by: string; result: "PASSED" | "FAILED"; note: string | null } | null;
  dueAt: Date;
  drillState: DrillState;
  /** Runs under way; `incident`: null is a drill. */
  open: Array<{ run: number; incident: string | null; done: number; steps: number }>;
};
export type PastRun = Pick<Run, "id" | "startedAt" | "startedBy" | "note"> & {
  endedAt: Date;
  result: Result | null;
  incident: string | null;
};
/** What a playbook is offered to. `run`: the one that is under way for it. */
export type Offer = {
  ref: string;
  cause: string;
  severity: number;
  state: IncidentState;
  subject: string | null;
  openedAt: Date;
  run: number | null;
};

const playbooks = sql`
  select p.slug, p.letter, p.drill_days as "drillDays",
         (select jsonb_build_object('run', r.id, 'at', r.ended_at, 'by', r.ended_by, 'result', r.result, 'note', r.note)
            from app.playbook_runs r
           where r.playbook = p.slug and r.incident_id is null and r.ended_at is not null
           order by r.id desc limit 1) as drill,
         coalesce(g.ended_at, p.since) + p.drill_days * interval '1 day' as "dueAt",
         case when coalesce(g.ended_at, p.since) + make_interval(days => p.drill_days) < now() then 'LATE'
              when g.ended_at is null then 'NEVER' else 'GOOD' end as "drillState",
         (select coalesce(jsonb_agg(jsonb_build_object('run', r.id, 'incident', i.ref,
                   'done', (select count(*) from (select distinct on (k.step) k.done from app.playbook_ticks k
                             where k.run_id = r.id and k.done is not null
                             order by k.step, k.id desc) newest where newest.done),
                   'steps', (select count(*) from app.playbook_steps s where s.playbook = p.slug)) order by r.id), '[]')
            from app.playbook_runs r left join app.incidents i on i.id = r.incident_id
           where r.playbook = p.slug and r.ended_at is null) as open
    from app.playbooks p
    left join lateral (select ended_at from app.playbook_runs
                        where playbook = p.slug and result = 'PASSED' order by ended_at desc limit 1) g on true`;

/** All of them, in the company's order. */
export const listPlaybooks = (db: Db) => db.many<Playbook>(sql`${playbooks} order by p.position`);

/** Throws NotFound. */
export async function findPlaybook(db: Db, slug: string): Promise<Playbook> {
  const playbook = await db.maybe<Playbook>(sql`${playbooks} where p.slug = ${slug}`);
  if (!playbook) throw new NotFound();
  return playbook;
}

/** The newest runs of a playbook that have ended. */
export const listPastRuns = (db: Db, slug: string) =>
  db.many<PastRun>(sql`
    select r.id, r.started_at as "startedAt", r.started_by as "startedBy", r.ended_at as "endedAt", r.result, r.note,
           i.ref as incident
      from app.playbook_runs r left join app.incidents i on i.id = r.incident_id
     where r.playbook = ${slug} and r.ended_at is not null order by r.id desc ${limit(20)}`);

/** Incidents that nobody has closed and whose cause this playbook is for: the gravest first. */
export const listOffers = (db: Db, slug: string) =>
  db.many<Offer>(sql`
    select i.ref, i.cause, i.severity, i.state, i.subject_code as subject, i.opened_at as "openedAt", r.id as run
      from app.incidents i
      left join app.playbook_runs r on r.incident_id = i.id and r.playbook = ${slug} and r.ended_at is null
     where i.state <> 'CLOSED'
       and (r.id is not null
            or exists (select from app.playbook_causes c where c.cause = i.cause and c.playbook = ${slug}))
     order by i.state = 'RESOLVED', i.severity, i.id desc ${limit(20)}`);

/** What an incident is offered, by its cause and by what is under way for it, with how far that is. */
export const listPlaybooksOf = (db: Db, ref: string) =>
  db.many<{ slug: Slug; letter: string | null; run: number | null; ended: boolean; done: number; steps: number }>(sql`
    select p.slug, p.letter, r.id as run, coalesce(r.ended_at is not null, false) as ended,
           (select count(*) from (select distinct on (k.step) k.done from app.playbook_ticks k
             where k.run_id = r.id and k.done is not null order by k.step, k.id desc) newest where newest.done) as done,
           (select count(*) from app.playbook_steps s where s.playbook = p.slug) as steps
      from app.incidents i cross join app.playbooks p
      left join app.playbook_causes c on c.cause = i.cause and c.playbook = p.slug
      left join lateral (select id, ended_at from app.playbook_runs where playbook = p.slug and incident_id = i.id
                          order by id desc limit 1) r on true
     where i.ref = ${ref} and (c.cause is not null or r.id is not null)
     order by c.position nulls last, p.position`);
