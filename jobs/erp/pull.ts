import pg from "pg";
import type { WorkerQueries, DuePull } from "../queries.ts";
import { log } from "../log.ts";
import { ErpClosed, wordsOf } from "./breaker.ts";
import type { ErpClient } from "./client.ts";
import { ErpFailure } from "./failure.ts";

type PullQueries = Pick<WorkerQueries, "claimPull" | "settlePull" | "applyFeed" | "rejectFeed">;
type Feeds = Pick<ErpClient, "listStock" | "listCredit">;

/** Pulls every feed that is due, as long as the breaker is closed. */
export async function pullDueFeeds(queries: PullQueries, erp: Feeds, owner: string): Promise<void> {
  for (let due = await queries.claimPull(owner); due; due = await queries.claimPull(owner)) {
    let good = false;
    try {
      good = await pullFeed(queries, erp, due);
    } finally {
      await queries.settlePull(owner, due.feed, good);
    }
  }
}

/**
 * Fetches one feed whole and puts it live. True when it went live; false when the ERP failed or served the live one
 * again, or when the database refused it, however: then the last good snapshot stays, the reason is on record, and it
 * is soon tried again.
 */
async function pullFeed(queries: PullQueries, erp: Feeds, { feed, started }: DuePull): Promise<boolean> {
  try {
    const pulled = feed === "stock" ? await erp.listStock() : await erp.listCredit();
    const refused = await queries.applyFeed(feed, started, pulled).catch(async (error: unknown) => {
      if (!(error instanceof pg.DatabaseError)) throw error;
      const reason = `database ${error.code}: ${error.message}`;
      await queries.rejectFeed(feed, reason, { ...pulled, rows: pulled.rows.length });
      return reason;
    });
    log[refused === null ? "info" : "warn"](
      { feed, snapshot: pulled.snapshot, rows: pulled.rows.length, refused },
      "feed pulled",
    );
    return refused === null;
  } catch (error) {
    if (error instanceof ErpClosed) return false;
    if (!(error instanceof ErpFailure)) throw error;
    const reason = wordsOf(error);
    await queries.rejectFeed(feed, reason, error.pulled);
    log.warn({ feed, reason }, "feed not pulled");
    return false;
  }
}
