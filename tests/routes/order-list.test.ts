import { beforeAll, expect, test } from "vitest";
import { findNextOrder, listStaffOrders } from "#app/orders/staff-orders.server.ts";
import { type OrderFilter, readOrderFilter } from "#app/orders/staff.ts";
import { readDay } from "#app/ui/day.ts";
import { messages } from "#app/words.ts";
import { people, stores } from "#tests/support/cast.ts";
import { read, signedIn } from "#tests/support/signed-in.ts";
import { servedApp } from "#tests/support/site.ts";
import { NoScript } from "./support/no-script.ts";

const t = messages("id").orders;
const { owner, persons } = signedIn("admin", "auditor");
const site = servedApp();
const amount = 60;
const number = (n: number) => `ORD-2018-${String(n).padStart(6, "0")}`;

// Orders of their own, told by their year: of two days in 2018, some in one moment and worth the same, so that only the
// row itself tells their places.
beforeAll(async () => {
  await owner.query("begin");
  await owner.query(
    `
    insert into app.orders (number, partner_id, placed_by, placed_by_name, credit_light, credit_inputs, tier,
      market_total, total, checkout_key, cart_digest, created_at)
    select 'ORD-2018-' || lpad(n::text, 6, '0'), $1, $2, 'Salon Budi', 'GREEN', '{"reason": "WITHIN_LIMIT", "over": 0}',
           'GOLD', 9000, 1000 + n % 7, gen_random_uuid(), 'x',
           case when n <= 30 then timestamptz '2018-03-01 23:59:59+07' else '2018-03-02 00:00:00+07' end
      from generate_series(1, ${amount}) n`,
    [stores.budi, people.budi],
  );
  await owner.query(
    "select private.audit('ORDER_PLACED', 'order', number) from app.orders where number like 'ORD-2018-%'",
  );
  await owner.query("commit");
});

const filter = (query: string): OrderFilter => readOrderFilter(new URLSearchParams(query));
const whole = async (query: string) => {
  const seen: Array<{ number: string; total: number; placedAt: Date }> = [];
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof listStaffOrders>> = await read(persons.admin, (db) =>
      listStaffOrders(db, { ...filter(query), after }),
    );
    seen.push(...page.orders);
    after = page.next;
  } while (after);
  return seen;
};

test.each(["", "sort=oldest", "sort=total"])("«%s» goes on page after page, each order exactly once", async (query) => {
  const days = "from=2018-03-01&to=2/3/2018";
  const seen = await whole(`${days}&${query}`);
  expect(seen.map((order) => order.number).sort()).toEqual(Array.from({ length: amount }, (_, n) => number(n + 1)));
  const key = (order: (typeof seen)[number]) =>
    query === "sort=total" ? -order.total : order.placedAt.getTime() * (query ? 1 : -1);
  const keys = seen.map(key);
  expect(keys).toEqual([...keys].sort((a, b) => a - b));
  // And what follows an order in the list is the next one of the list, its last one's nobody.
  for (const at of [0, 24, 25, amount - 1])
    expect(await read(persons.admin, (db) => findNextOrder(db, filter(`${days}&${query}`), seen[at]!.number))).toBe(
      seen[at + 1]?.number ?? null,
    );
});

test("a day is Jakarta's, from its first moment to its last", async () => {
  const first = await whole("from=2018-03-01&to=2018-03-01");
  expect(first).toHaveLength(30);
  expect(first.every((order) => order.number <= number(30))).toBe(true);
  expect(await whole("from=2018-03-02&to=2018-03-02")).toHaveLength(30);
  expect(await whole("to=2018-02-28")).toEqual([]);
});

test("a day is read as people write it; one that does not exist is none", () => {
  for (const typed of ["2018-03-01", "01/03/2018", "1-3-2018", " 1.3.18 "]) expect(readDay(typed)).toBe("2018-03-01");
  for (const typed of ["2018-02-29", "31/4/2018", "0/1/2018", "1/13/2018", "kemarin", "", "2018-3", "1/1/1"])
    expect([typed, readDay(typed)]).toEqual([typed, null]);
});

test("a day that does not exist is told beside its field with what was typed, and finds nothing", async () => {
  const browser = await NoScript.open(site.origin, persons.admin);
  await browser.goto("/admin/orders?from=31/02/2018&to=2018-03-02&status=SUBMITTED");
  expect(browser.status).toBe(400);
  expect(browser.html).toMatch(/<input(?=[^>]*name="from")(?=[^>]*type="text")(?=[^>]*value="31\/02\/2018")/);
  expect(browser.text).toContain(t.list.noDay);
  expect(browser.text).not.toContain(number(31));
  expect(browser.text, "nothing was looked for, so nothing was not found").not.toContain(t.list.emptyTitle);
  await browser.goto("/admin/orders?from=2018-03-02&to=2018-03-01");
  expect([browser.status, browser.text.includes(t.list.backwards)]).toEqual([400, true]);
  await browser.goto("/admin/orders?from=1/3/2018&to=2018-03-02&status=SUBMITTED");
  expect([browser.status, browser.text.includes(number(60))]).toEqual([200, true]);
});

test("an order opened out of a list leads to the next of that list and back to its page", async () => {
  const list = "/admin/orders?status=SUBMITTED&from=2018-03-01&to=2018-03-02&sort=oldest";
  const browser = await NoScript.open(site.origin, persons.auditor);
  await browser.goto(list);
  await browser.follow(number(1));
  expect(browser.path).toContain(`/admin/orders/${number(1)}?back=`);
  await browser.follow(t.list.next);
  expect(browser.path).toContain(`/admin/orders/${number(2)}?back=`);
  await browser.follow(t.list.back);
  expect(new URLSearchParams(browser.path.split("?")[1])).toEqual(new URLSearchParams(list.split("?")[1]));
});

test("thirty orders from SUBMITTED to PROCESSING in six clicks, without a script", async () => {
  const browser = await NoScript.open(site.origin, persons.admin);
  await browser.goto("/admin/orders?from=2018-03-01&to=2018-03-01");
  browser.clicks = 0;
  await browser.follow(t.statuses.SUBMITTED);
  await browser.follow(t.together.reviewAll(25));
  await browser.press(t.together.confirm(t.moves.names.PROCESSING, 25));
  await browser.follow(t.together.reviewAll(5));
  await browser.press(t.together.confirm(t.moves.names.PROCESSING, 5));
  expect(browser.clicks).toBeLessThanOrEqual(6);
  const moved = await owner.query(
    "select number from app.orders where number like 'ORD-2018-%' and status = 'PROCESSING' order by 1",
  );
  expect(moved.rows.map((row: { number: string }) => row.number)).toEqual(
    Array.from({ length: 30 }, (_, n) => number(n + 1)),
  );
  // Back in the list as it was asked for.
  expect(browser.path).toContain("status=SUBMITTED");
});

test("an order that changed after the look is named with who did it, and the others go", async () => {
  const browser = await NoScript.open(site.origin, persons.admin);
  await browser.goto("/admin/orders?from=2018-03-02&to=2018-03-02");
  await browser.submit(
    t.together.review,
    [number(31), number(32), number(33)].map((each) => ["order", each]),
  );
  expect(browser.text).toContain(t.together.confirm(t.moves.names.PROCESSING, 3));
  await owner.query("begin");
  await owner.query("select private.put_order_status(o, 'APPROVED', '', false) from app.orders o where number = $1", [
    number(32),
  ]);
  await owner.query("commit");
  await browser.press(t.together.confirm(t.moves.names.PROCESSING, 3));
  expect(browser.text).toContain(
    `${t.together.someLeft(2, 1)} ${number(31)}, ${number(33)}. ${number(32)}: ${t.together.why.STATUS}.`,
  );
  expect(browser.text).toContain(
    `${number(32)}: ${t.together.why.STATUS}; ${t.together.stands(t.statuses.APPROVED, "SYSTEM")}`,
  );
});
