import { z } from "zod";
import type { Link, Seal } from "./chain.ts";

/** What of the trail is not in the chain, or cannot be. */
export type TrailState = {
  linkSeq: number;
  sealSeq: number;
  batch: number;
  signedBatch: number;
  waiting: number;
  broken: number[];
  now: string;
  /** What is next in the queue, and since when it waits there. */
  oldest: { event: number; at: string } | null;
};
type Asks = (text: string, values?: unknown[]) => Promise<unknown[][]>;
export type Reader = ReturnType<typeof readerOf>;

const trailState = z.object({
  linkSeq: z.number(),
  sealSeq: z.number(),
  batch: z.number(),
  signedBatch: z.number(),
  waiting: z.number(),
  broken: z.array(z.number()),
  now: z.string(),
  oldest: z.object({ event: z.number(), at: z.string() }).nullable(),
});
const strays = z.object({ next: z.string().nullable(), strays: z.array(z.number()) });

/** What a verifier asks of the database: through the worker's functions, whoever is connected. */
export function readerOf(ask: Asks) {
  const one = async (text: string, values: unknown[] = []) => (await ask(text, values))[0]?.[0];
  return {
    state: async (): Promise<TrailState> => trailState.parse(await one("select jobs.audit_state()")),
    async links(after: number, limit: number): Promise<Link[]> {
      const rows = (await ask("select seq, event_id, digest, hash, line from jobs.read_audit_chain($1, $2)", [
        after,
        limit,
      ])) as Array<[string, string, string, string, string | null]>;
      return rows.map(([seq, event, digest, hash, line]) => ({
        seq: Number(seq),
        event: Number(event),
        digest,
        hash,
        line,
      }));
    },
    async seals(after: number, limit: number): Promise<Seal[]> {
      const rows = (await ask("select * from jobs.read_audit_seals($1, $2)", [after, limit])) as Array<
        [string, string, string, string, string, string, boolean, ...Array<string | null>]
      >;
      return rows.map(
        ([
          batch,
          firstSeq,
          lastSeq,
          previous,
          head,
          sealedAt,
          drained,
          keyId = null,
          signature = null,
          signedAt = null,
        ]) => ({
          batch: Number(batch),
          firstSeq: Number(firstSeq),
          lastSeq: Number(lastSeq),
          previous,
          head,
          sealedAt,
          drained,
          keyId,
          signature,
          signedAt,
        }),
      );
    },
    /**
     * Rows of the trail in neither chain nor queue, of the stretch after a number (null: from the very first); `next`:
     * where to go on.
     */
    strays: async (after: string | null, limit: number) =>
      strays.parse(await one("select jobs.audit_strays($1, $2)", [after, limit])),
  };
}
