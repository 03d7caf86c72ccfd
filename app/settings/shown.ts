import { formatNumber } from "#app/ui/format.ts";
import type { Messages } from "#app/words.ts";
import { wordFor } from "#app/ui/word.ts";

type Words = Messages["settings"];

/** A number as it is read: points between thousands, a comma before decimals. */
export function shown(value: number): string {
  const decimals = String(value).split(".")[1];
  return decimals ? `${formatNumber(Math.trunc(value))},${decimals}` : formatNumber(value);
}

/** Any setting's value in words. */
export function shownIn(t: Words, value: number | boolean | string): string {
  if (typeof value === "boolean") return value ? t.on : t.off;
  return typeof value === "number" ? shown(value) : (wordFor(t.choices, value) ?? value);
}

/** What a number may be: from, to, in which steps. */
export const rangeOf = (
  t: Words,
  { minimum, maximum, step }: { minimum: number | null; maximum: number | null; step: number | null },
): string => t.range(shown(minimum ?? 0), shown(maximum ?? 0), step === 1 ? null : shown(step ?? 1));
