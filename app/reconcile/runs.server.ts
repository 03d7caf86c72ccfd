import sql from "sql-template-tag";
import type { Db } from "#app/db/transaction.server.ts";
import type { CircuitState } from "#app/erp/state.ts";
import type { ReconcileResult } from "./reconcile.ts";

/** A run of Reconcile_Orders. `left`: orders of it that the ERP has not answered about. */
export type Run = {
  ref: string;
  startedBy: "BREAKER" | "COMMAND" | "ADMIN";
  actor: string;
  startedAt: Date;
  finishedAt: Date | null;
  total: number;
  left: number;
  results: Partial<Record<ReconcileResult, number>>;
};
export type ErpState = {
  state: CircuitState;
  since: Date;
  lastOkAt: Date | null;
  lastError: string | null;
  perSecond: number;
};

/** The last runs, newest first; the first one may be under way. */
export const listRuns = (db: Db) =>
  db.many<Run>(sql`
    select n.ref, n.started_by as "startedBy", n.actor, n.started_at as "startedAt", n.finished_at as "finishedAt",
      n.total,
           case when n.finished_at is null then (select count(*) from app.erp_syncs u where u.run_id = n.id
             and u.done_at is null) else 0 end as left,
           (select coalesce(jsonb_object_agg(g.result, g.n), '{}')
             from (select r.result, count(*) as n from app.reconcile_results r where r.run_id = n.id
             group by r.result) g) as results
      from app.reconcile_runs n order by n.id desc limit 6`);

/** The ERP in a line, and the rate at which orders go to it. */
export const findErpState = (db: Db) =>
  db.one<ErpState>(sql`
    select c.state, c.since, c.last_ok_at as "lastOkAt", c.last_error as "lastError",
           (select (s.value #>> '{}')::double precision from app.settings s
             where s.key = 'erp.sync_per_second') as "perSecond"
      from app.erp_circuit c`);

/** Begins a run, or adds what waits to the one under way; its number. Errors: DENIED for all but admins. */
export const beginReconcile = (db: Db) => db.one<{ ref: string }>(sql`select app.begin_reconcile() as ref`);
