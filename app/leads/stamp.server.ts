import { createHmac, scryptSync, timingSafeEqual } from "node:crypto";
import { env } from "#app/env.server.ts";

/** Nobody reads the form and fills it in within so many milliseconds; programs do. */
const leastMs = 3_000;
const mostMs = 7 * 86_400_000;

// All web processes know the same, and nobody else: made slowly, so that no stamp tells of the login it comes from.
let key: Buffer | undefined;
const sign = (at: string) =>
  createHmac("sha256", (key ??= scryptSync(env.DATABASE_URL, "alfa lead form", 32)))
    .update(at)
    .digest("base64url");

/** What a form carries to say when it was shown. */
export function stampNow(now = Date.now()): string {
  const at = String(now);
  return `${at}.${sign(at)}`;
}

/** `fast`: sent at once; `unknown`: no stamp of ours, or a week old. */
export function readStamp(stamp: string | undefined, now = Date.now()): "sound" | "fast" | "unknown" {
  const [at = "", signature = ""] = (stamp ?? "").split(".");
  if (!/^\d{13}$/.test(at)) return "unknown";
  const [ours, theirs] = [Buffer.from(sign(at)), Buffer.from(signature)];
  if (ours.length !== theirs.length || !timingSafeEqual(ours, theirs)) return "unknown";
  const age = now - Number(at);
  if (age > mostMs || age < 0) return "unknown";
  return age < leastMs ? "fast" : "sound";
}
