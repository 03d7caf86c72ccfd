import type { ComponentProps, ReactNode } from "react";
import { type CallHour, heightOfMs, percentTop } from "#app/erp/calls.ts";
import { useMessages } from "#app/ui/language.tsx";
import { CallTable } from "./call-table.tsx";
import { useFigures } from "#app/erp/figures.ts";
import { Plot } from "./plot.tsx";

export type HourView = Omit<CallHour, "hour"> & { hour: Date | string };

const height = 132;
const left = (index: number, count: number) => (100 * index) / count;
const middle = (index: number, count: number) => (100 * (index + 0.5)) / count;

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

function LatencyChart({ hours }: { hours: HourView[] }) {
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

type FrameProps = Pick<ComponentProps<typeof Plot>, "levels" | "children"> & {
  id: "errors" | "latency";
  /** What it shows, in a sentence. */
  said: string;
  hours: HourView[];
  legend?: ReactNode;
};

/** What both charts stand in: name and sentence above, hours below. */
function HourChart({ id, said, hours, levels, legend, children }: FrameProps) {
  const t = useMessages().erp.calls;
  const text = t[`${id}Text`](said);
  return (
    <figure className="card card--padded chart">
      <figcaption className="stack stack--tight">
        <h3>{t[id]}</h3>
        <p className="quiet">{said}</p>
      </figcaption>
      <Plot id={id} title={t[id]} text={text} levels={levels} height={height} marks={useMarks(hours)}>
        {children}
      </Plot>
      {legend}
    </figure>
  );
}

// The hours that six divides, where their column begins.
function useMarks(hours: HourView[]) {
  const { hour: said } = useFigures();
  return hours.flatMap(({ hour }, index) => {
    const label = said(hour);
    return Number(label.slice(0, 2)) % 6 === 0 ? [{ label, x: left(index, hours.length) }] : [];
  });
}
