import { log } from "../log.ts";
import type { Ledger, Turn } from "./ledger.ts";
import { openTelling } from "./sign/broken.ts";
import { openSigning, type Tools } from "./sign/sign.ts";

const batchSize = 5_000;
const idleMs = 2_000;
const minute = 60_000;

/**
 * The passes of the sealer: links what waits, logs acts in Shadow Mode, signs, writes the heads outside. Each step
 * starts from what the step before left in the database or in the file, so a crash between two of them loses nothing.
 */
export function openSealer(tools: Tools) {
  const { ledger } = tools;
  const tell = openTelling(ledger);
  // It is signed all the same: a signature says what was there, and a trail that is signed no further proves less.
  const sign = openSigning(tools, batchSize, (odd) => tell(odd, "the audit trail is not as it should be"));
  let hourlyAt = 0;
  let mailedAt = 0;

  return () => ledger.inTurn(pass).then((pause) => pause ?? idleMs);

  async function pass(turn: Turn): Promise<number> {
    if (Date.now() - hourlyAt > 60 * minute) {
      await ledger.ensureMonths();
      hourlyAt = Date.now();
    }
    const sealed = await ledger.seal(batchSize, turn);
    for (const { what, event, seq } of sealed?.broken ?? [])
      log.error({ what, event, seq }, "a row of the audit trail is not as it should be");
    await logActs(ledger, turn);
    const broken = await sign(turn);
    if (broken) await tell(broken, "the audit trail is not signed any further");
    else if (Date.now() - mailedAt > minute) {
      await ledger.mailHead();
      mailedAt = Date.now();
    }
    return sealed?.count === batchSize ? 0 : idleMs;
  }
}

// At least once: a line that a crash repeats has the same `seq`.
async function logActs(ledger: Ledger, turn: Turn) {
  for (;;) {
    await turn.keep();
    const acts = await ledger.actsToLog(100);
    for (const { act } of acts) {
      if (act)
        log.info(act, `[AUDIT_IMPERSONATION] Agent:${act.agent} acted_as Partner:${act.partner} action:${act.action}`);
    }
    const reached = acts.at(-1);
    if (!reached) return;
    await ledger.actsLogged(reached.batch);
  }
}
