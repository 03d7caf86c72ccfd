import { z } from "zod";
import { openPool } from "../database.ts";
import { readerOf } from "./reader.ts";

export type SealResult = { count: number; broken: Array<{ what: string; event: number; seq: number | null }> };
/** An act in Shadow Mode; without one, how far the log has come. */
export type ActToLog = {
  batch: number;
  act: { seq: number; at: Date; agent: string | null; partner: string | null; action: string } | null;
};

const sealed = z
  .object({
    count: z.number(),
    broken: z.array(z.object({ what: z.string(), event: z.number(), seq: z.number().nullable() })),
  })
  .nullable();

/** A turn that nobody keeps ends after this long: its worker is gone. */
const turnSeconds = 30;
/** The right to seal, sign and write the file of heads; `keep` throws when another worker has it. */
export type Turn = { number: number; keep: () => Promise<void> };

export type Ledger = ReturnType<typeof openLedger>;

/** The sealer's own queries in the database: few connections, apart from those that mails and orders wait for. */
export function openLedger(connectionString: string) {
  const pool = openPool(connectionString, { max: 3 });
  const ask = async <Row extends unknown[]>(text: string, values: unknown[] = []) =>
    (await pool.query<Row>({ name: text.slice(0, 60), text, values, rowMode: "array" })).rows;
  const one = async (text: string, values: unknown[] = []) => (await ask(text, values))[0]?.[0];

  return {
    ...readerOf(ask),
    /** Null: another sealer is at work. Without a turn: only while nobody has it. */
    seal: async (limit: number, turn?: Turn): Promise<SealResult | null> =>
      sealed.parse(await one("select jobs.seal_audit($1, $2)", [limit, turn?.number])),
    /** @throws Error when the turn is another's by now. */
    sign: (turn: Turn, batch: number, keyId: string, signature: string, at: string) =>
      ask("select jobs.sign_seal($1, $2, $3, $4, $5)", [batch, keyId, signature, at, turn.number]),
    noteBroken: async (what: string, seq: number | null, event: number | null, words: string) =>
      z
        .string()
        .parse(
          await one("select jobs.note_audit_broken($1, $2, $3, $4)", [what, countable(seq), countable(event), words]),
        ),
    async actsToLog(batches: number): Promise<ActToLog[]> {
      const rows = await ask<
        [string, null, null, null, null, null] | [string, string, Date, string | null, string | null, string]
      >("select * from jobs.acts_to_log($1)", [batches]);
      return rows.map(([batch, seq, at, agent, partner, action]) => ({
        batch: Number(batch),
        act: seq === null ? null : { seq: Number(seq), at, agent, partner, action },
      }));
    },
    actsLogged: (batch: number) => ask("select jobs.note_acts_logged($1)", [batch]),
    mailHead: () => ask("select jobs.mail_audit_head()"),
    ensureMonths: () => ask("select jobs.ensure_audit_months()"),
    /** What `/admin/audit` shows of the daily check; nobody reads it to decide anything. */
    beginCheck: () => ask("select jobs.begin_audit_check()"),
    noteCheck: (batch: number, findings: number) => ask("select jobs.note_audit_check($1, $2)", [batch, findings]),
    finishCheck: (seq: number, findings: number) => ask("select jobs.finish_audit_check($1, $2)", [seq, findings]),

    /** Runs `work` unless another worker is at it. Whoever dies in his turn holds the others up for half a minute. */
    async inTurn<T>(work: (turn: Turn) => Promise<T>): Promise<T | null> {
      const taken = await one("select jobs.take_audit_turn($1)", [turnSeconds]);
      if (taken === null || taken === undefined) return null;
      const number = Number(taken);
      const keep = async () => {
        if ((await one("select jobs.keep_audit_turn($1, $2)", [number, turnSeconds])) !== true)
          throw new Error("another worker has the turn of the sealer");
      };
      try {
        return await work({ number, keep });
      } finally {
        await ask("select jobs.keep_audit_turn($1, 0)", [number]).catch(() => undefined); // It ends by itself too.
      }
    },
    close: () => pool.end(),
  };
}

/** A forged number that JavaScript cannot count to must not keep its finding from being told. */
const countable = (n: number | null) => (Number.isSafeInteger(n) ? n : null);
