import type { CreditNow } from "./approval.server.ts";
import { State } from "#app/ui/badges.tsx";
import { formatRupiah } from "#app/ui/format.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";

/** What the figures of now say in words; with figures too old or missing, also what they would say. */
export function Suggestion({ now: { reason, over } }: { now: CreditNow }) {
  const lang = useLang();
  const t = useMessages().approvals;
  const unsure = reason === "OLD_DATA" || reason === "NO_DATA";
  return (
    <div className="stack stack--tight">
      <State tone={reason === "WITHIN_LIMIT" ? "good" : reason === "OVER_LIMIT" ? "bad" : "warn"}>
        {t.suggestions[reason](formatRupiah(over, lang))}
      </State>
      {unsure ? <p className="quiet">{t.byThoseFigures(over, formatRupiah(over, lang))}</p> : null}
    </div>
  );
}
