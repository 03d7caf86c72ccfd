import { z } from "zod";
import { placeOf } from "#app/ui/places.ts";
import type { LinkKind } from "./incident.ts";
import { incidentRoles, severityChoices } from "./incident.ts";

/** The steps of an incident's life, as the database's table of moves names them. */
export const moves = ["CLASSIFY", "CONTAIN", "RESOLVE", "CLOSE", "REOPEN"] as const;
export type Move = (typeof moves)[number];

const word = z.string("REASON_REQUIRED").trim().max(500, "TOO_LONG");
const choice = <const Values extends readonly [string, ...string[]]>(values: Values, code: string) =>
  z.union([z.literal("").transform(() => undefined), z.enum(values)], code).optional();

/** What else may be filled in on an incident's page, whichever button sends it. */
const beside = {
  role: choice(incidentRoles, "ROLE"),
  code: z.string().trim().max(20, "TOO_LONG").optional(),
  key: z.string().trim().max(40, "TOO_LONG").optional(),
};

/** Saves what was filled in; taken in hand too, where a word is no must. */
export const incidentForm = z.object({ note: word.optional(), ...beside });
/** Begins a playbook for it. */
export const playbookForm = incidentForm.extend({ playbook: z.string("STALE").max(40, "STALE") });
/** Leads to a page beside it. */
export const leaveForm = incidentForm.extend({ go: z.string("STALE").max(1200, "STALE") });
/** A step of its life, which needs a word. */
export const moveForm = z.object({ note: word.min(5, "REASON_REQUIRED"), ...beside });
export const classifyForm = moveForm.extend({ severity: z.enum(severityChoices, "LEVEL") });

export type Filled = z.output<typeof incidentForm>;

/** What a number that was typed stands for. */
export function linkKindOf(typed: string): LinkKind {
  if (/^ord-/i.test(typed)) return "order";
  if (/^inc-/i.test(typed)) return "incident";
  if (/^ptr-/i.test(typed)) return "store";
  return /^(sls|adm|aud)-/i.test(typed) ? "account" : "article";
}

/** The page of what is linked. */
export const linkPlace = (kind: string, key: string): string | null =>
  kind === "article" ? `/admin/articles/${key}` : kind === "page" ? key : placeOf(key);

/** Causes whose incidents show how the connection to the ERP is. */
export const isOfErp = (cause: string) => /^(ERP|STOCK)_/.test(cause);
