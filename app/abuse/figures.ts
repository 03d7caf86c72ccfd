import { formatRupiah } from "#app/ui/format.ts";

/** A figure with at most one decimal, with a comma as Indonesians write it. */
export const oneDecimal = (value: number) => String(Math.round(value * 10) / 10);
export const oneDecimalComma = (value: number) => oneDecimal(value).replace(".", ",");
/** Whole rupiah inside a sentence: «Rp 1.350.000». */
export const rupiah = (value: number) => formatRupiah(Math.round(value));
