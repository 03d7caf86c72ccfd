import { log } from "../log.ts";
import { sleep } from "../loop.ts";
import { openHeads } from "./heads.ts";
import type { PublicKeys } from "./keys.ts";
import type { Ledger } from "./ledger.ts";
import { verifyChain } from "./verify.ts";

const idleMs = 60_000;
/** Between two pages, so that the check takes no more than its share of the database. */
const breathMs = 50;

type Tools = { ledger: Ledger; keys: PublicKeys; headsFile: string; signal: AbortSignal };

/** The daily check of the whole chain: whatever is found opens an incident at once. One that was cut short goes on where it was. */
export async function checkTrail({ ledger, keys, headsFile, signal }: Tools): Promise<number> {
  const after = await ledger.beginCheck();
  if (after === null) return idleMs;
  let noted = after;
  let findings = 0;
  const report = await verifyChain(ledger, {
    keys,
    heads: await openHeads(headsFile),
    after,
    signal,
    async onFinding({ what, seq, event, words }) {
      findings += 1;
      log.error({ what, seq, event, incident: await ledger.noteBroken(what, seq, event, words) }, "the audit trail is broken");
    },
    async onPage({ batch }) {
      if (batch > noted) await ledger.noteCheck(batch, findings);
      if (batch > noted) findings = 0;
      noted = Math.max(noted, batch);
      await sleep(breathMs);
    },
  });
  if (report.aborted) return 0;
  await ledger.noteCheck(report.batch, findings);
  await ledger.finishCheck(report.seq);
  log.info({ rows: report.rows, seq: report.seq, findings: report.findings.length }, "audit trail checked");
  return idleMs;
}
