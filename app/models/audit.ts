import { z } from "zod";

const text = (pattern: RegExp) => z.string().trim().regex(pattern).nullable().catch(null);

/** What the trail may be asked for; anything else in the address is ignored. */
export const auditFilter = z.object({
  action: text(/^[A-Z_]{3,40}$/),
  actor: z.string().trim().toUpperCase().regex(/^[A-Z]{2,4}-[0-9]{3,6}$/).nullable().catch(null),
  target: z.string().trim().toUpperCase().regex(/^[A-Z]{2,4}-[0-9]{3,6}$/).nullable().catch(null),
  key: text(/^[\w.:/-]{2,60}$/),
  request: z.string().trim().toLowerCase().regex(/^[0-9a-f-]{36}$/).nullable().catch(null),
  after: z.string().max(400).nullable().catch(null),
});
export type AuditFilter = z.output<typeof auditFilter>;

export const readAuditFilter = (params: URLSearchParams): AuditFilter =>
  auditFilter.parse(Object.fromEntries(Object.keys(auditFilter.shape).map((name) => [name, params.get(name)])));
