import { z } from "zod";
import type { Role } from "#app/accounts/viewer.ts";
import { cursor, misread as misreadOf, readFilter } from "#app/ui/list.ts";

const text = (pattern: RegExp) => z.string().trim().regex(pattern).nullable().catch(null);
const code = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z]{2,4}-[0-9]{3,6}$/)
  .nullable()
  .catch(null);

/**
 * What the trail may be asked for. `key` is an order, incident or account however its number is written; other objects
 * as they are.
 */
export const auditFilter = z.object({
  action: text(/^[A-Z_]{3,40}$/),
  actor: code,
  target: code,
  key: z
    .string()
    .trim()
    .regex(/^[\w.:/-]{2,60}$/)
    .transform((key) => (/^[a-z]{3}-[\d-]+$/i.test(key) ? key.toUpperCase() : key))
    .nullable()
    .catch(null),
  request: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[0-9a-f-]{32,36}$/)
    .nullable()
    .catch(null),
  after: cursor,
});
export type AuditFilter = z.output<typeof auditFilter>;
export const auditFields = ["action", "actor", "target", "key", "request"] as const;
/** Fields that hold a person or a store: a code, or what somebody is called, who is then looked for. */
export const personFields = ["actor", "target"] as const;
export type PersonField = (typeof personFields)[number];
/** Somebody who may be meant. `code`: by which the trail knows him in that field. */
export type Candidate = { code: string; name: string; role: Role };
export type Candidates = Partial<Record<PersonField, Candidate[]>>;
/** So many are offered to choose from. */
export const mostCandidates = 10;
export type AuditField = (typeof auditFields)[number];

export const readAuditFilter = (params: URLSearchParams): AuditFilter => readFilter(auditFilter, params);

/** What stands in a field for a person and is no code: who is meant has to be looked for. */
export function typedNames(params: URLSearchParams, filter: AuditFilter): Partial<Record<PersonField, string>> {
  const wrong = misread(params, filter);
  return Object.fromEntries(personFields.flatMap((name) => (wrong[name] === undefined ? [] : [[name, wrong[name]]])));
}

/** The filter with the code of whoever was found alone. */
export function withFound(filter: AuditFilter, found: Candidates): AuditFilter {
  const alone = personFields.flatMap((name) => (found[name]?.length === 1 ? [[name, found[name][0]!.code]] : []));
  return { ...filter, ...(Object.fromEntries(alone) as Partial<Record<PersonField, string>>) };
}

/**
 * The fields that hold what cannot be looked for, each with what was typed. Nothing is searched then: without that
 * field the list would show everybody's acts under the name of one.
 */
export function misread(params: URLSearchParams, filter: AuditFilter): Partial<Record<AuditField, string>> {
  return misreadOf(auditFields, params, filter);
}
