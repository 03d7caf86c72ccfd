import { Badge, State } from "#app/ui/badges.tsx";
import { useMessages } from "#app/ui/language.tsx";
import type { Messages } from "#app/words.ts";

export function RoleBadge({ role }: { role: keyof Messages["accounts"]["roles"] }) {
  return <Badge tone="plain">{useMessages().accounts.roles[role]}</Badge>;
}

/** May this account come in? */
export function AccountStatus({ status }: { status: keyof Messages["accounts"]["statuses"] }) {
  return <State tone={status === "ACTIVE" ? "good" : "bad"}>{useMessages().accounts.statuses[status]}</State>;
}
