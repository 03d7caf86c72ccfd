import { createHash } from "node:crypto";

/** A link of the chain with the line it stands for; null when the row of the trail is gone. Digest and hash in hex. */
export type Link = { seq: number; event: number; digest: string; hash: string; line: string | null };

/** A batch of links that was sealed, and its signature if it has one. Times as UTC text to the microsecond. */
export type Seal = {
  batch: number;
  firstSeq: number;
  lastSeq: number;
  previous: string;
  head: string;
  sealedAt: string;
  drained: boolean;
  keyId: string | null;
  signature: string | null;
  signedAt: string | null;
};

/** What stands before the first link. */
export const genesis = "0".repeat(64);

export const digestOf = (line: string) => createHash("sha256").update(line, "utf8").digest("hex");
export const hashAfter = (previous: string, digest: string) =>
  createHash("sha256").update(previous, "hex").update(digest, "hex").digest("hex");

/**
 * Dates are told when they are more than an hour from where they can be: so long may a transaction be open, or a clock
 * be wrong.
 */
const hour = 60 * 60 * 1000;
const shifted = (time: string, by: number) => new Date(Date.parse(time) + by).toISOString();

/**
 * Before when no row may be dated that is sealed after this seal: an hour before nothing waited any more. By the clock
 * of the signer too, so that a database's clock that ran ahead and was put right makes nothing suspect.
 */
export function horizonAfter({ drained, sealedAt, signedAt }: Seal, horizon: string): string {
  const back = shifted(signedAt !== null && signedAt < sealedAt ? signedAt : sealedAt, -hour);
  return drained || back < horizon ? back : horizon;
}

/**
 * Judges the lines of a seal, given the horizon of the seals before it: whether one says that it is from a time it
 * cannot be from. Times are compared as text.
 */
export function datesOf({ sealedAt }: Seal, horizon: string): (line: string) => "ROW_BACKDATED" | "ROW_FUTURE" | null {
  const before = shifted(sealedAt, -hour);
  const from = before < horizon ? before : horizon;
  const until = shifted(sealedAt, hour);
  return (line) => {
    const at = line.slice(8, 35); // The first thing in a line, in UTC.
    if (at < from) return "ROW_BACKDATED";
    return at > until ? "ROW_FUTURE" : null;
  };
}

/** What is wrong with a link, given the hash before it (null: unknown, not compared). */
export function faultOf(
  { digest, hash, line }: Link,
  previous: string | null,
): "EVENT_MISSING" | "EVENT_CHANGED" | "LINK_CHANGED" | null {
  if (line === null) return "EVENT_MISSING";
  if (digestOf(line) !== digest) return "EVENT_CHANGED";
  return previous !== null && hashAfter(previous, digest) !== hash ? "LINK_CHANGED" : null;
}
