import { fieldOf } from "#app/db/thrown.ts";

/**
 * What of an error may stand in a log: Postgres quotes whole rows in its details and what was typed in some messages,
 * and those can hold addresses, links and sessions of people.
 */
export function loggedError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error };
  const [code, constraint] = [fieldOf(error, "code"), fieldOf(error, "constraint")];
  // Class 22: a value that does not fit, quoted.
  const said =
    typeof code === "string" && code.startsWith("22") ? error.message.replace(/"[^]*"/, '"…"') : error.message;
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  return { type: error.name, message: said, code, constraint, stack: [`${error.name}: ${said}`, ...frames].join("\n") };
}
