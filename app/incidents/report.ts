import { z } from "zod";
import { tellablePage } from "#app/link-keys.ts";
import { shownForField } from "#app/ui/shown-for-field.ts";

export const reportKinds = ["PROBLEM", "QUESTION"] as const;
export type ReportKind = (typeof reportKinds)[number];

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** What is sent from «Laporkan masalah / Tanya». The key was minted with the form: sent twice, it is one report. */
export const reportForm = z.object({
  key: z.string().regex(uuid, "BAD_INPUT"),
  kind: z.enum(reportKinds, "REPORT_KIND"),
  page: z.string().max(2_000).default("/"),
  words: z.string("REASON_REQUIRED").trim().min(5, "REASON_REQUIRED").max(2_000, "TOO_LONG"),
  email: z.string().trim().max(200, "EMAIL").default(""),
  /** Whom the form was shown to; empty where nobody was signed in. */
  [shownForField]: z.string().default(""),
});
export type SentReport = z.output<typeof reportForm>;

/** What staff answers. */
export const answerForm = z.object({
  words: z.string("REASON_REQUIRED").trim().min(5, "REASON_REQUIRED").max(2_000, "TOO_LONG"),
});

/** Causes of incidents that somebody wrote. */
export const writtenCauses: readonly string[] = ["REPORTED", "ASKED"];

/**
 * The page that somebody came from, without what he had asked it and without the key of a letter's link; the front page
 * when it is none of ours.
 */
export const pageFrom = (given: string | null): string =>
  given && /^\/(?![/\\])[\x21-\x7e]*$/.test(given) ? tellablePage(given).slice(0, 200) : "/";

/** The order that an address is about, of a store's page or of staff's. */
export const orderIn = (page: string): string | null => /\/(ORD-\d{4}-\d{6,9})(?:\/|$)/.exec(page)?.[1] ?? null;
