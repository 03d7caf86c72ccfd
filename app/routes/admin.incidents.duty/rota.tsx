import type { RotaLine } from "#app/incidents/duty.server.ts";
import { formatDay } from "#app/ui/format.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { PostForm } from "#app/ui/post-form.tsx";
import { type Column, Table } from "#app/ui/table.tsx";

/** Who has which post from when to when, of what is not over. */
export function Rota({ rota, mayChange }: { rota: RotaLine[]; mayChange: boolean }) {
  const lang = useLang();
  const { incidents } = useMessages();
  const t = incidents.duty;
  const columns: Array<Column<RotaLine>> = [
    { key: "post", label: t.post, head: true, cell: ({ post }) => incidents.posts[post] },
    { key: "person", label: t.person, cell: ({ name }) => name },
    { key: "from", label: t.from, cell: ({ from }) => formatDay(from, lang) },
    { key: "to", label: t.to, cell: ({ to }) => (to ? formatDay(to, lang) : t.open) },
  ];
  const end = ({ id, name, post }: RotaLine) => (
    <button
      type="submit"
      name="rota"
      value={id}
      className="button button--small"
      aria-label={t.endOf(name, incidents.posts[post])}
    >
      {t.end}
    </button>
  );
  const table = (
    <Table
      caption={t.rota}
      rows={rota}
      rowKey={({ id }) => String(id)}
      columns={mayChange ? [...columns, { key: "end", label: t.end, bare: true, cell: end }] : columns}
    />
  );
  return (
    <section className="stack" id="rota">
      <h2>{t.rota}</h2>
      {rota.length === 0 ? (
        <p className="quiet">{t.noRota}</p>
      ) : mayChange ? (
        <PostForm action="/admin/incidents/duty">{table}</PostForm>
      ) : (
        table
      )}
    </section>
  );
}
