import type { KeyObject } from "node:crypto";
import { loop } from "../loop.ts";
import { openCheck } from "./check.ts";
import { keysById, type Signer } from "./keys.ts";
import { openLedger } from "./ledger.ts";
import { openSealer } from "./seal.ts";
import { openWatch } from "./watch.ts";

type Settings = { databaseUrl: string; signer: Signer; earlierKeys: KeyObject[]; headsFile: string };

/**
 * What the worker does for the audit trail: seals it a few seconds behind, sees to it that somebody does, and looks it
 * over once a day.
 */
export function openAuditDesk({ databaseUrl, signer, earlierKeys, headsFile }: Settings) {
  const ledger = openLedger(databaseUrl);
  const keys = keysById([signer.publicKey, ...earlierKeys]);
  const stopping = new AbortController();
  const sealing = loop("audit seal", openSealer({ ledger, signer, keys, headsFile }));
  const checking = loop("audit check", openCheck({ ledger, keys, headsFile, signal: stopping.signal }));
  const watching = loop("audit watch", openWatch(ledger));
  return {
    async stop() {
      stopping.abort();
      await Promise.all([sealing.stop(), checking.stop(), watching.stop()]);
      await ledger.close();
    },
  };
}
