import { z } from "zod";
import { cursor, readFilter, searchText } from "#app/ui/list.ts";

export const clientPageSize = 25;

/** What a salesman has his stores in order of. QUIET: those first whose last order is longest ago. */
export const clientSorts = ["RECENT", "CITY", "ROOM", "QUIET"] as const;
export type ClientSort = (typeof clientSorts)[number];

const filter = z.object({
  q: searchText(),
  by: z.enum(clientSorts).catch("RECENT"),
  after: cursor,
});
export type ClientFilter = z.output<typeof filter>;

/**
 * What is typed as a code or a telephone number, as both are looked for: a code without hyphens and spaces, a number
 * from its first 8 on, six digits at least. Null: it is none.
 */
export function readAsCodeOrPhone(typed: string) {
  const code = typed.replace(/[\s-]/g, "");
  const digits = typed.replace(/[\s().+-]/g, "").replace(/^(?:00)?62|^0/, "");
  return { code: /^[a-z]*\d+$/i.test(code) ? code : null, phone: /^\d{6,}$/.test(digits) ? digits : null };
}

/** What the list may be asked for; what is no choice in the address is ignored. */
export const readClientFilter = (params: URLSearchParams): ClientFilter => readFilter(filter, params);
