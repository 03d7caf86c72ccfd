import { useMessages } from "#app/ui/language.tsx";
import type { Messages } from "#app/words.ts";
import { Table } from "#app/ui/table.tsx";
import { Way } from "#app/ui/way.tsx";
import { AccountStatus, RoleBadge } from "#app/accounts/account-badges.tsx";
import { placeOf } from "#app/ui/places.ts";
import { RefLink } from "#app/ui/ref-link.tsx";

type Row = {
  code: string;
  name: string;
  role: keyof Messages["accounts"]["roles"];
  status: keyof Messages["accounts"]["statuses"];
};

export function AccountTable({ accounts }: { accounts: Row[] }) {
  const t = useMessages().accounts;
  return (
    <Table
      caption={t.title}
      rows={accounts}
      rowKey={({ code }) => code}
      columns={[
        {
          key: "name",
          label: t.name,
          head: true,
          cell: ({ code, name }) => <Way href={`/admin/accounts/${code}`}>{name}</Way>,
        },
        { key: "code", label: t.code, cell: ({ code }) => <RefLink href={placeOf(code)!}>{code}</RefLink> },
        { key: "role", label: t.role, cell: ({ role }) => <RoleBadge role={role} /> },
        { key: "status", label: t.status, cell: ({ status }) => <AccountStatus status={status} /> },
      ]}
    />
  );
}
