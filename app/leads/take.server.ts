import { createHash } from "node:crypto";
import { pino } from "pino";
import { DatabaseRefusal, reasonOf, Unavailable } from "#app/db/errors.server.ts";
import { type Origin, writeAs } from "#app/db/transaction.server.ts";
import { env } from "#app/env.server.ts";
import { dayInJakarta } from "#app/ui/day.ts";
import type { Lang } from "#app/words.ts";
import type { Lead } from "./lead.ts";
import { submitLead } from "./lead.server.ts";
import { mailLead } from "./mail.server.ts";
import { keepLead, storeKept } from "./spool.server.ts";
import { countHere } from "./tries.ts";

/** What became of a lead: `wait`: too many from there, seconds; `lost`: nobody took it, and its sender has to know. */
export type Taken = { kind: "taken" } | { kind: "wait"; seconds: number } | { kind: "lost" };

const log = pino({ base: { process: "web" } });
const again = 5_000;
const nobody = { ip: "", userAgent: "", requestId: "" };

/** By which a lead is known to be the same: the sender's key with his number, or what he wrote on this day (WIB). */
export function leadKey(lead: Lead, given: string | null, at: Date): string {
  if (given) return `sent/${lead.phone_whatsapp}/${given}`;
  const day = dayInJakarta(at);
  const content = JSON.stringify(Object.entries(lead).sort(([a], [b]) => (a < b ? -1 : 1)));
  return `said/${day}/${createHash("sha256").update(content).digest("hex")}`;
}

/**
 * Takes a lead. Stored, with its mail in the outbox; where the database does not take it, mailed from here and kept on
 * the disk until it can be stored.
 */
export async function takeLead(lead: Lead, asked: { key: string | null; lang: Lang; origin: Origin }): Promise<Taken> {
  const at = new Date();
  const key = leadKey(lead, asked.key, at);
  try {
    const seconds = await writeAs(null, asked.origin, (db) => submitLead(db, lead, key, asked.lang));
    return seconds > 0 ? { kind: "wait", seconds } : { kind: "taken" };
  } catch (error) {
    if (error instanceof DatabaseRefusal) throw error;
    log.warn({ reason: reasonOf(error), requestId: asked.origin.requestId }, "a lead was not stored");
  }
  const seconds =
    countHere(`i/${asked.origin.ip}`, 20) ||
    countHere(`t/${lead.phone_whatsapp}`, 5) ||
    (lead.email ? countHere(`e/${lead.email.toLowerCase()}`, 5) : 0);
  if (seconds > 0) return { kind: "wait", seconds };
  const mailed = await mailLead(lead, key, at).catch((error: unknown) => {
    log.error({ reason: reasonOf(error) }, "a lead could not be mailed");
    return false;
  });
  if (!mailed) return { kind: "lost" };
  await keepLead(env.LEADS_FOLDER, { key, lang: asked.lang, receivedAt: at, lead }).catch((error: unknown) =>
    log.error({ reason: reasonOf(error) }, "a lead is in the sales inbox alone"),
  );
  storeSoon();
  return { kind: "taken" };
}

let timer: NodeJS.Timeout | undefined;
/** Tries to store what is kept until nothing is: at the start of the process, and after each that came meanwhile. */
export function storeSoon(pause = again): void {
  timer ??= setTimeout(() => {
    timer = undefined;
    void storeAll().then((done) => done || storeSoon());
  }, pause).unref();
}

/** Stores what is kept. False when something is left. */
export async function storeAll(): Promise<boolean> {
  try {
    const stored = await storeKept(env.LEADS_FOLDER, ({ lead, key, lang, receivedAt }) =>
      writeAs(null, nobody, (db) => submitLead(db, lead, key, lang, { receivedAt })),
    );
    if (stored > 0) log.info({ stored }, "leads that were kept are stored");
    return true;
  } catch (error) {
    if (!(error instanceof Unavailable)) log.error({ reason: reasonOf(error) }, "kept leads cannot be stored");
    return false;
  }
}
