import { expect, test } from "vitest";
import { bucketOf, noCalls } from "#app/erp/latency.ts";
import { gradeOf } from "#app/vitals/vital.ts";
import { speedOf, type VitalRow } from "#app/vitals/speed.ts";

const spread = (...values: number[]) => {
  const row = noCalls();
  for (const value of values) row[bucketOf(value)]! += 1;
  return row;
};
const row = (more: Partial<VitalRow>): VitalRow => ({
  day: "2026-11-30",
  route: "/products",
  metric: "LCP",
  samples: 4,
  histogram: spread(2_400 / 8),
  targets: {},
  ...more,
});

test("pages stand by how often they were measured, with what three of four phones had, and of how many", () => {
  const speed = speedOf(
    [
      row({ samples: 4, histogram: spread(50, 50, 300, 900), targets: { "img.a": 1, "h1.b": 3 } }),
      row({ day: "2026-11-29", samples: 4, histogram: spread(50, 50, 50, 50), targets: { "img.a": 4 } }),
      row({ metric: "TTFB", samples: 8 }),
      row({ metric: "PAGE", samples: 16 }),
      row({ route: "/cart", metric: "TTFB", samples: 9 }),
      row({ route: "/cart", metric: "PAGE", samples: 9 }),
      row({ route: "/never", metric: "PAGE", samples: 5 }),
    ],
    "LCP",
    ["2026-11-28", "2026-11-29", "2026-11-30"],
  );
  expect(speed).toMatchObject({ measured: 17, sent: 30 });
  expect(speed.routes.map(({ route, measured, sent, target }) => [route, measured, sent, target])).toEqual([
    ["/cart", 9, 9, null],
    ["/products", 8, 16, "img.a"],
  ]);
  const [cart, products] = speed.routes;
  expect(cart!.LCP).toBeNull();
  expect(products!.LCP! / 400).toBeCloseTo(1, 0);
  expect(speed.days.map(({ day, value }) => [day, value && Math.round(value / 400)])).toEqual([
    ["2026-11-28", null],
    ["2026-11-29", 1],
    ["2026-11-30", 6],
  ]);
});

test("good, fair and poor are as browsers' makers say, to the bound", () => {
  expect([2_500, 2_501, 4_000, 4_001].map((ms) => gradeOf("LCP", ms))).toEqual([
    "good",
    "middling",
    "middling",
    "poor",
  ]);
  expect([0.1, 0.25, 0.26].map((value) => gradeOf("CLS", value))).toEqual(["good", "middling", "poor"]);
});
