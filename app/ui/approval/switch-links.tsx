import { bypassKey, forceDegradedKey } from "#app/models/setting.ts";
import { useMessages } from "#app/ui/language.tsx";

/** From where the need shows up to the two switches for it: one click each. */
export function SwitchLinks() {
  const t = useMessages().approval.switches;
  return (
    <p className="row no-print">
      <span className="quiet">{t.hint}:</span>
      <a href={`/admin/settings/${bypassKey}`}>{t.bypass}</a>
      <a href={`/admin/settings/${forceDegradedKey}`}>{t.degraded}</a>
    </p>
  );
}
