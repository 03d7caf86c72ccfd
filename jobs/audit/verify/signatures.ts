import type { Seal } from "../chain.ts";
import { keyOrder, type PublicKeys, signedBy } from "../keys.ts";
import type { Tell } from "./findings.ts";

/** A batch without a signature is waiting for it at most this long. */
const signingMs = 60 * 60 * 1000;

/** Looks at the signature of one seal after the other. */
export function openSignatures(keys: PublicKeys, tell: Tell) {
  const isRetired = keyOrder();
  const unsigned: Seal[] = [];
  return {
    async check(seal: Seal) {
      const { batch, lastSeq, keyId, signature } = seal;
      if (signature === null || keyId === null) {
        unsigned.push(seal);
        return;
      }
      for (const earlier of unsigned.splice(0)) {
        const words = `batch ${earlier.batch} is not signed, and later ones are`;
        await tell("SIGNATURE_MISSING", earlier.lastSeq, null, words);
      }
      const key = keys.get(keyId);
      const signed = `batch ${batch} is signed with the key ${keyId}`;
      if (!key) await tell("KEY_UNKNOWN", lastSeq, null, `${signed}, which is none of ours`);
      else if (!signedBy(key, seal, signature))
        await tell("SIGNATURE_WRONG", lastSeq, null, `the signature of batch ${batch} is not of what the batch says`);
      else if (isRetired(keyId))
        await tell("KEY_RETIRED", lastSeq, null, `${signed}, which another had replaced before`);
    },
    /** At the end: how many wait for their signature; those that wait for too long are told. */
    async countUnsigned(now: string): Promise<number> {
      const overdue = unsigned.filter(({ sealedAt }) => Date.parse(now) - Date.parse(sealedAt) > signingMs);
      for (const { batch, lastSeq } of overdue)
        await tell("SIGNATURE_MISSING", lastSeq, null, `batch ${batch} was never signed`);
      return unsigned.length;
    },
  };
}
