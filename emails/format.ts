import { formatNumber, jakarta } from "#app/ui/format.ts";

/** The languages a mail is written in. */
export type Lang = "id" | "en";

/** Whole rupiah as «Rp 1.350.000», in both languages: mails are kept, compared and answered by whoever gets them. */
export const rupiah = (amount: number): string =>
  `Rp ${amount <= -1 ? "-" : ""}${formatNumber(Math.abs(amount), "id")}`;

/** A moment on the clock of the business: «21 Nov 2026 14.05 WIB», with a point in both languages. */
export function wib(moment: Date, lang: Lang): string {
  const { day, time } = jakarta(moment, lang);
  return `${day} ${time.replace(":", ".")} WIB`;
}

/** Text that came from people, fit for a mail: no control characters, no marks that turn the reading direction. */
export function plain(text: string): string {
  return text
    .replace(/[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/gu, "")
    .replace(/[\p{Cc}\u2028\u2029]+/gu, " ")
    .trim();
}
