import { datesOf, faultOf, genesis, type Link, type Seal } from "../chain.ts";
import type { Reader } from "../reader.ts";
import type { Findings } from "./findings.ts";

/** A long transaction or a wrong clock dates many rows; they must not hide what else is wrong. */
const oddDatesTold = 3;
const linkPage = 2_000;

/** Walks the links up to `until`, batch after batch: that none is gone, digests, hashes, dates. */
export function openLinks(
  reader: Reader,
  until: number,
  { tell, enough }: Findings,
  onPage: (seq: number) => Promise<unknown>,
) {
  const links = linksAfter(reader, 0, until);
  const walked = { rows: 0, seq: 0, oddDates: 0 };
  let hash: string | null = genesis;

  /** The links of one batch, a page at a time. `horizon`: of the batches before it. */
  async function walk(seal: Seal, horizon: string) {
    const dateFaultOf = datesOf(seal, horizon);
    for (
      let page = await links.next(seal.lastSeq);
      page.length > 0 && !enough();
      page = await links.next(seal.lastSeq)
    ) {
      for (const link of page) await look(link, dateFaultOf);
      walked.rows += page.length;
      await onPage(walked.seq);
    }
    if (!enough()) await reachHead(seal);
  }

  async function look(link: Link, dateFaultOf: ReturnType<typeof datesOf>) {
    if (link.seq !== walked.seq + 1) {
      await tell("LINK_MISSING", walked.seq + 1, null, "the link is gone");
      hash = null;
    }
    const fault = faultOf(link, hash);
    if (fault) await tell(fault, link.seq, link.event, wordsOf[fault]);
    const odd = link.line !== null && dateFaultOf(link.line);
    if (odd) await tellOdd(odd, link);
    hash = link.hash;
    walked.seq = link.seq;
  }

  async function tellOdd(odd: keyof typeof wordsOfDate, { seq, event, line }: Link) {
    walked.oddDates += 1;
    if (walked.oddDates <= oddDatesTold)
      await tell(odd, seq, event, `it says ${line!.slice(8, 27)} UTC, ${wordsOfDate[odd]}`);
  }

  async function reachHead({ batch, lastSeq, head }: Seal) {
    if (walked.seq < lastSeq) {
      await tell("LINK_MISSING", walked.seq + 1, null, "the link is gone");
      walked.seq = lastSeq;
    } else if (hash !== head)
      await tell("SEAL_CHANGED", lastSeq, null, `the head of batch ${batch} is not the hash of its last link`);
    hash = head;
  }

  return { walk, walked };
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
