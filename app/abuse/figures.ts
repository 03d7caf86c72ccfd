import type { Lang } from "#app/words.ts";
import { formatDecimal, formatRupiah } from "#app/ui/format.ts";

/** Figures inside a sentence of this language: with one decimal at most, and whole rupiah. */
export const figuresIn = (lang: Lang) => ({
  number: (value: number) => formatDecimal(value, lang, 1),
  rupiah: (value: number) => formatRupiah(Math.round(value), lang),
});
