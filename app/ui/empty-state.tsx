import { ButtonLink } from "./button-link.tsx";
import { Icon, type IconName } from "./icons.tsx";

/** Says why there is nothing yet and offers the first step. */
export function EmptyState({
  icon,
  title,
  text,
  action,
}: {
  icon: IconName;
  title: string;
  text: string;
  action?: { href: string; label: string };
}) {
  return (
    <div className="empty">
      <span className="empty__mark">
        <Icon name={icon} />
      </span>
      <h2>{title}</h2>
      <p>{text}</p>
      {action ? <ButtonLink href={action.href}>{action.label}</ButtonLink> : null}
    </div>
  );
}
