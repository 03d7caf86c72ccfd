import { formatNumber } from "#app/ui/format.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { Table } from "#app/ui/table.tsx";
import type { HourView } from "./hour-chart.tsx";
import { useFigures } from "#app/erp/figures.ts";

/** The figures of both charts, the newest hour first. */
export function CallTable({ hours }: { hours: HourView[] }) {
  const lang = useLang();
  const t = useMessages().erp.calls;
  const figures = useFigures();
  const told = hours.filter(({ calls }) => calls > 0).reverse();
  return (
    <details>
      <summary>{t.table}</summary>
      <Table
        caption={t.title}
        rows={told}
        rowKey={({ hour }) => String(hour)}
        columns={[
          { key: "hour", label: t.hour, head: true, cell: ({ hour }) => <Moment at={hour} /> },
          { key: "calls", label: t.count, number: true, cell: ({ calls }) => formatNumber(calls, lang) },
          { key: "failed", label: t.failed, number: true, cell: ({ failed }) => formatNumber(failed, lang) },
          {
            key: "rate",
            label: t.rate,
            number: true,
            cell: ({ errorPercent }) => (errorPercent === null ? "–" : figures.percent(errorPercent)),
          },
          { key: "refused", label: t.refused, number: true, cell: ({ refused }) => formatNumber(refused, lang) },
          { key: "p50", label: "p50", number: true, cell: ({ p50 }) => (p50 === null ? "–" : figures.ms(p50)) },
          { key: "p95", label: "p95", number: true, cell: ({ p95 }) => (p95 === null ? "–" : figures.ms(p95)) },
        ]}
      />
    </details>
  );
}
