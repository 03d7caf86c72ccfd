import type { ReconcileResult, Resolution } from "./reconcile.ts";
import { State } from "#app/ui/badges.tsx";
import { useMessages } from "#app/ui/language.tsx";

const tones = { CONFIRMED: "good", SHORT: "warn", CREDIT_FAILED: "warn", DUPLICATE: "bad", ERROR: "bad" } as const;

/** What came out of the comparison; and beside it what somebody made of it. */
export function Result({ result, resolution = null }: { result: ReconcileResult; resolution?: Resolution | null }) {
  const t = useMessages().reconcile;
  return (
    <span className="row">
      <State tone={tones[result]}>{t.results[result]}</State>
      {resolution ? <State tone={resolution === "CANCEL" ? "plain" : "good"}>{t.resolutions[resolution]}</State> : null}
    </span>
  );
}
