import type { Lang } from "#app/words.ts";

const months: Record<Lang, string[]> = {
  id: ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"],
  en: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
};

/** Whole rupiah: «Rp 1.350.000», "Rp 1,350,000"; less than nothing is «−Rp 2.500.000». */
export function formatRupiah(amount: number, lang: Lang): string {
  return `${amount <= -1 ? minus : ""}Rp ${formatNumber(Math.abs(amount), lang)}`;
}

const minus = "\u2212";
const signs = { id: { group: ".", decimal: "," }, en: { group: ",", decimal: "." } } as const;

/** A whole number with its thousands apart: «12.500», "12,500". */
export function formatNumber(value: number, lang: Lang): string {
  const digits = String(Math.abs(Math.trunc(value))).replace(/\B(?=(\d{3})+$)/g, signs[lang].group);
  return value <= -1 ? minus + digits : digits;
}

/** A number with its decimals, two at most and no noughts at their end: «2,5», "2.5". */
export function formatDecimal(value: number, lang: Lang, most = 2): string {
  const [whole = "0", part = ""] = Math.abs(value).toFixed(most).split(".");
  const decimals = part.replace(/0+$/, "");
  const text = formatNumber(Number(whole), lang) + (decimals && signs[lang].decimal + decimals);
  return value < 0 && Number(whole + part) > 0 ? minus + text : text;
}

/** A moment in Jakarta's time: «21 Nov 2026 14.05 WIB». Not by Intl: its month names change between Node releases. */
export function formatWib(moment: Date | string, lang: Lang): string {
  return `${jakarta(moment, lang).day} ${formatClock(moment, lang)}`;
}

/** The hour alone, where the day is today: «14.05 WIB». */
export function formatClock(moment: Date | string, lang: Lang): string {
  return `${jakarta(moment, lang).time.replace(":", lang === "id" ? "." : ":")} WIB`;
}

/** The day alone: «21 Nov 2026». */
export function formatDay(moment: Date | string, lang: Lang): string {
  return jakarta(moment, lang).day;
}

/** Day and time (14:05) on the clock of the business. Jakarta has no daylight saving: a fixed seven hours is exact. */
export function jakarta(moment: Date | string, lang: Lang) {
  const local = new Date(new Date(moment).getTime() + 7 * 3_600_000);
  return {
    day: `${local.getUTCDate()} ${months[lang][local.getUTCMonth()]} ${local.getUTCFullYear()}`,
    time: local.toISOString().slice(11, 16),
  };
}

const englishUnits: Record<string, [one: string, more: string]> = {
  botol: ["bottle", "bottles"],
  boks: ["box", "boxes"],
  buah: ["piece", "pieces"],
  dus: ["carton", "cartons"],
  galon: ["gallon jug", "gallon jugs"],
  jar: ["jar", "jars"],
  jerigen: ["jerrycan", "jerrycans"],
  kaleng: ["can", "cans"],
  karton: ["carton", "cartons"],
  kotak: ["box", "boxes"],
  lembar: ["sheet", "sheets"],
  lusin: ["dozen", "dozen"],
  pcs: ["piece", "pieces"],
  pak: ["pack", "packs"],
  pasang: ["pair", "pairs"],
  pouch: ["pouch", "pouches"],
  rol: ["roll", "rolls"],
  sachet: ["sachet", "sachets"],
  set: ["set", "sets"],
  toples: ["jar", "jars"],
  tube: ["tube", "tubes"],
  unit: ["unit", "units"],
};

/** An article's unit as it is read: an English word where we know one, else as the catalogue writes it. */
export function formatUnit(unit: string, lang: Lang, count = 1): string {
  const known = lang === "en" ? englishUnits[unit.trim().toLowerCase()] : undefined;
  return known ? known[count === 1 ? 0 : 1] : unit;
}

/** So many of an article: «12 botol», "12 bottles". */
export const formatPieces = (count: number, unit: string, lang: Lang): string =>
  `${formatNumber(count, lang)} ${formatUnit(unit, lang, count)}`;
