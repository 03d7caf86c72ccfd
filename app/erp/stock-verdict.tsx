import type { StockLevel } from "./duty.ts";
import { State } from "#app/ui/badges.tsx";
import { useMessages } from "#app/ui/language.tsx";

const tone = { GOOD: "good", WATCH: "warn", BAD: "bad" } as const;

/** How a comparison of stock went, against the target and the alarm. */
export function StockVerdict({ level }: { level: StockLevel }) {
  return <State tone={tone[level]}>{useMessages().erp.stock.levels[level]}</State>;
}
