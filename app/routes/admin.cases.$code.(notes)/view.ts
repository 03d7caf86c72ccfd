import type { Point } from "#app/cases/geo.ts";
import { frame } from "./indonesia.ts";

export type Box = { x: number; y: number; width: number; height: number };
/** A point on the map's paper, with the half axes of its circle there. */
export type Spot = { x: number; y: number; rx: number; ry: number };

const units = frame.unitsPerDegree;
const whole: Box = {
  x: 0,
  y: 0,
  width: (frame.east - frame.west) * units,
  height: (frame.north - frame.south) * units,
};
const kmPerDegree = 111.195;
/** Nearer than this the coast is only a few corners. In degrees. */
const narrowest = 8;
const aspect = 2;

export const isOnMap = ({ latitude, longitude }: Point) =>
  longitude >= frame.west && longitude <= frame.east && latitude >= frame.south && latitude <= frame.north;

/** Degrees as they are, on paper: near the equator that is true enough, and a circle stays nearly one. */
export function onPaper({ latitude, longitude }: Point, radiusKm = 0): Spot {
  const ry = (radiusKm / kmPerDegree) * units;
  return {
    x: (longitude - frame.west) * units,
    y: (frame.north - latitude) * units,
    rx: ry / Math.cos((latitude * Math.PI) / 180),
    ry,
  };
}

/** The part of the map that shows all spots with some air, twice as wide as high; the whole of it without any. */
export function viewOf(spots: Spot[]): Box {
  if (spots.length === 0) return whole;
  const left = Math.min(...spots.map(({ x, rx }) => x - rx));
  const right = Math.max(...spots.map(({ x, rx }) => x + rx));
  const top = Math.min(...spots.map(({ y, ry }) => y - ry));
  const bottom = Math.max(...spots.map(({ y, ry }) => y + ry));
  const wide = Math.max((right - left) * 1.15, (bottom - top) * 1.15 * aspect, narrowest * units);
  const width = Math.round(Math.min(wide, whole.width));
  const height = Math.round(Math.min(wide / aspect, whole.height));
  return {
    x: within((left + right - width) / 2, whole.width - width),
    y: within((top + bottom - height) / 2, whole.height - height),
    width,
    height,
  };
}

const within = (value: number, most: number) => Math.round(Math.min(most, Math.max(0, value)));
