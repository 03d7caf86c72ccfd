import { z } from "zod";
import type { CatalogueFilter } from "#app/models/catalogue.ts";
import { decodeCursor } from "#app/models/cursor.ts";

const slug = (name: string) => z.string().regex(/^[a-z0-9-]{1,60}$/, `${name}: small letters, digits and hyphens, 60 at most`).nullable();

// Stricter than the page for people: a program is told what it sent wrong.
const query = z.object({
  q: z.string().trim().max(80, "q: 80 characters at most"),
  brand: slug("brand"),
  category: slug("category"),
  after: z.string().max(400, "after: not a cursor of ours").refine((value) => decodeCursor(value, "text", "id") !== null, "after: not a cursor of ours").nullable(),
});

/** The filter that an address asks for, or what is wrong with it. Empty parameters count as absent. */
export function readQuery(params: URLSearchParams): { filter: CatalogueFilter } | { errors: Array<{ parameter: string; detail: string }> } {
  const given = (name: string) => params.get(name) || null;
  const result = query.safeParse({ q: params.get("q") ?? "", brand: given("brand"), category: given("category"), after: given("after") });
  if (result.success) return { filter: result.data };
  return { errors: result.error.issues.map(({ path, message }) => ({ parameter: String(path[0]), detail: message })) };
}
