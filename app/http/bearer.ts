import { createHash, timingSafeEqual } from "node:crypto";

// Digests have one length whatever was sent, and are compared in one time.
const digest = (text: string) => createHash("sha256").update(text).digest();

/** Whether this Authorization header carries the token. */
export const isBearer = (header: string | null | undefined, token: string): boolean =>
  timingSafeEqual(digest(header ?? ""), digest(`Bearer ${token}`));
