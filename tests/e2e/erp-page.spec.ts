import type { Page } from "@playwright/test";
import { messages } from "#app/words.ts";
import { admin, staff } from "#supabase/seed/people.ts";
import { post } from "./support/http.ts";
import { signIn } from "./support/people.ts";
import { row, rows, setErp } from "./support/system.ts";
import { expect, test } from "./support/test.ts";

const t = messages("id");
const words = t.erp;
const auditor = staff.find(({ role }) => role === "AUDITOR")!;
const section = (page: Page, heading: string) =>
  page.locator("section").filter({ has: page.getByRole("heading", { name: heading, exact: true }) });
const circuit = () => row<{ state: string }>("select state from app.erp_circuit");
const closed = () =>
  expect.poll(async () => (await circuit()).state, { timeout: 90_000, intervals: [500] }).toBe("CLOSED");

test("the connection is tested by a worker, and the page waits for the answer: with the ERP up, and down", async ({
  page,
  sound,
}) => {
  test.setTimeout(180_000);
  await closed();
  await signIn(page, admin.email);
  await page.goto("/admin/erp");
  await expect(page.getByRole("img", { name: words.timeline.title })).toBeVisible();
  await sound();
  const now = section(page, words.now);
  await now.getByRole("button", { name: words.test.button }).click();
  await expect(page.getByRole("status").filter({ hasText: words.test.sent })).toBeVisible();
  await expect(now, "the page comes again by itself").toContainText(/ERP menjawab dalam [\d.]+ ms/, {
    timeout: 30_000,
  });
  await expect(now).toContainText(admin.code);

  await setErp("down");
  try {
    await expect.poll(async () => (await circuit()).state, { timeout: 30_000 }).toBe("OPEN");
    await page.goto("/admin/erp");
    await expect(now).toContainText(t.erp.breaker.states.OPEN!);
    await expect(now).toContainText(words.explain.OPEN!);
    await expect(now).toContainText(words.nextProbe);
    const { ref } = await row<{ ref: string }>(
      "select ref from app.incidents where dedup_key = 'erp-down' and state <> 'CLOSED'",
    );
    await expect(now.getByRole("link", { name: ref })).toBeVisible();
    await expect(page.getByText(/Terputus \d+ kali/).first()).toBeVisible();
    await sound();
    await now.getByRole("button", { name: words.test.button }).click();
    await expect(now).toContainText(words.test.failed, { timeout: 30_000 });
    await expect(now).toContainText(words.reasons.CONNECTION);
    await page.goto("/admin/erp?range=week");
    await expect(page.getByText(/Terputus \d+ kali.*7 hari terakhir/).first()).toBeVisible();
  } finally {
    await setErp("up");
    await closed();
  }
  await page.goto("/admin/erp");
  await page.getByText(/^Tabel: \d+ perubahan keadaan/).click();
  await expect(page.getByRole("table", { name: words.timeline.table }).getByRole("row").nth(1)).toContainText(
    t.erp.breaker.states.CLOSED!,
  );
});

test("a test that nobody answers says that no worker runs", async ({ page, sound }) => {
  await closed();
  await signIn(page, admin.email);
  const { id } = await row<{ id: number }>(
    "insert into app.erp_tests (asked_at, asked_by) values (now() - interval '31 seconds', 'ADM-001') returning id",
  );
  await rows("update app.erp_tests set answered_at = null, ok = null where id = $1", [id]);
  const response = await page.goto("/admin/erp");
  // A worker may have been quicker than this page: then it is his answer that stands there.
  const { open } = await row<{ open: boolean }>("select answered_at is null as open from app.erp_tests where id = $1", [
    id,
  ]);
  if (open) {
    await expect(section(page, words.now)).toContainText(words.test.lost);
    expect(response!.headers().refresh).toBeUndefined();
  }
  await sound();
});

test("a feed that was refused for its size is accepted with a reason, as what was shown", async ({ page, sound }) => {
  await closed();
  await signIn(page, admin.email);
  // Refused a moment ago, and not tried again while somebody reads.
  const { size } = await row<{ size: number }>(
    "select r.rows as size from app.feeds f join app.feed_runs r on r.id = f.snapshot_id where f.name = 'stock'",
  );
  const refused = `row count ${size} against ${Math.ceil(size / 3)} before`;
  const refuse = (code: string) =>
    row<{ id: number }>(
      `
        with said as (select private.refuse_feed('stock', 's-1', $1, $2, now(), $3,
          (select r.warehouses from app.feeds f join app.feed_runs r on r.id = f.snapshot_id where f.name = 'stock')))
    select (select max(id) from app.feed_runs where feed = 'stock')::int as id from said`,
      [refused, size, code],
    );
  await rows("update app.feeds set next_try_at = now() + interval '10 minutes', row_count = $1 where name = 'stock'", [
    Math.ceil(size / 3),
  ]);
  await refuse("ROW_COUNT");
  await page.goto("/admin/erp");
  const feed = page.getByRole("region", { name: t.erp.feeds.names.stock!, exact: true });
  await expect(feed).toContainText(words.reasons.SIZE);
  await expect(feed).toContainText(refused);
  await expect(page.getByRole("table", { name: words.feeds.rejected })).toContainText(words.reasons.SIZE);
  await sound();
  await feed.getByLabel(words.feeds.reason).fill("ya");
  await feed.getByRole("button", { name: words.feeds.accept }).click();
  await expect(page.getByRole("alert")).toContainText(t.http.codes.REASON_REQUIRED);
  await expect(page.getByLabel(words.feeds.reason)).toHaveValue("ya");
  await sound();
  await expect(page.getByText(words.feeds.acceptWill)).toBeVisible();
  await refuse("MISSING_WAREHOUSE"); // Refused as something else while he was reading.
  await page.getByLabel(words.feeds.reason).fill("Dua gudang baru dibuka");
  await page.getByRole("button", { name: words.feeds.accept }).click();
  await expect(page.getByRole("alert")).toContainText(t.http.codes.STALE);
  await page.getByLabel(words.feeds.reason).fill("Dua gudang baru dibuka");
  await page.getByRole("button", { name: words.feeds.accept }).click();
  await expect(page).toHaveURL(/\/admin\/erp(#feeds)?$/);
  expect(
    await row(
      `
        select private.audit_words(e) ->> 'reason' as reason from app.audit_events e
          where action = 'FEED_SIZE_ACCEPTED' order by id desc limit 1`,
    ),
  ).toEqual({ reason: "Dua gudang baru dibuka" });
  await expect
    .poll(
      async () =>
        await row<{ error: string | null; wanted: boolean }>(
          "select last_error as error, wanted from app.feeds where name = 'stock'",
        ),
      { timeout: 30_000 },
    )
    .toEqual({ error: null, wanted: false });
  expect(
    (await post(page.request, "/admin/erp/feeds/stock", { seen: "1", reason: "Sekali lagi saja" })).status(),
    "nothing is refused any more",
  ).toBe(409);
  expect((await post(page.request, "/admin/erp/feeds/prices", { seen: "1", reason: "Tidak ada" })).status()).toBe(404);
});

test("a checkpoint is written for its week, and missing weeks are seen", async ({ page, sound }) => {
  await signIn(page, admin.email);
  await rows("update app.erp_watch set since = since - 14");
  const { week } = await row<{ week: string }>(
    "select (date_trunc('week', now() at time zone 'Asia/Jakarta')::date - 7)::text as week",
  );
  await rows("select private.open_task('ERP_CHECKPOINT', 'erp-checkpoint/' || $1, $1, null, null, '1 day')", [week]);
  await page.goto("/admin/tasks?kind=ERP_CHECKPOINT");
  await page.getByRole("link", { name: t.incidents.tasks.kinds.ERP_CHECKPOINT, exact: true }).first().click();
  await sound();
  await page.getByRole("link", { name: t.incidents.tasks.go.ERP_CHECKPOINT, exact: true }).click();
  await expect(page.getByLabel(words.checkpoints.week, { exact: true })).toHaveValue(week);
  await expect(page.getByText(words.checkpoints.missing, { exact: true }).first()).toBeVisible();
  await sound();
  await page.getByLabel(words.checkpoints.points, { exact: true }).fill("Kunci API baru, sampai Jumat");
  await page.getByRole("button", { name: words.checkpoints.save }).click();
  await expect(page.getByRole("alert")).toContainText(t.erp.codes.ATTENDED);
  await expect(page.getByRole("alert")).toContainText(t.erp.codes.NOTES);
  await expect(page.getByLabel(words.checkpoints.points, { exact: true }), "what was typed stays").toHaveValue(
    "Kunci API baru, sampai Jumat",
  );
  await sound();
  await page.getByLabel(words.checkpoints.attended, { exact: true }).fill("Tim TI, ADM-001");
  await page.getByLabel(words.checkpoints.notes, { exact: true }).fill("API lancar.\nPemeliharaan Sabtu malam.");
  await page.getByLabel(words.checkpoints.buffer(5)).fill("2,5");
  await page.getByRole("button", { name: words.checkpoints.save }).click();
  const written = page.getByRole("listitem").filter({ hasText: "Pemeliharaan Sabtu malam." });
  await expect(written).toContainText("Tim TI, ADM-001");
  await expect(written).toContainText("Kunci API baru, sampai Jumat");
  // As the company's playbook has them, and as they were filled in.
  await expect(written).toContainText(words.checkpoints.riskOf(words.checkpoints.risks.HIGH));
  await expect(written).toContainText(words.checkpoints.bufferOf("2,5", 5));
  await expect(written).toContainText(words.checkpoints.watchOf(3, 7));
  expect(await row("select done_by from app.tasks where dedup_key = 'erp-checkpoint/' || $1", [week])).toEqual({
    done_by: admin.code,
  });
  await sound();
  expect(
    (
      await post(page.request, "/admin/erp/checkpoints", {
        week: "2001-01-01",
        attended: "Tim TI",
        notes: "Terlambat sekali",
        points: "",
      })
    ).status(),
  ).toBe(400);
});

test("stock is compared when an admin asks, and the result is on the page", async ({ page, sound }) => {
  await closed();
  await signIn(page, admin.email);
  await page.goto("/admin/erp/stock");
  await sound();
  const before = (await row<{ n: number }>("select count(*)::int as n from app.stock_checks")).n;
  await page.getByRole("button", { name: words.stock.now }).click();
  await expect(page.getByRole("status").filter({ hasText: words.stock.asked })).toBeVisible();
  await expect
    .poll(async () => (await row<{ n: number }>("select count(*)::int as n from app.stock_checks")).n, {
      timeout: 30_000,
    })
    .toBe(before + 1);
  await page.goto("/admin/erp/stock");
  await expect(page.getByRole("table", { name: words.stock.history })).toContainText(
    words.stock.byHand(`${admin.name} (${admin.code})`),
  );
  await sound();
});

test("an auditor reads all of it and changes nothing; stores see none of it", async ({
  page,
  sound,
  playwright,
  baseURL,
}) => {
  await signIn(page, auditor.email);
  for (const path of ["/admin/erp", "/admin/erp/stock", "/admin/erp/checkpoints", "/admin/erp/feeds/stock"]) {
    await page.goto(path);
    await expect(page.getByRole("main").locator("form[method=post]"), path).toHaveCount(0);
    await sound();
  }
  const { week } = await row<{ week: string }>(
    "select date_trunc('week', now() at time zone 'Asia/Jakarta')::date::text as week",
  );
  const forms: Array<[string, Record<string, string>]> = [
    ["/admin/erp/test", {}],
    ["/admin/erp/stock", {}],
    ["/admin/erp/feeds/stock", { seen: "1", reason: "Mencoba saja" }],
    ["/admin/erp/checkpoints", { week, attended: "Tim TI", notes: "Mencoba saja", points: "" }],
  ];
  for (const [path, form] of forms) expect((await post(page.request, path, form)).status(), path).toBe(403);
  const guest = await playwright.request.newContext({ baseURL });
  expect((await guest.get("/admin/erp/stock", { maxRedirects: 0 })).status()).toBe(303);
  await guest.dispose();
});
