/** The languages a mail is written in. */
export type Lang = "id" | "en";

const months: Record<Lang, readonly string[]> = {
  id: ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"],
  en: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
};

/** Whole rupiah as people write them: «Rp 1.350.000», «Rp -2.500.000». */
export function rupiah(amount: number): string {
  const digits = String(Math.abs(amount)).replace(/\B(?=(\d{3})+$)/g, ".");
  return `Rp ${amount < 0 ? "-" : ""}${digits}`;
}

/** A moment on the clock of the business: «21 Nov 2026 14.05 WIB». WIB has no summer time. */
export function wib(moment: Date, lang: Lang): string {
  const local = new Date(moment.getTime() + 7 * 60 * 60 * 1000);
  const minutes = String(local.getUTCMinutes()).padStart(2, "0");
  const hours = String(local.getUTCHours()).padStart(2, "0");
  return `${local.getUTCDate()} ${months[lang][local.getUTCMonth()]} ${local.getUTCFullYear()} ${hours}.${minutes} WIB`;
}

/** Text that came from people, fit for a mail: no control characters, no marks that turn the reading direction. */
export function plain(text: string): string {
  return text
    .replace(/[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/gu, "")
    .replace(/[\p{Cc}\u2028\u2029]+/gu, " ")
    .trim();
}
