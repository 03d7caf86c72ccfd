import type { SerializeFrom } from "@remix-run/node";
import type { StockCheck, StockGap } from "#app/erp/duty.server.ts";
import { formatNumber } from "#app/ui/format.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { Named } from "#app/ui/named.tsx";
import { articlePlace } from "#app/ui/places.ts";
import { Table } from "#app/ui/table.tsx";
import { useFigures } from "#app/erp/figures.ts";
import { StockVerdict } from "#app/erp/stock-verdict.tsx";
import { Linked } from "#app/ui/ref-link.tsx";

/** Comparisons of stock, the newest first. */
export function StockHistory({ checks }: { checks: Array<SerializeFrom<StockCheck>> }) {
  const lang = useLang();
  const t = useMessages().erp.stock;
  const { percent } = useFigures();
  return (
    <Table
      caption={t.history}
      showCaption
      rows={checks}
      rowKey={({ id }) => String(id)}
      columns={[
        { key: "at", label: t.at, head: true, cell: ({ at }) => <Moment at={at} /> },
        {
          key: "kind",
          label: t.kind,
          cell: ({ week, askedBy }) => (week ? t.weekly : <Linked>{t.byHand(askedBy ?? "–")}</Linked>),
        },
        { key: "percent", label: t.percent, number: true, cell: (check) => percent(check.percent) },
        { key: "state", label: t.state, cell: ({ level }) => <StockVerdict level={level} /> },
        {
          key: "articles",
          label: t.articles,
          number: true,
          cell: ({ differing, articles }) => t.articlesOf(formatNumber(differing, lang), formatNumber(articles, lang)),
        },
        { key: "ours", label: t.ours, number: true, cell: ({ ours }) => formatNumber(ours, lang) },
        { key: "erp", label: t.erp, number: true, cell: ({ erp }) => formatNumber(erp, lang) },
        { key: "explained", label: t.explained, number: true, cell: ({ explained }) => formatNumber(explained, lang) },
        { key: "gap", label: t.gap, number: true, cell: ({ unexplained }) => formatNumber(unexplained, lang) },
      ]}
    />
  );
}

/** The twenty articles of one comparison that differ most. */
export function StockGaps({ gaps }: { gaps: StockGap[] }) {
  const lang = useLang();
  const t = useMessages().erp.stock;
  return (
    <Table
      caption={t.worst}
      showCaption
      rows={gaps}
      rowKey={({ sku }) => sku}
      columns={[
        {
          key: "article",
          label: t.article,
          head: true,
          cell: ({ sku, name }) => <Named name={name} code={sku} to={articlePlace(sku)} />,
        },
        { key: "ours", label: t.ours, number: true, cell: ({ ours }) => formatNumber(ours, lang) },
        { key: "erp", label: t.erp, number: true, cell: ({ erp }) => formatNumber(erp, lang) },
        { key: "explained", label: t.explained, number: true, cell: ({ explained }) => formatNumber(explained, lang) },
        { key: "gap", label: t.gap, number: true, cell: ({ gap }) => formatNumber(gap, lang) },
        {
          key: "warehouses",
          label: t.warehouses,
          cell: ({ warehouses }) =>
            warehouses.map(({ warehouse, ours, erp }) => (
              <span
                key={warehouse}
                className="sub figures"
              >{`${warehouse} ${formatNumber(ours, lang)} / ${formatNumber(erp, lang)}`}</span>
            )),
        },
      ]}
    />
  );
}
