import { expect, test } from "vitest";
import { people } from "#tests/support/cast.ts";
import { beat } from "./detection-support.ts";

const fired = (hits: Array<{ rule: string }>) => hits.map(({ rule }) => rule).sort();

test(
  "stores within 60 minutes: eight fire, seven do not, nor an eighth that is an hour later",
  beat(async (b) => {
    for (let i = 0; i < 7; i += 1) await b.order({ store: i, minute: i * 5 });
    expect(await b.inspectAll()).toEqual([]);
    await b.order({ store: 7, minute: 61 });
    expect(await b.inspectAll()).toEqual([]); // The first one is out of the hour by now.
    const eighth = await b.order({ store: 8, minute: 59 });
    const [hit] = await b.inspect(eighth);
    expect(hit).toMatchObject({
      rule: "STORES_PER_HOUR",
      weight: 40,
      rule_version: 1,
      geographic: false,
      inputs: { stores: 8, limit: 8 },
    });
  }),
);

test(
  "eight orders in one store are not eight stores",
  beat(async (b) => {
    for (let i = 0; i < 8; i += 1) await b.order({ store: 0, minute: i, quantity: i + 1 });
    expect(await b.inspectAll()).toEqual([]);
  }),
);

test(
  "stores within 60 minutes against his own habit, once there is one",
  beat(async (b) => {
    await b.history({ days: 60, perDay: 2, everyMinutes: 180 }); // One store an hour, day after day.
    for (let i = 0; i < 3; i += 1) await b.order({ store: i, minute: i * 10 });
    expect(await b.inspectAll()).toEqual([]); // Three times one is not more than three times one.
    const [hit] = await b.inspect(await b.order({ store: 3, minute: 40 }));
    expect(hit).toMatchObject({ rule: "STORES_PER_HOUR", inputs: { stores: 4, limit: 8, p99: 1, factor: 3 } });
  }),
);

test(
  "pace against his own median: six in an hour fire where one is usual, five do not, and without a past nothing does",
  beat(async (b) => {
    for (let i = 0; i < 6; i += 1) await b.order({ store: 0, minute: i, quantity: i + 1 });
    expect(await b.inspectAll()).toEqual([]);
    await b.startAfresh();
    await b.history({ days: 20, perDay: 1, everyMinutes: 180 });
    for (let i = 0; i < 5; i += 1) await b.order({ store: 0, minute: i, quantity: i + 1 });
    expect(await b.inspectAll()).toEqual([]);
    const [hit] = await b.inspect(await b.order({ store: 0, minute: 6, quantity: 9 }));
    expect(hit).toMatchObject({
      rule: "ORDERS_PER_HOUR",
      weight: 20,
      inputs: { orders: 6, median: 1, spread: 0, z: 6.7, limit: 6 },
    });
  }),
);

test(
  "a store that was not his when he ordered, whatever he has now",
  beat(async (b) => {
    const [hit] = await b.inspect(await b.order({ store: 0, assigned: false }));
    expect(hit).toMatchObject({ rule: "OUTSIDE_ASSIGNMENT", weight: 25, inputs: { store: "PTR-0001" } });
    expect(await b.inspect(await b.order({ store: 0 }))).toEqual([]);
  }),
);

test(
  "value: more than five times the store's median and more than the floor; without a past of the store nothing",
  beat(async (b) => {
    await b.storeHistory(10, [1_200_000, 1_200_000, 1_200_000]);
    // Three orders are no past yet.
    expect(await b.inspect(await b.order({ store: 10, total: 90_000_000 }))).toEqual([]);
    for (const store of [12, 13]) await b.storeHistory(store, [900_000, 1_000_000, 1_200_000, 1_400_000, 9_000_000]);
    expect(await b.inspect(await b.order({ store: 12, total: 6_000_000 }))).toEqual([]);
    const [hit] = await b.inspect(await b.order({ store: 13, total: 6_000_001 }));
    expect(hit).toMatchObject({
      rule: "ORDER_VALUE",
      weight: 20,
      inputs: { total: 6_000_001, median: 1_200_000, orders: 5, factor: 5, floor: 5_000_000 },
    });
    await b.storeHistory(14, [100_000, 100_000, 100_000, 100_000]);
    // Fifty times, but not above the floor.
    expect(await b.inspect(await b.order({ store: 14, total: 5_000_000 }))).toEqual([]);
    expect(fired(await b.inspect(await b.order({ store: 14, total: 5_000_001 })))).toEqual(["ORDER_VALUE"]);
  }),
);

test(
  "value: where many orders of the others in the region are as large, it is the season",
  beat(async (b) => {
    await b.storeHistory(10, [1_000_000, 1_000_000, 1_000_000, 1_000_000]);
    await b.others({ orders: 60, large: 1, store: 2 });
    expect(fired(await b.inspect(await b.order({ store: 10, total: 9_000_000 })))).toEqual(["SEASON_VALUE"]);
    await b.others({ orders: 60, large: 0, store: 2 });
    // One in 120 is not a season.
    expect(fired(await b.inspect(await b.order({ store: 10, total: 9_000_000 })))).toEqual(["ORDER_VALUE"]);
  }),
);

test(
  "value: a package that others sell these days is staff's doing, and weighs little",
  beat(async (b) => {
    await b.setting("promotion_salesmen", 1);
    await b.storeHistory(10, [1_000_000, 1_000_000, 1_000_000, 1_000_000]);
    await b.inspect(await b.order({ store: 5, salesman: people.agus, quantity: 7, minute: -60 }));
    expect(await b.inspect(await b.order({ store: 10, total: 9_000_000, quantity: 7 }))).toMatchObject([
      { rule: "PROMOTED_VALUE", weight: 2, inputs: { sellers: 1, median: 1_000_000 } },
    ]);
    expect(fired(await b.inspect(await b.order({ store: 10, total: 9_000_000, quantity: 8 })))).toEqual([
      "ORDER_VALUE",
    ]);
  }),
);

test(
  "value: the third very large order in four weeks is no chance; in their season it takes far more than others have",
  beat(async (b) => {
    const large = async (day: number) =>
      fired(await b.inspect(await b.order({ store: 10, total: 9_000_000, minute: day * 1440 })));
    await b.storeHistory(10, Array<number>(30).fill(1_000_000));
    expect([await large(-20), await large(-10), await large(0)]).toEqual([
      ["ORDER_VALUE"],
      ["ORDER_VALUE"],
      ["ORDER_VALUE", "REPEATED"],
    ]);
    await b.startAfresh();
    await b.others({ orders: 60, large: 30, store: 2 });
    // Half of the others' orders are as large: his are the season, as long as they are not ahead of it.
    expect([await large(1), await large(1), await large(1)]).toEqual([
      ["SEASON_VALUE"],
      ["SEASON_VALUE"],
      ["SEASON_VALUE"],
    ]);
  }),
);

test(
  "basket: the same articles and quantities in four stores within 24 hours; three, or four that differ, do not fire",
  beat(async (b) => {
    for (let i = 0; i < 3; i += 1) await b.order({ store: i, minute: i * 60, quantity: 7 });
    await b.order({ store: 3, minute: 190, quantity: 8 });
    expect(await b.inspectAll()).toEqual([]);
    const [hit] = await b.inspect(await b.order({ store: 3, minute: 200, quantity: 7 }));
    expect(hit).toMatchObject({
      rule: "SAME_BASKET",
      weight: 25,
      inputs: { stores: 4, limit: 4, sellers: 0, lines: 1 },
    });
    expect(await b.inspect(await b.order({ store: 4, minute: 60 * 48, quantity: 7 }))).toEqual([]); // Two days later.
  }),
);

test(
  "basket: what other salesmen sell these days too is an offer, and weighs little",
  beat(async (b) => {
    await b.setting("promotion_salesmen", 1);
    await b.order({ store: 5, salesman: people.agus, quantity: 7 });
    for (let i = 0; i < 4; i += 1) await b.order({ store: i, minute: 60 + i * 60, quantity: 7 });
    const hits = await b.inspectAll();
    expect(hits).toMatchObject([{ rule: "PROMOTED_BASKET", weight: 2, inputs: { stores: 4, sellers: 1 } }]);
  }),
);

test(
  "travel: only what was found impossible, and it is geographic",
  beat(async (b) => {
    for (const verdict of ["PLAUSIBLE", "INDETERMINATE"] as const)
      expect(await b.inspect(await b.order({ store: 0, verdict }))).toEqual([]);
    const [hit] = await b.inspect(
      await b.order({
        store: 0,
        verdict: "IMPLAUSIBLE",
        travel: {
          order: "ORD-2020-000001",
          distanceKm: 1312.4,
          leastKm: 812.4,
          minutes: 12.5,
          kmh: 3900,
          radiiKm: [250, 250],
        },
      }),
    );
    expect(hit).toMatchObject({ rule: "IMPLAUSIBLE_TRAVEL", weight: 15, geographic: true });
    // The way from the order before, which is what the verdict is about, and not how far the store lies.
    expect(hit!.inputs).toEqual({
      from: "ORD-2020-000001",
      distanceKm: 1312.4,
      leastKm: 812.4,
      minutes: 12.5,
      kmh: 3900,
    });
  }),
);

test(
  "device: a new one fires once, and none at all after some; the first of all and one that he knows do not",
  beat(async (b) => {
    expect(await b.inspect(await b.order({ store: 0, device: "one" }))).toEqual([]);
    expect(fired(await b.inspect(await b.order({ store: 0, device: "two", minute: 5 })))).toEqual(["NEW_DEVICE"]);
    expect(await b.inspect(await b.order({ store: 0, device: "one", minute: 10 }))).toEqual([]);
    // None, where there were some.
    expect(fired(await b.inspect(await b.order({ store: 0, minute: 15 })))).toEqual(["NEW_DEVICE"]);
  }),
);

test(
  "device: two salesmen on one within 30 days; not after that; and what goes to and fro is a pattern",
  beat(async (b) => {
    const old = -40 * 24 * 60;
    await b.order({ store: 5, salesman: people.agus, device: "one", minute: old });
    expect(await b.inspect(await b.order({ store: 0, device: "one" }))).toEqual([]);
    await b.order({ store: 5, salesman: people.agus, device: "one", minute: 10 });
    expect(await b.inspect(await b.order({ store: 0, device: "one", minute: 20 }))).toMatchObject([
      { rule: "SHARED_DEVICE", weight: 20, inputs: { others: 1, handovers: 2, handoverDays: 1, days: 30 } },
    ]);
    for (const day of [1, 2, 3]) {
      await b.order({ store: 5, salesman: people.agus, device: "one", minute: day * 1440 });
      const hits = await b.inspect(await b.order({ store: 0, device: "one", minute: day * 1440 + 10 }));
      expect(fired(hits)).toEqual(day < 3 ? ["SHARED_DEVICE"] : ["REPEATED", "SHARED_DEVICE"]);
    }
  }),
);

test(
  "one sign again and again: three orders on two days outside his stores, not two",
  beat(async (b) => {
    const day = 24 * 60;
    await b.inspect(await b.order({ store: 0, assigned: false, minute: 0 }));
    expect(fired(await b.inspect(await b.order({ store: 1, assigned: false, minute: day })))).toEqual([
      "OUTSIDE_ASSIGNMENT",
    ]);
    expect(fired(await b.inspect(await b.order({ store: 2, assigned: false, minute: day + 60 })))).toEqual([
      "OUTSIDE_ASSIGNMENT",
      "REPEATED",
    ]);
    expect(await b.score(day + 60)).toMatchObject({ score: 65, signals: 1 });
  }),
);
