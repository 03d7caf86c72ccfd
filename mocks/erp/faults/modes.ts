/** What the fault server can do to the ERP on its socket; the words go on after «it …». */
export const meanings = {
  up: "works",
  refuse: "resets every connection as soon as something is asked",
  hang: "takes requests, does nothing and never answers",
  lost: "books orders and never says so; all else works",
  dribble: "does its work and answers with headers, then one byte a second",
  reset: "does its work and resets the connection in the middle of the answer",
  html: "does its work and answers with a web page",
  truncated: "does its work and answers with half the JSON, of honest length",
  cut: "does its work, announces the whole answer, sends half and hangs up",
  nan: "sends NaN for every figure",
  infinity: "sends 1e309 for every figure",
  negative: "sends a negative number of pieces, in one row of stock and in each document",
  "duplicate-sku": "sends a row of a feed twice",
  "unknown-sku": "sends a row of something that we do not have",
  "no-warehouse": "sends the stock of one warehouse under an unheard-of name",
  big: "answers with 10 MB",
  deep: "answers with JSON that is 400,000 levels deep",
  proto: "sends __proto__ and constructor as keys, and as the name of a row",
  stranger: "echoes the id of another request",
  twice: "sends every answer twice on the connection",
  doubled: "does every request twice, as a proxy that repeats would",
  busy: "answers 429 and asks for half a minute's patience",
  half: "sends every other article or store of a feed and promises all",
  shrunk: "sends every other article or store and says that this is all",
  "page-missing": "leaves the last page of a feed out",
  "page-mixed": "sends pages of two snapshots as one feed",
  ahead: "has its clock two hours ahead",
  behind: "has its clock two hours behind",
  flap: "is gone for 7 seconds, there for 7 seconds, and so on",
  late: "answers after 3 seconds",
  "500": "answers every request with an internal error",
} as const;

export type Fault = keyof typeof meanings;
// JavaScript puts keys that are numbers first.
export const faults = (Object.keys(meanings) as Fault[]).toSorted((a, b) => Number(a === "500") - Number(b === "500"));

/** Names that people know from before. */
export const aliases: Record<string, Fault> = { down: "refuse", slow: "late", garbage: "html", partial: "half" };

/** The fault of a name, by either of its names. */
export function faultOf(name: string): Fault | undefined {
  return Object.hasOwn(aliases, name) ? aliases[name] : faults.find((fault) => fault === name);
}

/** What is asked of the ERP; `orders` is both of its two. */
export const operations = ["ping", "stock", "credit", "find", "create"] as const;
export type Operation = (typeof operations)[number];
export const targets = [...operations, "orders"] as const;
export type Target = (typeof targets)[number];

/** What a request is about, or null when it is nothing of the API. */
export function operationOf(method: string, url: string): Operation | null {
  const path = /^\/api\/v1\/(ping|stock|credit|orders)\b/.exec(url)?.[1];
  if (path === "orders") return method === "POST" ? "create" : "find";
  return operations.find((operation) => operation === path) ?? null;
}
