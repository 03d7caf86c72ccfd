import { type Page } from "@playwright/test";
import { messages } from "#app/words.ts";
import { formatRupiah } from "#app/ui/format.ts";
import { admin, staff } from "#supabase/seed/people.ts";
import { order, ownLimits, personOf, setLimit } from "./support/credit.ts";
import { signIn } from "./support/people.ts";
import { row, rows } from "./support/system.ts";
import { expect, test } from "./support/test.ts";

const t = messages("id");
const words = t.orders.slip;
const [one, two] = ownLimits("PTR-0025", "PTR-0027");
const auditor = staff.find(({ role }) => role === "AUDITOR")!;
const slips = (...numbers: string[]) =>
  `/admin/orders/slips?${new URLSearchParams(numbers.map((each) => ["order", each]))}`;

/** What stands on paper: the words that are left for print, at the width of A4. */
async function printed(page: Page): Promise<string> {
  const screen = page.viewportSize()!;
  await page.setViewportSize({ width: 794, height: 1123 });
  await page.emulateMedia({ media: "print" });
  const text = await page.locator("body").innerText();
  await page.emulateMedia({ media: null });
  await page.setViewportSize(screen);
  return text;
}

const ofMoney = /Rp\s|kredit|limit|plafon|tagihan|jatuh tempo|faktur/i;
const pagesOf = async (page: Page) => (await page.pdf({ format: "A4" })).toString("latin1").match(/\/Type \/Page\b/g)!;

/** An order of so many lines, some of them waiting for stock. @returns its number. */
async function longOrder(code: string, number: string, lines: number) {
  await rows(
    `
      with noted as (select private.audit('ORDER_PLACED', 'order', $2::text)),
      placed as (
        insert into app.orders (number, partner_id, placed_by, placed_by_name, credit_light, credit_inputs, tier,
          market_total, total, checkout_key, cart_digest, note)
        select $2, p.id, p.account_id, p.name, 'GREEN', '{"reason": "WITHIN_LIMIT", "over": 0}', 'GOLD', 9000, 9000,
               gen_random_uuid(), 'x', 'Kirim lewat pintu belakang' from app.partners p, noted where p.code = $1
        returning id, partner_id)
      insert into app.order_lines (order_id, line_no, partner_id, product_id, sku, name, unit, quantity, preorder,
        unit_price, market_price)
      select o.id, row_number() over (order by a.id), o.partner_id, a.id, a.sku, a.name, a.unit, 3, a.id % 2, 100, 150
        from placed o, (select * from app.products order by id limit $3) a`,
    [code, number, lines],
  );
  return number;
}

test("a slip has what is picked, nothing about money; the order's page on paper nothing about credit", async ({
  page,
  browser,
  sound,
}) => {
  await setLimit(one.code, 0);
  const shop = await personOf(browser, one.email);
  const number = await order(shop.context(), 3);
  const line = await row<{ sku: string; name: string; over: number }>(
    `select l.sku, l.name, (o.credit_inputs ->> 'over')::int as over from app.order_lines l
       join app.orders o on o.id = l.order_id where o.number = $1`,
    [number],
  );
  await rows(
    `insert into app.order_event_notes (event_id, detail)
       select max(e.id), '{"note": "Rahasia kantor"}' from app.order_events e join app.orders o on o.id = e.order_id
        where o.number = $1`,
    [number],
  );

  await signIn(page, admin.email);
  await page.goto(`/admin/orders/${number}`);
  const main = page.getByRole("main");
  for (const known of [t.credit.basis.title, formatRupiah(line.over, "id"), "Rahasia kantor"])
    await expect(main.getByText(known).first(), "the control").toBeVisible();
  const paper = await printed(page);
  expect(paper).toContain(line.name);
  expect(paper).toContain(number);
  for (const gone of [/kredit/i, /limit/i, line.over.toLocaleString("de"), "Rahasia kantor", t.orders.tell.title])
    expect(paper).not.toMatch(gone);
  expect(paper, "neither menu nor search").not.toContain(t.ui.nav.signOut);

  await main.getByRole("link", { name: words.open }).click();
  await expect(main.getByRole("heading", { level: 2 })).toHaveText(number);
  await sound();
  const slip = await printed(page);
  for (const said of [
    number,
    one.name,
    one.code,
    line.sku,
    line.name,
    "3 ",
    words.stops.EARLY,
    "WIB",
    ...words.signatures,
  ])
    expect(slip).toContain(said);
  expect(slip).not.toMatch(ofMoney);
  expect(slip).not.toContain("Rahasia kantor");
  expect(await main.innerText(), "nor on the screen").not.toMatch(/Rp\s|kredit/i);
  await main.getByRole("link", { name: t.orders.backToOrder }).click();
  await expect(page).toHaveURL(new RegExp(`/admin/orders/${number}$`));

  // What its store prints: its order, without the menus, and without what waits at head office.
  await shop.goto(`/orders/${number}`);
  await expect(shop.getByText(t.approvals.waiting.OVER_LIMIT(formatRupiah(line.over, "id")))).toBeVisible();
  const own = await printed(shop);
  expect(own).toContain(line.name);
  for (const gone of [/kredit/i, /limit/i, t.ui.nav.signOut, "Rahasia kantor", t.orders.whatsapp.copyTitle])
    expect(own).not.toMatch(gone);
  expect((await shop.goto(slips(number)))?.status()).toBe(403);
});

test("ticked orders' slips begin on pages of their own; sixty lines say on each page whose they are @nojs", async ({
  page,
  sound,
}) => {
  const stamp = String(Date.now()).slice(-5);
  const long = await longOrder(two.code, `ORD-2017-1${stamp}`, 60);
  const short = await longOrder(two.code, `ORD-2017-2${stamp}`, 1);
  await signIn(page, auditor.email);
  await page.goto(`/admin/orders?q=${two.code}`);
  const main = page.getByRole("main");
  await expect(main.getByRole("button", { name: t.orders.together.review }), "an auditor moves nothing").toHaveCount(0);
  for (const number of [long, short]) await main.getByLabel(t.orders.together.pick(number)).check();
  await main.getByRole("button", { name: words.several }).click();
  await expect(main.getByRole("heading", { level: 2 })).toHaveText([short, long].sort().reverse());
  await sound();
  const paper = await printed(page);
  expect(paper).toContain("Kirim lewat pintu belakang");
  expect(paper.match(/PRE-ORDER: 1 /g)!.length).toBeGreaterThan(10);
  expect(paper).not.toMatch(ofMoney);

  const both = (await pagesOf(page)).length;
  await page.goto(slips(long));
  const alone = (await pagesOf(page)).length;
  expect(alone).toBeGreaterThan(1);
  expect(both, "the other begins a page").toBe(alone + 1);
  // Chromium repeats such a head on each page that the table goes on.
  await page.emulateMedia({ media: "print" });
  await page.setViewportSize({ width: 794, height: 1123 });
  const head = main.locator("thead");
  await expect(head).toContainText(long);
  expect(await head.evaluate((each) => getComputedStyle(each).display)).toBe("table-header-group");
});
