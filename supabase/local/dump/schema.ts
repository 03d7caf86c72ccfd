import { dumpSql } from "./pg-dump.ts";

/**
 * What our schemas hold, as text that is the same for the same objects, in whatever order they were made: sorted by
 * kind and name, the lines of a table sorted too, white space and comments in the bodies of functions left out. Not the
 * months of the audit trail, which depend on the day.
 */
export async function describeSchema(adminUrl: string): Promise<string> {
  const sql = await dumpSql(adminUrl, [
    "--schema-only",
    "--no-owner",
    "--schema=app",
    "--schema=private",
    "--schema=jobs",
    "--schema=audit",
    "--exclude-table=audit.events_*",
  ]);
  return normalised(sql);
}

const entry = /^--\n-- Name: (.*?); Type: (.*?); Schema: (.*?); Owner: .*\n--\n/gm;

function normalised(sql: string): string {
  const parts = sql.split(entry).slice(1);
  const objects: string[] = [];
  for (let at = 0; at + 3 < parts.length; at += 4) {
    const [name = "", type = "", schema = "", text = ""] = parts.slice(at, at + 4);
    objects.push(`-- ${type} ${schema}.${name}\n${bodyOf(type, text)}`);
  }
  return `${objects.sort().join("\n\n")}\n`;
}

function bodyOf(type: string, text: string): string {
  if (type === "FUNCTION") return withoutLayout(text);
  const lines = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !/^(--|SET .*;$|\\(un)?restrict |SELECT pg_catalog\.set_config\()/.test(line));
  if (type !== "TABLE") return lines.join("\n");
  return lines
    .map((line) => line.replace(/,$/, ""))
    .sort()
    .join("\n");
}

/** Texts stay as they are, also where they look like a comment or hold more than one blank. */
function withoutLayout(sql: string): string {
  const texts: string[] = [];
  const bare = sql.replace(/'(?:[^']|'')*'|--[^\n]*/g, (found) =>
    found.startsWith("--") ? "" : `'${texts.push(found) - 1}'`,
  );
  const flat = bare
    .replace(/\s+/g, " ")
    .replace(/([([.]) /g, "$1")
    .replace(/ ([)\]])/g, "$1")
    .trim();
  return flat.replace(/'(\d+)'/g, (_, at: string) => texts[Number(at)]!);
}
