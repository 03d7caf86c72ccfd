import { fieldOf } from "#app/db/thrown.ts";

/**
 * What of an error may stand in a log: Postgres quotes whole rows in its details and what was typed in some messages,
 * and those can hold addresses, links and sessions of people.
 */
export function loggedError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error };
  const [code, constraint] = [fieldOf(error, "code"), fieldOf(error, "constraint")];
  // What is quoted was given: a value that does not fit (class 22), what is no JSON. Postgres otherwise quotes names.
  const names = typeof code === "string" && /^(?!22)[0-9A-Z]{5}$/.test(code);
  const said = names ? error.message : error.message.replace(/"[^]*"/, '"…"');
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  return { type: error.name, message: said, code, constraint, stack: [`${error.name}: ${said}`, ...frames].join("\n") };
}
