import { heightOfMs } from "#app/erp/calls.ts";
import { useFigures } from "#app/erp/figures.ts";
import { useMessages } from "#app/ui/language.tsx";
import { height, HourChart, type HourView, middle } from "./hour-chart.tsx";

/** How long the others took: the middle one and the slow ones of each hour. */
export function LatencyChart({ hours }: { hours: HourView[] }) {
  const t = useMessages().erp.calls;
  const figures = useFigures();
  const worst = hours.reduce((a, b) => ((b.p95 ?? 0) > (a.p95 ?? 0) ? b : a));
  const said = worst.p95 === null ? t.empty : t.latencyWorst(figures.ms(worst.p95), figures.hour(worst.hour));
  const y = (ms: number) => height - heightOfMs(ms) * (height - 8);
  return (
    <HourChart
      id="latency"
      said={said}
      hours={hours}
      levels={[1, 10, 100, 1_000].map((ms) => ({ label: figures.ms(ms), y: y(ms) }))}
      legend={<LatencyLegend />}
    >
      {(["p50", "p95"] as const).map((which) => (
        <g key={which} className={`plot__line plot__line--${which}`}>
          {hours.map((hour, index) => {
            const [value, next] = [hour[which], hours[index + 1]?.[which]];
            if (value === null) return null;
            const x = middle(index, hours.length);
            return (
              <g key={index}>
                {next === undefined || next === null ? null : (
                  <line x1={`${x}%`} y1={y(value)} x2={`${middle(index + 1, hours.length)}%`} y2={y(next)} />
                )}
                <circle cx={`${x}%`} cy={y(value)} r={which === "p95" ? 3.5 : 2} />
              </g>
            );
          })}
        </g>
      ))}
    </HourChart>
  );
}

function LatencyLegend() {
  const t = useMessages().erp.calls;
  return (
    <ul className="plot__legend">
      {(["p95", "p50"] as const).map((which) => (
        <li key={which} className="row">
          <svg className="plot__key" viewBox="0 0 28 8" aria-hidden="true" focusable="false">
            <g className={`plot__line plot__line--${which}`}>
              <line x1="0" x2="28" y1="4" y2="4" />
              <circle cx="14" cy="4" r={which === "p95" ? 3.5 : 2} />
            </g>
          </svg>
          {t[which]}
        </li>
      ))}
    </ul>
  );
}
