import { State } from "#app/ui/badges.tsx";
import { useMessages } from "#app/ui/language.tsx";
import type { Outcome } from "./privacy.ts";

/** Where a request about data stands. */
export function CaseState({ outcome, late }: { outcome: Outcome | null; late: boolean }) {
  const t = useMessages().privacy;
  const tone = outcome === "GRANTED" ? "good" : outcome || !late ? "warn" : "bad";
  return <State tone={tone}>{outcome ? t.outcomes[outcome] : late ? t.late : t.open}</State>;
}
