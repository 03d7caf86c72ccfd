import { beforeAll, beforeEach, expect, test } from "vitest";
import type { Located } from "#app/cases/geo.ts";
import { locate } from "#jobs/geo/locate.ts";
import { inspectDueOrders } from "#jobs/inspect.ts";
import { freshDatabase } from "#tests/support/database.ts";
import { queriesOf } from "./support/queries.ts";

const database = freshDatabase();
const queries = queriesOf(database);
beforeAll(() => database.one("update app.partners set latitude = -7.2575, longitude = 112.7521"));
beforeEach(() =>
  database.one(
    `
      update app.shadow_traces set verdict = coalesce(verdict, 'INDETERMINATE'),
        inspected_at = coalesce(inspected_at, now())`,
  ),
);

/** A shadow order from an address, some minutes ago. */
async function order(ip: string | null, minutesAgo: number): Promise<string> {
  const number = await database.placeOrder({ shadow: true });
  await database.one(
    `
      update app.shadow_traces set ip = $2, at = now() - $3 * interval '1 minute'
        where order_id = (select id from app.orders where number = $1)`,
    [number, ip, minutesAgo],
  );
  return number;
}
const trace = (number: string) =>
  database.one<Record<string, unknown>>(
    "select t.* from app.shadow_traces t join app.orders o on o.id = t.order_id where o.number = $1",
    [number],
  );
const leasesEnd = () =>
  database.one("update app.shadow_traces set next_try_at = now() where verdict is null or inspected_at is null");
/** Passes until there is nothing left that is due. */
async function inspectAll(using: (ip: string | null) => Promise<Located> = locate) {
  while ((await inspectDueOrders({ queries, locate: using })) === 0);
}

test("each order gets its address's place, its distance and a verdict, with the way from the last one", async () => {
  const atStore = await order("112.78.181.77", 60);
  const tooFast = await order("182.253.242.77", 30); // Medan, half an hour later.
  const atHome = await order("10.0.0.7", 20);
  const again = await order("182.253.242.77", 10);
  await inspectAll();
  expect(await trace(atStore)).toMatchObject({
    verdict: "PLAUSIBLE",
    place: { country: "ID", network: "FIXED", operator: "Biznet", radiusKm: 50 },
    verdict_why: { because: "AT_STORE", source: { built: expect.any(String) } },
  });
  expect(Number((await trace(atStore))!.distance_km)).toBeLessThan(50);
  expect(await trace(tooFast)).toMatchObject({
    verdict: "IMPLAUSIBLE",
    verdict_why: { because: "TOO_FAST", travel: { order: atStore, radiiKm: [50, 50] } },
  });
  expect(await trace(atHome)).toMatchObject({
    verdict: "INDETERMINATE",
    place: null,
    distance_km: null,
    verdict_why: { nowhere: "PRIVATE_ADDRESS" },
  });
  // The last one that has a place, not the last one.
  expect(await trace(again)).toMatchObject({
    verdict: "INDETERMINATE",
    verdict_why: { because: "AWAY_FROM_STORE", travel: { order: tooFast, leastKm: 0 } },
  });
  for (const number of [atStore, tooFast, atHome, again]) expect((await trace(number))!.inspected_at).not.toBeNull();
});

test("an address that is none, or none at all, wedges nothing", async () => {
  const numbers = [];
  for (const ip of ["", "unknown", "'; drop table app.orders --", "999.9.9.9", "::", null])
    numbers.push(await order(ip, 5));
  await inspectAll();
  for (const number of numbers) expect(await trace(number)).toMatchObject({ verdict: "INDETERMINATE", place: null });
});

test("without its database every order is still looked at by the rules", async () => {
  const number = await order("112.78.181.77", 5);
  await inspectAll(async () => ({ place: null, nowhere: "NO_DATABASE", source: null }));
  expect(await trace(number)).toMatchObject({ verdict: "INDETERMINATE", verdict_why: { nowhere: "NO_DATABASE" } });
  expect((await trace(number))!.inspected_at).not.toBeNull();
});

test("an order whose inspection fails waits for its lease, and the others are not kept from theirs", async () => {
  const failing = await order("112.78.181.77", 10);
  const behind = await order("112.78.181.77", 5);
  const { order_id } = (await trace(failing))!;
  const refusing = {
    ...queries,
    inspectOrder: (id: string) =>
      id === String(order_id) ? Promise.reject(new Error("division by zero")) : queries.inspectOrder(id),
  };
  for (let tries = 0; tries < 4; tries++) {
    while ((await inspectDueOrders({ queries: refusing, locate })) === 0);
    await leasesEnd();
  }
  expect((await trace(failing))!.inspected_at).toBeNull();
  expect((await trace(behind))!.inspected_at).not.toBeNull();
  await inspectAll();
  expect((await trace(failing))!.inspected_at).not.toBeNull();
});

test("an order that the rules have seen already still gets its place, and the rules see it again", async () => {
  await order("112.78.181.77", 600);
  const swept = await order("182.253.242.77", 580);
  await database.one(
    "update app.shadow_traces set inspected_at = now() where order_id = (select id from app.orders where number = $1)",
    [swept],
  );
  await inspectAll();
  expect(await trace(swept)).toMatchObject({ verdict: "IMPLAUSIBLE" });
  expect(
    await database.one(
      `
        select count(*)::int as n from app.abuse_hits h join app.orders o on o.id = h.order_id where o.number = $1
          and h.geographic`,
      [swept],
    ),
  ).toEqual({ n: 1 });
});

test("a worker that dies between place and rules leaves the order to the next", async () => {
  const number = await order("112.78.181.77", 5);
  const dying = { ...queries, inspectOrder: () => Promise.reject(new Error("killed")) };
  await inspectDueOrders({ queries: dying, locate });
  expect((await trace(number))!).toMatchObject({ verdict: "PLAUSIBLE", inspected_at: null });
  await inspectAll();
  expect((await trace(number))!.inspected_at).toBeNull(); // Leased for a minute.
  await leasesEnd();
  await inspectAll();
  expect((await trace(number))!.inspected_at).not.toBeNull();
});
