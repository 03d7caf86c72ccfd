import { cookie, readCookie } from "./cookies.server.ts";
import type { Outgoing } from "./session.server.ts";
import type { Ended, Viewer } from "#app/accounts/viewer.ts";

// The page that tells somebody why he was signed out also takes his dead login away; what other tabs send after that
// comes from nobody. So the reason is kept beside it, for as long as an access token lasts.
const name = "ended";
const keepSeconds = 15 * 60;

/** Why the login behind a request is over; null when it is not, or there never was one. */
export function endedOf(request: Request, viewer: Viewer | null): Ended | null {
  if (viewer?.account) return null;
  const kept = readCookie(request, name);
  return viewer?.ended ?? (kept === "FORCED" || kept === "SUSPENDED" ? kept : null);
}

/** Remembers what staff did, for the other tabs. */
export function keepEnded(outgoing: Outgoing, ended: Ended | null) {
  if (ended && ended !== "EXPIRED") outgoing.cookies.push(cookie(name, ended, keepSeconds));
}

/** Somebody has signed in: what was before is over. */
export function forgetEnded(request: Request, outgoing: Outgoing) {
  if (readCookie(request, name)) outgoing.cookies.push(cookie(name, "", 0));
}
