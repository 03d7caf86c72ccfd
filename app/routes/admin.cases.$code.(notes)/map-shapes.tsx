import type { drawingOf } from "./drawing.ts";
import { onPaper } from "./view.ts";

type Drawing = ReturnType<typeof drawingOf>;
/** How large a dot is on this piece of the map. */
type Sized = { dot: number };

/** How uncertain each place of an address is. */
export function Circles({ places }: Pick<Drawing, "places">) {
  return (
    <>
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
    </>
  );
}

/** From a store to where its orders came from. */
export function Lines({ lines }: Pick<Drawing, "lines">) {
  return (
    <>
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
    </>
  );
}

/** Stores, each with its name. */
export function Stores({ stores, dot }: Pick<Drawing, "stores"> & Sized) {
  return (
    <>
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
    </>
  );
}

/** Places of addresses, each with its name. */
export function Places({ places, dot }: Pick<Drawing, "places"> & Sized) {
  return (
    <>
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
    </>
  );
}

const round = (value: number) => Math.round(value * 10) / 10;
