import { z } from "zod";
import { cursor, readFilter } from "#app/ui/list.ts";
import { placeOf } from "#app/ui/places.ts";

export const severities = [1, 2, 3, 4] as const;
/** As an address names them. */
export const severityChoices = ["1", "2", "3", "4"] as const;
export const incidentStates = ["DETECTED", "CLASSIFIED", "CONTAINED", "RESOLVED", "CLOSED"] as const;
export type IncidentState = (typeof incidentStates)[number];

/** Who leads it, who writes it down, who speaks with stores. */
export const incidentRoles = ["COMMANDER", "SCRIBE", "LIAISON"] as const;
export type IncidentRole = (typeof incidentRoles)[number];
/** What a person may link to an incident. */
export const linkKinds = ["order", "account", "store", "article", "incident"] as const;
export type LinkKind = (typeof linkKinds)[number];
/** The posts of the escalation matrix. */
export const posts = ["CTO", "CIO", "VP_SALES", "ENG_LEAD", "OPS_MANAGER", "SUPPORT", "HELPDESK", "PRIVACY"] as const;
export type Post = (typeof posts)[number];

/** What is due by a time. */
export type TimerKind = "RESPOND" | "ESCALATE" | "MEND" | "BLACKOUT" | "REVIEW" | "LEAD" | "PRIVACY" | "BREACH_NOTICE";

/** What happened to an incident. */
export type IncidentEventKind =
  | "OPENED"
  | "SEEN_AGAIN"
  | "RAISED"
  | "LOWERED"
  | "ACKNOWLEDGED"
  | "CLASSIFIED"
  | "CONTAINED"
  | "RESOLVED"
  | "CLOSED"
  | "REOPENED"
  | "NOTE"
  | "ROLE"
  | "LINKED"
  | "BREACHED"
  | "ESCALATED"
  | "STEP"
  | "REVIEWED";

/** What of them a list shows; null: all that nobody has closed. */
export const incidentLists = ["untaken", "resolved", "closed"] as const;

export const incidentFilter = z.object({
  state: z.enum(incidentLists).nullable().catch(null),
  severity: z.enum(severityChoices).nullable().catch(null),
  after: cursor,
});
export type IncidentFilter = z.output<typeof incidentFilter>;

/** What the list may be asked for; anything else in the address is ignored. */
export const readIncidentFilter = (params: URLSearchParams): IncidentFilter => readFilter(incidentFilter, params);

/** The page of what an incident is about; null for what has none. */
export function subjectPlace(subject: string | null): string | null {
  if (!subject) return null;
  if (/^\d{4}-\d{2}$/.test(subject)) return `/admin/reviews/${subject}`;
  if (/^SLS-/.test(subject)) return `/admin/cases/${subject}`;
  return placeOf(subject);
}
