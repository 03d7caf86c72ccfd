import { sleep } from "../loop.ts";
import { datesOf, faultOf, genesis, horizonAfter, type Link, type Seal } from "./chain.ts";
import { type Head, sameSeal } from "./heads.ts";
import { keyOrder, type PublicKeys, signedBy } from "./keys.ts";
import type { Reader } from "./ledger.ts";

export type What =
  | "EVENT_MISSING"
  | "EVENT_CHANGED"
  | "LINK_MISSING"
  | "LINK_CHANGED"
  | "LINK_UNSEALED"
  | "SEAL_MISSING"
  | "SEAL_CHANGED"
  | "SIGNATURE_MISSING"
  | "SIGNATURE_WRONG"
  | "KEY_UNKNOWN"
  | "KEY_RETIRED"
  | "HEAD_DIFFERS"
  | "HEADS_DAMAGED"
  | "TAIL_CUT"
  | "ROW_STRAY"
  | "ROW_UNSEALABLE"
  | "ROW_BACKDATED"
  | "ROW_FUTURE"
  | "CLOCK_BACK"
  | "QUEUE_STALE";
/**
 * Something that is not as it was sealed. `seq` is its place in the chain, `event` the number of the row of the trail.
 */
export type Finding = { what: What; seq: number | null; event: number | null; words: string };
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
  /** The lines of the file of heads; null: there is none to compare with, so a tail that was cut is not seen. */
  heads: AsyncIterable<Head | null> | null;
  most?: number;
  /** A queue that seems to stand is looked at again after this long: the sealer may be working it off. */
  secondLookMs?: number;
  signal?: AbortSignal;
  onFinding?: (finding: Finding) => Promise<unknown>;
  onPage?: (progress: Progress) => Promise<unknown>;
};

const linkPage = 2_000;
const sealPage = 500;
const strayPage = 50_000;
const minute = 60 * 1000;
/** A batch without a signature is waiting for it at most this long. */
const signingMs = 60 * minute;
/** A row waits seconds for its seal; one that waits so long does because nobody seals. */
export const staleMs = 10 * minute;
/** A long transaction or a wrong clock dates many rows; they must not hide what else is wrong. */
const oddDatesTold = 3;

/**
 * Walks the whole chain: digests, links, seals, signatures, the file of heads, and rows outside the chain. Reads pages
 * and keeps no more than three in hand. Only says what it sees; writes nothing.
 */
export async function verifyChain(reader: Reader, options: Options): Promise<Report> {
  const { keys, most = 20, signal, secondLookMs = 10_000 } = options;
  const report: Report = {
    findings: [],
    rows: 0,
    seq: 0,
    batch: 0,
    unsigned: 0,
    waiting: 0,
    notInHeads: 0,
    oddDates: 0,
    aborted: false,
  };
  const told = async (what: What, seq: number | null, event: number | null, words: string) => {
    if (report.findings.length >= most) return;
    const finding = { what, seq, event, words };
    report.findings.push(finding);
    await options.onFinding?.(finding);
  };
  const enough = () => (report.aborted ||= signal?.aborted ?? false) || report.findings.length >= most;

  const heads = headsOf(options.heads, () => told("HEADS_DAMAGED", null, null, "a line of the file of heads is none"));
  const { linkSeq, sealSeq, batch: lastBatch, signedBatch, waiting, broken, now, oldest } = await reader.state();
  report.waiting = waiting;
  const links = linksAfter(reader, 0, sealSeq);
  const isRetired = keyOrder();
  const unsigned: Seal[] = [];
  let last: Seal | null = null;
  let hash: string | null = genesis;
  let horizon = "";
  let head = await heads.next();

  for await (const seal of sealsAfter(reader, 0, lastBatch)) {
    if (enough()) break;
    if (seal.batch !== (last?.batch ?? 0) + 1)
      await told("SEAL_MISSING", (last?.lastSeq ?? 0) + 1, null, `batch ${(last?.batch ?? 0) + 1} is gone`);
    else if (
      seal.firstSeq !== (last?.lastSeq ?? 0) + 1 ||
      seal.previous !== (last?.head ?? genesis) ||
      seal.lastSeq < seal.firstSeq
    ) {
      await told(
        "SEAL_CHANGED",
        seal.firstSeq,
        null,
        `batch ${seal.batch} does not go on where the one before it ends`,
      );
    }
    if (seal.sealedAt < horizon)
      await told(
        "CLOCK_BACK",
        seal.firstSeq,
        null,
        `batch ${seal.batch} says that it was sealed more than an hour before one that stands before it`,
      );
    await walk(seal);
    await checkSignature(seal);
    await checkHead(seal);
    horizon = horizonAfter(seal, horizon);
    last = seal;
    report.batch = seal.batch;
  }
  if (!enough()) await checkEnd();
  await heads.close();
  if (!enough()) await checkStrays();
  return report;

  // Each link of a batch, a page at a time.
  async function walk(seal: Seal) {
    const dateFaultOf = datesOf(seal, horizon);
    for (
      let page = await links.next(seal.lastSeq);
      page.length > 0 && !enough();
      page = await links.next(seal.lastSeq)
    ) {
      for (const link of page) {
        if (link.seq !== report.seq + 1) {
          await told("LINK_MISSING", report.seq + 1, null, "the link is gone");
          hash = null;
        }
        const fault = faultOf(link, hash);
        if (fault) await told(fault, link.seq, link.event, wordsOf[fault]);
        const odd = link.line !== null && dateFaultOf(link.line);
        if (odd) await tellOdd(odd, link);
        hash = link.hash;
        report.seq = link.seq;
      }
      report.rows += page.length;
      await options.onPage?.({ seq: report.seq, of: sealSeq, batch: report.batch });
    }
    if (enough()) return;
    if (report.seq < seal.lastSeq) {
      await told("LINK_MISSING", report.seq + 1, null, "the link is gone");
      report.seq = seal.lastSeq;
      hash = null;
    } else if (hash !== seal.head)
      await told(
        "SEAL_CHANGED",
        seal.lastSeq,
        null,
        `the head of batch ${seal.batch} is not the hash of its last link`,
      );
    hash = seal.head;
  }

  async function tellOdd(odd: keyof typeof wordsOfDate, { seq, event, line }: Link) {
    report.oddDates += 1;
    if (report.oddDates <= oddDatesTold)
      await told(odd, seq, event, `it says ${line!.slice(8, 27)} UTC, ${wordsOfDate[odd]}`);
  }

  async function checkSignature(seal: Seal) {
    if (seal.signature === null || seal.keyId === null) {
      unsigned.push(seal);
      return;
    }
    for (const { batch, lastSeq } of unsigned.splice(0))
      await told("SIGNATURE_MISSING", lastSeq, null, `batch ${batch} is not signed, and later ones are`);
    const key = keys.get(seal.keyId);
    if (!key)
      await told(
        "KEY_UNKNOWN",
        seal.lastSeq,
        null,
        `batch ${seal.batch} is signed with the key ${seal.keyId}, which is none of ours`,
      );
    else if (!signedBy(key, seal, seal.signature))
      await told(
        "SIGNATURE_WRONG",
        seal.lastSeq,
        null,
        `the signature of batch ${seal.batch} is not of what the batch says`,
      );
    else if (isRetired(seal.keyId))
      await told(
        "KEY_RETIRED",
        seal.lastSeq,
        null,
        `batch ${seal.batch} is signed with the key ${seal.keyId}, which another had replaced before`,
      );
  }

  async function checkHead(seal: Seal) {
    while (head && head.batch < seal.batch) head = await heads.next();
    if (head?.batch !== seal.batch) {
      if (options.heads && seal.signature !== null) report.notInHeads += 1;
      return;
    }
    if (!sameSeal(head, seal))
      await told("HEAD_DIFFERS", seal.firstSeq, null, `batch ${seal.batch} is not what the file of heads says of it`);
    head = await heads.next();
  }

  async function checkEnd() {
    if (head)
      await told(
        "TAIL_CUT",
        (last?.lastSeq ?? 0) + 1,
        null,
        `the file of heads goes on to batch ${head.batch}, the database ends at batch ${last?.batch ?? 0}`,
      );
    else if (signedBatch > (last?.batch ?? 0))
      await told("SEAL_MISSING", (last?.lastSeq ?? 0) + 1, null, `batch ${signedBatch} is signed and gone`);
    const overdue = unsigned.filter(({ sealedAt }) => Date.parse(now) - Date.parse(sealedAt) > signingMs);
    for (const { batch, lastSeq } of overdue)
      await told("SIGNATURE_MISSING", lastSeq, null, `batch ${batch} was never signed`);
    report.unsigned = unsigned.length;
    if (linkSeq > sealSeq) await told("LINK_UNSEALED", sealSeq + 1, null, "links go on beyond the last seal");
    if (oldest && isStale(oldest.at, now)) {
      // A row of a transaction that was open that long, or of a queue that is being worked off, is gone by then.
      await sleep(secondLookMs);
      const again = (await reader.state()).oldest;
      if (again?.event === oldest.event)
        await told(
          "QUEUE_STALE",
          null,
          oldest.event,
          `it waits for its seal since ${oldest.at.slice(0, 19)} UTC: nobody seals`,
        );
    }
  }

  async function checkStrays() {
    for (const event of broken)
      await told("ROW_UNSEALABLE", null, event, "queued, and its row is gone or was sealed before");
    for (let from: string | null = null, more = true; more && !enough(); more = from !== null) {
      const { next, strays }: { next: string | null; strays: number[] } = await reader.strays(from, strayPage);
      for (const event of strays)
        await told("ROW_STRAY", null, event, "a row that is neither in the chain nor waiting for it");
      from = next;
    }
  }
}

const wordsOf = {
  EVENT_MISSING: "its row of the trail is gone",
  EVENT_CHANGED: "its row of the trail is not what was sealed",
  LINK_CHANGED: "its hash does not follow from the one before it",
};

const wordsOfDate = {
  ROW_BACKDATED: "more than an hour before a moment at which nothing waited for its seal",
  ROW_FUTURE: "more than an hour after it was sealed",
};

/** Whether what is queued since `at` waits for longer than any sealer needs. */
export const isStale = (at: string, now: string) => Date.parse(now) - Date.parse(at) > staleMs;

/**
 * Pages of links up to a bound. Two are on their way while one is in hand, the second on the guess that no number is
 * missing: where one is, what was guessed is asked again.
 */
function linksAfter(reader: Reader, after: number, until: number) {
  let at = after;
  let page: Link[] = [];
  let coming: Array<Promise<Link[]>> = [];
  const ask = () => {
    while (coming.length < 2 && at + coming.length * linkPage < until) {
      const asked = reader.links(at + coming.length * linkPage, linkPage);
      asked.catch(() => undefined);
      coming.push(asked);
    }
  };
  return {
    async next(upTo: number): Promise<Link[]> {
      if (page.length === 0 && at < until) {
        ask();
        page = await coming.shift()!;
        const end = page.at(-1)?.seq ?? until;
        if (end !== at + linkPage) coming = [];
        at = end;
        ask();
      }
      const cut = page.findIndex(({ seq }) => seq > upTo);
      return page.splice(0, cut < 0 ? page.length : cut);
    },
  };
}

async function* sealsAfter(reader: Reader, after: number, until: number) {
  for (let at = after; at < until;) {
    const page = await reader.seals(at, sealPage);
    if (page.length === 0) return;
    for (const seal of page) if (seal.batch <= until) yield seal;
    at = page.at(-1)!.batch;
  }
}

/** The heads in order; `damaged` hears of every line that is none. */
function headsOf(source: AsyncIterable<Head | null> | null, damaged: () => Promise<void>) {
  const iterator = source?.[Symbol.asyncIterator]();
  return {
    async next(): Promise<Head | null> {
      for (;;) {
        const { value, done } = (await iterator?.next()) ?? { done: true, value: null };
        if (done) return null;
        if (value) return value;
        await damaged();
      }
    },
    close: async () => void (await iterator?.return?.(null)),
  };
}
