/** A place in a keyset-paged list, as it travels in a link. */
export const encodeCursor = (parts: Array<string | number>): string =>
  Buffer.from(JSON.stringify(parts)).toString("base64url");

// An id, or a moment in microseconds: whatever passes fits Postgres' bigint, and as a moment a timestamp (the year
// 2255). A number is text, because a score may have more digits than ours; what passes fits numeric.
type Kind = "text" | "id" | "number";
type Part<K extends Kind> = K extends "id" ? number : string;

/**
 * The parts of a cursor, by kind; null for anything else, which starts the list over. Compare an "id" as ::bigint: a
 * narrower type would fail for the ids that somebody makes up.
 */
export function decodeCursor<const Kinds extends readonly Kind[]>(
  value: string | null,
  ...kinds: Kinds
): { [K in keyof Kinds]: Part<Kinds[K]> } | null {
  if (!value) return null;
  try {
    const parts: unknown = JSON.parse(Buffer.from(value, "base64url").toString("utf8"));
    const sound =
      Array.isArray(parts) && parts.length === kinds.length && kinds.every((kind, index) => fits(kind, parts[index]));
    return sound ? (parts as { [K in keyof Kinds]: Part<Kinds[K]> }) : null;
  } catch {
    return null;
  }
}

function fits(kind: Kind, part: unknown): boolean {
  if (kind === "id") return typeof part === "number" && Number.isSafeInteger(part) && part >= 0;
  if (typeof part !== "string") return false;
  return kind === "text" ? !part.includes("\0") : /^-?\d{1,20}(\.\d{1,20})?$/.test(part);
}
