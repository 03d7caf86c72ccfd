// What a spreadsheet takes for a formula, in its full-width forms too, and the characters that it skips before looking.
const formula = "[=+\\-@＝＋－＠\\t\\r\\n\\0]";
const atStart = new RegExp(`^[ \\u00a0\\ufeff]*${formula}`);
// Where the reader's country separates cells otherwise, a cell ends inside ours.
const afterSeparator = new RegExp(`([,;|"\\t\\n])(?=[ \\u00a0]*${formula})`, "g");

// Most fields are codes, numbers and times: one look is enough for these.
const harmless = /^[A-Za-z0-9][\w .:/()-]*$/;

/** With this mark Excel reads the file as UTF-8. */
export const csvMark = "\uFEFF";

/**
 * One record by RFC 4180. Text that a spreadsheet could run as a formula gets an apostrophe before the dangerous
 * character, at the start and after whatever some spreadsheet may take for the end of a cell: a CSV is for reading, the
 * exact text is in the JSONL beside it. Numbers stay numbers; null and undefined are empty.
 */
export const csvRecord = (values: unknown[]): string => `${values.map(field).join(",")}\r\n`;

function field(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  const text = typeof value === "string" ? value : JSON.stringify(value);
  if (harmless.test(text)) return `"${text}"`;
  const safe = text.replace(afterSeparator, "$1'").replace(atStart, "'$&");
  return `"${safe.replaceAll('"', '""')}"`;
}
