import { z } from "zod";
import { cursor, listAddress, readFilter, searchText } from "#app/ui/list.ts";

export const accountRoles = ["PARTNER", "SALESMAN", "ADMIN", "AUDITOR"] as const;
export const accountStatuses = ["ACTIVE", "SUSPENDED"] as const;

/** What the list of accounts may be asked for; anything else in the address is ignored, since it comes from links. */
export const accountFilter = z.object({
  q: searchText(),
  role: z.enum(accountRoles).nullable().catch(null),
  status: z.enum(accountStatuses).nullable().catch(null),
  after: cursor,
});
export type AccountFilter = z.output<typeof accountFilter>;

export const readAccountFilter = (params: URLSearchParams): AccountFilter => readFilter(accountFilter, params);

export const accountsAddress = (filter: AccountFilter, change: Partial<AccountFilter>) =>
  listAddress("/admin/accounts", { ...filter, after: null, ...change });

/** Why somebody is shut out, or let back in. */
export const reasonForm = z.object({
  reason: z.string("REASON_REQUIRED").trim().min(5, "REASON_REQUIRED").max(200, "TOO_LONG"),
});
/** What was found out about an order before it goes on, or is cancelled. */
export const releaseForm = z.object({
  decision: z.enum(["CONTINUE", "CANCEL"]).default("CONTINUE"),
  note: z.string("REASON_REQUIRED").trim().min(5, "REASON_REQUIRED").max(300, "TOO_LONG"),
});
