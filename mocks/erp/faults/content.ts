import { warehouses } from "#mocks/erp/state.ts";
import type { Fault } from "./modes.ts";

type Json = Record<string, unknown>;
type Row = { sku?: string; partner?: string; warehouse?: string; quantity?: number; outstanding?: number };
type Feed = Json & { snapshot: string; taken_at: string; page: number; pages: number; total: number; items: Row[] };

export const skewMs = 2 * 60 * 60_000;
const depth = 400_000;
const nest = `${"[".repeat(depth)}${"]".repeat(depth)}`;
const figures = /"(quantity|confirmed|unit_price|outstanding|total)":-?\d+/g;

const text = (spoil: (json: string) => string) => (body: Json) => spoil(JSON.stringify(body));
const feed = (spoil: (feed: Feed) => Partial<Feed>) => (body: Json) =>
  JSON.stringify(isFeed(body) ? { ...body, ...spoil(body) } : body);
const rows = (spoil: (row: Row, index: number, all: Row[]) => Row) =>
  feed(({ items }) => ({ items: items.map(spoil) }));
const first = (change: (row: Row) => Row) =>
  feed(({ items, page }) => ({
    items: page === 1 ? items.map((row, index) => (index === 0 ? change(row) : row)) : items,
  }));
// In pairs, which are the two warehouses of an article: every other article is missing, and no warehouse.
const everyOther = (items: Row[]) => items.filter((_, index) => index % 4 < 2);
const othersOf = (count: number) => 2 * Math.floor(count / 4) + Math.min(count % 4, 2);
const clock = (ms: number) =>
  text((json) =>
    json.replace(
      /"(time|taken_at)":"([^"]+)"/g,
      (_, key, at: string) => `"${key}":"${new Date(Date.parse(at) + ms).toISOString()}"`,
    ),
  );
const named = (row: Row, name: string): Row =>
  row.sku === undefined ? { ...row, partner: name } : { ...row, sku: name };

/** Faults in what an answer says: the JSON that goes out instead. */
export const contents: Partial<Record<Fault, (body: Json) => string>> = {
  nan: text((json) => json.replace(figures, '"$1":NaN')),
  infinity: text((json) => json.replace(figures, '"$1":1e309')),
  // Of stock and of documents: a store that owes less than nothing has paid too much, which is no fault.
  negative: (body) =>
    first((row) => (row.sku === undefined ? row : { ...row, quantity: -7 }))(body).replace(
      /"confirmed":\d+/,
      '"confirmed":-7',
    ),
  "duplicate-sku": rows((row, index, all) => (index === all.length - 1 ? all[0]! : row)),
  "unknown-sku": first((row) => named(row, "XXX-0000")),
  // The count stays: that something is amiss shows in the names alone.
  "no-warehouse": rows((row) => (row.warehouse === warehouses.at(-1) ? { ...row, warehouse: "BDG" } : row)),
  half: feed(({ items }) => ({ items: everyOther(items) })),
  shrunk: feed(({ items, total }) => ({ items: everyOther(items), total: othersOf(total) })),
  "page-missing": feed(({ items, pages }) => (pages > 1 ? { pages: pages - 1 } : { items: items.slice(1) })),
  "page-mixed": feed(({ page, snapshot }) => ({ snapshot: page > 1 ? `${snapshot}-other` : snapshot })),
  ahead: clock(skewMs),
  behind: clock(-skewMs),
  deep: (body) => {
    const key = ["items", "documents", "document", "ok"].find((name) => name in body) ?? "deep";
    return JSON.stringify({ ...body, [key]: "@nest" }).replace('"@nest"', () => nest);
  },
  proto: (body) => polluted(JSON.parse(first((row) => named(row, "__proto__"))(body))),
};

/** Whose keys every object inherits from goes out as a key of each. */
function polluted(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(polluted).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const own = Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}:${polluted(inner)}`);
  return `{${['"__proto__":{"polluted":true}', '"constructor":{"prototype":{"polluted":true}}', ...own].join(",")}}`;
}

function isFeed(body: Json): body is Feed {
  return Array.isArray(body.items);
}
