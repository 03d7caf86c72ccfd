/** A place in a keyset-paged list, as it travels in a link. */
export const encodeCursor = (parts: Array<string | number>): string => Buffer.from(JSON.stringify(parts)).toString("base64url");

/** The parts of a cursor of `length` strings and numbers; null for anything else, which starts the list over. */
export function decodeCursor(value: string | null, length: number): Array<string | number> | null {
  if (!value) return null;
  try {
    const parts: unknown = JSON.parse(Buffer.from(value, "base64url").toString("utf8"));
    const sound = Array.isArray(parts) && parts.length === length
      && parts.every((part) => (typeof part === "string" && !part.includes("\0")) || (Number.isSafeInteger(part)));
    return sound ? (parts as Array<string | number>) : null;
  } catch {
    return null;
  }
}
