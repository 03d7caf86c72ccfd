import { log } from "../log.ts";
import { sleep } from "../loop.ts";
import { openHeads } from "./heads.ts";
import type { PublicKeys } from "./keys.ts";
import type { Ledger } from "./ledger.ts";
import { verifyChain } from "./verify.ts";

const idleMs = 60_000;
const dayMs = 24 * 60 * 60 * 1000;
/** Between two pages, so that the check takes no more than its share of the database. */
const breathMs = 50;

type Tools = { ledger: Ledger; keys: PublicKeys; headsFile: string; signal: AbortSignal };

/**
 * The daily check of the whole chain: whatever is found opens an incident at once. Always from the first row, and when
 * it is due is known here alone: what the database says of checks that were made, its owner can write.
 */
export function openCheck({ ledger, keys, headsFile, signal }: Tools): () => Promise<number> {
  let checkedAt = -Infinity;

  return async () => {
    if (performance.now() - checkedAt < dayMs) return idleMs;
    const heads = await openHeads(headsFile);
    if (!heads && (await ledger.state()).batch === 0) return idleMs; // Nothing was ever sealed.
    await ledger.beginCheck();
    let noted = 0;
    let findings = 0;
    const report = await verifyChain(ledger, {
      keys,
      heads,
      signal,
      async onFinding({ what, seq, event, words }) {
        findings += 1;
        log.error(
          { what, seq, event, words, incident: await ledger.noteBroken(what, seq, event, words) },
          "the audit trail is broken",
        );
      },
      async onPage({ batch }) {
        if (batch > noted) await ledger.noteCheck(batch, findings);
        noted = Math.max(noted, batch);
        await sleep(breathMs);
      },
    });
    if (report.aborted) return 0;
    await ledger.finishCheck(report.seq, findings);
    checkedAt = performance.now();
    log.info({ rows: report.rows, seq: report.seq, findings }, "audit trail checked");
    return idleMs;
  };
}
