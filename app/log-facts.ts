import { fieldOf } from "./db/thrown.ts";
import { loggedError } from "./http/logged-error.ts";

// What a line of our logs may say, on standard output and in app.operational_logs alike. A list of what may, and not of
// what may not: a field that nobody thought of stays out, and its name stands in `unnamed`.

/** Every fact that a line may have. None is anything that somebody typed, is called or can be reached by. */
const allowed = new Set(
  (
    "action actor agent as at attempts batches by channel checkpointsMissing code connections constraint counts " +
    "documents dropped ended err error event faults feed findings first found head host id incident is kept " +
    "keyId kind lines login logins loop made mail message method ms name notification number ok order orders " +
    "outcome overdue partner path port printed process queuedAt rang reason ref refused requestId result route " +
    "rows rule seconds seq session signal snapshot stack state status stockCheckDue traceId type usage version " +
    "via waiting warning way what with words"
  ).split(" "),
);
const deepest = 3;
const mostItems = 20;
const longestText = { stack: 2_000, message: 300 };

/** What of these facts may stand in a line, with what looks like a person or a key taken out of its texts. */
export function allowedFacts(facts: object): Record<string, unknown> {
  const said: Record<string, unknown> = {};
  const unnamed: string[] = [];
  for (const [name, value] of Object.entries(facts)) {
    if (allowed.has(name)) said[name] = plain(name, value, 1);
    else if (/^\w{1,30}$/.test(name)) unnamed.push(name);
  }
  return unnamed.length > 0 ? { ...said, unnamed: unnamed.slice(0, mostItems) } : said;
}

function plain(name: string, value: unknown, depth: number): unknown {
  if (typeof value === "string")
    return masked(value).slice(0, name === "stack" ? longestText.stack : longestText.message);
  if (value === null || value === undefined || typeof value === "boolean") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  if (typeof value === "bigint") return masked(String(value));
  if (value instanceof Date) return value;
  if (typeof value !== "object" || depth >= deepest) return "…";
  if (Array.isArray(value)) return value.slice(0, mostItems).map((item) => plain(name, item, depth + 1));
  // Whoever logs an error as it is gets the part of it that may be told.
  const told = value instanceof Error ? loggedError(value) : value;
  return Object.fromEntries(
    Object.entries(told).flatMap(([key, inner]) =>
      allowed.has(key) || isCode(key) ? [[key, plain(key, inner, depth + 1)]] : [],
    ),
  );
}

/** A set of codes that are counted, say. */
const isCode = (key: string) => /^[A-Z][A-Z_]{1,40}$/.test(key);

const masks: Array<[RegExp, string]> = [
  // user:password@ of an address, then what is behind a name that says what it is.
  [/:\/\/[^/\s@"]+@/g, "://…@"],
  [/\b(bearer|basic)\s+[\w.~+/=-]+/gi, "$1 …"],
  [/\b((?:set-)?cookie)\s*[:=]\s*[^\n]+/gi, "$1: …"],
  [
    /\b(authorization|pass(?:word|wd)?|kata.?sandi|token|secret|api.?key|alfa-session|npwp|phone|telepon|email)(["']?\s*[:=]\s*)("[^"]*"|'[^']*'|[^\s,;&}]+)/gi,
    "$1$2…",
  ],
  // Tokens: JWT, and whatever is long and without a blank.
  [/eyJ[\w-]+(\.[\w-]*)*|[\w-]{40,}/g, "…"],
  // So much stands before an @ at most, and so far one is looked for from each letter: a long address of a page must
  // not cost a third of a second.
  [/[\w.+%-]{1,64}(?:@|%40)[\w-]+(?:\.[\w-]+)+/g, "…@…"],
  // An Indonesian mobile number however it is written, and an NPWP.
  [/(?<![\w.-])\+?(?:62|0)[\s.-]?8\d{1,3}(?:[\s.-]?\d{2,4}){2,4}(?!\w)/g, "…"],
  [/\d{2}\.\d{3}\.\d{3}\.\d-\d{3}\.\d{3}|(?<![\w.-])\d{15,16}(?![\w-])/g, "…"],
];

/** A text without what looks like a key, an e-mail address, a phone number or a tax number. */
export const masked = (text: string): string => masks.reduce((rest, [what, mark]) => rest.replace(what, mark), text);

export type Line = {
  at: number;
  level: number;
  message: string;
  request: string | null;
  facts: Record<string, unknown>;
};

const beside = new Set(["level", "time", "msg", "process", "requestId"]);
const longestFacts = 6_000;

/**
 * A line as it is stored; null for what need not be. `text` is the line on standard output, so that both say the same.
 * Files that were served are many and say nothing.
 */
export function lineOf(text: string): Line | null {
  const line: unknown = JSON.parse(text);
  if (typeof line !== "object" || line === null) return null;
  const [level, message, request] = ["level", "msg", "requestId"].map((name) => fieldOf(line, name));
  const route = fieldOf(line, "route");
  if ((route === "files" || route === "/pictures/:file") && Number(fieldOf(line, "status")) < 400) return null;
  const facts = Object.fromEntries(Object.entries(line).filter(([name]) => !beside.has(name)));
  return {
    at: new Date(fieldOf(line, "time") as string | number).getTime(),
    level: Number(level),
    message: storable(String(message ?? "")).slice(0, 300),
    request: typeof request === "string" ? storable(request).slice(0, 60) : null,
    facts: JSON.stringify(facts).length > longestFacts ? { reason: "too long to be stored" } : cleaned(facts),
  };
}

// Postgres takes neither NUL nor half a character.
const storable = (text: string) => text.replaceAll("\0", "").toWellFormed();
const cleaned = (facts: Record<string, unknown>): Record<string, unknown> =>
  JSON.parse(JSON.stringify(facts, (_, value: unknown) => (typeof value === "string" ? storable(value) : value)));
