import type { CaseOrder } from "#app/cases/case.ts";
import type { Place, Point } from "#app/cases/geo.ts";
import { isOnMap } from "./view.ts";
import { sayPlace } from "./words.ts";

type DrawnPlace = { place: Place; label: string; orders: number; bad: number };
type Drawing = {
  stores: Array<{ point: Point; label: string }>;
  places: DrawnPlace[];
  lines: Array<{ from: Point; to: Point; bad: boolean }>;
  /** Places that the map does not reach. */
  outside: number;
};

/** The places of a page's orders, each once: the same point with another radius is another one. */
export function placesOf(orders: CaseOrder[]): DrawnPlace[] {
  const found = new Map<string, DrawnPlace>();
  for (const { place, verdict } of orders) {
    if (!place) continue;
    const key = `${place.latitude} ${place.longitude} ${place.radiusKm} ${place.operator}`;
    const drawn = found.get(key) ?? { place, label: sayPlace(place), orders: 0, bad: 0 };
    found.set(key, { ...drawn, orders: drawn.orders + 1, bad: drawn.bad + (verdict === "IMPLAUSIBLE" ? 1 : 0) });
  }
  return [...found.values()].sort((a, b) => b.bad - a.bad || b.orders - a.orders);
}

/** What the map shows of a page's orders, nothing twice. */
export function drawingOf(orders: CaseOrder[]): Drawing {
  const stores = new Map<string, Drawing["stores"][number]>();
  const lines = new Map<string, Drawing["lines"][number]>();
  for (const { store, place, verdict } of orders) {
    const point = pointOf(store);
    if (!point) continue;
    stores.set(store.code, { point, label: `${store.name}, ${store.city}` });
    if (!place || !isOnMap(place)) continue;
    const key = `${place.latitude} ${place.longitude} ${store.code}`;
    lines.set(key, { from: place, to: point, bad: verdict === "IMPLAUSIBLE" || (lines.get(key)?.bad ?? false) });
  }
  const places = placesOf(orders);
  const shown = places.filter(({ place }) => isOnMap(place));
  return {
    stores: [...stores.values()],
    places: shown,
    lines: [...lines.values()],
    outside: places.length - shown.length,
  };
}

const pointOf = ({ latitude, longitude }: CaseOrder["store"]): Point | null =>
  latitude === null || longitude === null || !isOnMap({ latitude, longitude }) ? null : { latitude, longitude };
