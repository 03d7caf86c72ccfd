import { useMessages } from "#app/ui/language.tsx";
import { Plot } from "#app/ui/plot.tsx";

const height = 120;

/** Orders of the last hour, a bar for each minute. */
export function PaceChart({ minutes }: { minutes: number[] }) {
  const t = useMessages().vitals.now;
  const most = Math.max(...minutes, 1);
  const orders = minutes.reduce((sum, n) => sum + n, 0);
  const said = t.chartSaid(orders, most);
  const width = 100 / minutes.length;
  const y = (value: number) => height - (value / most) * (height - 10);
  const marks = [60, 30, 0].map((ago) => ({ label: t.ago(ago), x: 100 * (1 - ago / minutes.length) }));
  return (
    <figure className="card card--padded chart">
      <figcaption className="stack stack--tight">
        <h2>{t.perMinute}</h2>
        <p className="quiet">{said}</p>
      </figcaption>
      <Plot
        id="pace"
        title={t.perMinute}
        text={said}
        height={height}
        levels={[0, most].map((value) => ({ label: String(value), y: y(value) }))}
        marks={marks}
      >
        <g className="plot__bars">
          {minutes.map((value, index) =>
            value === 0 ? null : (
              <rect
                key={minutes.length - index}
                x={`${index * width}%`}
                width={`${width * 0.8}%`}
                y={y(value)}
                height={height - y(value)}
              />
            ),
          )}
        </g>
      </Plot>
      <details>
        <summary>{t.minuteTable}</summary>
        <ul>
          {minutes.map((value, index) => (
            <li key={minutes.length - index}>{t.minute(minutes.length - 1 - index, value)}</li>
          ))}
        </ul>
      </details>
    </figure>
  );
}
