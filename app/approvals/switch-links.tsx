import { bypassKey, forceDegradedKey } from "#app/settings/setting.ts";
import { useMessages } from "#app/ui/language.tsx";

/** From where the need shows up to the two switches for it: one click each. */
export function SwitchLinks() {
  const { approvals, settings } = useMessages();
  return (
    <p className="row no-print">
      <span className="quiet">{approvals.switchesHint}:</span>
      {([bypassKey, forceDegradedKey] as const).map((key) => (
        <a key={key} href={`/admin/settings/${key}`}>
          {settings.names[key]}
        </a>
      ))}
    </p>
  );
}
