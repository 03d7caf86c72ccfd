import { z } from "zod";
import { type CatalogueFilter, orderColumns, readPlace, searchMost, sorts } from "#app/catalogue/catalogue.ts";
import { keysOf } from "#app/ui/keys.ts";
import { searchWords } from "#app/ui/list.ts";

const slug = (name: string) =>
  z
    .string()
    .regex(/^[a-z0-9-]{1,60}$/, `${name}: small letters, digits and hyphens, 60 at most`)
    .nullable();

// Of any order: whether the prices sort is known with the session, and a cursor of another order than that starts the
// list over.
const cursor = (name: string) =>
  z
    .string()
    .max(400, `${name}: not a cursor of ours`)
    .refine(
      (value) => keysOf(orderColumns).some((order) => readPlace(order, value) !== null),
      `${name}: not a cursor of ours`,
    )
    .nullable();

// Stricter than the page for people: a program is told what it sent wrong.
const query = z.object({
  q: searchWords.pipe(z.string().max(searchMost, `q: ${searchMost} characters at most`)),
  brand: slug("brand"),
  category: slug("category"),
  sort: z.enum(sorts, `sort: one of ${sorts.join(", ")}`).nullable(),
  after: cursor("after"),
  before: cursor("before"),
});

/** The filter that an address asks for, or what is wrong with it. Empty parameters count as absent. */
export function readQuery(
  params: URLSearchParams,
): { filter: CatalogueFilter } | { errors: Array<{ parameter: string; detail: string }> } {
  const given = (name: string) => params.get(name) || null;
  const result = query.safeParse({
    q: params.get("q") ?? "",
    ...Object.fromEntries(["brand", "category", "sort", "after", "before"].map((name) => [name, given(name)])),
  });
  if (result.success) return { filter: result.data };
  return { errors: result.error.issues.map(({ path, message }) => ({ parameter: String(path[0]), detail: message })) };
}
