import { expect, test } from "vitest";
import { messages } from "#app/words.ts";
import type { CaseOrder } from "#app/cases/case.ts";
import { judge, type Place, radiusKm } from "#app/cases/geo.ts";
import { drawingOf, placesOf } from "#app/routes/admin.cases.$code.(notes)/drawing.ts";
import { sayPlace, sayWhy } from "#app/routes/admin.cases.$code.(notes)/words.ts";
import { coast, frame, neighbours } from "#app/routes/admin.cases.$code.(notes)/indonesia.ts";
import { onPaper, viewOf } from "#app/routes/admin.cases.$code.(notes)/view.ts";

const source = { name: "DB-IP city ipv4", built: "2026-06-05" };
const place = (latitude: number, longitude: number, more: Partial<Place> = {}): Place => ({
  latitude,
  longitude,
  city: "Surabaya",
  region: "East Java",
  country: "ID",
  network: "MOBILE",
  operator: "Telkomsel",
  radiusKm: radiusKm.MOBILE,
  source,
  ...more,
});
const order = (
  number: string,
  from: Place | null,
  verdict: CaseOrder["verdict"] = "PLAUSIBLE",
  code = "PTR-0001",
): CaseOrder => ({
  number,
  at: "2026-11-20T03:00:00Z",
  total: 1,
  status: "SUBMITTED",
  held: false,
  reason: null,
  session: null,
  assigned: true,
  ip: null,
  userAgent: null,
  device: null,
  sharedWith: [],
  store: { code, name: "Salon Budi", city: "Surabaya", latitude: -7.2575, longitude: 112.7521 },
  place: from,
  distanceKm: null,
  verdict,
  why: null,
});
const surabaya = place(-7.26, 112.75);

test("the coasts are small enough to be sent with the page, and inside their frame", () => {
  expect((coast + neighbours).length).toBeLessThan(40_000);
  for (const [, x, y] of coast.matchAll(/M(\d+) (\d+)/g)) {
    expect(Number(x)).toBeLessThanOrEqual((frame.east - frame.west) * frame.unitsPerDegree);
    expect(Number(y)).toBeLessThanOrEqual((frame.north - frame.south) * frame.unitsPerDegree);
  }
});

test("what is drawn lies within what is shown, however it lies", () => {
  const corners = [place(5.5, 95.3), place(-9, 140), place(7.9, 141.9), place(-11.9, 94.1)];
  for (const spots of [[], [surabaya], [surabaya, corners[0]!], corners].map((each) =>
    each.map((one) => onPaper(one, 0)),
  )) {
    const { x, y, width, height } = viewOf(spots);
    expect(x).toBeGreaterThanOrEqual(0);
    expect(y).toBeGreaterThanOrEqual(0);
    expect(x + width).toBeLessThanOrEqual(2_400);
    expect(y + height).toBeLessThanOrEqual(1_000);
    for (const spot of spots)
      expect(spot.x >= x && spot.x <= x + width && spot.y >= y && spot.y <= y + height).toBe(true);
  }
});

test("a radius is drawn as long as it is: 250 km are some 2.25 degrees", () => {
  const { rx, ry } = onPaper(surabaya, 250);
  expect(ry / frame.unitsPerDegree).toBeCloseTo(2.248, 2);
  expect(rx).toBeGreaterThan(ry);
});

test("each place and store once, the implausible ones first; what is off the map is counted", () => {
  const moscow = place(55.75, 37.6, {
    city: "Moscow",
    region: "",
    country: "RU",
    operator: null,
    network: "UNKNOWN",
    radiusKm: 500,
  });
  const jayapura = place(-2.53, 140.7, { city: "Jayapura", region: "Papua" });
  const orders = [
    order("1", surabaya),
    order("2", surabaya),
    order("3", jayapura, "IMPLAUSIBLE"),
    order("4", moscow, "INDETERMINATE"),
    order("5", null, "INDETERMINATE"),
    order("6", surabaya, "PLAUSIBLE", "PTR-0003"),
  ];
  expect(placesOf(orders).map(({ label, orders: count, bad }) => [label, count, bad])).toEqual([
    ["Jayapura, Papua", 1, 1],
    ["Surabaya, East Java", 3, 0],
    ["Moscow, RU", 1, 0],
  ]);
  const drawing = drawingOf(orders);
  expect([drawing.stores.length, drawing.places.length, drawing.lines.length, drawing.outside]).toEqual([2, 2, 3, 1]);
  expect(drawing.lines.filter(({ bad }) => bad)).toHaveLength(1);
});

test("every verdict has its sentence in both languages, with its figures", () => {
  const at = new Date("2026-11-20T03:00:00Z");
  const located = { place: surabaya, nowhere: null, source } as const;
  const store = { latitude: -7.2575, longitude: 112.7521 };
  const jakarta = {
    latitude: -6.2,
    longitude: 106.8,
    order: "ORD-2026-000001",
    at: new Date(at.getTime() - 600_000),
    radiusKm: 50,
  };
  const whys = [
    judge(located, at, store, null),
    judge(located, at, { latitude: 3.6, longitude: 98.7 }, null),
    judge(located, at, null, null),
    judge(located, at, store, jakarta),
    ...(["NO_ADDRESS", "BAD_ADDRESS", "PRIVATE_ADDRESS", "NOT_IN_DATABASE", "NO_DATABASE"] as const).map((nowhere) =>
      judge({ place: null, nowhere, source: null }, at, store, null),
    ),
  ].map(({ why }) => why);
  for (const lang of ["id", "en"] as const) {
    const said = whys.map((why) => sayWhy(messages(lang).cases, why, lang));
    expect(new Set(said).size).toBe(whys.length);
    expect(said[3]).toMatch(/ORD-2026-000001.* 2[.,]\d\d\d km\/|ORD-2026-000001.*36[0-9] km/);
  }
  expect(sayPlace(place(1.35, 103.8, { city: "Singapore", region: "", country: "SG" }))).toBe("Singapore, SG");
});
