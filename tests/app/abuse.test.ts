import { expect, test } from "vitest";
import { messages } from "#app/words.ts";
import { abuseInputs, abuseScore, explainHit, isWeak } from "#app/abuse/abuse.ts";
import { wordFor } from "#app/ui/word.ts";

const words = (lang: "id" | "en") => messages(lang).abuse.words;
const shared = { others: 1, handovers: 6, handoverDays: 4, days: 30 };
const large = {
  total: 12_500_000,
  median: 1_200_000,
  orders: 9,
  factor: 5,
  floor: 5_000_000,
  othersLarge: 3,
  othersOrders: 120,
};
const basket = { stores: 5, limit: 4, sellers: 0, lines: 2 };
const seen: Record<keyof typeof abuseInputs, unknown> = {
  STORES_PER_HOUR: { stores: 9, limit: 8 },
  ORDERS_PER_HOUR: { orders: 7, median: 1, spread: 0, z: 8.1, limit: 6 },
  OUTSIDE_ASSIGNMENT: { store: "PTR-0002" },
  ORDER_VALUE: large,
  SEASON_VALUE: large,
  PROMOTED_VALUE: { total: 12_500_000, median: 1_200_000, orders: 9, factor: 5, floor: 5_000_000, sellers: 6 },
  SAME_BASKET: basket,
  PROMOTED_BASKET: { ...basket, sellers: 4 },
  IMPLAUSIBLE_TRAVEL: { from: "ORD-2026-000007", distanceKm: 1312.4, leastKm: 812.4, minutes: 12.5, kmh: 3900 },
  OWNER_DISPUTED: {},
  NEW_DEVICE: {},
  SHARED_DEVICE: shared,
  OFFICE_DEVICE: { ...shared, others: 5 },
  REPEATED: { of: "SHARED_DEVICE", handovers: 6, days: 4 },
  SLOW_DRIFT: { stores: 40, days: 28, percent: 38, tradePercent: -4, leastPercent: 21, errors: 2.6, limitPercent: 10 },
};

test("every rule says what it saw, in both languages, with nothing left out", () => {
  for (const lang of ["id", "en"] as const) {
    for (const [rule, inputs] of Object.entries(seen)) {
      const sentence = explainHit(words(lang), { rule, inputs });
      expect(sentence, rule).not.toBe(rule);
      expect(sentence, rule).not.toMatch(/undefined|NaN|null/);
      expect(wordFor(messages(lang).abuse.rules, rule), rule).toBeTruthy();
    }
  }
  expect(explainHit(words("id"), { rule: "STORES_PER_HOUR", inputs: seen.STORES_PER_HOUR })).toBe(
    "9 toko berbeda dalam 60 menit (batas 8)",
  );
  expect(explainHit(words("id"), { rule: "STORES_PER_HOUR", inputs: { stores: 7, limit: 8, p99: 2, factor: 3 } })).toBe(
    "7 toko berbeda dalam 60 menit, lebih dari 3 kali kebiasaannya (2 toko)",
  );
  expect(explainHit(words("en"), { rule: "ORDER_VALUE", inputs: large })).toBe(
    "Rp 12,500,000, more than 5 times what this store usually orders (Rp 1,200,000 in 90 days)",
  );
});

test("an impossible way is told as a way: from which order, how far at the least, in what time", () => {
  expect(explainHit(words("en"), { rule: "IMPLAUSIBLE_TRAVEL", inputs: seen.IMPLAUSIBLE_TRAVEL })).toBe(
    "From order ORD-2026-000007 to this one about 1,312.4 km, 812.4 km at the least, in 12.5 minutes: 3,900 km an " +
      "hour, judging by his internet addresses",
  );
  expect(explainHit(words("id"), { rule: "IMPLAUSIBLE_TRAVEL", inputs: {} })).toBe(
    "Jarak dari tempat order sebelumnya terlalu jauh untuk ditempuh menurut alamat internetnya",
  );
});

test("what this program does not know is shown by its code", () => {
  expect(explainHit(words("id"), { rule: "FROM_THE_FUTURE", inputs: { stores: 9 } })).toBe("FROM_THE_FUTURE");
  expect(explainHit(words("id"), { rule: "STORES_PER_HOUR", inputs: { shops: 9 } })).toBe("STORES_PER_HOUR");
});

test("places and new browsers are weak, whatever they weigh", () => {
  expect(isWeak({ rule: "IMPLAUSIBLE_TRAVEL", geographic: true })).toBe(true);
  expect(isWeak({ rule: "NEW_DEVICE", geographic: false })).toBe(true);
  expect(isWeak({ rule: "STORES_PER_HOUR", geographic: false })).toBe(false);
});

test("a score is read as the database writes it", () => {
  expect(
    abuseScore.parse({
      score: 60,
      version: 1,
      signals: 2,
      since: null,
      rules: [
        {
          rule: "STORES_PER_HOUR",
          weight: 40,
          hits: 2,
          lastAt: "2026-11-21T10:00:00+00:00",
          geographic: false,
          decides: true,
        },
      ],
    }).score,
  ).toBe(60);
});
