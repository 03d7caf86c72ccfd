import type { CaseOrder } from "#app/cases/case.ts";
import { useMessages } from "#app/ui/language.tsx";
import { coast, neighbours } from "./indonesia.ts";
import { onPaper, viewOf } from "./view.ts";
import { CasePlaces } from "./case-places.tsx";
import { drawingOf } from "./drawing.ts";
import { Circles, Lines, Places, Stores } from "./map-shapes.tsx";

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
        <Circles places={places} />
        <Lines lines={lines} />
        <Stores stores={stores} dot={dot} />
        <Places places={places} dot={dot} />
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
