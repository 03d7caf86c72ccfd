import { horizonAfter, type Seal } from "./chain.ts";
import type { PublicKeys } from "./keys.ts";
import type { Reader } from "./reader.ts";
import { type Finding, openFindings } from "./verify/findings.ts";
import { type HeadLines, openHeadsBeside } from "./verify/heads.ts";
import { openLinks } from "./verify/links.ts";
import { checkQueue, checkStrays } from "./verify/queue.ts";
import { checkOrder, sealsUntil } from "./verify/seals.ts";
import { openSignatures } from "./verify/signatures.ts";

export type Progress = { seq: number; of: number; batch: number };

export type Report = {
  /** In the order of the chain; the first names the first broken row. No more than `most`. */
  findings: Finding[];
  /** Rows whose digest was computed, and how far the chain goes. */
  rows: number;
  seq: number;
  batch: number;
  /**
   * Not wrong, and worth knowing: batches not signed yet, rows in the queue, batches the file of heads does not have.
   */
  unsigned: number;
  waiting: number;
  notInHeads: number;
  /** Rows dated where they cannot be from; the first few are findings each. */
  oddDates: number;
  aborted: boolean;
};

type Options = {
  keys: PublicKeys;
  heads: HeadLines;
  most?: number;
  /** A queue that seems to stand is looked at again after this long: the sealer may be working it off. */
  secondLookMs?: number;
  signal?: AbortSignal;
  onFinding?: (finding: Finding) => Promise<unknown>;
  onPage?: (progress: Progress) => Promise<unknown>;
};

/**
 * Walks the whole chain: digests, links, seals, signatures, the file of heads, and rows outside the chain. Reads pages
 * and keeps no more than three in hand. Only says what it sees; writes nothing.
 */
export async function verifyChain(reader: Reader, options: Options): Promise<Report> {
  const findings = openFindings(options);
  const { tell, enough } = findings;
  const state = await reader.state();
  const { sealSeq } = state;
  const signatures = openSignatures(options.keys, tell);
  const heads = await openHeadsBeside(options.heads, tell);
  let last: Seal | null = null;
  let batch = 0;
  let unsigned = 0;
  let horizon = "";
  const links = openLinks(reader, sealSeq, findings, async (seq) => options.onPage?.({ seq, of: sealSeq, batch }));

  for await (const seal of sealsUntil(reader, state.batch)) {
    if (enough()) break;
    await checkOrder(seal, last, horizon, tell);
    await links.walk(seal, horizon);
    await signatures.check(seal);
    await heads.check(seal);
    horizon = horizonAfter(seal, horizon);
    last = seal;
    batch = seal.batch;
  }
  if (!enough()) unsigned = await checkEnd(last?.lastSeq ?? 0);
  await heads.close();
  if (!enough()) await checkStrays(reader, state.broken, findings);
  return {
    findings: findings.all,
    ...links.walked,
    batch,
    unsigned,
    waiting: state.waiting,
    notInHeads: heads.missing(),
    aborted: findings.wasAborted(),
  };

  async function checkEnd(lastSeq: number): Promise<number> {
    const further = heads.goesOnTo();
    if (further !== null) {
      const words = `the file of heads goes on to batch ${further}, the database ends at batch ${batch}`;
      await tell("TAIL_CUT", lastSeq + 1, null, words);
    } else if (state.signedBatch > batch)
      await tell("SEAL_MISSING", lastSeq + 1, null, `batch ${state.signedBatch} is signed and gone`);
    const waiting = await signatures.countUnsigned(state.now);
    if (state.linkSeq > sealSeq) await tell("LINK_UNSEALED", sealSeq + 1, null, "links go on beyond the last seal");
    await checkQueue(reader, state, options.secondLookMs ?? 10_000, tell);
    return waiting;
  }
}
