import sql from "sql-template-tag";
import type { Db } from "#app/db/transaction.server.ts";
import { limit } from "#app/db/limit.ts";
import type { CheckpointNote, Risk, StockLevel } from "./duty.ts";

/** Weeks as 2026-11-16, their Monday. `today`: the week that runs. */
export type Watch = {
  since: string;
  today: string;
  checkWanted: boolean;
  checkAskedBy: string | null;
  checkError: string | null;
};
export type Checkpoint = {
  id: number;
  week: string;
  attended: string;
  notes: string;
  points: string;
  risk: Risk;
  buffer: number;
  watchFrom: number;
  watchTo: number;
  writtenBy: string;
  writtenAt: Date;
};
export type StockGap = {
  sku: string;
  name: string;
  ours: number;
  erp: number;
  explained: number;
  gap: number;
  warehouses: Array<{ warehouse: string; ours: number; erp: number }>;
};
export type StockCheck = {
  id: number;
  week: string | null;
  askedBy: string | null;
  at: Date;
  articles: number;
  differing: number;
  erp: number;
  ours: number;
  explained: number;
  unexplained: number;
  percent: number;
  level: StockLevel;
  worst: StockGap[];
};

/** Up to where the weekly duties have been seen to. */
export const findWatch = (db: Db) =>
  db.one<Watch>(sql`
    select since::text, date_trunc('week', now() at time zone 'Asia/Jakarta')::date::text as today,
      check_wanted as "checkWanted", check_asked_by as "checkAskedBy",
           check_error as "checkError"
      from app.erp_watch`);

/** The checkpoints of the last thirteen weeks, newest week first, in the order of writing within it. */
export const listCheckpoints = (db: Db) =>
  db.many<Checkpoint>(sql`
    select id, week::text, attended, notes, points, risk, buffer::double precision as buffer,
           watch_from as "watchFrom", watch_to as "watchTo", written_by as "writtenBy", written_at as "writtenAt"
      from app.erp_checkpoints
     where week >= date_trunc('week', now() at time zone 'Asia/Jakarta')::date - 84
     order by week desc, id ${limit(100)}`);

/** Errors: see app.write_erp_checkpoint. */
export const writeCheckpoint = (db: Db, { week, attended, notes, points, ...figures }: CheckpointNote) =>
  db.one(sql`
    select app.write_erp_checkpoint(${week}::date, ${attended}, ${notes}, ${points}, ${figures.risk},
      ${figures.buffer}::numeric, ${figures.watchFrom}::integer, ${figures.watchTo}::integer)`);

/** The newest comparisons of stock, each with its twenty worst articles. */
export const listStockChecks = (db: Db, rows: number) =>
  db.many<StockCheck>(sql`
    select id, week::text, asked_by as "askedBy", at, articles, differing, pieces_erp as erp, pieces_ours as ours,
      explained, unexplained,
           percent::double precision as percent, level, worst
      from app.stock_checks order by id desc ${limit(rows)}`);

/** Errors: DENIED for all but admins. */
export const requestStockCheck = (db: Db) => db.one(sql`select app.request_stock_check()`);
