import pg from "pg";
import { z } from "zod";
import { log, reasonOf } from "../log.ts";
import type { Link, Seal } from "./chain.ts";

/** What of the trail is not in the chain, or cannot be. */
export type Standing = { linkSeq: number; sealSeq: number; batch: number; signedBatch: number; waiting: number; broken: number[]; now: string };
export type SealResult = { count: number; broken: Array<{ what: string; event: number; seq: number | null }> };
/** An act in Shadow Mode; without one, how far the log has come. */
export type ActToLog = { batch: number; act: { seq: number; at: Date; agent: string; partner: string; action: string } | null };
type Asks = (text: string, values?: unknown[]) => Promise<unknown[][]>;

const standing = z.object({
  linkSeq: z.number(), sealSeq: z.number(), batch: z.number(), signedBatch: z.number(), waiting: z.number(), broken: z.array(z.number()), now: z.string(),
});
const sealed = z.object({ count: z.number(), broken: z.array(z.object({ what: z.string(), event: z.number(), seq: z.number().nullable() })) }).nullable();
const strays = z.object({ next: z.number().nullable(), strays: z.array(z.number()) });

/** "One worker at a time signs and writes the file of heads." */
const turnLock = 7_201_408;

export type Reader = ReturnType<typeof readerOf>;
export type Ledger = ReturnType<typeof openLedger>;

/** What a verifier asks of the database: through the worker's functions, whoever is connected. */
export function readerOf(ask: Asks) {
  const one = async (text: string, values: unknown[] = []) => (await ask(text, values))[0]?.[0];
  return {
    standing: async (): Promise<Standing> => standing.parse(await one("select jobs.audit_state()")),
    async links(after: number, limit: number): Promise<Link[]> {
      const rows = (await ask("select seq, event_id, digest, hash, line from jobs.read_audit_chain($1, $2)", [after, limit])) as Array<[string, string, string, string, string | null]>;
      return rows.map(([seq, event, digest, hash, line]) => ({ seq: Number(seq), event: Number(event), digest, hash, line }));
    },
    async seals(after: number, limit: number): Promise<Seal[]> {
      const rows = (await ask("select * from jobs.read_audit_seals($1, $2)", [after, limit])) as Array<[string, string, string, string, string, string, boolean, ...Array<string | null>]>;
      return rows.map(([batch, firstSeq, lastSeq, previous, head, sealedAt, drained, keyId = null, signature = null, signedAt = null]) => ({
        batch: Number(batch), firstSeq: Number(firstSeq), lastSeq: Number(lastSeq), previous, head, sealedAt, drained, keyId, signature, signedAt,
      }));
    },
    /** Rows of the trail in neither chain nor queue, of the next stretch; `next`: where to go on. */
    strays: async (after: number, limit: number) => strays.parse(await one("select jobs.audit_strays($1, $2)", [after, limit])),
  };
}

/** The sealer's own counter in the database: few connections, apart from those that letters and orders wait for. */
export function openLedger(connectionString: string) {
  const pool = new pg.Pool({ connectionString, max: 3, connectionTimeoutMillis: 5_000, statement_timeout: 60_000, keepAlive: true });
  pool.on("error", (error) => log.warn({ reason: reasonOf(error) }, "a database connection was lost"));
  const ask: Asks = async (text, values = []) => (await pool.query({ name: text.slice(0, 60), text, values, rowMode: "array" })).rows as unknown[][];
  const one = async (text: string, values: unknown[] = []) => (await ask(text, values))[0]?.[0];

  return {
    ...readerOf(ask),
    /** Null: another sealer is at work. */
    seal: async (limit: number): Promise<SealResult | null> => sealed.parse(await one("select jobs.seal_audit($1)", [limit])),
    sign: (batch: number, keyId: string, signature: string, at: string) => ask("select jobs.sign_seal($1, $2, $3, $4)", [batch, keyId, signature, at]),
    noteBroken: async (what: string, seq: number | null, event: number | null, words: string) =>
      z.string().parse(await one("select jobs.note_audit_broken($1, $2, $3, $4)", [what, seq, event, words])),
    async actsToLog(batches: number): Promise<ActToLog[]> {
      const rows = (await ask("select * from jobs.acts_to_log($1)", [batches])) as Array<[string, string | null, Date, string, string, string]>;
      return rows.map(([batch, seq, at, agent, partner, action]) => ({ batch: Number(batch), act: seq === null ? null : { seq: Number(seq), at, agent, partner, action } }));
    },
    actsLogged: (batch: number) => ask("select jobs.note_acts_logged($1)", [batch]),
    mailHead: () => ask("select jobs.mail_audit_head()"),
    ensureMonths: () => ask("select jobs.ensure_audit_months()"),
    /** The batch that the daily check goes on after; null: none is due. */
    async beginCheck(): Promise<number | null> {
      const batch = await one("select jobs.begin_audit_check()");
      return batch === null || batch === undefined ? null : Number(batch);
    },
    noteCheck: (batch: number, findings: number) => ask("select jobs.note_audit_check($1, $2)", [batch, findings]),
    finishCheck: (seq: number) => ask("select jobs.finish_audit_check($1)", [seq]),

    /** Runs `work` unless another worker is at it; the turn ends with its database session, however this process ends. */
    async inTurn<T>(work: () => Promise<T>): Promise<T | null> {
      const client = await pool.connect();
      let lost: Error | undefined;
      // Outside the pool's care its death is an event of its own, and one that nobody hears ends the process.
      const die = (error: Error) => void (lost ??= error);
      client.on("error", die);
      try {
        const { rows } = await client.query<{ won: boolean }>("select pg_try_advisory_lock($1) as won", [turnLock]);
        if (!rows[0]?.won) return null;
        const result = await work();
        await client.query("select pg_advisory_unlock($1)", [turnLock]);
        return result;
      } catch (error) {
        lost = error as Error; // The session goes, and the turn with it.
        throw error;
      } finally {
        client.off("error", die);
        client.release(lost);
      }
    },
    close: () => pool.end(),
  };
}
