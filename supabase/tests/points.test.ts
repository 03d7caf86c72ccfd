import { expect, test } from "vitest";
import { pointsFor } from "#supabase/seed/past-order.ts";
import { people } from "#tests/support/cast.ts";
import { rolledBack, type TestDb } from "#tests/support/rolled-back.ts";
import type { Partner } from "#supabase/seed/people.ts";

const points = (db: TestDb, tier: string, total: number | string) =>
  db.value<number>("select private.points_for($1, $2)", [tier, total]);
const set = (db: TestDb, key: string, value: string) =>
  db.as(people.admin, () => db.sql.query("select app.change_setting($1, $2, 'Uji poin')", [key, value]));

// Where a float or a division that comes too early goes wrong, and what lies on either side of a half.
test.each<[tier: Partner["tier"], total: number, earned: number]>([
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
  rolledBack(async (db) => {
    expect(await points(db, tier, total)).toBe(earned);
    expect(pointsFor({ tier }, total)).toBe(earned);
  })(),
);

test(
  "rounding down is a choice; multiplier and rate are exact whatever they are",
  rolledBack(async (db) => {
    await set(db, "loyalty.rounding", '"down"');
    expect([
      await points(db, "GOLD", 3_480_000),
      await points(db, "SILVER", 505_000),
      await points(db, "SILVER", 500_000),
    ]).toEqual([417, 50, 50]);
    await set(db, "loyalty.rounding", '"half_up"');
    // A rate of three thousand has no finite decimals: 1 point is 3000, half of one 1500.
    await set(db, "loyalty.point_rate", "3000");
    await set(db, "order.minimum_threshold", "0");
    expect([
      await points(db, "SILVER", 1_499),
      await points(db, "SILVER", 1_500),
      await points(db, "SILVER", 3_001_499),
      await points(db, "SILVER", 3_001_500),
    ]).toEqual([0, 1, 1000, 1001]);
    // 1.15 is no binary number: 10,000 x 1.15 / 1000 is 11.5 and not a bit less.
    await set(db, "loyalty.point_rate", "1000");
    await set(db, "loyalty.multiplier.gold", "1.15");
    expect([await points(db, "GOLD", 10_000), await points(db, "GOLD", 9_999)]).toEqual([12, 11]);
    await set(db, "loyalty.multiplier.gold", "0");
    expect(await points(db, "GOLD", 10_000_000)).toBe(0);
    // More than 32 bits.
    await set(db, "loyalty.multiplier.gold", "10");
    expect(await points(db, "GOLD", 1_000_000_000_000)).toBe(10_000_000_000);
  }),
);

test(
  "an order keeps the points of its moment",
  rolledBack(async (db) => {
    await db.sql.query(
      `
        update app.product_stock set quantity = 1000, buffer = 0, held = 0
          where product_id = (select id from app.products where sku = 'ALF-0001')`,
    );
    await db.fill(people.budi, ["ALF-0001", 21]); // 21 x 35,500 = 745,500: 89.46
    const earned = async () =>
      db.value<number>("select points from app.orders where number = $1", [await db.order(people.budi)]);
    expect(await earned()).toBe(89);
    await db.fill(people.budi, ["ALF-0001", 22]); // 781,000: 93.72
    expect(await earned()).toBe(94);
  }),
);
