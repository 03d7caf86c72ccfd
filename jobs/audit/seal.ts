import { log } from "../log.ts";
import { faultOf, genesis, type Seal } from "./chain.ts";
import { appendHeads, type Head, lastHead, sameSeal } from "./heads.ts";
import { type PublicKeys, signedBy, type Signer } from "./keys.ts";
import type { Ledger } from "./ledger.ts";

const batchSize = 5_000;
const idleMs = 2_000;
const minute = 60_000;

type Tools = { ledger: Ledger; signer: Signer; keys: PublicKeys; headsFile: string };
/** Why nothing is signed: somebody has to look. */
type Broken = { what: string; seq: number; words: string };

/**
 * The passes of the sealer: links what waits, logs acts in Shadow Mode, signs, writes the heads outside. Each step starts from
 * what the step before left in the database or in the file, so a crash between two of them loses nothing.
 */
export function openSealer({ ledger, signer, keys, headsFile }: Tools) {
  const told = new Map<string, number>();
  let hourlyAt = 0;
  let mailedAt = 0;

  return () => ledger.inTurn(pass).then((pause) => pause ?? idleMs);

  async function pass(): Promise<number> {
    if (Date.now() - hourlyAt > 60 * minute) {
      await ledger.ensureMonths();
      hourlyAt = Date.now();
    }
    const sealed = await ledger.seal(batchSize);
    for (const { what, event, seq } of sealed?.broken ?? []) log.error({ what, event, seq }, "a row of the audit trail is not as it should be");
    await logActs();
    const broken = await signWhatIsSealed();
    if (broken) await tell(broken);
    else if (Date.now() - mailedAt > minute) {
      await ledger.mailHead();
      mailedAt = Date.now();
    }
    return sealed?.count === batchSize ? 0 : idleMs;
  }

  // At least once: a line that a crash repeats has the same `seq`.
  async function logActs() {
    for (;;) {
      const acts = await ledger.actsToLog(100);
      for (const { act } of acts) {
        if (act) log.info(act, `[AUDIT_IMPERSONATION] Agent:${act.agent} acted_as Partner:${act.partner} action:${act.action}`);
      }
      const reached = acts.at(-1);
      if (!reached) return;
      await ledger.actsLogged(reached.batch);
    }
  }

  async function signWhatIsSealed(): Promise<Broken | null> {
    const written = await lastHead(headsFile);
    if (written === "damaged") return { what: "HEADS_DAMAGED", seq: 0, words: "the last line of the file of heads is none" };
    if (written) {
      const [seal] = await ledger.seals(written.batch - 1, 1);
      if (!seal || !sameSeal(written, seal)) return { what: "HEAD_DIFFERS", seq: written.lastSeq, words: `batch ${written.batch} of the file of heads is not what the database has` };
    }
    let last: Pick<Seal, "batch" | "lastSeq" | "head"> = written ?? { batch: 0, lastSeq: 0, head: genesis };
    for (;;) {
      const page = await ledger.seals(last.batch, 200);
      const heads: Head[] = [];
      let broken: Broken | null = null;
      for (const seal of page) {
        broken = faultOfSeal(seal, last) ?? (seal.signature === null ? await faultOfLinks(seal) : null);
        if (broken) break;
        heads.push(headOf(seal) ?? (await sign(seal)));
        last = seal;
      }
      await appendHeads(headsFile, heads);
      if (broken || page.length === 0) return broken;
      if (!written && page[0]?.signature) log.warn({ batches: page.length }, "the file of heads was written anew from the database");
    }
  }

  function faultOfSeal(seal: Seal, last: Pick<Seal, "batch" | "lastSeq" | "head">): Broken | null {
    if (seal.batch !== last.batch + 1 || seal.firstSeq !== last.lastSeq + 1 || seal.previous !== last.head) {
      return { what: "SEAL_CHANGED", seq: seal.firstSeq, words: `batch ${seal.batch} does not continue the last head of the file` };
    }
    const head = headOf(seal);
    const key = head && keys.get(head.keyId);
    return !head || (key && signedBy(key, head, head.signature)) ? null : { what: "SIGNATURE_WRONG", seq: seal.lastSeq, words: `batch ${seal.batch} has a signature that is not ours` };
  }

  // What is signed was looked at: the worker answers for it with its key.
  async function faultOfLinks({ firstSeq, lastSeq, previous, head }: Seal): Promise<Broken | null> {
    let hash = previous;
    for (const link of await ledger.links(firstSeq - 1, lastSeq - firstSeq + 1)) {
      const what = faultOf(link, hash);
      if (what) return { what, seq: link.seq, words: "changed between seal and signature" };
      hash = link.hash;
    }
    return hash === head ? null : { what: "SEAL_CHANGED", seq: lastSeq, words: "the head is not the hash of the last link" };
  }

  async function sign(seal: Seal): Promise<Head> {
    const head = { ...seal, keyId: signer.keyId, signature: signer.sign(seal), signedAt: `${new Date().toISOString().slice(0, -1)}000Z` };
    await ledger.sign(seal.batch, head.keyId, head.signature, head.signedAt);
    return head;
  }

  async function tell({ what, seq, words }: Broken) {
    if (Date.now() - (told.get(what) ?? 0) < 60 * minute) return;
    const incident = await ledger.noteBroken(what, seq, null, words);
    told.set(what, Date.now());
    log.error({ what, seq, incident, words }, "the audit trail is not signed any further");
  }
}

const headOf = ({ keyId, signature, signedAt, ...seal }: Seal): Head | null =>
  keyId !== null && signature !== null && signedAt !== null ? { ...seal, keyId, signature, signedAt } : null;
