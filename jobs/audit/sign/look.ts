// What is signed was looked at: the worker answers for it with its key.
import { datesOf, faultOf, type Seal } from "../chain.ts";
import type { Head } from "../heads.ts";
import { type PublicKeys, signedBy } from "../keys.ts";
import type { Ledger } from "../ledger.ts";
import type { Broken, Warn } from "./broken.ts";

/** What the next seal has to go on from. */
export type End = Pick<Seal, "batch" | "lastSeq" | "head">;

/** The seal with its signature; null while it has none. */
export const headOf = ({ keyId, signature, signedAt, ...seal }: Seal): Head | null =>
  keyId !== null && signature !== null && signedAt !== null ? { ...seal, keyId, signature, signedAt } : null;

type Keys = { keys: PublicKeys; ownId: string; isRetired: (keyId: string) => boolean };

/** Why a seal is not to be written down: it does not go on from `last`, or its signature is not as it should be. */
export function faultOfSeal(seal: Seal, last: End, { keys, ownId, isRetired }: Keys): Broken | null {
  const { batch, firstSeq, lastSeq } = seal;
  if (batch !== last.batch + 1 || firstSeq !== last.lastSeq + 1 || seal.previous !== last.head)
    return { what: "SEAL_CHANGED", seq: firstSeq, words: `batch ${batch} does not continue the last head of the file` };
  const head = headOf(seal);
  const key = head && keys.get(head.keyId);
  if (head && !(key && signedBy(key, head, head.signature)))
    return { what: "SIGNATURE_WRONG", seq: lastSeq, words: `batch ${batch} has a signature that is not ours` };
  const keyId = head?.keyId ?? ownId;
  if (!isRetired(keyId)) return null;
  const words = `batch ${batch} would be signed with the key ${keyId}, which another has replaced`;
  return { what: "KEY_RETIRED", seq: lastSeq, words };
}

/** Why a seal is not to be signed: a link that was changed since. What is only odd is warned of. */
export async function faultOfLinks(ledger: Ledger, seal: Seal, horizon: string, warn: Warn): Promise<Broken | null> {
  const { firstSeq, lastSeq, previous, head } = seal;
  const dateFaultOf = datesOf(seal, horizon);
  let hash = previous;
  for (const link of await ledger.links(firstSeq - 1, lastSeq - firstSeq + 1)) {
    const what = faultOf(link, hash);
    if (what) return { what, seq: link.seq, words: "changed between seal and signature" };
    hash = link.hash;
    const odd = dateFaultOf(link.line!);
    if (odd) await warn({ what: odd, seq: link.seq, words: `event ${link.event} says ${link.line!.slice(8, 27)} UTC` });
  }
  return hash === head
    ? null
    : { what: "SEAL_CHANGED", seq: lastSeq, words: "the head is not the hash of the last link" };
}

/** A seal whose moment or size cannot be. `batchSize`: how many rows a full one has. */
export async function warnOfOdd(seal: Seal, horizon: string, batchSize: number, warn: Warn) {
  const { batch, firstSeq, lastSeq, sealedAt, drained } = seal;
  if (sealedAt < horizon)
    await warn({
      what: "CLOCK_BACK",
      seq: firstSeq,
      words: `batch ${batch} says that it was sealed more than an hour before the one before it`,
    });
  // Half a batch and more would have been waiting: what cannot be sealed is not that much.
  if (!drained && lastSeq - firstSeq < batchSize / 2)
    await warn({
      what: "SEAL_CHANGED",
      seq: firstSeq,
      words: `batch ${batch} is small, and denies that nothing more was waiting`,
    });
}
