import type { DaySpeed } from "#app/vitals/speed.ts";
import { bounds, type Metric } from "#app/vitals/vital.ts";
import { formatDay } from "#app/ui/format.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { Plot, shortDay } from "#app/ui/plot.tsx";
import { useVitalText } from "./vital-text.ts";

const height = 132;

/** The value that three of four phones were no worse than, day by day; what is good and what is poor as lines. */
export function DayChart({ metric, days }: { metric: Metric; days: DaySpeed[] }) {
  const lang = useLang();
  const { vitals: t } = useMessages();
  const text = useVitalText();
  const [good, poor] = bounds[metric];
  const top = Math.max(poor, ...days.map(({ value }) => value ?? 0));
  const y = (value: number) => height - (value / top) * (height - 8);
  const x = (index: number) => (100 * (index + 0.5)) / days.length;
  const last = days.findLast(({ value }) => value !== null);
  const said = last?.value ? t.chartSaid(text(metric, last.value), formatDay(last.day, lang)) : t.emptyTitle;
  const every = Math.ceil(days.length / 4);
  const marks = days.flatMap(({ day }, index) =>
    index % every === 0 ? [{ label: shortDay(new Date(day), formatDay, lang), x: x(index) }] : [],
  );
  return (
    <figure className="card card--padded chart">
      <figcaption className="stack stack--tight">
        <h2>{t.chart(metric)}</h2>
        <p className="quiet">{said}</p>
      </figcaption>
      <Plot
        id="days"
        title={t.chart(metric)}
        text={t.chartText(said)}
        height={height}
        levels={[0, good, poor].map((value) => ({ label: text(metric, value), y: y(value) }))}
        marks={marks}
      >
        <g className="plot__line plot__line--p95">
          {days.map(({ day, value }, index) => {
            if (value === null) return null;
            const next = days[index + 1]?.value ?? null;
            return (
              <g key={day}>
                {next === null ? null : <line x1={`${x(index)}%`} y1={y(value)} x2={`${x(index + 1)}%`} y2={y(next)} />}
                <circle cx={`${x(index)}%`} cy={y(value)} r={3.5} />
              </g>
            );
          })}
        </g>
      </Plot>
      <details>
        <summary>{t.dayTable}</summary>
        <ul>
          {days.map(({ day, value }) => (
            <li key={day}>{`${formatDay(day, lang)}: ${value === null ? "–" : text(metric, value)}`}</li>
          ))}
        </ul>
      </details>
    </figure>
  );
}
