import { z } from "zod";

/** What the trail may be asked for; anything else in the address is ignored. */
export const auditFilter = z.object({
  action: z.string().regex(/^[A-Z_]{3,40}$/).nullable().catch(null),
  actor: z.string().trim().toUpperCase().regex(/^[A-Z]{2,4}-[0-9]{3,6}$/).nullable().catch(null),
  request: z.string().trim().toLowerCase().regex(/^[0-9a-f-]{36}$/).nullable().catch(null),
  after: z.string().max(400).nullable().catch(null),
});
export type AuditFilter = z.output<typeof auditFilter>;

export const readAuditFilter = (params: URLSearchParams): AuditFilter =>
  auditFilter.parse({ action: params.get("action"), actor: params.get("actor"), request: params.get("request"), after: params.get("after") });
