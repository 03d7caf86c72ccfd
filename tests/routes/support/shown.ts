import type { EntryContext } from "@remix-run/node";
import { RemixServer } from "@remix-run/react";
import { createElement } from "react";
import { renderToString } from "react-dom/server";
import { fieldOf } from "#app/db/thrown.ts";

// What a loader returns and its page does not show. A leaf counts as shown when it stands in the HTML as it is, or when
// the page looks different with another value in its place: figures and moments are formatted, codes become words.

/** A page's HTML, with `loaderData` in the place of its own. */
export function html(context: EntryContext, url: string, loaderData = context.staticHandlerContext.loaderData): string {
  const staticHandlerContext = { ...context.staticHandlerContext, loaderData };
  return renderToString(
    createElement(RemixServer, { context: { ...context, staticHandlerContext, serverHandoffStream: undefined }, url }),
  );
}

type Key = string | number;
type Leaf = { at: Key[]; value: unknown };

function* leavesOf(value: unknown, at: Key[] = []): Generator<Leaf> {
  if (Array.isArray(value)) for (const [index, each] of value.entries()) yield* leavesOf(each, [...at, index]);
  else if (value instanceof Date) yield { at, value };
  else if (value !== null && typeof value === "object")
    for (const [key, each] of Object.entries(value)) yield* leavesOf(each, [...at, key]);
  else if (value !== null && value !== undefined) yield { at, value };
}

/** Where it is, whichever row it is in. */
export const pathOf = (at: Key[]) =>
  at
    .map((key) => (typeof key === "number" ? "[]" : `.${key}`))
    .join("")
    .slice(1);

/** Other values that a page could not show in the same way. */
function othersFor(value: unknown): unknown[] {
  if (typeof value === "boolean") return [!value];
  if (typeof value === "number") return [value + 1, value * 7 + 13, 0, -value - 5];
  if (value instanceof Date)
    return [400, -400].map((days) => new Date(value.getTime() + days * 86_400_000 + 3_700_000));
  const text = String(value);
  if (/^\d{4}-\d\d/.test(text))
    return [
      String(Number(text.slice(0, 4)) + 3) + text.slice(4),
      String(Number(text.slice(0, 4)) - 3) + text.slice(4),
      text.replace(/T\d\d/, "T03"),
    ];
  if (/^-?\d+(\.\d+)?$/.test(text)) return [String(Number(text) + 1), String(Number(text) * 7 + 13)];
  return [`${text}‹lain›`, ""];
}

const replaced = (root: unknown, [key, ...rest]: Key[], value: unknown): unknown => {
  if (key === undefined) return value;
  if (Array.isArray(root))
    return root.map((each: unknown, index) => (index === key ? replaced(each, rest, value) : each));
  return { ...Object(root), [key]: replaced(fieldOf(root, String(key)), rest, value) };
};

const grouped = new Intl.NumberFormat("id-ID");
const escaped = (text: string) =>
  text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#x27;");
/** Words and figures that do not stand in a page by chance; a code of ours may. */
const isTelling = (value: unknown) =>
  typeof value === "number"
    ? Math.abs(value) >= 1000
    : typeof value === "string" && value.length >= 3 && !/^[A-Z_]+$|^\d{4}-\d\d/.test(value);
const stands = (value: unknown, page: string) =>
  page.includes(typeof value === "number" ? grouped.format(Math.abs(value)) : escaped(String(value)));

/**
 * What a page was seen to show, by path, over its addresses. What is telling is asked leaf by leaf, the rest by path: a
 * badge in one row, or of one order, shows that badges are shown.
 */
export class Shown {
  #shown = new Set<string>();
  #hidden = new Map<string, string>();
  #unsure = new Map<string, string>();
  #asked: (path: string) => boolean;

  /** `asked`: which paths are looked at, all unless it is said. */
  constructor(asked: (path: string) => boolean = () => true) {
    this.#asked = asked;
  }

  look(context: EntryContext, url: string) {
    const data = context.staticHandlerContext.loaderData;
    const page = html(context, url);
    const matters = ({ at, value }: Leaf) =>
      othersFor(value).some((other) => {
        try {
          return html(context, url, replaced(data, at, other) as typeof data) !== page;
        } catch {
          return true; // A page that cannot be made of it reads it.
        }
      });
    const kinds = new Map<string, Leaf[]>();
    for (const leaf of leavesOf(data)) {
      const path = pathOf(leaf.at);
      if (!this.#asked(path)) continue;
      if (!isTelling(leaf.value)) kinds.set(path, [...(kinds.get(path) ?? []), leaf]);
      else if (!this.#hidden.has(path)) {
        if (stands(leaf.value, page) || matters(leaf)) this.#shown.add(path);
        else this.#hidden.set(path, url);
      }
    }
    for (const [path, leaves] of kinds) {
      if (this.#shown.has(path)) continue;
      if (spread(leaves, 3).some(matters)) this.#shown.add(path);
      else if (!this.#unsure.has(path)) this.#unsure.set(path, url);
    }
  }

  /** What was in the data and nowhere to be seen: path, and an address where it is so. */
  get hidden(): Record<string, string> {
    return Object.fromEntries([...this.#hidden, ...[...this.#unsure].filter(([path]) => !this.#shown.has(path))]);
  }
}

// The first of each value, so that different rows are tried.
const spread = (leaves: Leaf[], most: number) =>
  [...new Map(leaves.map((leaf) => [String(leaf.value), leaf])).values()].slice(0, most);
