/** A place in a keyset-paged list, as it travels in a link. */
export const encodeCursor = (parts: Array<string | number>): string => Buffer.from(JSON.stringify(parts)).toString("base64url");

type Kind = "text" | "id";
type Part<K extends Kind> = K extends "id" ? number : string;

/** The parts of a cursor, by kind; null for anything else, which starts the list over. */
export function decodeCursor<const Kinds extends readonly Kind[]>(value: string | null, ...kinds: Kinds): { [K in keyof Kinds]: Part<Kinds[K]> } | null {
  if (!value) return null;
  try {
    const parts: unknown = JSON.parse(Buffer.from(value, "base64url").toString("utf8"));
    const sound = Array.isArray(parts) && parts.length === kinds.length && kinds.every((kind, index) => fits(kind, parts[index]));
    return sound ? (parts as { [K in keyof Kinds]: Part<Kinds[K]> }) : null;
  } catch {
    return null;
  }
}

const fits = (kind: Kind, part: unknown) =>
  kind === "id" ? Number.isSafeInteger(part) && (part as number) >= 0 : typeof part === "string" && !part.includes("\0");
