import { sleep } from "../../loop.ts";
import type { Reader, TrailState } from "../reader.ts";
import type { Findings, Tell } from "./findings.ts";

/** A row waits seconds for its seal; one that waits so long does because nobody seals. */
export const staleMs = 10 * 60 * 1000;
const strayPage = 50_000;

/** Whether what is queued since `at` waits for longer than any sealer needs. */
export const isStale = (at: string, now: string) => Date.parse(now) - Date.parse(at) > staleMs;

/** Whether the queue moves: what is next in it and waits for long is looked at once more after `secondLookMs`. */
export async function checkQueue(reader: Reader, { oldest, now }: TrailState, secondLookMs: number, tell: Tell) {
  if (!oldest || !isStale(oldest.at, now)) return;
  // A row of a transaction that was open that long, or of a queue that is being worked off, is gone by then.
  await sleep(secondLookMs);
  const again = (await reader.state()).oldest;
  if (again?.event !== oldest.event) return;
  const words = `it waits for its seal since ${oldest.at.slice(0, 19)} UTC: nobody seals`;
  await tell("QUEUE_STALE", null, oldest.event, words);
}

/** Rows that cannot be sealed, and rows that are neither in the chain nor in the queue. */
export async function checkStrays(reader: Reader, broken: number[], { tell, enough }: Findings) {
  for (const event of broken)
    await tell("ROW_UNSEALABLE", null, event, "queued, and its row is gone or was sealed before");
  for (let from: string | null = null, more = true; more && !enough(); more = from !== null) {
    const { next, strays }: { next: string | null; strays: number[] } = await reader.strays(from, strayPage);
    for (const event of strays)
      await tell("ROW_STRAY", null, event, "a row that is neither in the chain nor waiting for it");
    from = next;
  }
}
