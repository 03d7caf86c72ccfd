import type { Lang } from "#app/words.ts";
import { formatDecimal } from "./format.ts";

/** A tag for sentences: numbers in them are written as their language writes numbers, «1.234 order». */
export const sayIn =
  (lang: Lang) =>
  (texts: TemplateStringsArray, ...values: Array<string | number>): string =>
    String.raw({ raw: texts }, ...values.map((each) => (typeof each === "number" ? formatDecimal(each, lang) : each)));

/** So many of a thing in English: "1 order", "1,234 orders". */
export const counted = (count: number | string, one: string, more = `${one}s`): string =>
  sayIn("en")`${count} ${String(count) === "1" ? one : more}`;
