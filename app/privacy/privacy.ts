import { z } from "zod";
import { askedBy } from "#app/leads/lead.ts";
import { day } from "#app/ui/day.ts";

/** What a person may ask about his data. */
export const privacyKinds = ["ACCESS", "CORRECTION", "RESTRICTION", "WITHDRAWAL", "ERASURE", "OBJECTION"] as const;
export type PrivacyKind = (typeof privacyKinds)[number];
export const proofs = ["CALLED_BACK", "ANSWERED_MAIL", "DOCUMENT"] as const;
export type Proof = (typeof proofs)[number];
export const outcomes = ["GRANTED", "REFUSED"] as const;
export type Outcome = (typeof outcomes)[number];
/** What of a lead may be corrected. */
export const correctable = ["business_name", "contact_name", "phone", "city", "email"] as const;

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const words = (most: number) => z.string("REASON_REQUIRED").trim().min(5, "REASON_REQUIRED").max(most, "TOO_LONG");

/** What is sent with the form on the privacy page. The key was minted with it: sent twice, it is one request. */
export const askForm = z.object({
  key: z.string().regex(uuid, "BAD_INPUT"),
  kind: z.enum(privacyKinds, "PRIVACY_KIND"),
  name: z.string("PRIVACY_NAME").trim().min(2, "PRIVACY_NAME").max(120, "PRIVACY_NAME"),
  address: z.string("REACHABLE").trim().min(3, "REACHABLE").max(200, "TOO_LONG"),
  words: words(2_000),
});
export type Asked = z.output<typeof askForm>;

/** What staff writes down of who phoned or wrote. */
export const recordForm = askForm.extend({ askedBy: z.enum(askedBy, "ASKED_BY"), day: day("ASKED_DAY") });
export type Recorded = z.output<typeof recordForm>;

/** How an admin found out that it is he. */
export const proveForm = z.object({ how: z.enum(proofs, "PROVEN_HOW"), note: words(500) });
/** What of a lead of his is wrong. */
export const correctForm = z.object({
  lead: z.string("CORRECTION").max(30, "CORRECTION"),
  field: z.enum(correctable, "CORRECTION"),
  value: z.string("CORRECTION").trim().min(1, "CORRECTION").max(200, "CORRECTION"),
});
export const answerForm = z.object({ outcome: z.enum(outcomes, "OUTCOME"), answer: words(2_000) });

/** Why a restriction ends, as he is told. */
export const liftForm = z.object({ note: words(2_000) });

/** The kind that an address asks for; none of ours: no choice yet. */
export const kindFrom = (given: string | null): PrivacyKind | undefined => privacyKinds.find((kind) => kind === given);
