import { z } from "zod";
import { orderColumns, readPlace, searchMost, sorts } from "./catalogue.ts";
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

/** What of the catalogue a program asks for. Stricter than the page for people: it is told what it sent wrong. */
export const productQuery = z.object({
  q: z.preprocess(
    (given) => given ?? "",
    searchWords.pipe(z.string().max(searchMost, `q: ${searchMost} characters at most`)),
  ),
  brand: slug("brand"),
  category: slug("category"),
  sort: z.enum(sorts, `sort: one of ${sorts.join(", ")}`).nullable(),
  after: cursor("after"),
  before: cursor("before"),
});
