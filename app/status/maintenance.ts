import type { Lang } from "#app/words.ts";

/** FULL: visitors are told to come back. READ_ONLY: they look, and nothing is changed. */
export type Mode = "OFF" | "READ_ONLY" | "FULL";
/** One maintenance as visitors are told of it; moments as the database writes them. */
export type Period = { mode: Exclude<Mode, "OFF">; from: string; until: string } & Record<Lang, string>;
/** What holds now, and the period that is open: the one that runs, or the next that is planned. */
export type Maintenance = { mode: Mode; period: Period | null };

/** What a process holds to: its environment first, then what the database says. */
export function inForce(ofEnvironment: Mode | undefined, known: Maintenance): Maintenance {
  if (!ofEnvironment || ofEnvironment === "OFF") return known;
  // The text of a period that does not run yet is about something else.
  return { mode: ofEnvironment, period: known.mode === "OFF" ? null : known.period };
}

/** Where somebody asks to become a partner: kept on the disk when it cannot be stored, so nothing has to close it. */
const leads = /^\/(?:mitra(?:\/terima-kasih)?|api\/leads)$/;
/**
 * What goes on while the shop is closed: signing in and out, the language, the status and leaving its list; becoming a
 * partner, and reading what is agreed to there.
 */
const alwaysOpen = /^\/(?:login|logout|language|privasi|status|status\.atom|status\/unsubscribe\/[^/]+)$/;
/** What is taken while nothing is changed: a password to sign in with, «Bukan saya», other companies' webhooks. */
const takenMeanwhile = /^\/(?:password\/[^/]+|bukan-saya\/[^/]+|b\/[^/]+|webhooks\/[^/]+|status\/confirm\/[^/]+)$/;

/** Whether this request is turned away in this mode, from whoever is not staff. */
export function isClosed(mode: Mode, method: string, path: string): boolean {
  if (mode === "OFF") return false;
  const reads = ["GET", "HEAD", "OPTIONS"].includes(method);
  if (leads.test(path)) return false;
  // Asking to be told is a change like any other; the page that it stands on is read.
  if (alwaysOpen.test(path) && (reads || path !== "/status")) return false;
  if (mode === "FULL") return true;
  return !reads && !takenMeanwhile.test(path);
}

/** Whether a page has to say that there is maintenance: not where it hinders nobody. */
export const hinders = (path: string) => !leads.test(path);

/** Pages that stand without a database and without a viewer: the status, which is about exactly that. */
export const standsAlone = (path: string) => /^\/status(?:$|\/|\.atom$)/.test(path);
