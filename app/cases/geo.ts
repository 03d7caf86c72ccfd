/** A point on the earth, in degrees. */
export type Point = { latitude: number; longitude: number };
/** How an address reaches the network. `UNKNOWN`: neither, so hosting and VPN too. */
export type Network = "FIXED" | "MOBILE" | "UNKNOWN";
/** Which data a place was read from, and of when: without it a place says little. */
export type PlaceSource = { name: string; built: string };
/** Where an address is, as far as its database knows: anywhere within `radiusKm` of the point. */
export type Place = Point & {
  city: string;
  region: string;
  country: string;
  network: Network;
  operator: string | null;
  radiusKm: number;
  source: PlaceSource;
};
/** Why an address has no place. */
export type Nowhere = "NO_ADDRESS" | "BAD_ADDRESS" | "PRIVATE_ADDRESS" | "NOT_IN_DATABASE" | "NO_DATABASE";
export type Located =
  { place: Place; nowhere: null; source: PlaceSource } | { place: null; nowhere: Nowhere; source: PlaceSource | null };

export type Verdict = "PLAUSIBLE" | "IMPLAUSIBLE" | "INDETERMINATE";
/** The way from the salesman's previous order that has a place. */
export type Travel = {
  order: string;
  distanceKm: number;
  leastKm: number;
  minutes: number;
  kmh: number;
  radiiKm: [number, number];
};
/** The inputs of a verdict. `because`: what decided it. */
export type Why = {
  because: "NOWHERE" | "TOO_FAST" | "AT_STORE" | "AWAY_FROM_STORE" | "NO_STORE_PLACE";
  nowhere: Nowhere | null;
  store: { distanceKm: number; radiusKm: number; leastKm: number } | null;
  travel: Travel | null;
  source: PlaceSource | null;
};
export type Judgement = { verdict: Verdict; distanceKm: number | null; why: Why };
export type Previous = Point & { order: string; at: Date; radiusKm: number };

/**
 * How far an address may be from the place its database gives, in kilometres. Places of mobile addresses in Indonesia
 * are off by about 200 km at the median; what is unknown may be a VPN at the other end of the country.
 */
export const radiusKm: Record<Network, number> = { FIXED: 50, MOBILE: 250, UNKNOWN: 500 };

/** Faster than an airliner over any distance; on the ground, faster than roads allow. */
const flightKmh = 900;
const roadKmh = 150;
const roadKm = 300;

/** The distance over the earth, in kilometres. */
export function haversineKm(a: Point, b: Point): number {
  const rad = Math.PI / 180;
  const lat = Math.sin(((b.latitude - a.latitude) * rad) / 2);
  const lon = Math.sin(((b.longitude - a.longitude) * rad) / 2);
  const h = lat * lat + Math.cos(a.latitude * rad) * Math.cos(b.latitude * rad) * lon * lon;
  return 2 * 6371.0088 * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** What certainly lies between two circles: never less than nothing. */
export const leastKm = (distance: number, ...radii: number[]) =>
  Math.max(0, distance - radii.reduce((sum, radius) => sum + radius, 0));

/**
 * Judges where an order came from. IMPLAUSIBLE: the way from the previous order was too fast, even between the nearest
 * edges of both circles. PLAUSIBLE: it was not, and the store lies within the circle. Everything else cannot be told:
 * an order taken by telephone is placed far from its store, and rightly so.
 */
export function judge(located: Located, at: Date, store: Point | null, previous: Previous | null): Judgement {
  const { place, nowhere, source } = located;
  if (!place)
    return {
      verdict: "INDETERMINATE",
      distanceKm: null,
      why: { because: "NOWHERE", nowhere, store: null, travel: null, source },
    };
  const distance = store && haversineKm(place, store);
  const gap = distance === null ? null : leastKm(distance, place.radiusKm);
  const travel = previous && wayBetween(previous, place, at);
  const because =
    travel && tooFast(travel)
      ? "TOO_FAST"
      : gap === null
        ? "NO_STORE_PLACE"
        : gap === 0
          ? "AT_STORE"
          : "AWAY_FROM_STORE";
  const verdict = because === "TOO_FAST" ? "IMPLAUSIBLE" : because === "AT_STORE" ? "PLAUSIBLE" : "INDETERMINATE";
  const km = distance === null ? null : tenth(distance);
  return {
    verdict,
    distanceKm: km,
    why: {
      because,
      nowhere: null,
      source,
      travel: travel && shown(travel),
      store: km === null || gap === null ? null : { distanceKm: km, radiusKm: place.radiusKm, leastKm: tenth(gap) },
    },
  };
}

function wayBetween(previous: Previous, place: Place, at: Date): Travel {
  const distanceKm = haversineKm(previous, place);
  const least = leastKm(distanceKm, previous.radiusKm, place.radiusKm);
  // Two orders at one instant are a second apart: a speed needs a time.
  const seconds = Math.max(1, Math.abs(at.getTime() - previous.at.getTime()) / 1000);
  return {
    order: previous.order,
    distanceKm,
    leastKm: least,
    minutes: seconds / 60,
    kmh: least / (seconds / 3600),
    radiiKm: [previous.radiusKm, place.radiusKm],
  };
}

const tooFast = ({ kmh, leastKm: least }: Travel) => kmh > flightKmh || (kmh > roadKmh && least < roadKm);

const tenth = (value: number) => Math.round(value * 10) / 10;
const shown = (travel: Travel): Travel => ({
  ...travel,
  distanceKm: tenth(travel.distanceKm),
  leastKm: tenth(travel.leastKm),
  minutes: tenth(travel.minutes),
  kmh: Math.round(travel.kmh),
});
