import { fieldOf } from "#app/db/thrown.ts";

/** What was looked at, and how it is. `todo`: what mends it. UNKNOWN: it could not be looked at. */
export type Finding = { area: string; state: "OK" | "BAD" | "UNKNOWN"; what: string; todo?: string };

/** Everything is well; something is wrong; something could not be looked at. */
export const exits = { well: 0, wrong: 1, unknown: 2 } as const;
export function exitOf(findings: Finding[]): number {
  if (findings.some(({ state }) => state === "BAD")) return exits.wrong;
  return findings.some(({ state }) => state === "UNKNOWN") ? exits.unknown : exits.well;
}

export const ok = (area: string, what: string): Finding => ({ area, state: "OK", what });
export const bad = (area: string, what: string, todo: string): Finding => ({ area, state: "BAD", what, todo });
export const unknown = (area: string, what: string, todo: string): Finding => ({ area, state: "UNKNOWN", what, todo });

/** Why something could not be reached, in a word: messages of drivers quote addresses and what was sent. */
export const wordOf = (error: unknown): string => {
  const code = fieldOf(error, "code") ?? fieldOf(fieldOf(error, "cause"), "code");
  return typeof code === "string" ? code : error instanceof Error ? error.name : "error";
};

/** As people read it, one line each and what to do below. */
export function shown(findings: Finding[]): string {
  const marks = { OK: "ok     ", BAD: "WRONG  ", UNKNOWN: "?      " };
  return findings
    .map(({ area, state, what, todo }) => `${marks[state]} ${area}: ${what}${todo ? `\n         → ${todo}` : ""}`)
    .join("\n");
}
