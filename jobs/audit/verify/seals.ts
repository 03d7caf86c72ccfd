import { genesis, type Seal } from "../chain.ts";
import type { Reader } from "../reader.ts";
import type { Tell } from "./findings.ts";

const sealPage = 500;

export async function* sealsUntil(reader: Reader, until: number) {
  for (let at = 0; at < until;) {
    const page = await reader.seals(at, sealPage);
    if (page.length === 0) return;
    for (const seal of page) if (seal.batch <= until) yield seal;
    at = page.at(-1)!.batch;
  }
}

/** Whether a seal goes on where the one before it ends, also by the clock. `horizon`: of the seals before it. */
export async function checkOrder(seal: Seal, before: Seal | null, horizon: string, tell: Tell) {
  const { batch, firstSeq, lastSeq, previous, sealedAt } = seal;
  const last = before ?? { batch: 0, lastSeq: 0, head: genesis };
  if (batch !== last.batch + 1) await tell("SEAL_MISSING", last.lastSeq + 1, null, `batch ${last.batch + 1} is gone`);
  else if (firstSeq !== last.lastSeq + 1 || previous !== last.head || lastSeq < firstSeq)
    await tell("SEAL_CHANGED", firstSeq, null, `batch ${batch} does not go on where the one before it ends`);
  if (sealedAt < horizon) {
    const words = `batch ${batch} says that it was sealed more than an hour before one that stands before it`;
    await tell("CLOCK_BACK", firstSeq, null, words);
  }
}
