import { messages } from "#app/words.ts";
import { formatRupiah } from "#app/ui/format.ts";
import { admin, staff } from "#supabase/seed/people.ts";
import { plain, post } from "./support/http.ts";
import { ofOrder, order, ownLimits, personOf, setLimit } from "./support/credit.ts";
import { signIn } from "./support/people.ts";
import { expectSound } from "./support/sound.ts";
import { row, rows } from "./support/system.ts";
import { expect, test } from "./support/test.ts";

const t = messages("id");
const words = t.approvals;
const [one, two] = ownLimits("PTR-0021", "PTR-0023");
const auditor = staff.find(({ role }) => role === "AUDITOR")!;
const second = staff.find(({ code }) => code === "ADM-002")!;

test("an order over the limit waits and says so; an admin looks, is told another was first, decides the next", async ({
  page,
  browser,
  sound,
}) => {
  await setLimit(one.code, 0);
  const shop = await personOf(browser, one.email);
  const number = await order(shop.context());
  const { total } = await ofOrder(number);
  const { over } = await row<{ over: number }>(
    "select (credit_inputs ->> 'over')::int as over from app.orders where number = $1",
    [number],
  );
  await shop.goto("/orders");
  await expect(shop.getByRole("row").filter({ hasText: number })).toContainText(
    words.waiting.short.OVER_LIMIT(formatRupiah(over, "id")),
  );
  await expectSound(shop, { scripts: true, dark: false });
  await shop.goto(`/orders/${number}`);
  await expect(shop.getByText(words.waiting.OVER_LIMIT(formatRupiah(over, "id")))).toBeVisible();
  await expect(shop.getByText(words.waiting.next)).toBeVisible();
  await expectSound(shop, { scripts: true, dark: true });

  await signIn(page, admin.email);
  await page.goto("/admin");
  await page.getByRole("link", { name: words.card.label }).click();
  const card = page.getByRole("listitem").filter({ hasText: number });
  await expect(card).toContainText(one.name);
  await expect(card).toContainText(/Masih melebihi Rp /);
  await sound();
  await sound("dark");
  await page.goto("/admin/approvals?reason=OVER_LIMIT");
  await expect(card).toHaveCount(1);
  await page.goto("/admin/approvals?reason=BYPASS");
  await expect(card).toHaveCount(0);

  await page.goto(`/admin/approvals/${number}`);
  const figures = page.getByRole("table", { name: `${words.figures} ${number}` });
  await expect(figures.getByRole("row").filter({ hasText: words.over })).toContainText(
    formatRupiah(over, "id").slice(3),
  );
  await sound();
  // Rejecting asks on a page of its own, for words. Those that were begun come along.
  await page.getByLabel(words.note, { exact: true }).fill("Faktur lama");
  await page.getByRole("button", { name: words.reject }).click();
  await expect(page.getByLabel(words.rejectNote, { exact: true })).toHaveValue("Faktur lama");
  await sound();
  await page.getByLabel(words.rejectNote, { exact: true }).fill("");
  await page.getByRole("button", { name: words.reject }).click();
  await expect(page.getByRole("alert")).toContainText(t.http.codes.REASON_REQUIRED);
  expect((await ofOrder(number)).status).toBe("SUBMITTED");

  // Somebody else decides in the meantime.
  const other = await personOf(browser, second.email);
  expect(
    (
      await post(other.request, `/admin/approvals/${number}/decision`, {
        outcome: "APPROVED",
        seen: String(total),
        note: "Sudah bicara dengan Ibu pemilik",
      })
    ).status(),
  ).toBe(303);
  await page.getByLabel(words.rejectNote, { exact: true }).fill("Tunggu pelunasan faktur lama");
  await page.getByRole("button", { name: words.reject }).click();
  await expect(page.getByRole("alert")).toContainText(words.already(`${second.name} (${second.code})`));
  await expect(page.getByText("Sudah bicara dengan Ibu pemilik")).toBeVisible();
  await sound();
  await shop.reload();
  await expect(shop.getByText(words.waiting.approved, { exact: true })).toBeVisible();
  await expect(shop.getByText("Sudah bicara dengan Ibu pemilik")).toBeVisible();
  expect(await rows("select number from app.invoices where order_id = $1", [(await ofOrder(number)).id])).toHaveLength(
    1,
  );

  const next = await order(shop.context());
  await page.goto(`/admin/approvals/${next}/decision?to=REJECTED`);
  await page.getByLabel(words.rejectNote, { exact: true }).fill("Tunggu pelunasan faktur lama");
  await page.getByRole("button", { name: words.reject }).click();
  await expect(page.getByRole("status").filter({ hasText: words.decided(next, words.outcome.REJECTED) })).toBeVisible();
  await shop.goto(`/orders/${next}`);
  await expect(shop.getByText("Tunggu pelunasan faktur lama")).toBeVisible();
  await other.context().close();
  await shop.context().close();
});

for (const scripts of [true, false]) {
  test(`staff leads to the approval page, deciding nothing, ${scripts ? "with" : "without"} scripts`, async ({
    browser,
  }) => {
    await setLimit(one.code, 0);
    const shop = await personOf(browser, one.email);
    const number = await order(shop.context());
    const adminPage = await personOf(browser, admin.email, scripts);
    const moves = t.orders.moves.names;
    const onlyTheWay = async () => {
      await expect(adminPage.getByText(t.orders.moves.creditFirst)).toBeVisible();
      for (const move of [moves.APPROVED!, moves.REJECTED!]) {
        for (const role of ["button", "link"] as const)
          await expect(adminPage.getByRole("main").getByRole(role, { name: move })).toHaveCount(0);
      }
      await expect(adminPage.getByRole("link", { name: words.open }).first()).toHaveAttribute(
        "href",
        `/admin/approvals/${number}`,
      );
    };
    await adminPage.goto(`/admin/orders/${number}`);
    await onlyTheWay();
    await expectSound(adminPage, { scripts, dark: false });

    // A form from before, or from anywhere: refused, with the way there and what was typed.
    const answer = await post(adminPage.request, `/admin/orders/${number}/status`, {
      status: "APPROVED",
      note: "Pemilik sudah ditelepon",
    });
    expect(answer.status()).toBe(409);
    const refused = plain(await answer.text());
    for (const text of [t.approvals.codes.CREDIT_FIRST, "Pemilik sudah ditelepon"]) expect(refused).toContain(text);
    expect(
      (
        await post(adminPage.request, `/admin/orders/${number}/status`, {
          status: "REJECTED",
          note: "Pemilik sudah ditelepon",
        })
      ).status(),
    ).toBe(409);
    expect((await ofOrder(number)).status).toBe("SUBMITTED");
    await adminPage.goto(`/admin/orders/${number}/status?to=REJECTED`);
    await onlyTheWay();

    await adminPage.getByLabel(t.orders.moves.note).fill("Gudang sudah siap");
    await adminPage.getByRole("button", { name: moves.PROCESSING }).click();
    await onlyTheWay();
    expect((await ofOrder(number)).status).toBe("PROCESSING");
    const late = plain(
      await (
        await post(adminPage.request, `/admin/orders/${number}/status`, {
          status: "APPROVED",
          note: "Pemilik sudah ditelepon",
        })
      ).text(),
    );
    expect(late).toContain("Pemilik sudah ditelepon");

    await adminPage.getByRole("link", { name: words.open }).first().click();
    await expect(adminPage).toHaveURL(`/admin/approvals/${number}`);
    await adminPage.getByRole("button", { name: words.approve }).click();
    await expect(
      adminPage.getByRole("status").filter({ hasText: words.decided(number, words.outcome.APPROVED) }),
    ).toBeVisible();
    await adminPage.goto(`/admin/orders/${number}`);
    await expect(adminPage.getByRole("button", { name: moves.SHIPPED })).toBeVisible();
    await expect(adminPage.getByText(t.orders.moves.creditFirst)).toHaveCount(0);
    await Promise.all([shop, adminPage].map((person) => person.context().close()));
  });
}

test("several at once, without scripts: exactly what is listed, what changed meanwhile is left out by number", async ({
  browser,
}) => {
  for (const { code } of [one, two]) await setLimit(code, 0);
  const [first, other] = [await personOf(browser, one.email), await personOf(browser, two.email)];
  const mine = [await order(first.context()), await order(first.context(), 3)];
  const theirs = await order(other.context());
  const adminPage = await personOf(browser, admin.email, false);
  await adminPage.goto("/admin/approvals");
  // They are the newest, so they may be pages away.
  const query = [...mine, theirs, "ORD-2001-000001"].map((number) => `order=${number}`).join("&");
  if (await adminPage.getByLabel(words.pick(mine[0]!)).count()) {
    await adminPage.getByLabel(words.pick(mine[0]!)).check();
    await adminPage.getByRole("button", { name: words.review }).click();
    await expect(adminPage.getByRole("button", { name: words.selected.confirm(1) })).toBeVisible();
  }
  await adminPage.goto(`/admin/approvals/selected?${query}`);
  const totals = await Promise.all([...mine, theirs].map(async (number) => (await ofOrder(number)).total));
  await expect(
    adminPage.getByText(words.selected.lead(3, 2, formatRupiah(totals[0]! + totals[1]! + totals[2]!, "id"))),
  ).toBeVisible();
  await expect(adminPage.getByText(words.selected.overNow(3))).toBeVisible();
  await expect(adminPage.getByText(`ORD-2001-000001: ${words.selected.why.GONE}`)).toBeVisible();
  await expectSound(adminPage, { scripts: false, dark: false });

  const colleague = await personOf(browser, second.email);
  await post(colleague.request, `/admin/approvals/${mine[1]}/decision`, {
    outcome: "REJECTED",
    seen: String(totals[1]),
    note: "Pesanan ganda",
  });
  await adminPage.getByRole("button", { name: words.selected.confirm(3) }).click();
  await expect(adminPage.getByRole("status").filter({ hasText: words.selected.someLeft(2, 1) })).toBeVisible();
  await expect(
    adminPage.getByText(`${mine[1]}: ${words.selected.decidedBy(`${second.name} (${second.code})`)}`),
  ).toBeVisible();
  expect(await Promise.all([...mine, theirs].map(async (number) => (await ofOrder(number)).status))).toEqual([
    "APPROVED",
    "REJECTED",
    "APPROVED",
  ]);
  await Promise.all([first, other, adminPage, colleague].map((person) => person.context().close()));
});

test("an auditor reads the approvals and decides nothing; a store finds no such page", async ({ page, browser }) => {
  await setLimit(one.code, 0);
  const shop = await personOf(browser, one.email);
  const number = await order(shop.context());
  const form = { outcome: "APPROVED", seen: String((await ofOrder(number)).total), note: "" };
  await signIn(page, auditor.email);
  for (const path of ["/admin/approvals", `/admin/approvals/${number}`]) {
    expect((await page.goto(path))!.status(), path).toBe(200);
    await expect(page.getByRole("main").locator("form[method=post], input[type=checkbox]"), path).toHaveCount(0);
  }
  expect((await page.goto(`/admin/approvals/selected?order=${number}`))!.status()).toBe(403);
  for (const person of [page, shop]) {
    expect((await post(person.request, `/admin/approvals/${number}/decision`, form)).status()).toBe(403);
    expect(
      (await post(person.request, "/admin/approvals/selected", { items: `${number}:${form.seen}`, note: "" })).status(),
    ).toBe(403);
  }
  for (const path of ["/admin/approvals", `/admin/approvals/${number}`])
    expect((await shop.goto(path))!.status()).toBe(403);
  expect((await ofOrder(number)).status).toBe("SUBMITTED");
  await shop.context().close();
});
