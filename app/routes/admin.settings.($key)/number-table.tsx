import type { Setting } from "#app/settings/setting.server.ts";
import { ButtonLink } from "#app/ui/button-link.tsx";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { type Column, Table } from "#app/ui/table.tsx";
import { ChangedBy } from "./changed-by.tsx";
import { shownIn } from "#app/settings/shown.ts";
import { wordFor } from "#app/ui/word.ts";

/** The numbers that staff may turn, and what is chosen among words. */
export function NumberTable({ settings, mayChange }: { settings: Setting[]; mayChange: boolean }) {
  const lang = useLang();
  const {
    ui: { actions },
    settings: t,
  } = useMessages();
  const columns: Array<Column<Setting>> = [
    {
      key: "name",
      label: t.setting,
      head: true,
      cell: ({ key }) => <Name name={wordFor(t.names, key) ?? key} code={key} />,
    },
    { key: "value", label: t.value, number: true, cell: ({ value }) => shownIn(t, value, lang) },
    { key: "by", label: t.setAt, cell: (setting) => <ChangedBy setting={setting} /> },
  ];
  if (mayChange) {
    columns.push({
      key: "change",
      label: t.act,
      cell: ({ key }) => (
        <ButtonLink
          kind="small"

          href={`/admin/settings/${key}`}
          aria-label={`${actions.change}: ${wordFor(t.names, key) ?? key}`}
        >
          {actions.change}
        </ButtonLink>
      ),
    });
  }
  return <Table caption={t.numbers} rows={settings} rowKey={({ key }) => key} columns={columns} />;
}

function Name({ name, code }: { name: string; code: string }) {
  return (
    <>
      {name}
      <br />
      <span className="quiet">{code}</span>
    </>
  );
}
