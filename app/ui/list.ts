import { z } from "zod";
import type { Lang } from "#app/words.ts";
import { formatNumber } from "./format.ts";

/**
 * Lists of staff show as many rows, and count as far: more is said as «1.000+», so that no page counts a million.
 */
export const staffPageSize = 25;
export const countedTo = 1000;

/** A number that was counted up to countedTo, as people read it: «1.000+» when there are more. */
export const shownCount = (n: number | undefined, lang: Lang): string =>
  (n ?? 0) > countedTo ? `${formatNumber(countedTo, lang)}+` : formatNumber(n ?? 0, lang);

/**
 * What is typed into a search field. A NUL, which no keyboard makes and Postgres takes for an error, counts as a
 * space.
 */
export const searchWords = z.string().transform((typed) => typed.replaceAll("\0", " ").trim());

/** Where a list goes on, of a filter: see app/db/cursor.ts. What is no such place starts the list over. */
export const cursor = z.string().max(400).nullable().catch(null);

/** So many letters are looked for, unless a list says otherwise. */
export const searchMost = 80;

/** The same of an address: nothing where there is more than is looked for, which the page then says (tooLong). */
export const searchText = (most = searchMost) => searchWords.pipe(z.string().max(most)).catch("");

/** Whether more was typed than is looked for. Nothing is searched then: see misread. */
export const tooLong = (params: URLSearchParams, most = searchMost): boolean =>
  searchWords.parse(params.get("q") ?? "").length > most;

/** What an address asks a list for, by name; a filter's own rules (`catch`) say what becomes of what is no choice. */
export const readFilter = <Shape extends z.ZodRawShape>(filter: z.ZodObject<Shape>, params: URLSearchParams) =>
  filter.parse(Object.fromEntries(Object.keys(filter.shape).map((name) => [name, params.get(name)])));

/**
 * The fields of a filter that hold what cannot be looked for, each with what was typed. Nothing is searched then: the
 * list would show what nobody asked for.
 */
export function misread<Field extends string>(
  fields: readonly Field[],
  params: URLSearchParams,
  filter: Record<Field, unknown>,
): Partial<Record<Field, string>> {
  const wrong: Partial<Record<Field, string>> = {};
  for (const name of fields) {
    const typed = params.get(name)?.trim();
    if (typed && filter[name] === null) wrong[name] = typed.slice(0, 1000);
  }
  return wrong;
}

/** An address with the parameters that have a value. */
export function listAddress(path: string, params: Record<string, string | null>): string {
  const given = Object.entries(params).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return given.length > 0 ? `${path}?${new URLSearchParams(given)}` : path;
}
