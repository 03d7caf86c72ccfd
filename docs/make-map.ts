// node docs/make-map.ts
//
// Draws the coasts of Indonesia and its neighbours into app/routes/admin.cases.$code.(notes)/indonesia.ts, once: the
// map of a case is a path of ours, so that nobody else is told which case is being read. Natural Earth at 1:50 million
// (public domain), by way of world-atlas.
import fs from "node:fs";
import { createRequire } from "node:module";
import type { Feature, MultiPolygon, Polygon, Position } from "geojson";
import { feature } from "topojson-client";

const frame = { west: 94, east: 142, north: 8, south: -12, unitsPerDegree: 50 };
const world = createRequire(import.meta.url)("world-atlas/countries-50m.json") as Parameters<typeof feature>[0];
const countries = (
  feature(world, world.objects.countries!) as unknown as {
    features: Array<Feature<Polygon | MultiPolygon, { name: string }>>;
  }
).features;

const within = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));
const toUnits = ([lon = 0, lat = 0]: Position) =>
  [
    Math.round((within(lon, frame.west, frame.east) - frame.west) * frame.unitsPerDegree),
    Math.round((frame.north - within(lat, frame.south, frame.north)) * frame.unitsPerDegree),
  ] as const;

const isInside = ([lon = 0, lat = 0]: Position) =>
  lon > frame.west && lon < frame.east && lat > frame.south && lat < frame.north;

/**
 * A ring as a path with relative steps; empty when nothing of it is inside the frame. `least`: shorter steps are left
 * out.
 */
function path(ring: Position[], least: number): string {
  if (!ring.some(isInside)) return "";
  let last = toUnits(ring[0]!);
  let text = "";
  for (const [x, y] of ring.slice(1).map(toUnits)) {
    const [dx, dy] = [x - last[0], y - last[1]];
    if (Math.abs(dx) + Math.abs(dy) < least) continue;
    text += `${dx}${dy < 0 ? "" : " "}${dy} `;
    last = [x, y];
  }
  return text === "" || text.trim().split(" ").length < 3 ? "" : `M${toUnits(ring[0]!).join(" ")}l${text.trim()}z`;
}

const rings = ({ geometry }: (typeof countries)[number]) =>
  geometry.type === "Polygon" ? geometry.coordinates : geometry.coordinates.flat();
const draw = (chosen: typeof countries, least: number) =>
  chosen
    .flatMap(rings)
    .map((ring) => path(ring, least))
    .join("");
const isOurs = ({ properties }: (typeof countries)[number]) => properties.name === "Indonesia";
const coast = draw(countries.filter(isOurs), 2);
const neighbours = draw(
  countries.filter((country) => !isOurs(country)),
  6,
);

const { west, east, north, south, unitsPerDegree } = frame;
const sides = `west: ${west}, east: ${east}, north: ${north}, south: ${south}`;
fs.writeFileSync(
  "app/routes/admin.cases.$code.(notes)/indonesia.ts",
  `// Made by docs/make-map.ts from Natural Earth (public domain).

/** What the paths below show, in degrees, and how many units a degree has in both directions. */
export const frame = { ${sides}, unitsPerDegree: ${unitsPerDegree} };
export const coast = "${coast}";
export const neighbours = "${neighbours}";
`,
);
console.log(coast.length, neighbours.length);
