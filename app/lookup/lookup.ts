import { searchText } from "#app/ui/list.ts";
import { articlePlace, placeOf } from "#app/ui/places.ts";

/** In the order in which a list shows them. */
export const kinds = ["order", "invoice", "store", "lead", "person", "article", "incident", "privacy"] as const;
export type Kind = (typeof kinds)[number];

/** One thing that was meant. `key`: of its page (an invoice's is its order's); `about`: what says whose it is. */
export type Hit = { kind: Kind; key: string; name: string; about: string };

/** So many of each kind are shown. */
export const shownOfKind = 10;

/** What was typed, as it is looked for. */
export const readTyped = (params: URLSearchParams): string => searchText().parse(params.get("q") ?? "");

/** A few digits: too few for the whole number of an order, so that what they are of is the reader's choice. */
export const isFewDigits = (typed: string): boolean => /^\d{1,5}$/.test(typed);

/** The page of what was found. */
export const placeOfHit = ({ kind, key }: Pick<Hit, "kind" | "key">): string =>
  (kind === "article" ? articlePlace(key) : placeOf(key)) ?? `/admin/accounts/${key}`;

/** By kind, as many as are shown; `more`: there are others. */
export const groupsOf = (hits: Hit[]) =>
  kinds
    .map((kind) => ({ kind, found: hits.filter((hit) => hit.kind === kind) }))
    .filter(({ found }) => found.length > 0)
    .map(({ kind, found }) => ({ kind, hits: found.slice(0, shownOfKind), more: found.length > shownOfKind }));
