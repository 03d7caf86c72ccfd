import type { RotaLine } from "#app/incidents/duty.server.ts";
import type { Post } from "#app/incidents/incident.ts";
import { formatDay } from "#app/ui/format.ts";
import { Facts } from "#app/ui/facts.tsx";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { PostForm } from "#app/ui/post-form.tsx";
import { type Column, Table } from "#app/ui/table.tsx";

/** Who has each post today. */
export function Today({ posts, rota, onDuty }: { posts: Post[]; rota: RotaLine[]; onDuty: boolean }) {
  const t = useMessages().incidents;
  return (
    <section className="card card--padded stack stack--tight" aria-labelledby="hari-ini">
      <h2 id="hari-ini">{t.duty.today}</h2>
      <Facts
        facts={posts.map((post) => {
          const names = rota.filter((line) => line.post === post && line.now).map(({ name }) => name);
          return {
            label: t.posts[post],
            value: names.length > 0 ? names.join(", ") : <span className="quiet">{t.duty.nobody}</span>,
          };
        })}
      />
      {onDuty ? <p className="quiet">{t.duty.fallback}</p> : null}
    </section>
  );
}

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
