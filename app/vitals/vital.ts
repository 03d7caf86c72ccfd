import { z } from "zod";
import { bucketOf, noCalls, percentileOf } from "#app/erp/latency.ts";
import { onlyOne } from "#app/only-one.ts";
import { Slices } from "./slices.ts";

/** What phones measure of a page. Times in ms; CLS is a share of the screen. */
export const metrics = ["LCP", "INP", "CLS", "TTFB"] as const;
export type Metric = (typeof metrics)[number];
/** As app.note_vitals takes it. PAGE: pages that were sent. */
export type VitalSum = {
  route: string;
  metric: Metric | "PAGE";
  ago: number;
  samples: number;
  histogram: number[];
  targets: Record<string, number>;
};

/** The first bucket's bound, from which each is the fourth root of two more: up to 33 s, 8 s, 4, 8 s. */
const units: Record<Metric, number> = { LCP: 8, INP: 2, CLS: 0.001, TTFB: 2 };
/** Up to where a value is good, and from where it is poor: as the makers of browsers say. */
export const bounds: Record<Metric, [good: number, poor: number]> = {
  LCP: [2_500, 4_000],
  INP: [200, 500],
  CLS: [0.1, 0.25],
  TTFB: [800, 1_800],
};
export type Grade = "good" | "middling" | "poor";
export const gradeOf = (metric: Metric, value: number): Grade =>
  value <= bounds[metric][0] ? "good" : value <= bounds[metric][1] ? "middling" : "poor";

/** What three of four visits were no worse than; null without visits. */
export function p75Of(metric: Metric, histogram: number[]): number | null {
  const bucket = percentileOf(histogram, 0.75);
  return bucket === null ? null : bucket * units[metric];
}

/** An element by its tag and two classes, as our script names it: nothing that is in it or that it is about. */
const element = /^[a-z][a-z0-9-]{0,20}(\.[a-z][a-z0-9_-]{0,40}){0,2}$/;
const target = z.string().regex(element).optional().catch(undefined);
const vital = z.discriminatedUnion("name", [
  z.object({ name: z.enum(["LCP", "INP", "TTFB"]), value: z.number().min(0).max(120_000), target }),
  z.object({ name: z.literal("CLS"), value: z.number().min(0).max(100), target }),
]);
const beacon = z.object({ route: z.string().max(100), vitals: z.array(vital).min(1).max(4) });

/** More different elements of one page and metric are not told apart until they are written down. */
const mostTargets = 20;
const fresh = () => ({ samples: 0, histogram: noCalls(), targets: {} as Record<string, number> });
const sums = () => onlyOne("vital-sums", () => new Slices(fresh, { slices: 60, sums: 2_000 }));

/** Takes what a phone sent, when it is that: whether it was. `isRoute`: whether there is such a page. */
export function takeBeacon(text: string, isRoute: (pattern: string) => boolean): boolean {
  const sent = readBeacon(text);
  if (!sent || !isRoute(sent.route)) return false;
  for (const { name, value, target: seen } of new Map(sent.vitals.map((one) => [one.name, one])).values()) {
    const sum = sums().running(`${name} ${sent.route}`);
    sum.samples += 1;
    sum.histogram[bucketOf(value / units[name])]! += 1;
    if (seen && (Object.hasOwn(sum.targets, seen) || Object.keys(sum.targets).length < mostTargets))
      sum.targets[seen] = (sum.targets[seen] ?? 0) + 1;
  }
  return true;
}

function readBeacon(text: string) {
  try {
    return beacon.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null; // No JSON.
  }
}

/** Counts a page that was sent: of how many the phones told. */
export const countPage = (route: string): void => void (sums().running(`PAGE ${route}`).samples += 1);

/** Hands over what was counted since; see Slices.drain. */
export const drainVitals = (write: (sums: VitalSum[]) => Promise<unknown>): Promise<void> =>
  sums().drain((aged) =>
    write(
      aged.map(({ key, ago, sum }) => {
        const [metric = "", route = ""] = key.split(" ");
        return { route, metric: metric as VitalSum["metric"], ago, ...sum };
      }),
    ),
  );
