import { formatNumber } from "#app/ui/format.ts";

/** A number as it is read: points between thousands, a comma before decimals. */
export function shown(value: number): string {
  const decimals = String(value).split(".")[1];
  return decimals ? `${formatNumber(value)},${decimals}` : formatNumber(value);
}
