import { Badge, State } from "#app/ui/badges.tsx";
import { useMessages } from "#app/ui/language.tsx";
import type { Messages } from "#app/locales/messages.ts";

export function RoleBadge({ role }: { role: keyof Messages["role"] }) {
  return <Badge tone="plain">{useMessages().role[role]}</Badge>;
}

/** May this account come in? */
export function AccountStatus({ status }: { status: keyof Messages["accountStatus"] }) {
  return <State tone={status === "ACTIVE" ? "good" : "bad"}>{useMessages().accountStatus[status]}</State>;
}
