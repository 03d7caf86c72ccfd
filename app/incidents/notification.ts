import { z } from "zod";
import { wordFor } from "#app/ui/word.ts";
import { incidents as en } from "./words.en.ts";
import { incidents as id } from "./words.id.ts";

const words = { id, en };

/** What a notification tells of its incident: the row's facts. */
export const notificationFacts = z.looseObject({
  ref: z.string(),
  severity: z.number().int().min(1).max(4),
  cause: z.string(),
  subject: z.string().nullish(),
  acknowledgedBy: z.string().nullish(),
});
export type NotificationFacts = z.output<typeof notificationFacts>;

type Lang = keyof typeof words;

/** A cause in words; one that has none yet reads as a sentence all the same. */
export const causeIn = (lang: Lang, cause: string): string =>
  wordFor(words[lang].causes, cause) ?? `${cause[0]}${cause.slice(1).toLowerCase().replaceAll("_", " ")}`;

/** What has happened to the incident, in words: opened, raised, nobody has answered … */
export const happenedIn = (lang: Lang, kind: string): string => wordFor(words[lang].told, kind) ?? kind;

/** Its page. */
export const incidentUrl = (appUrl: string, ref: string) => `${appUrl}/admin/incidents/${ref}`;

/** One line for a channel of ours: what, which, about whom, what to do, where. */
export function notificationText(lang: Lang, kind: string, facts: NotificationFacts, appUrl: string): string {
  const t = words[lang];
  const head = `SEV-${facts.severity} · ${happenedIn(lang, kind)}: ${causeIn(lang, facts.cause)}`;
  const about = facts.subject ? ` (${facts.subject})` : "";
  const respond = kind === "RESOLVED" ? "" : ` · ${t.severities.respond[facts.severity as 1 | 2 | 3 | 4]}`;
  return `${head}${about} · ${facts.ref}${respond} · ${incidentUrl(appUrl, facts.ref)}`;
}

/** The same for a text message: at most 160 letters of the GSM alphabet, the link whole. */
export function notificationSms(lang: Lang, kind: string, facts: NotificationFacts, appUrl: string): string {
  const url = incidentUrl(appUrl, facts.ref);
  const head = `ALFA SEV-${facts.severity} ${facts.ref}: `;
  const room = 160 - head.length - url.length - 1;
  const plain = `${happenedIn(lang, kind)}. ${causeIn(lang, facts.cause)}`.replace(/[^\x20-\x7e]/g, "");
  return `${head}${plain.slice(0, Math.max(0, room))} ${url}`;
}
