import { createHash } from "node:crypto";
import { DatabaseRefusal, reasonOf, Unavailable } from "#app/db/errors.server.ts";
import { digestOf, once, type Once } from "#app/db/posted.server.ts";
import { type Db, type Origin, writeAs } from "#app/db/transaction.server.ts";
import { env } from "#app/env.server.ts";
import { countHere } from "#app/count-here.ts";
import { openLog } from "#app/logger.ts";
import { network } from "#app/network.ts";
import { limits } from "#app/api/limits.ts";
import { dayInJakarta } from "#app/ui/day.ts";
import type { Lang } from "#app/words.ts";
import type { Lead } from "./lead.ts";
import { submitLead } from "./lead.server.ts";
import { mailLead } from "./mail.server.ts";
import { keepLead, storeKept } from "./spool.server.ts";

/**
 * What became of a lead: `wait`: too many from there, seconds; `lost`: nobody took it, and its sender has to know;
 * `running`, `other`: its key is in use, or was used for another lead.
 */
export type Taken = { kind: "taken" | "lost" | "running" | "other" } | { kind: "wait"; seconds: number };

const log = openLog("web");
const again = 5_000;
const nobody = { ip: "", userAgent: "", requestId: "" };

/**
 * By which a lead is known to be the same, whoever of us takes it: what was written, with the sender's key or on this
 * day (WIB).
 */
export const leadKey = (lead: Lead, given: string | null, at: Date): string =>
  given ? `sent/${hash(`${given}/${digestOf(lead)}`)}` : `said/${dayInJakarta(at)}/${digestOf(lead)}`;
const hash = (text: string) => createHash("sha256").update(text).digest("hex");

/**
 * Takes a lead. Stored, with its mail in the outbox; where the database does not take it, mailed from here and kept on
 * the disk until it can be stored.
 */
export async function takeLead(lead: Lead, asked: { key: string | null; lang: Lang; origin: Origin }): Promise<Taken> {
  const at = new Date();
  const key = leadKey(lead, asked.key, at);
  const submit = (db: Db) => submitLead(db, lead, key, asked.lang);
  const given = asked.key;
  try {
    return takenBy(
      await writeAs(null, asked.origin, async (db): Promise<Once<number>> => {
        if (given === null) return { state: "DONE", answer: await submit(db), repeated: false };
        const posted = { path: "/api/leads", key: given, body: lead };
        return once(
          db,
          posted,
          () => submit(db),
          (seconds) => seconds === 0,
        );
      }),
    );
  } catch (error) {
    if (error instanceof DatabaseRefusal) throw error;
    log.warn({ reason: reasonOf(error), requestId: asked.origin.requestId }, "a lead was not stored");
  }
  const { leads_per_address, leads_per_person } = limits();
  const seconds =
    countHere(`i/${network(asked.origin.ip)}`, leads_per_address) ||
    countHere(`t/${lead.phone_whatsapp}`, leads_per_person) ||
    (lead.email ? countHere(`e/${lead.email.toLowerCase()}`, leads_per_person) : 0);
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

function takenBy(done: Once<number>): Taken {
  if (done.state === "RUNNING") return { kind: "running" };
  if (done.state === "OTHER") return { kind: "other" };
  return done.answer > 0 ? { kind: "wait", seconds: done.answer } : { kind: "taken" };
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
    if (stored > 0) log.info({ rows: stored }, "leads that were kept are stored");
    return true;
  } catch (error) {
    if (!(error instanceof Unavailable)) log.error({ reason: reasonOf(error) }, "kept leads cannot be stored");
    return false;
  }
}
