/** Why a pull was refused or a call failed, as far as its words are known; see `reasons` in words.feeds.id.ts. */
export type ErpReason =
  | "SIZE"
  | "SAME"
  | "WAREHOUSE_NEW"
  | "WAREHOUSES"
  | "LARGE"
  | "DATABASE"
  | "OLDER"
  | "EMPTY"
  | "NUMBER"
  | "TWICE"
  | "UNKNOWN_ARTICLE"
  | "UNKNOWN_STORE"
  | "WAREHOUSE"
  | "WAREHOUSE_NAME"
  | "MIXED"
  | "SHORT"
  | "TIMEOUT"
  | "CONNECTION"
  | "BUSY"
  | "STATUS"
  | "TOO_LONG"
  | "FOREIGN"
  | "ASIDE"
  | "CONTENT"
  | "OTHER";

// The first that fits. The words are those of jobs/erp and of the functions that take a feed.
const known: Array<[RegExp, ErpReason]> = [
  [/^\d+ set aside/, "ASIDE"],
  [/^row count/, "SIZE"],
  [/^the same snapshot/, "SAME"],
  [/^a warehouse that was not there/, "WAREHOUSE_NEW"],
  [/^more than \d+ warehouses/, "WAREHOUSES"],
  [/^the pieces of an article are too large/, "LARGE"],
  [/^database/, "DATABASE"],
  [/begun before the live one/i, "OLDER"],
  [/another snapshot/i, "MIXED"],
  [/rows arrived where/i, "SHORT"],
  [/unknown (article|sku|product)/i, "UNKNOWN_ARTICLE"],
  [/unknown (store|partner)/i, "UNKNOWN_STORE"],
  [/warehouse without a name/i, "WAREHOUSE_NAME"],
  [/warehouse/i, "WAREHOUSE"],
  [/twice|duplicate/i, "TWICE"],
  [/whole number|negative|not a number|NaN/i, "NUMBER"],
  [/empty/i, "EMPTY"],
  [/rate-limit|status 429/i, "BUSY"],
  [/^status|status \d{3}/i, "STATUS"],
  [/^timeout|no complete answer/i, "TIMEOUT"],
  [/oversize|longer than/i, "TOO_LONG"],
  [/another (request|order)/i, "FOREIGN"],
  [/^connection|ECONN|socket|ENOTFOUND|EAI_AGAIN|fetch failed/i, "CONNECTION"],
  [/^content|type|json|invalid|expected/i, "CONTENT"],
];

/** What the words of a refusal or a failure amount to. */
export const reasonOf = (words: string): ErpReason => known.find(([pattern]) => pattern.test(words))?.[1] ?? "OTHER";
