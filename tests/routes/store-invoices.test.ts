import { expect, test } from "vitest";
import { orderPageSize } from "#app/orders/order.ts";
import { stores } from "#tests/support/cast.ts";
import { signedIn } from "#tests/support/signed-in.ts";
import { pageFor, servedApp } from "#tests/support/site.ts";

// What a store is asked to pay goes by the invoice's number: it stands where the order does, for the store alone.
const { owner, persons } = signedIn("budi", "sari");
const site = servedApp();

test("an order's page and the list name its invoice, unless it was cancelled", async () => {
  const { rows } = await owner.query<{ number: string; invoice: string }>(
    `select o.number, i.number as invoice
       from (select * from app.orders where partner_id = $1 order by id desc limit $2) o
       join app.invoices i on i.order_id = o.id where i.status <> 'CANCELLED'`,
    [stores.budi, orderPageSize],
  );
  expect(rows.length).toBeGreaterThan(0);
  const { number, invoice } = rows[0]!;
  for (const { invoice } of rows) expect(await pageFor(site, persons.budi, "/orders")).toContain(`Faktur ${invoice}`);
  const page = await pageFor(site, persons.budi, `/orders/${number}`);
  expect(page).toMatch(new RegExp(`<dt[^>]*>Faktur</dt>.*?${invoice}`, "s"));

  await owner.query("update app.invoices set status = 'CANCELLED' where number = $1", [invoice]);
  for (const path of ["/orders", `/orders/${number}`])
    expect(await pageFor(site, persons.budi, path)).not.toContain(invoice);
});

test("a salesman between stores reads the orders he placed, and not what is owed for them", async () => {
  const { rows } = await owner.query<{ number: string; invoice: string }>(
    `with placed as (
       select * from app.orders where placed_by = $1 and acting_session_id is not null order by id desc limit 1),
     made as (
       insert into app.invoices (number, order_id, partner_id, amount, due_on)
         select 'INV-2026-900001', id, partner_id, total, current_date from placed
         on conflict (order_id) do update set status = 'UNPAID' returning number)
     select p.number, m.number as invoice from placed p, made m`,
    [persons.sari.userId],
  );
  const { number, invoice } = rows[0]!;
  expect(await pageFor(site, persons.sari, `/orders/${number}`)).not.toContain(invoice);
});
