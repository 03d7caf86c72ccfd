import type { APIRequestContext, Page } from "@playwright/test";
import { messages } from "#app/words.ts";
import { admin } from "#supabase/seed/people.ts";
import { facts } from "#supabase/seed/test.ts";
import { approve, checkoutKey, plain, post } from "./support/http.ts";
import { emptyCarts, signIn, signInBy, store } from "./support/people.ts";
import { erpDocumentsOf, mailsTo, row, rows, setErp } from "./support/system.ts";
import { expect, test } from "./support/test.ts";

const t = messages("id");
const words = t.reconcile;
const { high, dear } = facts;
const stores = {
  doubled: store("PTR-0006"),
  short: store("PTR-0009"),
  credit: store("PTR-0010"),
  refused: store("PTR-0011"),
  byHand: store("PTR-0012"),
};
const circuit = async () => (await row<{ state: string }>("select state from app.erp_circuit")).state;
const erp = (method: string, path: string, body?: object) =>
  fetch(`${process.env.ERP_URL!}/control${path && `/${path}`}`, {
    method,
    headers: { "content-type": "application/json" },
    body: body && JSON.stringify(body),
  });
const resultOf = async (number: string) =>
  (
    await rows<{ result: string }>(
      "select r.result from app.reconcile_results r join app.orders o on o.id = r.order_id where o.number = $1",
      [number],
    )
  )[0]?.result ?? null;
const orderOf = (number: string) =>
  row<{ status: string; sync: string; document: string | null; total: number; degraded: boolean }>(
    `
      select status, sync_status as sync, erp_document as document, total::int, degraded from app.orders
        where number = $1`,
    [number],
  );

// The whole system is degraded meanwhile: the others begin when all is well again.
test.afterEach(async () => {
  await erp("DELETE", "rules");
  await setErp("up");
  await rows("update app.erp_circuit set next_probe_at = least(next_probe_at, now() + interval '2.5 seconds')");
  await expect.poll(circuit, { timeout: 90_000, intervals: [500] }).toBe("CLOSED");
});

/** Places an order for a store without a browser. @returns its number. */
async function place(
  request: APIRequestContext,
  { code, email }: { code: string; email: string },
  sku: string,
  quantity: number,
): Promise<string> {
  await emptyCarts(code);
  await signInBy(request, email);
  await post(request, "/cart/items", { sku, quantity: String(quantity) });
  const sent = await post(request, "/checkout", { checkout_key: await checkoutKey(request), note: "" });
  expect(sent.status(), code).toBe(303);
  return sent.headers().location!.split("/").at(-1)!;
}

/** Somebody books an order in the ERP, past us. */
async function bookInErp(number: string, partner: string) {
  const order = await row<{ total: number; lines: object[] }>(
    `
      select o.total::int,
        (select jsonb_agg(jsonb_build_object('sku', l.sku, 'quantity', l.quantity, 'unit_price', l.unit_price))
        from app.order_lines l where l.order_id = o.id) as lines
       from app.orders o where o.number = $1`,
    [number],
  );
  const body = JSON.stringify({
    reference: number,
    partner,
    placed_at: new Date().toISOString(),
    credit: "GREEN",
    ...order,
  });
  const headers = {
    "content-type": "application/json",
    "x-api-key": process.env.ERP_API_KEY!,
    "x-request-id": crypto.randomUUID(),
    "idempotency-key": number,
  };
  await fetch(`${process.env.ERP_URL!}/api/v1/orders`, {
    method: "POST",
    headers,
    body,
    signal: AbortSignal.timeout(1_000),
  }).catch(() => undefined);
}

/** Picks a decision on the page of an order and sends it. */
async function decide(page: Page, resolution: keyof typeof words.choices & keyof typeof words.resolutions) {
  await page.getByLabel(words.choices[resolution].name, { exact: true }).check();
  await page.getByRole("button", { name: words.order.submit }).click();
}
const decided = (page: Page, number: string, resolution: keyof typeof words.resolutions) =>
  expect(
    page.getByRole("status").filter({ hasText: words.order.decided(number, words.resolutions[resolution]) }),
  ).toBeVisible();

test("after an outage staff decides what the ERP says otherwise, and each store hears of it once", async ({
  page,
  sound,
  playwright,
}) => {
  test.setTimeout(240_000);
  const shop = await playwright.request.newContext({ baseURL: process.env.BASE_URL });
  await setErp("down");
  await expect.poll(circuit, { timeout: 30_000, intervals: [250] }).toBe("OPEN");

  const doubled = await place(shop, stores.doubled, high.sku, 2);
  const short = await place(shop, stores.short, dear.sku, 3);
  const credit = await place(shop, stores.credit, high.sku, 3);
  const refused = await place(shop, stores.refused, high.sku, 4);
  const byHand = await place(shop, stores.byHand, high.sku, 5);
  for (const number of [doubled, short, credit, refused, byHand])
    expect(await orderOf(number)).toMatchObject({ sync: "PENDING_SYNC", degraded: true });
  await erp("POST", "rules", {
    stock: { [dear.sku]: 1 },
    credit: { [stores.credit.code]: "Limit pelanggan terlampaui" },
    refuse: { [refused]: "Pelanggan diblokir" },
  });

  // Somebody of the ERP keys one order in, twice, while we do not reach it.
  // It does its work and answers with a web page: so its breaker stays open.
  await erp("POST", "", { mode: "html" });
  await bookInErp(doubled, stores.doubled.code);
  await expect.poll(async () => (await erpDocumentsOf(doubled)).length).toBe(1);
  expect((await erp("POST", "keyed", { reference: doubled })).status).toBe(201);
  await setErp("down");

  // One cannot wait: it is taken out of the queue, keyed in by hand, and its number written down.
  await signIn(page, admin.email);
  await page.goto("/admin/reconcile?state=waiting");
  await sound();
  await page.getByRole("link", { name: `${words.waiting.key}: ${byHand}` }).click();
  await page.getByRole("button", { name: words.waiting.take }).click();
  await expect(page.getByText(words.waiting.takenBy("ADM-001"))).toBeVisible();
  await sound();
  await decide(page, "KEYED");
  await expect(page.getByRole("alert")).toContainText(t.reconcile.codes.ERP_NUMBER);
  const [known] = await erpDocumentsOf(doubled);
  await rows(
    `
      update app.orders set erp_document = 'M-4711' where number = (select number from app.orders
        where sync_status = 'SYNCED' and status = 'COMPLETED' order by id limit 1)`,
  );
  await page.getByLabel(words.order.documentLabel).fill("M-4711");
  await page.getByLabel(words.order.noteLabel, { exact: true }).fill("Diketik oleh bagian gudang");
  await decide(page, "KEYED");
  await expect(page.locator(".field--wrong")).toContainText("ORD-");
  await expect(page.getByLabel(words.order.noteLabel, { exact: true })).toHaveValue("Diketik oleh bagian gudang");
  await page.getByLabel(words.order.documentLabel).fill("M-4712");
  await decide(page, "KEYED");
  await decided(page, byHand, "KEYED");
  expect(await orderOf(byHand)).toMatchObject({ sync: "SYNCED", document: "M-4712" });

  // The ERP comes back, and the comparison runs by itself.
  await setErp("up");
  await rows("update app.erp_circuit set next_probe_at = now()");
  await expect
    .poll(async () => Promise.all([doubled, short, credit, refused].map(resultOf)), {
      timeout: 120_000,
      intervals: [500],
    })
    .toEqual(["DUPLICATE", "SHORT", "CREDIT_FAILED", "ERROR"]);
  await expect
    .poll(
      async () =>
        (await row<{ open: number }>("select count(*)::int as open from app.reconcile_runs where finished_at is null"))
          .open,
      { timeout: 60_000 },
    )
    .toBe(0);
  expect(await erpDocumentsOf(byHand), "keyed in by hand: never sent as well").toEqual([]);
  expect(await erpDocumentsOf(short)).toHaveLength(1);

  // The store reads that it is being checked, and nothing of what the ERP said.
  await signInBy(shop, stores.credit.email);
  const meanwhile = plain(await (await shop.get(`/orders/${credit}`)).text());
  expect(meanwhile).toContain(words.partner.waits);
  for (const secret of ["Limit pelanggan terlampaui", "CREDIT_FAILED", words.results.CREDIT_FAILED])
    expect(meanwhile).not.toContain(secret);

  await page.goto("/admin");
  await page.getByRole("link", { name: words.figure, exact: true }).first().click();
  const card = page.getByRole("article").filter({ hasText: short });
  await expect(card).toContainText(words.missing(2));
  await expect(card).toContainText(stores.short.name);
  await sound();
  await sound("dark");

  // Nothing leaves before staff has decided.
  await approve(page.request, short);
  await post(page.request, `/admin/orders/${short}/status`, { status: "SHIPPED", note: "" });
  expect((await orderOf(short)).status).toBe("APPROVED");
  await page.goto(`/admin/orders/${short}`);
  await page.getByRole("button", { name: t.orders.moves.names.SHIPPED }).click();
  await expect(page.getByRole("alert")).toContainText(words.undecided.before);
  await page.getByRole("link", { name: words.undecided.go }).click();
  await expect(page).toHaveURL(`/admin/reconcile/${short}`);
  await sound();
  const before = await orderOf(short);
  await expect(page.getByText(words.choices.CUT.text(rupiah(before.total), rupiah(before.total / 3)))).toBeVisible();
  await decide(page, "CUT");
  await decided(page, short, "CUT");
  expect((await orderOf(short)).total).toBe(before.total / 3);
  const whatsapp = page
    .locator("form")
    .filter({ has: page.getByRole("button", { name: words.tell.openFor(stores.short.name) }) });
  await expect(whatsapp.locator("input[name=text]")).toHaveValue(new RegExp(`${dear.name}: 1 dari 3`));
  await sound();

  await page.goto(`/admin/reconcile/${doubled}`);
  await decide(page, "ACCEPT");
  await expect(page.getByRole("alert")).toBeVisible();
  await page.getByLabel(known!.document, { exact: true }).check();
  await decide(page, "ACCEPT");
  await decided(page, doubled, "ACCEPT");
  expect(await orderOf(doubled)).toMatchObject({ sync: "SYNCED", document: known!.document });
  const other = (await erpDocumentsOf(doubled)).find(({ document }) => document !== known!.document)!;
  expect(
    await rows(
      "select detail ->> 'document' as document from app.tasks where kind = 'STOP_ORDER_IN_ERP' and subject_code = $1",
      [doubled],
    ),
  ).toEqual([{ document: other.document }]);

  await page.goto(`/admin/reconcile/${credit}`);
  await decide(page, "ACCEPT");
  await expect(page.getByRole("alert")).toContainText(t.http.codes.REASON_REQUIRED);
  await page.getByLabel(words.order.noteLabel, { exact: true }).fill("Disetujui kepala penjualan");
  await decide(page, "ACCEPT");
  await decided(page, credit, "ACCEPT");

  await page.goto(`/admin/reconcile/${refused}`);
  await expect(page.getByText("Pelanggan diblokir").first()).toBeVisible();
  await page.getByLabel(words.order.noteLabel, { exact: true }).fill("Toko tidak aktif lagi");
  await decide(page, "CANCEL");
  await decided(page, refused, "CANCEL");
  expect(await orderOf(refused)).toMatchObject({ status: "CANCELLED" });

  await page.goto("/admin/reconcile?state=decided");
  for (const number of [doubled, short, credit, refused, byHand])
    await expect(page.getByRole("article").filter({ hasText: number })).toBeVisible();
  await sound();

  // Each store gets one mail with the outcome, and reads on its order's page what became of it.
  const about = async ({ email }: { email: string }, number: string) =>
    (await mailsTo(email)).filter(
      ({ subject }) => subject.includes(number) && /diperiksa|perubahan|dibatalkan/.test(subject),
    );
  for (const [whose, number] of [
    [stores.short, short],
    [stores.credit, credit],
    [stores.refused, refused],
    [stores.byHand, byHand],
  ] as const) {
    await expect.poll(async () => (await about(whose, number)).length, { timeout: 30_000 }).toBe(1);
  }
  await signInBy(shop, stores.short.email);
  const after = plain(await (await shop.get(`/orders/${short}`)).text());
  expect(after).toContain(words.partner.CUT);
  expect(after).toContain(words.partner.cutLine(dear.name, 3, 1));
  await shop.dispose();
});

const rupiah = (amount: number) => `Rp ${String(amount).replace(/\B(?=(\d{3})+$)/g, ".")}`;
