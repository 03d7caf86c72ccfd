import type { Seal } from "../chain.ts";
import { type Head, sameSeal } from "../heads.ts";
import type { Tell } from "./findings.ts";

/** The lines of the file of heads; null: there is none to compare with, so a tail that was cut is not seen. */
export type HeadLines = AsyncIterable<Head | null> | null;

/** Compares one seal after the other with the file of heads, which is read alongside. */
export async function openHeadsBeside(source: HeadLines, tell: Tell) {
  const lines = source?.[Symbol.asyncIterator]();
  let head = await next();
  let missing = 0;

  async function next(): Promise<Head | null> {
    for (;;) {
      const { value, done } = (await lines?.next()) ?? { done: true, value: null };
      if (done) return null;
      if (value) return value;
      await tell("HEADS_DAMAGED", null, null, "a line of the file of heads is none");
    }
  }

  return {
    async check(seal: Seal) {
      while (head && head.batch < seal.batch) head = await next();
      if (head?.batch !== seal.batch) {
        if (source && seal.signature !== null) missing += 1;
        return;
      }
      if (!sameSeal(head, seal))
        await tell("HEAD_DIFFERS", seal.firstSeq, null, `batch ${seal.batch} is not what the file of heads says of it`);
      head = await next();
    },
    /** The batch to which the file goes on beyond the seals that were compared. */
    goesOnTo: () => head?.batch ?? null,
    /** How many signed batches the file does not have. */
    missing: () => missing,
    close: async () => void (await lines?.return?.(null)),
  };
}
