import { expect, test } from "vitest";
import { findArticle } from "#app/catalogue/article.server.ts";
import { formatRupiah } from "#app/ui/format.ts";
import { people, stores } from "#tests/support/cast.ts";
import { read, signedIn } from "#tests/support/signed-in.ts";
import { pageFor, servedApp } from "#tests/support/site.ts";
import { ask, cookieOf } from "./support/whole-app.ts";

// An article's page for staff: what each tier pays, what there is of it and why stores see so much, who buys it.
const { owner, persons } = signedIn("admin", "auditor", "budi", "sari");
const site = servedApp();
const plain = (text: string) => text.replaceAll("\u00a0", " ");
const path = "/admin/articles/ALF-0001";

test("prices of every tier with the volume price, stock with its parts, who bought it lately", async () => {
  // More orders with it than are shown: a new one pushes an old one out.
  await owner.query("begin");
  await owner.query(
    `
    with placed as (
      insert into app.orders (number, partner_id, placed_by, placed_by_name, credit_light, credit_inputs, tier,
        market_total, total, checkout_key, cart_digest)
      select 'ORD-2018-' || lpad(n::text, 6, '0'), $1, $2, 'Salon Budi', 'GREEN',
             '{"reason": "WITHIN_LIMIT", "over": 0}', 'GOLD', 9000, 9000, gen_random_uuid(), 'x'
        from generate_series(1, 12) n
      returning id, number, partner_id)
    insert into app.order_lines (order_id, line_no, partner_id, product_id, sku, name, unit, quantity, unit_price,
      market_price)
    select o.id, 1, o.partner_id, a.id, a.sku, a.name, a.unit, 1, 100, 150
      from placed o, app.products a where a.sku = 'ALF-0001'`,
    [stores.budi, people.budi],
  );
  await owner.query(
    "select private.audit('ORDER_PLACED', 'order', number) from app.orders where number like 'ORD-2018-%'",
  );
  await owner.query("commit");
  const shown = plain(await pageFor(site, persons.auditor, path));
  const { rows: prices } = await owner.query<{
    price: string;
    minimum: number | null;
    volume: string | null;
    unit: string;
  }>(
    `select c.price, c.volume_minimum as minimum, c.volume_price as volume, p.unit
       from app.prices c join app.products p on p.id = c.product_id where p.sku = 'ALF-0001'`,
  );
  expect(prices).toHaveLength(3);
  for (const { price, minimum, volume, unit } of prices) {
    expect(shown).toContain(plain(formatRupiah(Number(price), "id")));
    if (volume) expect(shown).toContain(plain(`${formatRupiah(Number(volume), "id")} mulai ${minimum} ${unit}`));
  }
  await owner.query(
    `update app.product_stock set quantity = 1234, buffer = 34, held = 100
      where product_id = (select id from app.products where sku = 'ALF-0001')`,
  );
  const { stock, buyers } = await read(persons.admin, (db) => findArticle(db, "alf-0001"));
  expect(stock).toMatchObject({ erp: 1234, buffer: 34, display: 1200, held: 100, badge: "HIGH" });
  const changed = await pageFor(site, persons.admin, path);
  for (const pieces of ["1.234", "1.200", "1.100"]) expect(changed).toContain(`>${pieces}<`);
  const { rows: newest } = await owner.query<{ number: string; code: string }>(
    `select distinct o.id, o.number, p.code from app.order_lines l join app.orders o on o.id = l.order_id
       join app.partners p on p.id = o.partner_id where l.sku = 'ALF-0001' order by o.id desc limit 10`,
  );
  expect(newest, "as many as are shown, of more").toHaveLength(10);
  expect(buyers.map(({ number, storeCode }) => [number, storeCode])).toEqual(
    newest.map(({ number, code }) => [number, code]),
  );
  for (const { number, code } of newest)
    for (const place of [`/admin/orders/${number}`, `/admin/stores/${code}`])
      expect(shown).toContain(`href="${place}"`);
});

test("nobody but staff reads it; what is no SKU is a 404; the catalogue leads staff there alone", async () => {
  const status = async (person: (typeof persons)["admin"], to: string) =>
    (await ask(site.origin, to, { headers: { cookie: await cookieOf(person) } })).status;
  for (const person of [persons.budi, persons.sari]) {
    await expect(read(person, (db) => findArticle(db, "ALF-0001"))).rejects.toMatchObject({ reason: "DENIED" });
    expect(await status(person, path)).toBe(403);
    expect(await pageFor(site, person, "/products/ALF-0001")).not.toContain(path);
  }
  for (const sku of ["ALF-9999", "x", "%2500", "'; drop"])
    expect([sku, await status(persons.admin, `/admin/articles/${sku}`)]).toEqual([sku, 404]);
  expect(await pageFor(site, persons.admin, "/products/ALF-0001")).toContain(`href="${path}"`);
});
