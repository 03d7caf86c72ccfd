import type { RouteSpeed } from "#app/vitals/speed.ts";
import { gradeOf, type Metric, metrics } from "#app/vitals/vital.ts";
import { State } from "#app/ui/badges.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Table } from "#app/ui/table.tsx";
import { useVitalText } from "./vital-text.ts";

const tones = { good: "good", middling: "warn", poor: "bad" } as const;

/** Page by page, the most measured first; the value and whether it is good, as a sign and a word. */
export function RouteTable({ routes, metric }: { routes: RouteSpeed[]; metric: Metric }) {
  const { vitals: t } = useMessages();
  const text = useVitalText();
  return (
    <Table
      caption={t.table}
      rows={routes}
      rowKey={({ route }) => route}
      columns={[
        { key: "route", label: t.route, head: true, cell: ({ route }) => <span className="break">{route}</span> },
        ...metrics.map((one) => ({
          key: one,
          label: `${one} p75`,
          cell: (row: RouteSpeed) => {
            const value = row[one];
            if (value === null) return "–";
            const grade = gradeOf(one, value);
            return (
              <>
                {text(one, value)}
                <br />
                <State tone={tones[grade]}>{t.grades[grade]}</State>
              </>
            );
          },
        })),
        {
          key: "target",
          label: t.target(metric),
          cell: ({ target }) => (target ? <code className="break">{target}</code> : "–"),
        },
        { key: "measured", label: t.measured, cell: ({ measured, sent }) => t.of(measured, sent) },
      ]}
    />
  );
}
