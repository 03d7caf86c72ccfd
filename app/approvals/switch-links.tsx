import { bypassKey, forceDegradedKey } from "#app/settings/setting.ts";
import { useMessages } from "#app/ui/language.tsx";

/** From where the need shows up to the two switches for it: one click each. */
export function SwitchLinks() {
  const { approval, admin } = useMessages();
  return (
    <p className="row no-print">
      <span className="quiet">{approval.switchesHint}:</span>
      {[bypassKey, forceDegradedKey].map((key) => (
        <a key={key} href={`/admin/settings/${key}`}>
          {admin.settings.names[key]}
        </a>
      ))}
    </p>
  );
}
