import type { SerializeFrom } from "@remix-run/node";
import type { Feed } from "#app/erp/state.server.ts";
import { formatNumber } from "#app/ui/format.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { type Column, Table } from "#app/ui/table.tsx";

type Row = SerializeFrom<Feed>["aside"][number];

/** Rows of the live snapshot that could not be used: what was sent, and what holds instead. */
export function AsideTable({
  feed: { name, aside, asideCount },
  now,
}: {
  feed: SerializeFrom<Feed>;
  now: Date | string;
}) {
  const lang = useLang();
  const t = useMessages().erp.aside;
  const columns: Array<Column<Row>> = [
    { key: "key", label: t.key, head: true, cell: ({ key }) => <span className="break">{key}</span> },
    {
      key: "sent",
      label: t.sent,
      cell: ({ sent, why }) => (why === "UNKNOWN" ? t.unknown[name] : <span className="break">{sent}</span>),
    },
    {
      key: "figure",
      label: t.holds,
      number: true,
      cell: ({ figure, why }) => (figure !== null ? formatNumber(figure, lang) : why === "UNKNOWN" ? "–" : t.nothing),
    },
    { key: "asOf", label: t.asOf, cell: ({ asOf }) => (asOf ? <Moment at={asOf} ago now={now} /> : "–") },
  ];
  return (
    <div className="stack stack--tight">
      <p className="field__warning">{t.lead(asideCount)}</p>
      <Table caption={t.caption} rows={aside} rowKey={({ key }) => key} columns={columns} />
      {asideCount > aside.length ? <p className="quiet">{t.more(asideCount - aside.length)}</p> : null}
    </div>
  );
}
