import { createHash } from "node:crypto";

/** A link of the chain with the line it stands for; null when the row of the trail is gone. Digest and hash in hex. */
export type Link = { seq: number; event: number; digest: string; hash: string; line: string | null };

/** A batch of links that was sealed, and its signature if it has one. Times as UTC text to the microsecond. */
export type Seal = {
  batch: number; firstSeq: number; lastSeq: number; previous: string; head: string; sealedAt: string; drained: boolean;
  keyId: string | null; signature: string | null; signedAt: string | null;
};

/** What stands before the first link. */
export const genesis = "0".repeat(64);

export const digestOf = (line: string) => createHash("sha256").update(line, "utf8").digest("hex");
export const hashAfter = (previous: string, digest: string) => createHash("sha256").update(previous, "hex").update(digest, "hex").digest("hex");

/** What is wrong with a link, given the hash before it (null: unknown, not compared). */
export function faultOf({ digest, hash, line }: Link, previous: string | null): "EVENT_MISSING" | "EVENT_CHANGED" | "LINK_CHANGED" | null {
  if (line === null) return "EVENT_MISSING";
  if (digestOf(line) !== digest) return "EVENT_CHANGED";
  return previous !== null && hashAfter(previous, digest) !== hash ? "LINK_CHANGED" : null;
}
