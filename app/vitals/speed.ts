import { addHistograms } from "#app/erp/latency.ts";
import { type Metric, metrics, p75Of } from "./vital.ts";

export type VitalRow = {
  /** Of Jakarta: 2026-11-30. */
  day: string;
  route: string;
  metric: Metric | "PAGE";
  samples: number;
  histogram: number[];
  targets: Record<string, number>;
};
/** A page: what three of four phones were no worse than, and how many told of how many. */
export type RouteSpeed = Record<Metric, number | null> & {
  route: string;
  measured: number;
  sent: number;
  /** The element that was named most often for the metric that is looked at. */
  target: string | null;
};
export type DaySpeed = { day: string; value: number | null };
export type Speed = { routes: RouteSpeed[]; days: DaySpeed[]; measured: number; sent: number };

const together = (metric: Metric, rows: VitalRow[]) =>
  p75Of(
    metric,
    rows.filter((row) => row.metric === metric).reduce<number[]>((all, row) => addHistograms(all, row.histogram), []),
  );
const count = (rows: VitalRow[], metric: VitalRow["metric"]) =>
  rows.filter((row) => row.metric === metric).reduce((sum, { samples }) => sum + samples, 0);

/** Rows of some days as the page shows them: by route, the most measured first, and by day. `days`: oldest first. */
export function speedOf(rows: VitalRow[], metric: Metric, days: string[]): Speed {
  const routes = [...Map.groupBy(rows, ({ route }) => route)]
    .map(([route, mine]): RouteSpeed => {
      const [lcp, inp, cls, ttfb] = metrics.map((one) => together(one, mine));
      const targets = new Map<string, number>();
      for (const row of mine.filter((one) => one.metric === metric))
        for (const [name, times] of Object.entries(row.targets)) targets.set(name, (targets.get(name) ?? 0) + times);
      const [first] = [...targets].sort(([, a], [, b]) => b - a);
      return {
        route,
        LCP: lcp ?? null,
        INP: inp ?? null,
        CLS: cls ?? null,
        TTFB: ttfb ?? null,
        measured: count(mine, "TTFB"),
        sent: count(mine, "PAGE"),
        target: first?.[0] ?? null,
      };
    })
    .filter(({ measured }) => measured > 0)
    .sort((a, b) => b.measured - a.measured || a.route.localeCompare(b.route));
  return {
    routes,
    days: days.map((day) => ({
      day,
      value: together(
        metric,
        rows.filter((row) => row.day === day),
      ),
    })),
    measured: count(rows, "TTFB"),
    sent: count(rows, "PAGE"),
  };
}
