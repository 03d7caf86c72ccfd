import { beforeAll, expect, test } from "vitest";
import { atOnce, readSelected, slipsAddress } from "#app/orders/several.ts";
import { piecesOf, stopOf } from "#app/orders/slip.ts";
import { listSlips } from "#app/orders/slips.server.ts";
import { messages } from "#app/words.ts";
import { people, stores } from "#tests/support/cast.ts";
import { read, signedIn } from "#tests/support/signed-in.ts";
import { pageFor, servedApp } from "#tests/support/site.ts";
import { ask, cookieOf } from "./support/whole-app.ts";

// What the warehouse picks by: whoever is staff prints it, fifty at once, and what must not leave says so.
const { owner, persons } = signedIn("admin", "auditor", "budi", "sari");
const site = servedApp();
const t = messages("id").orders.slip;
const numbersOf = async (where: string, most: number) =>
  (
    await owner.query<{ number: string }>(
      `select o.number from app.orders o join app.partners p on p.id = o.partner_id where ${where} order by o.id desc
        limit ${most}`,
    )
  ).rows.map(({ number }) => number);

const picked = "ORD-2018-000002";

// More orders than are printed at once, told by their year.
beforeAll(async () => {
  await owner.query("begin");
  await owner.query(
    `
    insert into app.orders (number, partner_id, placed_by, placed_by_name, credit_light, credit_inputs, tier,
      market_total, total, checkout_key, cart_digest, note)
    select 'ORD-2018-' || lpad(n::text, 6, '0'), $1, $2, 'Salon Budi', 'GREEN', '{"reason": "WITHIN_LIMIT", "over": 0}',
           'GOLD', 9000, 9000, gen_random_uuid(), 'x', case n when 2 then 'Lewat pintu belakang' else '' end
      from generate_series(1, ${atOnce + 5}) n`,
    [stores.budi, people.budi],
  );
  await owner.query(
    "select private.audit('ORDER_PLACED', 'order', number) from app.orders where number like 'ORD-2018-%'",
  );
  // The lines of one, not in the order of their SKUs.
  await owner.query(
    `
    insert into app.order_lines (order_id, line_no, partner_id, product_id, sku, name, unit, quantity, preorder,
      unit_price, market_price)
    select o.id, a.line, o.partner_id, a.id, a.sku, a.name, 'pcs', 7, case a.line when 2 then 4 else 0 end,
           123456, 234567
      from app.orders o,
           (select *, (row_number() over (order by sku) + 1) % 3 + 1 as line from app.products order by sku limit 3) a
     where o.number = $1`,
    [picked],
  );
  await owner.query("commit");
});

test("staff alone, of any store; a store and its salesman not even their own", async () => {
  const own = await numbersOf("p.code = 'PTR-0001'", 2);
  for (const person of [persons.admin, persons.auditor])
    expect((await read(person, (db) => listSlips(db, own))).map(({ number }) => number)).toEqual(own);
  for (const person of [persons.budi, persons.sari]) {
    expect(await read(person, (db) => listSlips(db, own))).toEqual([]);
    const answer = await ask(site.origin, slipsAddress(own), { headers: { cookie: await cookieOf(person) } });
    expect(answer.status).toBe(403);
  }
});

test("fifty at most in the order in which they were named, and it is said; what is no order is named", async () => {
  const many = await numbersOf("o.number like 'ORD-2018-%'", 100);
  expect(many).toHaveLength(atOnce + 5);
  const shown = await pageFor(site, persons.auditor, slipsAddress(many));
  const heads = [...shown.matchAll(/<h2[^>]*><a[^>]*>(ORD-[\d-]+)</g)].map(([, number]) => number);
  expect(heads).toEqual(many.slice(0, atOnce));
  expect(shown).toContain(t.most(atOnce));
  expect(readSelected(new URLSearchParams(slipsAddress(many).split("?")[1]))).toHaveLength(atOnce);
  const gone = await pageFor(site, persons.admin, slipsAddress([many[0]!, "ORD-2001-000001"]));
  expect(gone).toContain(t.notFound("ORD-2001-000001"));
  expect(gone).not.toContain(t.most(atOnce));
  for (const nothing of ["/admin/orders/slips", "/admin/orders/slips?order=x&order=ORD"])
    expect(await pageFor(site, persons.admin, nothing)).toContain(t.none);
});

test("what may not leave says why; what is approved, and its contents settled, says nothing", async () => {
  const order = { status: "APPROVED", held: false, undecided: false } as const;
  expect(stopOf(order)).toBeNull();
  expect(stopOf({ ...order, held: true })).toBe("HELD");
  expect(stopOf({ ...order, undecided: true })).toBe("UNDECIDED");
  expect((["SUBMITTED", "PROCESSING"] as const).map((status) => stopOf({ ...order, status }))).toEqual([
    "EARLY",
    "EARLY",
  ]);
  expect((["SHIPPED", "COMPLETED"] as const).map((status) => stopOf({ ...order, status }))).toEqual(["LEFT", "LEFT"]);
  expect((["REJECTED", "CANCELLED"] as const).map((status) => stopOf({ ...order, status, held: true }))).toEqual([
    "ENDED",
    "ENDED",
  ]);
  const [number] = await numbersOf("o.number like 'ORD-2018-%'", 1);
  await owner.query("select private.put_order_status(o, 'APPROVED', '', false) from app.orders o where number = $1", [
    number,
  ]);
  const page = () => pageFor(site, persons.admin, slipsAddress([number!]));
  for (const words of Object.values(t.stops)) expect(await page()).not.toContain(words);
  await owner.query("select private.hold_order(id, 'DISPUTED', 'SYSTEM') from app.orders where number = $1", [number]);
  expect(await page()).toContain(t.stops.HELD);
});

test("a slip says whose it is, where it goes and what is picked, line by line, and of money nothing", async () => {
  const [store] = (
    await owner.query<{ name: string; city: string; region: string; whatsapp: string }>(
      `select p.name, p.city, r.name as region, c.owner_whatsapp as whatsapp from app.partners p
        join app.regions r on r.code = p.region_code join app.partner_contacts c on c.partner_id = p.id
       where p.id = $1`,
      [stores.budi],
    )
  ).rows;
  const { name, city, region, whatsapp } = store!;
  const page = (await pageFor(site, persons.admin, slipsAddress([picked]))).replaceAll("<!-- -->", "");
  const skus = (await owner.query<{ sku: string }>("select sku from app.products order by sku limit 3")).rows;
  const [first, ...others] = skus.map(({ sku }) => sku);
  expect([...page.matchAll(/articles\/([A-Z0-9-]+)"/g)].map(([, sku]) => sku)).toEqual([...others, first]);
  for (const said of [
    `${name} (PTR-0001)`,
    `${city}, ${region}`,
    `+${whatsapp}`,
    "Lewat pintu belakang",
    t.preorder("4 pcs"),
    t.sum(3, "21 pcs"),
  ])
    expect(page).toContain(said);
  expect(page.match(/PRE-ORDER/g)).toHaveLength(1);
  expect(page).not.toMatch(/123\.?456|234\.?567|Rp/);
});

test("while the ERP's answer waits for a decision the slip says so, and afterwards no more", async () => {
  const [number] = await numbersOf("o.number = 'ORD-2018-000003'", 1);
  await owner.query("select private.put_order_status(o, 'APPROVED', '', false) from app.orders o where number = $1", [
    number,
  ]);
  const says = async () => (await pageFor(site, persons.admin, slipsAddress([number!]))).includes(t.stops.UNDECIDED);
  expect(await says()).toBe(false);
  for (const [result, undecided] of [
    ["CONFIRMED", false],
    ["SHORT", true],
  ] as const) {
    await owner.query(
      `
      insert into app.reconcile_results (order_id, result, assumed, erp, difference)
      select id, $2, '{}', '{}', '{}' from app.orders where number = $1
      on conflict (order_id) do update set result = excluded.result`,
      [number, result],
    );
    expect([result, await says()]).toEqual([result, undecided]);
  }
  await owner.query(
    `update app.reconcile_results set resolution = 'ACCEPT', resolved_at = now(), resolved_by = 'ADM-001'
      where order_id = (select id from app.orders where number = $1)`,
    [number],
  );
  expect(await says()).toBe(false);
});

test("pieces are summed by their units", () => {
  const line = (unit: string, quantity: number) => ({ sku: "A", name: "a", unit, quantity, preorder: 0 });
  expect(piecesOf([line("dus", 2), line("pcs", 5), line("dus", 3)])).toEqual([
    { unit: "dus", quantity: 5 },
    { unit: "pcs", quantity: 5 },
  ]);
});
