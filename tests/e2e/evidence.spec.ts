import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import { fromBuffer } from "yauzl";
import { messages } from "#app/words.ts";
import { admin, sari, staff } from "#supabase/seed/people.ts";
import { facts } from "#supabase/seed/test.ts";
import { checkoutKey, expectRefusal, post } from "./support/http.ts";
import { emptyCarts, signIn, signInBy, store } from "./support/people.ts";
import { row, rows } from "./support/system.ts";
import { expect, test } from "./support/test.ts";

const t = messages("id").evidence;
const auditor = staff.find(({ role }) => role === "AUDITOR")!;
const client = store("PTR-0004");
const form = `/admin/cases/${sari.code}/export`;
const today = () => new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10);

/** Waits until all of the trail so far is sealed and signed; the worker is some seconds behind. */
async function signed() {
  const { last } = await row<{ last: string }>("select max(id) as last from app.audit_events");
  await expect
    .poll(
      async () =>
        (
          await rows(
            `
              select from audit.links l join audit.seals s on l.seq between s.first_seq and s.last_seq
                join audit.signatures g on g.batch = s.batch where l.event_id = $1`,
            [last],
          )
        ).length,
      { timeout: 40_000 },
    )
    .toBe(1);
}

/** Unpacks into a folder of its own. */
async function unpack(archive: Buffer): Promise<string> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "evidence-"));
  await new Promise<void>((resolve, reject) => {
    fromBuffer(archive, { lazyEntries: true }, (error, zip) => {
      if (error) return reject(error);
      zip.on("entry", (entry) =>
        zip.openReadStream(entry, (failed, stream) => {
          if (failed) return reject(failed);
          void buffer(stream).then(
            (content) => (fs.writeFileSync(path.join(folder, entry.fileName), content), zip.readEntry()),
          );
        }),
      );
      zip.once("end", resolve).readEntry();
    });
  });
  return folder;
}

test("an auditor asks for evidence, downloads it, and the checker in it finds it true; staff sees this", async ({
  page,
  sound,
  request,
  context,
}) => {
  await emptyCarts(client.code);
  await signInBy(request, sari.email);
  await post(request, "/acting/end", {});
  expect((await post(request, `/clients/${client.code}/acting`, { reason: "=kunjungan toko" })).status()).toBe(303);
  await post(request, "/cart/items", { sku: facts.high.sku, quantity: "4" });
  const placed = await post(request, "/checkout", { checkout_key: await checkoutKey(request), note: "" });
  const number = placed.headers().location!.split("/").at(-1)!;
  await post(request, "/acting/end", {});
  await signed();

  await signIn(page, auditor.email);
  await page.goto(form);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(t.form.title(sari.name));
  await sound();
  await page.getByLabel(t.reason).fill("ok");
  await page.getByRole("button", { name: t.form.submit }).click();
  await expect(page.getByLabel(t.reason)).toHaveValue("ok");
  await expect(page.locator("#reason-error")).toBeVisible();
  await sound();
  await page.getByLabel(t.reason).fill("laporan untuk HR");
  await page.getByRole("button", { name: t.form.submit }).click();
  await expect(page).toHaveURL(/\/admin\/exports\/EXP-\d{4}-\d{5}$/);
  const ref = page.url().split("/").at(-1)!;
  await expect(page.getByText(t.sumLater)).toBeVisible();
  await sound();
  await sound("dark");
  await sound("english");

  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: t.download.act }).click(),
  ]);
  expect(download.suggestedFilename()).toBe(`${ref}-${sari.code}.zip`);
  const archive = fs.readFileSync(await download.path());
  await page.reload();
  await expect(page.getByText(createHash("sha256").update(archive).digest("hex"))).toBeVisible();
  const again = await context.request.get(`/admin/exports/${ref}/evidence.zip`);
  expect((await again.body()).equals(archive)).toBe(true);

  const folder = await unpack(archive);
  try {
    const read = (name: string) => fs.readFileSync(path.join(folder, name), "utf8");
    expect(read("audit.jsonl")).toContain(number);
    expect(read("orders.jsonl")).toContain(number);
    expect(read("orders.csv")).toContain('"\'=kunjungan toko"');
    const { status, stdout } = spawnSync(process.execPath, [path.join(folder, "verify.mjs")], { encoding: "utf8" });
    expect([status, stdout]).toEqual([0, expect.stringContaining("UTUH / INTACT")]);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }

  const told = await rows<{ action: string; target_code: string; ip: string }>(
    "select action, target_code, ip from app.audit_events where entity_key = $1 order by id",
    [ref],
  );
  expect(told.map(({ action }) => action)).toEqual([
    "EVIDENCE_EXPORTED",
    "EVIDENCE_DOWNLOADED",
    "EVIDENCE_COMPLETED",
    "EVIDENCE_DOWNLOADED",
  ]);
  expect(told.every(({ target_code, ip }) => target_code === sari.code && ip)).toBe(true);

  // The admin sees that it was asked for and why; the package is not for him.
  await signIn(page, admin.email);
  await page.goto("/admin/exports");
  await expect(page.getByRole("row").filter({ hasText: ref })).toContainText("laporan untuk HR");
  await sound();
  await page.getByRole("link", { name: ref }).click();
  await expect(page.getByText(t.download.closed)).toBeVisible();
  await expect(page.getByRole("link", { name: t.download.act })).toHaveCount(0);
  const words = messages("id").http.codes.DENIED;
  await expectRefusal(await context.request.get(`/admin/exports/${ref}/evidence.zip`), 403, words);
  await expectRefusal(await context.request.get(form), 403, words);
});

test("asking for the headers of a package is no download; a day later it is closed", async ({ request }) => {
  await signed();
  await signInBy(request, auditor.email);
  const asked = await post(request, form, { from: today(), to: today(), reason: "laporan untuk HR" });
  const path = asked.headers().location!;
  const head = await request.head(`${path}/evidence.zip`);
  expect([head.status(), head.headers()["content-type"]]).toEqual([200, "application/zip"]);
  const ref = path.split("/").at(-1)!;
  expect(
    await rows("select from app.audit_events where entity_key = $1 and action = 'EVIDENCE_DOWNLOADED'", [ref]),
  ).toHaveLength(0);
  await rows("update app.evidence_exports set requested_at = now() - interval '25 hours' where ref = $1", [ref]);
  await expectRefusal(await request.get(`${path}/evidence.zip`), 410, messages("id").evidence.codes.EXPORT_OLD);
  await expectRefusal(
    await post(request, form, { from: today(), to: "2020-01-01", reason: "laporan untuk HR" }),
    400,
    messages("id").evidence.codes.PERIOD,
  );
  await expectRefusal(await request.get("/admin/cases/SLS-999/export"), 404, messages("id").ui.errors.pages[404]![0]);
});
