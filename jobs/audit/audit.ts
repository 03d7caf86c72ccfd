import type { KeyObject } from "node:crypto";
import { openCheck } from "./check.ts";
import { keysById, type Signer } from "./keys.ts";
import { openLedger } from "./ledger.ts";
import { openSealer } from "./seal.ts";
import { openWatch } from "./watch.ts";

type Settings = { databaseUrl: string; signer: Signer; earlierKeys: KeyObject[]; headsFile: string };

export type Audit = ReturnType<typeof openAudit>;

/**
 * What the worker does for the audit trail: seals it a few seconds behind, sees to it that somebody does, and looks it
 * over once a day.
 */
export function openAudit({ databaseUrl, signer, earlierKeys, headsFile }: Settings) {
  const ledger = openLedger(databaseUrl);
  const keys = keysById([signer.publicKey, ...earlierKeys]);
  const stopping = new AbortController();
  return {
    seal: openSealer({ ledger, signer, keys, headsFile }),
    check: openCheck({ ledger, keys, headsFile, signal: stopping.signal }),
    watch: openWatch(ledger),
    interrupt: () => stopping.abort(),
    close: () => ledger.close(),
  };
}
