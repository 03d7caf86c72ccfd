import type { CaseOrder } from "#app/cases/case.ts";
import { useMessages } from "#app/ui/language.tsx";
import { coast, neighbours } from "./indonesia.ts";
import { onPaper, viewOf } from "./view.ts";
import { CasePlaces } from "./case-places.tsx";
import { drawingOf } from "./drawing.ts";

/**
 * Stores and places of addresses on a map that is drawn here, with how uncertain each place is; the same as a table
 * below.
 */
export function CaseMap({ name, orders }: { name: string; orders: CaseOrder[] }) {
  const t = useMessages().cases;
  const { stores, places, lines, outside } = drawingOf(orders);
  const spots = [
    ...stores.map(({ point }) => onPaper(point)),
    ...places.map(({ place }) => onPaper(place, place.radiusKm)),
  ];
  const { x, y, width, height } = viewOf(spots);
  const dot = width / 130;
  const implausible = orders.filter(({ verdict }) => verdict === "IMPLAUSIBLE").length;
  return (
    <section className="card card--padded">
      <h2>{t.map}</h2>
      <svg className="map" viewBox={`${x} ${y} ${width} ${height}`} role="img" aria-labelledby="map-title map-desc">
        <title id="map-title">{t.mapTitle(name)}</title>
        <desc id="map-desc">{t.mapDesc(stores.length, places.length, implausible)}</desc>
        <path className="map__land" d={neighbours} />
        <path className="map__land map__land--ours" d={coast} />
        {places.map(({ place, bad }) => {
          const spot = onPaper(place, place.radiusKm);
          return (
            <ellipse
              key={`${spot.x} ${spot.y} ${spot.rx}`}
              className={bad ? "map__circle map__circle--bad" : "map__circle"}
              cx={round(spot.x)}
              cy={round(spot.y)}
              rx={round(spot.rx)}
              ry={round(spot.ry)}
            />
          );
        })}
        {lines.map(({ from, to, bad }) => {
          const [a, b] = [onPaper(from), onPaper(to)];
          return (
            <line
              key={`${a.x} ${a.y} ${b.x} ${b.y}`}
              className={bad ? "map__line map__line--bad" : "map__line"}
              x1={round(a.x)}
              y1={round(a.y)}
              x2={round(b.x)}
              y2={round(b.y)}
            />
          );
        })}
        {stores.map(({ point, label }) => {
          const spot = onPaper(point);
          return (
            <rect
              key={label}
              className="map__store"
              x={round(spot.x - dot)}
              y={round(spot.y - dot)}
              width={round(dot * 2)}
              height={round(dot * 2)}
            >
              <title>{label}</title>
            </rect>
          );
        })}
        {places.map(({ place, label, bad }) => {
          const spot = onPaper(place);
          return (
            <circle
              key={`${label}${place.radiusKm}${spot.x}`}
              className={bad ? "map__place map__place--bad" : "map__place"}
              cx={round(spot.x)}
              cy={round(spot.y)}
              r={round(dot)}
            >
              <title>{label}</title>
            </circle>
          );
        })}
      </svg>
      <Legend bad={implausible > 0} />
      {outside > 0 ? <p className="quiet">{t.outside(outside)}</p> : null}
      <CasePlaces orders={orders} />
    </section>
  );
}

function Legend({ bad }: { bad: boolean }) {
  const t = useMessages().cases.legend;
  const sign = (shape: React.ReactNode, words: string) => (
    <li className="row">
      <svg className="map__sign" viewBox="0 0 24 12" aria-hidden="true">
        {shape}
      </svg>
      {words}
    </li>
  );
  return (
    <ul className="map__legend quiet">
      {sign(<rect className="map__store" x="7" y="1" width="10" height="10" />, t.store)}
      {sign(
        <>
          <ellipse className="map__circle" cx="12" cy="6" rx="11" ry="5.5" />
          <circle className="map__place" cx="12" cy="6" r="3" />
        </>,
        t.place,
      )}
      {sign(<line className="map__line" x1="0" y1="6" x2="24" y2="6" />, t.line)}
      {bad ? sign(<line className="map__line map__line--bad" x1="0" y1="6" x2="24" y2="6" />, t.bad) : null}
    </ul>
  );
}

const round = (value: number) => Math.round(value * 10) / 10;
