import { log } from "../../log.ts";
import type { Ledger } from "../ledger.ts";

/** Why nothing is signed, or what is signed all the same: somebody has to look. */
export type Broken = { what: string; seq: number; words: string };
export type Warn = (broken: Broken) => Promise<void>;

const hour = 60 * 60 * 1000;

/** Opens an incident for what is broken, and logs it with its consequence: once an hour for each kind. */
export function openTelling(ledger: Pick<Ledger, "noteBroken">) {
  const told = new Map<string, number>();
  return async ({ what, seq, words }: Broken, consequence: string) => {
    if (Date.now() - (told.get(what) ?? 0) < hour) return;
    const incident = await ledger.noteBroken(what, seq, null, words);
    told.set(what, Date.now());
    log.error({ what, seq, incident, words }, consequence);
  };
}
