import { expect, test } from "vitest";
import { pointsFor } from "#supabase/seed/past-order.ts";
import { onStage, people, type Stage } from "./support.ts";

const points = (stage: Stage, tier: string, total: number | string) =>
  stage.value<number>("select private.points_for($1, $2)", [tier, total]);
const set = (stage: Stage, key: string, value: string) =>
  stage.as(people.admin, () => stage.sql.query("select app.change_setting($1, $2, 'Uji poin')", [key, value]));

// Where a float or a division that comes too early goes wrong, and what lies on either side of a half.
test.each([
  ["GOLD", 3_480_000, 418], // 417.6; divided first it would be 348 x 1.2 = 417
  ["GOLD", 3_479_166, 417], // 417.49992
  ["GOLD", 3_479_167, 418], // 417.50004
  ["GOLD", 712_000, 85], // 85.44
  ["GOLD", 504_166, 60], // 60.49992
  ["GOLD", 504_167, 61], // 60.50004
  ["GOLD", 9_999, 0],
  ["SILVER", 499_999, 0],
  ["SILVER", 500_000, 50],
  ["SILVER", 504_999, 50],
  ["SILVER", 505_000, 51], // 50.5: the half goes up
  ["SILVER", 505_001, 51],
  ["SILVER", 515_000, 52], // 51.5: not to the even one
  ["SILVER", 525_000, 53], // 52.5: banker's rounding would say 52
  ["PLATINUM", 503_333, 75], // 75.49995
  ["PLATINUM", 503_334, 76], // 75.5001
  ["PLATINUM", 700_000, 105],
  ["PLATINUM", 9_007_199_254_740, 1_351_079_888], // 1351079888.211
])("%s of Rp %i earns %i, in SQL and in the seed", (tier, total, earned) =>
  onStage(async (stage) => {
    expect(await points(stage, tier, total)).toBe(earned);
    expect(pointsFor({ tier: tier as "GOLD" }, total)).toBe(earned);
  })(),
);

test(
  "rounding down is a choice; multiplier and rate are exact whatever they are",
  onStage(async (stage) => {
    await set(stage, "loyalty.rounding", '"down"');
    expect([
      await points(stage, "GOLD", 3_480_000),
      await points(stage, "SILVER", 505_000),
      await points(stage, "SILVER", 500_000),
    ]).toEqual([417, 50, 50]);
    await set(stage, "loyalty.rounding", '"half_up"');
    // A rate of three thousand has no finite decimals: 1 point is 3000, half of one 1500.
    await set(stage, "loyalty.point_rate", "3000");
    await set(stage, "order.minimum_threshold", "0");
    expect([
      await points(stage, "SILVER", 1_499),
      await points(stage, "SILVER", 1_500),
      await points(stage, "SILVER", 3_001_499),
      await points(stage, "SILVER", 3_001_500),
    ]).toEqual([0, 1, 1000, 1001]);
    // 1.15 is no binary number: 10,000 x 1.15 / 1000 is 11.5 and not a bit less.
    await set(stage, "loyalty.point_rate", "1000");
    await set(stage, "loyalty.multiplier.gold", "1.15");
    expect([await points(stage, "GOLD", 10_000), await points(stage, "GOLD", 9_999)]).toEqual([12, 11]);
    await set(stage, "loyalty.multiplier.gold", "0");
    expect(await points(stage, "GOLD", 10_000_000)).toBe(0);
    // More than 32 bits.
    await set(stage, "loyalty.multiplier.gold", "10");
    expect(await points(stage, "GOLD", 1_000_000_000_000)).toBe(10_000_000_000);
  }),
);

test(
  "an order keeps the points of its moment",
  onStage(async (stage) => {
    await stage.sql.query(
      `
        update app.product_stock set quantity = 1000, buffer = 0, held = 0
          where product_id = (select id from app.products where sku = 'ALF-0001')`,
    );
    await stage.fill(people.budi, ["ALF-0001", 21]); // 21 x 35,500 = 745,500: 89.46
    const earned = async () =>
      stage.value<number>("select points from app.orders where number = $1", [await stage.order(people.budi)]);
    expect(await earned()).toBe(89);
    await stage.fill(people.budi, ["ALF-0001", 22]); // 781,000: 93.72
    expect(await earned()).toBe(94);
  }),
);
