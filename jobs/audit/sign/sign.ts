import { log } from "../../log.ts";
import { genesis, horizonAfter, type Seal } from "../chain.ts";
import { appendHeads, type Head, lastHead, sameSeal } from "../heads.ts";
import { keyOrder, type PublicKeys, type Signer } from "../keys.ts";
import type { Ledger, Turn } from "../ledger.ts";
import type { Broken, Warn } from "./broken.ts";
import { type End, faultOfLinks, faultOfSeal, headOf, warnOfOdd } from "./look.ts";

export type Tools = { ledger: Ledger; signer: Signer; keys: PublicKeys; headsFile: string };

/** Signs what is sealed and writes the heads outside, from where the file ends; says what keeps it from going on. */
export function openSigning(tools: Tools, batchSize: number, warn: Warn) {
  const { ledger, signer, keys, headsFile } = tools;
  // How far the file of heads goes, and what that far is known of keys and times. A file that goes less far than before
  // is read anew.
  let reached = 0;
  let isRetired = keyOrder();
  let horizon = "";

  return async (turn: Turn): Promise<Broken | null> => {
    const written = await lastHead(headsFile);
    if (written === "damaged")
      return { what: "HEADS_DAMAGED", seq: 0, words: "the last line of the file of heads is none" };
    if ((written?.batch ?? 0) < reached) [reached, isRetired, horizon] = [0, keyOrder(), ""];
    const differs = written && (await goOnFrom(written));
    if (differs) return differs;
    let last: End = written ?? { batch: 0, lastSeq: 0, head: genesis };
    for (;;) {
      const page = await ledger.seals(last.batch, 200);
      const { heads, broken } = await signPage(page, last, turn);
      last = heads.at(-1) ?? last;
      await turn.keep();
      await appendHeads(headsFile, heads);
      reached = last.batch;
      if (broken || page.length === 0) return broken;
      if (!written && page[0]?.signature)
        log.warn({ batches: page.length }, "the file of heads was written anew from the database");
    }
  };

  async function goOnFrom(written: Head): Promise<Broken | null> {
    const [seal] = await ledger.seals(written.batch - 1, 1);
    if (!seal || !sameSeal(written, seal)) {
      const words = `batch ${written.batch} of the file of heads is not what the database has`;
      return { what: "HEAD_DIFFERS", seq: written.lastSeq, words };
    }
    isRetired(written.keyId);
    if (written.batch > reached) horizon = horizonAfter(seal, horizon);
    reached = written.batch;
    return null;
  }

  async function signPage(page: Seal[], last: End, turn: Turn): Promise<{ heads: Head[]; broken: Broken | null }> {
    const heads: Head[] = [];
    for (const seal of page) {
      const ofSeal = faultOfSeal(seal, heads.at(-1) ?? last, { keys, ownId: signer.keyId, isRetired });
      const broken = ofSeal ?? (seal.signature === null ? await lookAt(seal) : null);
      if (broken) return { heads, broken };
      const head = headOf(seal) ?? (await sign(tools, turn, seal));
      heads.push(head);
      horizon = horizonAfter(head, horizon);
    }
    return { heads, broken: null };
  }

  async function lookAt(seal: Seal): Promise<Broken | null> {
    await warnOfOdd(seal, horizon, batchSize, warn);
    return faultOfLinks(ledger, seal, horizon, warn);
  }
}

async function sign({ ledger, signer }: Tools, turn: Turn, seal: Seal): Promise<Head> {
  const head = {
    ...seal,
    keyId: signer.keyId,
    signature: signer.sign(seal),
    signedAt: `${new Date().toISOString().slice(0, -1)}000Z`,
  };
  await ledger.sign(turn, seal.batch, head.keyId, head.signature, head.signedAt);
  return head;
}
