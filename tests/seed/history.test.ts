import { expect, test } from "vitest";
import { totalOf } from "#supabase/seed/basket.ts";
import { day, wibDate } from "#supabase/seed/calendar.ts";
import { catalogue } from "#supabase/seed/catalogue.ts";
import { inventHistory } from "#supabase/seed/history.ts";
import { budi, latePayer, withoutRegion } from "#supabase/seed/people.ts";
import { statusOf } from "#supabase/seed/past-order.ts";

const products = catalogue();
// A night, a Sunday, a month's end, a new year's morning, and the middle of a working day.
const moments = [
  "2026-11-21T19:30:00Z",
  "2026-11-22T05:00:00Z",
  "2027-02-28T09:00:00Z",
  "2026-12-31T17:05:00Z",
  "2027-06-16T04:00:00Z",
] as const;
const some = Date.parse(moments[0]);

test("the same moment gives the same history", () => {
  expect(inventHistory(products, some)).toEqual(inventHistory(products, some));
});

test.each(moments)("about nine hundred orders lead up to %s, none after it", (iso) => {
  const now = Date.parse(iso);
  const orders = inventHistory(products, now);
  expect(orders.length).toBeGreaterThan(800);
  expect(orders.length).toBeLessThan(1_050);
  for (const { at, moves, syncedAt, paidAt, acting } of orders) {
    expect(
      Math.max(at, syncedAt ?? 0, paidAt ?? 0, acting?.until ?? 0, ...moves.map((move) => move.at)),
    ).toBeLessThanOrEqual(now);
    expect(at).toBeGreaterThan(now - 91 * day);
  }
});

test.each(moments)("whenever it is opened (%s), there is something to see and to do", (iso) => {
  const now = Date.parse(iso);
  const orders = inventHistory(products, now);
  const statuses = new Set(orders.map(statusOf));
  for (const status of ["SUBMITTED", "SHIPPED", "COMPLETED", "REJECTED", "CANCELLED"])
    expect(statuses).toContain(status);
  const ofBudi = orders.filter(({ partner }) => partner === budi);
  expect(statusOf(ofBudi.at(-1)!)).toBe("SUBMITTED");
  expect(ofBudi.filter(({ at, acting }) => at > now - 2 * day && acting !== null)).not.toEqual([]);
  expect(ofBudi.every(({ credit }) => credit.light === "GREEN" || credit.reason === "OLD_DATA")).toBe(true);
  const waiting = orders.findLast(({ partner }) => partner === latePayer)!;
  expect([statusOf(waiting), waiting.credit.light]).toEqual(["SUBMITTED", "AMBER"]);
  expect(orders.some(({ partner }) => partner === withoutRegion)).toBe(false);
});

test("a salesman is in one shop at a time", () => {
  const visits = inventHistory(products, Date.parse(moments[4])).flatMap(({ acting }) => (acting ? [acting] : []));
  for (const salesman of new Set(visits.map((visit) => visit.salesman))) {
    const own = visits.filter((visit) => visit.salesman === salesman).sort((a, b) => a.from - b.from);
    own.slice(1).forEach((visit, i) => expect(visit.from).toBeGreaterThan(own[i]!.until));
  }
});

test("Sundays are quiet, and some articles are bought far more than most", () => {
  const orders = inventHistory(products, some);
  const onSundays = orders.filter(({ at }) => new Date(wibDate(at)).getUTCDay() === 0).length;
  expect(onSundays).toBeLessThan(orders.length / 20);
  const bought = new Map<string, number>();
  for (const { lines } of orders)
    for (const { product } of lines) bought.set(product.sku, (bought.get(product.sku) ?? 0) + 1);
  const counts = [...bought.values()].sort((a, b) => b - a);
  expect(counts[0]!).toBeGreaterThan(10 * counts[Math.floor(counts.length / 2)]!);
});

test("a decision is the arithmetic of its inputs", () => {
  for (const { lines, credit } of inventHistory(products, some)) {
    expect(credit.total).toBe(totalOf(lines));
    expect(credit.room).toBe(credit.limit - credit.ours);
    if (credit.reason !== "OLD_DATA") expect(credit.light).toBe(credit.room >= credit.total ? "GREEN" : "AMBER");
  }
});
