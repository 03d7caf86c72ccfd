import { beforeAll, expect, test } from "vitest";
import { messages } from "#app/words.ts";
import { people, stores } from "#tests/support/cast.ts";
import { noCredit, plenty, TestDb } from "#tests/support/rolled-back.ts";
import { signedIn } from "#tests/support/signed-in.ts";
import { pageFor, servedApp } from "#tests/support/site.ts";

const t = messages("id");
const said = t.carts.withdrawn.WITHDRAWN;
const { owner, persons } = signedIn("budi", "admin");
const db = new TestDb(owner);
const site = servedApp();
let number: string;
let name: string;

// Committed, on a database of this file's own: an AMBER order with a pre-order in it, which waits for staff too.
beforeAll(async () => {
  await owner.query("begin");
  const [sku] = await plenty(db);
  name = await db.value("select name from app.products where sku = $1", [sku]);
  await noCredit(db, stores.budi);
  await owner.query(
    "update app.product_stock set quantity = 1 where product_id = (select id from app.products where sku = $1)",
    [sku],
  );
  await owner.query("delete from app.cart_items");
  await db.fill(people.budi, [sku, 3]);
  number = await db.order(people.budi, crypto.randomUUID(), true);
  await owner.query("commit");
});

const read = (who: keyof typeof persons, path: string) => pageFor(site, persons[who], path);
const sell = (active: boolean) => owner.query("update app.products set active = $2 where name = $1", [name, active]);

test("an order that waits for an article no longer sold says so, to the store and on every page of staff", async () => {
  const pages = [
    ["budi", `/orders/${number}`],
    ["admin", `/admin/orders/${number}`],
    ["admin", `/admin/approvals/${number}`],
    ["admin", `/admin/reconcile/${number}`],
  ] as const;
  for (const [who, path] of pages) expect(await read(who, path), path).not.toContain(said);
  await sell(false);
  for (const [who, path] of pages) {
    const html = await read(who, path);
    expect(html, path).toContain(said);
    expect(html, path).toContain(name);
  }
  await sell(true);
  for (const [who, path] of pages) expect(await read(who, path), path).not.toContain(said);
});

test("once it is closed, it is history, and waits for nothing and is handed on no more", async () => {
  await sell(false);
  const open = [t.credit.lights.AMBER, `>${t.orders.whatsapp.open}<`];
  const before = await read("budi", `/orders/${number}`);
  for (const word of open) expect(before).toContain(word);
  await owner.query("begin");
  await db.as(people.admin, () => owner.query("select app.move_order($1, 'CANCELLED', 'tidak dijual lagi')", [number]));
  await owner.query("commit");
  const page = await read("budi", `/orders/${number}`);
  expect(page).not.toContain(`>${said}<`);
  for (const word of open) expect(page).not.toContain(word);
  await sell(true);
});
