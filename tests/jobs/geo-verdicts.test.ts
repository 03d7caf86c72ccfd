import { describe, expect, test } from "vitest";
import {
  haversineKm,
  judge,
  leastKm,
  type Located,
  type Network,
  type Place,
  type Previous,
  radiusKm,
} from "#app/cases/geo.ts";
import { points } from "./support/towns.ts";

const source = { name: "DB-IP city ipv4", built: "2026-06-05" };
type Where = keyof typeof points;

const at = new Date("2026-11-20T03:00:00Z");
const located = (where: Where, network: Network): Located => {
  const place: Place = {
    ...points[where],
    city: where,
    region: "",
    country: "ID",
    network,
    operator: null,
    radiusKm: radiusKm[network],
    source,
  };
  return { place, nowhere: null, source };
};
const before = (where: Where, network: Network, minutes: number): Previous => ({
  ...points[where],
  radiusKm: radiusKm[network],
  order: "ORD-2026-000001",
  at: new Date(at.getTime() - minutes * 60_000),
});

describe("distances", () => {
  test.each([
    ["surabaya", "jakarta", 665, 5],
    ["jakarta", "medan", 1_418, 10],
    ["surabaya", "malang", 80, 2],
    ["medan", "jayapura", 4_707, 25],
    ["surabaya", "surabaya", 0, 0],
  ] as const)("%s to %s is about %d km", (from, to, km, give) => {
    expect(Math.abs(haversineKm(points[from], points[to]) - km)).toBeLessThanOrEqual(give);
    expect(haversineKm(points[from], points[to])).toBeCloseTo(haversineKm(points[to], points[from]), 6);
  });

  test("the other side of the earth and the date line are no trouble", () => {
    expect(haversineKm({ latitude: 0, longitude: 0 }, { latitude: 0, longitude: 180 })).toBeCloseTo(20_015, -1);
    expect(haversineKm({ latitude: 0, longitude: 179.5 }, { latitude: 0, longitude: -179.5 })).toBeCloseTo(111.2, 0);
  });

  test("circles that touch leave nothing between them", () => {
    expect(leastKm(700, 250, 250)).toBe(200);
    expect(leastKm(500, 250, 250)).toBe(0);
    expect(leastKm(10, 250)).toBe(0);
  });
});

describe("verdicts", () => {
  type Case = {
    why: string;
    from: [Where, Network];
    store: Where | null;
    previous: [Where, Network, number] | null;
    verdict: string;
    because: string;
  };
  const cases: Case[] = [
    {
      why: "at the store by fixed line",
      from: ["surabaya", "FIXED"],
      store: "surabaya",
      previous: null,
      verdict: "PLAUSIBLE",
      because: "AT_STORE",
    },
    {
      why: "80 km off by mobile: within its circle",
      from: ["malang", "MOBILE"],
      store: "surabaya",
      previous: null,
      verdict: "PLAUSIBLE",
      because: "AT_STORE",
    },
    {
      why: "80 km off by fixed line: outside, but by telephone that is honest",
      from: ["malang", "FIXED"],
      store: "surabaya",
      previous: null,
      verdict: "INDETERMINATE",
      because: "AWAY_FROM_STORE",
    },
    {
      why: "665 km off by mobile",
      from: ["jakarta", "MOBILE"],
      store: "surabaya",
      previous: null,
      verdict: "INDETERMINATE",
      because: "AWAY_FROM_STORE",
    },
    {
      why: "another continent, no order before",
      from: ["moscow", "UNKNOWN"],
      store: "surabaya",
      previous: null,
      verdict: "INDETERMINATE",
      because: "AWAY_FROM_STORE",
    },
    {
      why: "Jakarta to Surabaya in an hour by fixed lines: 565 km certainly, less than a flight",
      from: ["surabaya", "FIXED"],
      store: "surabaya",
      previous: ["jakarta", "FIXED", 60],
      verdict: "PLAUSIBLE",
      because: "AT_STORE",
    },
    {
      why: "the same in half an hour: faster than a flight",
      from: ["surabaya", "FIXED"],
      store: "surabaya",
      previous: ["jakarta", "FIXED", 30],
      verdict: "IMPLAUSIBLE",
      because: "TOO_FAST",
    },
    {
      why: "the same by mobile in half an hour: 165 km certainly, and no road is that fast",
      from: ["surabaya", "MOBILE"],
      store: "surabaya",
      previous: ["jakarta", "MOBILE", 30],
      verdict: "IMPLAUSIBLE",
      because: "TOO_FAST",
    },
    {
      why: "the same by mobile in an hour and a half: 110 km/h",
      from: ["surabaya", "MOBILE"],
      store: "surabaya",
      previous: ["jakarta", "MOBILE", 90],
      verdict: "PLAUSIBLE",
      because: "AT_STORE",
    },
    {
      why: "the same from an unknown network: the circles meet, nothing is certain",
      from: ["surabaya", "UNKNOWN"],
      store: "surabaya",
      previous: ["jakarta", "UNKNOWN", 1],
      verdict: "PLAUSIBLE",
      because: "AT_STORE",
    },
    {
      why: "Medan to Jayapura in four hours: faster than a flight",
      from: ["jayapura", "MOBILE"],
      store: "jayapura",
      previous: ["medan", "MOBILE", 240],
      verdict: "IMPLAUSIBLE",
      because: "TOO_FAST",
    },
    {
      why: "Medan to Jayapura in six hours: 700 km/h over 4,200 km is a flight",
      from: ["jayapura", "MOBILE"],
      store: "jayapura",
      previous: ["medan", "MOBILE", 360],
      verdict: "PLAUSIBLE",
      because: "AT_STORE",
    },
    {
      why: "two orders at one instant from one town",
      from: ["surabaya", "FIXED"],
      store: "surabaya",
      previous: ["surabaya", "FIXED", 0],
      verdict: "PLAUSIBLE",
      because: "AT_STORE",
    },
    {
      why: "two orders at one instant from two towns",
      from: ["surabaya", "FIXED"],
      store: "surabaya",
      previous: ["jakarta", "FIXED", 0],
      verdict: "IMPLAUSIBLE",
      because: "TOO_FAST",
    },
    {
      why: "a store without a place",
      from: ["surabaya", "FIXED"],
      store: null,
      previous: ["surabaya", "FIXED", 10],
      verdict: "INDETERMINATE",
      because: "NO_STORE_PLACE",
    },
    {
      why: "a store without a place, and too fast",
      from: ["surabaya", "FIXED"],
      store: null,
      previous: ["medan", "FIXED", 10],
      verdict: "IMPLAUSIBLE",
      because: "TOO_FAST",
    },
  ];
  test.each(cases)("$why", ({ from, store, previous, verdict, because }) => {
    const judged = judge(located(...from), at, store && points[store], previous && before(...previous));
    expect([judged.verdict, judged.why.because]).toEqual([verdict, because]);
    expect(judged.why.source).toEqual(source);
    expect(judged.distanceKm === null).toBe(store === null);
    expect(JSON.parse(JSON.stringify(judged))).toEqual(judged); // No infinity, no undefined: it is kept as it is.
  });

  test.each([150, 151])("the limit of roads itself is allowed: %d km/h", (kmh) => {
    // 100 km of certain way to the east, in the time that this speed takes.
    const east = {
      ...points.surabaya,
      longitude: points.surabaya.longitude + 200 / (111.19508 * Math.cos((points.surabaya.latitude * Math.PI) / 180)),
    };
    const least = leastKm(haversineKm(points.surabaya, east), 50, 50);
    const previous = { ...before("surabaya", "FIXED", (least / kmh) * 60), ...east };
    expect(judge(located("surabaya", "FIXED"), at, points.surabaya, previous).verdict).toBe(
      kmh > 150 ? "IMPLAUSIBLE" : "PLAUSIBLE",
    );
  });

  test.each(["NO_ADDRESS", "BAD_ADDRESS", "PRIVATE_ADDRESS", "NOT_IN_DATABASE", "NO_DATABASE"] as const)(
    "no place (%s) is no verdict",
    (nowhere) => {
      const judged = judge({ place: null, nowhere, source: null }, at, points.surabaya, before("medan", "FIXED", 1));
      expect(judged).toMatchObject({
        verdict: "INDETERMINATE",
        distanceKm: null,
        why: { because: "NOWHERE", nowhere, travel: null },
      });
    },
  );
});
