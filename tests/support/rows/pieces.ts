type Tag = typeof import("sql-template-tag");

/** The text of a piece of SQL without its values: the same in the source and where the tag is called. */
export const pieceKey = (strings: readonly string[]) => strings.join("${}");

/** The pieces that were made, ever and since somebody cleared it. */
export const made = { ever: new Set<string>(), lately: new Set<string>() };

/** The tag that the web writes its SQL with, taking note of every piece. */
export function recording(real: Tag): Tag {
  const sql: Tag["default"] = (strings, ...values) => {
    made.ever.add(pieceKey(strings));
    made.lately.add(pieceKey(strings));
    return real.default(strings, ...values);
  };
  return { ...real, default: sql };
}
