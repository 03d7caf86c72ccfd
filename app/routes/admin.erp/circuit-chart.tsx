import { eventsShown } from "#app/erp/state.ts";
import { historyOf, hourMarks } from "#app/erp/history.ts";
import type { CircuitState as State } from "#app/erp/state.ts";
import { Filters } from "#app/ui/filters.tsx";
import { formatDay } from "#app/ui/format.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { CircuitTable, type EventView } from "./circuit-table.tsx";
import { useFigures } from "#app/erp/figures.ts";
import { Plot, shortDay } from "#app/ui/plot.tsx";

export type Range = "day" | "week";
type Props = { events: EventView[]; now: Date | string; range: Range };

const height = 48;
const tall: Record<State, number> = { CLOSED: 8, HALF_OPEN: 26, OPEN: 44 };

/** The breaker's states over the last day or week: how long it was out, as a picture, a sentence and a table. */
export function CircuitChart({ events, now, range }: Props) {
  const lang = useLang();
  const { erp } = useMessages();
  const t = erp.timeline;
  const figures = useFigures();
  const to = new Date(now);
  const from = new Date(to.getTime() - (range === "day" ? 24 : 168) * 3_600_000);
  const changes = events.map((event) => ({ ...event, at: new Date(event.at) }));
  const { stretches, outages, outMs } = historyOf(changes, from, to);
  const said = outages === 0 ? t.none(t.span[range]) : t.some(outages, figures.span(outMs / 1_000), t.span[range]);
  const marks = hourMarks(from, to, range === "day" ? 6 : 24)
    .filter((_, index) => range === "day" || index % 2 === 0)
    .map(({ at, x }) => ({ x, label: range === "day" ? figures.hour(at) : shortDay(at, formatDay, lang) }));
  const within = changes.filter(({ at }) => at >= from);
  return (
    <figure className="card card--padded chart" id="riwayat">
      <figcaption className="page-head">
        <h2>{t.title}</h2>
        <Filters
          label={t.range}
          links={(["day", "week"] as const).map((each) => ({
            label: t[each],
            href: each === "day" ? "/admin/erp#riwayat" : "/admin/erp?range=week#riwayat",
            current: each === range,
          }))}
        />
      </figcaption>
      <p>{said}</p>
      <Plot id="history" title={t.title} text={said} height={height} levels={[]} marks={marks}>
        {stretches.map(({ state, from: x, width }) => (
          <rect
            key={x}
            className={`plot__state plot__state--${state.toLowerCase()}`}
            x={`${x.toFixed(3)}%`}
            width={`${width.toFixed(3)}%`}
            y={height - tall[state]}
            height={tall[state]}
          />
        ))}
      </Plot>
      <Legend />
      {within.length >= eventsShown ? <p className="quiet">{t.cut}</p> : null}
      {within.length > 0 ? <CircuitTable events={within} /> : null}
    </figure>
  );
}

function Legend() {
  const { states } = useMessages().erp.breaker;
  return (
    <ul className="plot__legend">
      {(["CLOSED", "HALF_OPEN", "OPEN"] as const).map((state) => (
        <li key={state} className="row">
          <svg
            className="plot__sign"
            viewBox="0 0 12 44"
            aria-hidden="true"
            focusable="false"
            preserveAspectRatio="none"
          >
            <rect
              className={`plot__state plot__state--${state.toLowerCase()}`}
              width="12"
              y={44 - tall[state]}
              height={tall[state]}
            />
          </svg>
          {states[state]}
        </li>
      ))}
    </ul>
  );
}
