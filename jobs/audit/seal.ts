import { log } from "../log.ts";
import { datesOf, faultOf, genesis, horizonAfter, type Seal } from "./chain.ts";
import { appendHeads, type Head, lastHead, sameSeal } from "./heads.ts";
import { keyOrder, type PublicKeys, signedBy, type Signer } from "./keys.ts";
import type { Ledger, Turn } from "./ledger.ts";

const batchSize = 5_000;
const idleMs = 2_000;
const minute = 60_000;

type Tools = { ledger: Ledger; signer: Signer; keys: PublicKeys; headsFile: string };
/** Why nothing is signed: somebody has to look. */
type Broken = { what: string; seq: number; words: string };

/**
 * The passes of the sealer: links what waits, logs acts in Shadow Mode, signs, writes the heads outside. Each step
 * starts from what the step before left in the database or in the file, so a crash between two of them loses nothing.
 */
export function openSealer({ ledger, signer, keys, headsFile }: Tools) {
  const told = new Map<string, number>();
  // How far the file of heads goes, and what that far is known of keys and times. A file that goes less far than before
  // is read anew.
  let reached = 0;
  let isRetired = keyOrder();
  let horizon = "";
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
    await logActs(turn);
    const broken = await signWhatIsSealed(turn);
    if (broken) await tell(broken, "the audit trail is not signed any further");
    else if (Date.now() - mailedAt > minute) {
      await ledger.mailHead();
      mailedAt = Date.now();
    }
    return sealed?.count === batchSize ? 0 : idleMs;
  }

  // At least once: a line that a crash repeats has the same `seq`.
  async function logActs(turn: Turn) {
    for (;;) {
      await turn.keep();
      const acts = await ledger.actsToLog(100);
      for (const { act } of acts) {
        if (act)
          log.info(
            act,
            `[AUDIT_IMPERSONATION] Agent:${act.agent} acted_as Partner:${act.partner} action:${act.action}`,
          );
      }
      const reached = acts.at(-1);
      if (!reached) return;
      await ledger.actsLogged(reached.batch);
    }
  }

  async function signWhatIsSealed(turn: Turn): Promise<Broken | null> {
    const written = await lastHead(headsFile);
    if (written === "damaged")
      return { what: "HEADS_DAMAGED", seq: 0, words: "the last line of the file of heads is none" };
    if ((written?.batch ?? 0) < reached) [reached, isRetired, horizon] = [0, keyOrder(), ""];
    if (written) {
      const [seal] = await ledger.seals(written.batch - 1, 1);
      if (!seal || !sameSeal(written, seal))
        return {
          what: "HEAD_DIFFERS",
          seq: written.lastSeq,
          words: `batch ${written.batch} of the file of heads is not what the database has`,
        };
      isRetired(written.keyId);
      if (written.batch > reached) horizon = horizonAfter(seal, horizon);
      reached = written.batch;
    }
    let last: Pick<Seal, "batch" | "lastSeq" | "head"> = written ?? { batch: 0, lastSeq: 0, head: genesis };
    for (;;) {
      const page = await ledger.seals(last.batch, 200);
      const heads: Head[] = [];
      let broken: Broken | null = null;
      for (const seal of page) {
        broken = faultOfSeal(seal, last) ?? (seal.signature === null ? await faultOfLinks(seal) : null);
        if (broken) break;
        const head = headOf(seal) ?? (await sign(turn, seal));
        heads.push(head);
        horizon = horizonAfter(head, horizon);
        last = seal;
      }
      await turn.keep();
      await appendHeads(headsFile, heads);
      reached = last.batch;
      if (broken || page.length === 0) return broken;
      if (!written && page[0]?.signature)
        log.warn({ batches: page.length }, "the file of heads was written anew from the database");
    }
  }

  function faultOfSeal(seal: Seal, last: Pick<Seal, "batch" | "lastSeq" | "head">): Broken | null {
    if (seal.batch !== last.batch + 1 || seal.firstSeq !== last.lastSeq + 1 || seal.previous !== last.head) {
      return {
        what: "SEAL_CHANGED",
        seq: seal.firstSeq,
        words: `batch ${seal.batch} does not continue the last head of the file`,
      };
    }
    const head = headOf(seal);
    const key = head && keys.get(head.keyId);
    if (head && !(key && signedBy(key, head, head.signature)))
      return {
        what: "SIGNATURE_WRONG",
        seq: seal.lastSeq,
        words: `batch ${seal.batch} has a signature that is not ours`,
      };
    const keyId = head?.keyId ?? signer.keyId;
    return isRetired(keyId)
      ? {
          what: "KEY_RETIRED",
          seq: seal.lastSeq,
          words: `batch ${seal.batch} would be signed with the key ${keyId}, which another has replaced`,
        }
      : null;
  }

  // What is signed was looked at: the worker answers for it with its key.
  async function faultOfLinks(seal: Seal): Promise<Broken | null> {
    const { batch, firstSeq, lastSeq, previous, head } = seal;
    const dateFaultOf = datesOf(seal, horizon);
    let hash = previous;
    if (seal.sealedAt < horizon)
      await warn({
        what: "CLOCK_BACK",
        seq: firstSeq,
        words: `batch ${batch} says that it was sealed more than an hour before the one before it`,
      });
    // Half a batch and more would have been waiting: what cannot be sealed is not that much.
    if (!seal.drained && lastSeq - firstSeq < batchSize / 2)
      await warn({
        what: "SEAL_CHANGED",
        seq: firstSeq,
        words: `batch ${batch} is small, and denies that nothing more was waiting`,
      });
    for (const link of await ledger.links(firstSeq - 1, lastSeq - firstSeq + 1)) {
      const what = faultOf(link, hash);
      if (what) return { what, seq: link.seq, words: "changed between seal and signature" };
      hash = link.hash;
      const odd = dateFaultOf(link.line!);
      if (odd)
        await warn({ what: odd, seq: link.seq, words: `event ${link.event} says ${link.line!.slice(8, 27)} UTC` });
    }
    return hash === head
      ? null
      : { what: "SEAL_CHANGED", seq: lastSeq, words: "the head is not the hash of the last link" };
  }

  async function sign(turn: Turn, seal: Seal): Promise<Head> {
    const head = {
      ...seal,
      keyId: signer.keyId,
      signature: signer.sign(seal),
      signedAt: `${new Date().toISOString().slice(0, -1)}000Z`,
    };
    await ledger.sign(turn, seal.batch, head.keyId, head.signature, head.signedAt);
    return head;
  }

  // It is signed all the same: a signature says what was there, and a trail that is signed no further proves less.
  function warn(broken: Broken) {
    return tell(broken, "the audit trail is not as it should be");
  }

  async function tell({ what, seq, words }: Broken, consequence: string) {
    if (Date.now() - (told.get(what) ?? 0) < 60 * minute) return;
    const incident = await ledger.noteBroken(what, seq, null, words);
    told.set(what, Date.now());
    log.error({ what, seq, incident, words }, consequence);
  }
}

const headOf = ({ keyId, signature, signedAt, ...seal }: Seal): Head | null =>
  keyId !== null && signature !== null && signedAt !== null ? { ...seal, keyId, signature, signedAt } : null;
