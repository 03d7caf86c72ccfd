import { describe, expect, test, vi } from "vitest";
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
import { readAddress } from "#jobs/geo/address.ts";
import { locate } from "#jobs/geo/locate.ts";
import { findRange } from "#jobs/geo/networks.ts";
import { onDemand } from "#jobs/geo/on-demand.ts";
import { operators } from "#jobs/geo/operators.ts";

const source = { name: "DB-IP city ipv4", built: "2026-06-05" };
const points = {
  surabaya: { latitude: -7.2575, longitude: 112.7521 },
  malang: { latitude: -7.9666, longitude: 112.6326 },
  jakarta: { latitude: -6.2, longitude: 106.8167 },
  medan: { latitude: 3.5952, longitude: 98.6722 },
  jayapura: { latitude: -2.5337, longitude: 140.7181 },
  moscow: { latitude: 55.7558, longitude: 37.6173 },
};
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

describe("addresses", () => {
  test.each([
    ["36.68.1.1", 4, 0x24440101n],
    ["::ffff:36.68.1.1", 4, 0x24440101n],
    ["2001:448a::1", 6, 0x2001448a000000000000000000000001n],
    ["2400:9800:0:0:0:0:0:1", 6, 0x24009800000000000000000000000001n],
  ] as const)("%s", (written, version, number) => {
    expect(readAddress(written)).toMatchObject({ version, number });
  });

  test.each([
    "10.1.2.3",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "127.0.0.1",
    "100.64.3.2",
    "169.254.1.1",
    "0.0.0.0",
    "224.0.0.1",
    "255.255.255.255",
    "203.0.113.5",
    "::1",
    "::",
    "fe80::1",
    "fd00::1",
    "2001:db8::1",
    "ff02::1",
    "::ffff:10.0.0.1",
    "::ffff:a00:1",
  ])("%s has no place", async (written) => {
    expect(readAddress(written)).toBe("reserved");
    expect(await locate(written)).toEqual({ place: null, nowhere: "PRIVATE_ADDRESS", source: null });
  });

  test.each([
    "unknown",
    "1.2.3",
    "1.2.3.4.5",
    "1.2.3.4:80",
    "[::1]",
    "<b>",
    "999.1.1.1",
    "1.2.3.4, 5.6.7.8",
    " ",
    ":::",
    "\u0000",
  ])("%j is no address", async (written) => {
    expect(await locate(written)).toEqual({ place: null, nowhere: "BAD_ADDRESS", source: null });
  });

  test("a shadow order without an address has no place", async () => {
    expect(await locate(null)).toMatchObject({ nowhere: "NO_ADDRESS" });
  });
});

describe("the databases", () => {
  // Not which town: that changes with each build. Near enough to say that columns and ranges are read rightly.
  test.each([
    { ip: "182.0.1.1", near: "jakarta", within: 60, network: "MOBILE", operator: "Telkomsel" },
    { ip: "61.247.0.77", near: "jakarta", within: 60, network: "FIXED", operator: "First Media" },
    { ip: "2400:9800::1", near: "jakarta", within: 60, network: "MOBILE", operator: "XL" },
    { ip: "2001:448a::1", near: "jakarta", within: 60, network: "FIXED", operator: "Telkom IndiHome" },
  ] as const)("$ip is $operator's", async ({ ip, near, within, network, operator }) => {
    const { place } = await locate(ip);
    expect(place).toMatchObject({
      network,
      operator,
      country: "ID",
      radiusKm: radiusKm[network],
      source: { built: expect.stringMatching(/^20\d\d-\d\d-\d\d$/) },
    });
    expect(place!.source.name).toMatch(/^DB-IP city ipv[46]$/);
    expect(haversineKm(place!, points[near])).toBeLessThan(within);
  });

  test("a foreign network is known by its place alone", async () => {
    expect((await locate("8.8.8.8")).place).toMatchObject({
      country: "US",
      network: "UNKNOWN",
      operator: null,
      radiusKm: 500,
    });
  });

  test("a range holds both of its ends and nothing beside them", () => {
    const [telkomsel, biznet] = [operators.get(23_693)!, operators.get(17_451)!];
    const ranges = { starts: [10n, 100n], ends: [19n, 100n], owners: [telkomsel, biznet] };
    expect([9n, 10n, 15n, 19n, 20n, 99n, 100n, 101n].map((number) => findRange(ranges, number)?.name ?? null)).toEqual([
      null,
      "Telkomsel",
      "Telkomsel",
      "Telkomsel",
      null,
      null,
      "Biznet",
      null,
    ]);
    expect(findRange({ starts: [], ends: [], owners: [] }, 1n)).toBeNull();
  });
});

describe("what is loaded on demand", () => {
  test("once for all who ask, let go when nobody asks, and again after a failure", async () => {
    vi.useFakeTimers();
    let loads = 0;
    const load = vi.fn(async () => {
      if (++loads === 1) throw new Error("disk");
      return loads;
    });
    const ask = onDemand(load, 1_000);
    await expect(ask()).rejects.toThrow("disk");
    expect(await Promise.all([ask(), ask()])).toEqual([2, 2]);
    vi.advanceTimersByTime(900);
    expect(await ask()).toBe(2);
    vi.advanceTimersByTime(900);
    expect(await ask()).toBe(2);
    vi.advanceTimersByTime(1_001);
    expect(await ask()).toBe(3);
    vi.useRealTimers();
  });
});
