import { Fragment, type ReactNode } from "react";
import { bypassKey, forceDegradedKey } from "#app/settings/setting.ts";
import { useMessages } from "#app/ui/language.tsx";

type Props = {
  /** How they are led to from where something may be typed already. */
  way?: (href: string, name: string) => ReactNode;
};

/** From where the need shows up to the two switches for it: one click each. */
export function SwitchLinks({ way = plain }: Props) {
  const { approvals, settings } = useMessages();
  return (
    <p className="row no-print">
      <span className="quiet">{approvals.switchesHint}:</span>
      {([bypassKey, forceDegradedKey] as const).map((key) => (
        <Fragment key={key}>{way(`/admin/settings/${key}`, settings.names[key])}</Fragment>
      ))}
    </p>
  );
}

const plain = (href: string, name: string) => <a href={href}>{name}</a>;
