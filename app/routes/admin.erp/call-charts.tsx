import { percentTop } from "#app/erp/calls.ts";
import { useMessages } from "#app/ui/language.tsx";
import { CallTable } from "./call-table.tsx";
import { useFigures } from "#app/erp/figures.ts";
import { height, HourChart, type HourView, left } from "./hour-chart.tsx";
import { LatencyChart } from "./latency-chart.tsx";

/** How many calls to the ERP failed, and how long the others took, hour by hour; the table holds every figure. */
export function CallCharts({ hours }: { hours: HourView[] }) {
  const t = useMessages().erp.calls;
  const quiet = hours.every(({ calls }) => calls === 0);
  return (
    <section className="stack" aria-labelledby="calls">
      <h2 id="calls">{t.title}</h2>
      {quiet ? (
        <p className="quiet">{t.empty}</p>
      ) : (
        <div className="columns columns--even">
          <ErrorChart hours={hours} />
          <LatencyChart hours={hours} />
        </div>
      )}
      {quiet ? null : <CallTable hours={hours} />}
      <p className="quiet">{t.note}</p>
    </section>
  );
}

function ErrorChart({ hours }: { hours: HourView[] }) {
  const t = useMessages().erp.calls;
  const figures = useFigures();
  const top = percentTop(hours.map(({ errorPercent }) => errorPercent));
  const worst = hours.reduce((a, b) => ((b.errorPercent ?? 0) > (a.errorPercent ?? 0) ? b : a));
  const said = worst.errorPercent
    ? t.errorsWorst(figures.percent(worst.errorPercent), figures.hour(worst.hour))
    : t.errorsNone;
  const y = (percent: number) => height - (percent / top) * (height - 8);
  return (
    <HourChart
      id="errors"
      said={said}
      hours={hours}
      levels={[0, top / 2, top].map((percent) => ({ label: figures.percent(percent), y: y(percent) }))}
    >
      {hours.map(({ errorPercent }, index) =>
        errorPercent ? (
          <rect
            key={index}
            className="plot__bad"
            x={`${left(index + 0.15, hours.length)}%`}
            width={`${70 / hours.length}%`}
            y={y(errorPercent)}
            height={height - y(errorPercent)}
          />
        ) : null,
      )}
    </HourChart>
  );
}
