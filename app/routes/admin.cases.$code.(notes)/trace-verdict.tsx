import type { Verdict } from "#app/cases/geo.ts";
import { State } from "#app/ui/badges.tsx";
import { useMessages } from "#app/ui/language.tsx";

/** What the place of an address says about an order. Never in the colour of a fault: it is weak evidence. */
export function TraceVerdict({ verdict }: { verdict: Verdict | null }) {
  const t = useMessages().cases;
  if (!verdict) return <State tone="plain">{t.waiting}</State>;
  const tone = { PLAUSIBLE: "good", IMPLAUSIBLE: "warn", INDETERMINATE: "plain" } as const;
  return <State tone={tone[verdict]}>{t.verdicts[verdict]}</State>;
}
