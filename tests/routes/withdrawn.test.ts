import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { messages } from "#app/words.ts";
import { people, plenty, Stage, stores } from "#supabase/tests/support.ts";
import { ask, cookieOf, serveApp } from "./support/whole-app.ts";

const t = messages("id");
const said = t.carts.withdrawn.WITHDRAWN;
const persons = { budi: { userId: people.budi, sessionId: "" }, admin: { userId: people.admin, sessionId: "" } };
let owner: pg.Client;
let stage: Stage;
let site: Awaited<ReturnType<typeof serveApp>>;
let closePool: () => Promise<void>;
let number: string;
let name: string;

// Committed, on a database of this file's own: an AMBER order with a pre-order in it, which waits for the desk too.
beforeAll(async () => {
  ({ closePool } = await import("#app/db/door.server.ts"));
  owner = new pg.Client({ connectionString: process.env.ADMIN_DATABASE_URL });
  await owner.connect();
  await owner.query("begin");
  stage = new Stage(owner);
  const {
    skus: [sku],
  } = (await plenty(stage)) as { skus: [string] };
  name = await stage.value("select name from app.products where sku = $1", [sku]);
  await owner.query("select private.audit('LIMIT_CHANGED', 'partner', code) from app.partners where id = $1", [
    stores.budi,
  ]);
  await owner.query("update app.partners set credit_limit = 0 where id = $1", [stores.budi]);
  await owner.query(
    "update app.product_stock set quantity = 1 where product_id = (select id from app.products where sku = $1)",
    [sku],
  );
  await owner.query("delete from app.cart_items");
  await stage.fill(people.budi, [sku, 3]);
  number = await stage.order(people.budi, crypto.randomUUID(), true);
  for (const person of Object.values(persons)) person.sessionId = await stage.login(person.userId);
  await owner.query("commit");
  site = await serveApp();
}, 120_000);
afterAll(async () => {
  await site?.close();
  await owner?.end();
  await closePool?.();
});

const read = async (who: keyof typeof persons, path: string) => {
  const answer = await ask(site.origin, path, { headers: { cookie: await cookieOf(persons[who]) } });
  expect(answer.status, path).toBe(200);
  return answer.text();
};
const sell = (active: boolean) => owner.query("update app.products set active = $2 where name = $1", [name, active]);

test("an order that waits for an article which is no longer sold says so, to the store and on every desk", async () => {
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
  await stage.as(people.admin, () =>
    owner.query("select app.move_order($1, 'CANCELLED', 'tidak dijual lagi')", [number]),
  );
  await owner.query("commit");
  const page = await read("budi", `/orders/${number}`);
  expect(page).not.toContain(`>${said}<`);
  for (const word of open) expect(page).not.toContain(word);
  await sell(true);
});
