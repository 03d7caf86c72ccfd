import { wordFor } from "./ui/word.ts";
import * as en from "./words.en.ts";
import * as id from "./words.id.ts";

export type Lang = "id" | "en";
export type Messages = typeof id;

export const defaultLang: Lang = "id";

/** All texts in one language; the ones with parameters are functions. */
export function messages(lang: Lang): Messages {
  return lang === "en" ? en : id;
}

type Shared = "codes" | "trail" | "trailFacts";
type Room = { [word: string]: unknown } & { [Name in Shared]?: Record<string, string> };

/**
 * What each room says of itself under one name: `codes` are the sentences of its refusals, `trail` is what its acts are
 * called in the audit trail, `trailFacts` what the facts beside an act are called there.
 */
export function ofEveryRoom(t: Messages, name: Shared): Record<string, string> {
  const rooms: Room[] = Object.values(t);
  return Object.fromEntries(rooms.flatMap((room) => Object.entries(room[name] ?? {})));
}

/** Whatever a cookie or a form says, made into a language we have. */
export function parseLang(value: unknown): Lang | null {
  return value === "id" || value === "en" ? value : null;
}

/** The sentence for a code; what has none (a missing field, in the words of the form's schema) asks to look again. */
export function errorText(lang: Lang, code: string): string {
  const t = messages(lang);
  return wordFor(ofEveryRoom(t, "codes"), code) ?? t.http.codes.BAD_INPUT;
}
