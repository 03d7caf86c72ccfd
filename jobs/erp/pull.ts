import type { Counter, Feed } from "../counter.ts";
import { log } from "../log.ts";
import { ErpClosed } from "./breaker.ts";
import type { ErpClient } from "./client.ts";
import { ErpFailure } from "./failure.ts";

/** Feeds older than the setting allows; the age is in the database, so a missed pull is simply still due. */
export async function listStaleFeeds(counter: Counter): Promise<Feed[]> {
  const ages = await counter.feedAges();
  return ages.filter(({ age, interval }) => age === null || age >= interval).map(({ feed }) => feed);
}

/**
 * Fetches one feed whole and puts it live. True when it went live; false when the ERP failed or the database refused
 * it, in which case the last good snapshot stays and the reason is on record.
 */
export async function pullFeed(counter: Counter, erp: ErpClient, feed: Feed): Promise<boolean> {
  const startedAt = await counter.now();
  try {
    const { snapshot, rows } = feed === "stock" ? await erp.listStock() : await erp.listCredit();
    const refused = await counter.applyFeed(feed, snapshot, startedAt, rows);
    log[refused === null ? "info" : "warn"]({ feed, snapshot, rows: rows.length, refused }, "feed pulled");
    return refused === null;
  } catch (error) {
    if (error instanceof ErpClosed) return false;
    if (!(error instanceof ErpFailure)) throw error;
    const reason = `${error.kind}: ${error.message}`;
    await counter.rejectFeed(feed, reason);
    log.warn({ feed, reason }, "feed not pulled");
    return false;
  }
}
