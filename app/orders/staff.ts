import { z } from "zod";
import { cursor, misread, readFilter, searchText, tooLong } from "#app/ui/list.ts";
import { readDay } from "#app/ui/day.ts";
import { hasEnded, orderStatuses } from "./order.ts";

/** How the list may be sorted; without one the newest order comes first. */
export const sorts = ["oldest", "total"] as const;

const day = z.string().transform(readDay).nullable().catch(null);

/** What the list of orders may be asked for; anything else in the address is ignored, since it comes from links. */
export const orderFilter = z.object({
  q: searchText(),
  status: z.enum(orderStatuses).nullable().catch(null),
  sync: z.enum(["PENDING_SYNC", "SYNCED", "FAILED"]).nullable().catch(null),
  shadow: z.literal("yes").nullable().catch(null),
  held: z.literal("yes").nullable().catch(null),
  /** Days by Jakarta's calendar, both included. */
  from: day,
  to: day,
  sort: z.enum(sorts).nullable().catch(null),
  after: cursor,
});
export type OrderFilter = z.output<typeof orderFilter>;

export const dayFields = ["from", "to"] as const;

/** Days that are none, each with what was typed, or a last one before the first; and a search that is too long. */
export function wrongIn(params: URLSearchParams, filter: OrderFilter) {
  const typed = misread(dayFields, params, filter);
  const backwards = filter.from !== null && filter.to !== null && filter.from > filter.to;
  const long = tooLong(params);
  return { typed, backwards, long, any: backwards || long || Object.keys(typed).length > 0 };
}

export const readOrderFilter = (params: URLSearchParams): OrderFilter => readFilter(orderFilter, params);

/**
 * Moving an order along. Ending it for good needs a reason, and is asked first: `ask` leads to that question, with the
 * note that was begun.
 */
export const moveForm = z
  .object({
    ask: z.enum(["REJECTED", "CANCELLED"]).optional().catch(undefined),
    status: z.enum(orderStatuses).optional().catch(undefined),
    note: z.string().trim().max(300, "TOO_LONG").default(""),
  })
  .transform(({ ask, status, note }, ctx) => {
    if (ask) return { ask, note };
    if (!status) ctx.addIssue({ code: "custom", path: ["status"], message: "STALE" });
    else if (note.length < 5 && hasEnded(status))
      ctx.addIssue({ code: "custom", path: ["note"], message: "REASON_REQUIRED" });
    else return { status, note };
    return z.NEVER;
  });

/** A message to an order's store, as it goes to WhatsApp. */
export const tellForm = z.object({ text: z.string("REQUIRED").trim().min(1, "REQUIRED").max(8000, "TOO_LONG") });

/**
 * The order numbers that somebody may mean by what he typed: whole, without its prefix, or the running number alone,
 * which is then looked for in this year (Jakarta's, as numbers are given) and the two before. Empty when it is no
 * number: a store's name or code. The same for an invoice's, which has to have its prefix.
 */
export function numbersMeant(typed: string, now: Date, prefix: "ORD" | "INV" = "ORD"): string[] {
  const shape = { ORD: /^(?:ord[- ]?)?(?:(\d{4})[- ])?(\d{1,9})$/i, INV: /^inv[- ]?(?:(\d{4})[- ])?(\d{1,9})$/i };
  // Written in one, a year is told by its century, as a telephone number has none.
  const found = shape[prefix].exec(typed.trim().replace(/(20\d{2})(?=\d{6}$)/, "$1-"));
  if (!found) return [];
  const year = new Date(now.getTime() + 7 * 3_600_000).getUTCFullYear();
  const years = found[1] ? [found[1]] : [year, year - 1, year - 2];
  return years.map((each) => `${prefix}-${each}-${found[2]!.padStart(6, "0")}`);
}
