import { formatDecimal } from "#app/ui/format.ts";
import type { Lang, Messages } from "#app/words.ts";
import { wordFor } from "#app/ui/word.ts";

type Words = Messages["settings"];

/** A number as it is read. */
export const shown = (value: number, lang: Lang): string => formatDecimal(value, lang, 6);

/** Any setting's value in words. */
export function shownIn(t: Words, value: number | boolean | string, lang: Lang): string {
  if (typeof value === "boolean") return value ? t.on : t.off;
  return typeof value === "number" ? shown(value, lang) : (wordFor(t.choices, value) ?? value);
}

/** What a number may be: from, to, in which steps. */
export const rangeOf = (
  t: Words,
  { minimum, maximum, step }: { minimum: number | null; maximum: number | null; step: number | null },
  lang: Lang,
): string => t.range(shown(minimum ?? 0, lang), shown(maximum ?? 0, lang), step === 1 ? null : shown(step ?? 1, lang));
