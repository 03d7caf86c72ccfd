import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Resend } from "resend";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { z } from "zod";
import { mailHandlers } from "#mocks/mail/handlers.ts";
import { MailState } from "#mocks/mail/state.ts";
import { serve, type Served } from "#mocks/serve.ts";

let folder: string;
let file: string;
let mail: Served;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "mail-"));
  file = join(folder, "mail.jsonl");
  vi.spyOn(console, "error").mockImplementation(() => undefined); // the SDK prints every refusal
  await start();
});
afterEach(async () => {
  await mail.close();
  rmSync(folder, { recursive: true });
  vi.restoreAllMocks();
});

const start = async () => void (mail = await serve(mailHandlers(new MailState({ file })), 0));
const url = (path: string) => `http://127.0.0.1:${mail.port}${path}`;
const message = {
  from: "Alfa <no-reply@alfa.test>",
  to: "budi@demo.test",
  subject: "Order <1>",
  html: "<p>Halo</p><script>1</script>",
  text: "Halo",
};
const send = (key: string, overrides = {}) =>
  new Resend("re_demo", { baseUrl: url("") }).emails.send({ ...message, ...overrides }, { idempotencyKey: key });
const setMode = (mode: string) => fetch(url("/control"), { method: "POST", body: JSON.stringify({ mode }) });
const messages = async (query = "") =>
  z
    .array(z.looseObject({ id: z.string(), to: z.array(z.string()) }))
    .parse(await (await fetch(url(`/messages${query}`))).json());

test("the provider's own SDK sends once per key, across a restart and a torn last line", async () => {
  const first = await send("shadow-alert/1");
  await mail.close();
  appendFileSync(file, '{"id":"half');
  await start();
  const again = await send("shadow-alert/1");

  expect(first.data?.id).toBeTruthy();
  expect(again.data?.id).toBe(first.data?.id);
  await send("shadow-alert/2");
  await mail.close();
  await start();
  expect(await messages()).toHaveLength(2);
});

test("the same key with another mail is refused", async () => {
  await send("shadow-alert/1");
  expect((await send("shadow-alert/1", { subject: "Other" })).error).toMatchObject({
    name: "invalid_idempotent_request",
    statusCode: 409,
  });
});

test("newest first, narrowed by address, and emptied on request", async () => {
  await send("a");
  await send("b", { to: "maya@demo.test" });
  expect((await messages()).map((message) => message.to[0])).toEqual(["maya@demo.test", "budi@demo.test"]);
  expect(await messages("?to=BUDI@demo.test")).toHaveLength(1);
  await fetch(url("/messages"), { method: "DELETE" });
  expect(await messages()).toEqual([]);
});

test("each fault reaches the SDK as the provider would say it", async () => {
  const seen: unknown[] = [];
  for (const mode of ["down", "500", "429", "reject"]) {
    await setMode(mode);
    seen.push((await send("a")).error?.statusCode);
  }
  expect(seen).toEqual([null, 500, 429, 422]);
  await setMode("up");
  expect((await send("a")).error).toBeNull();
});

test("the mailbox page lists mails in both languages and shows a mail without running it", async () => {
  const { data } = await send("a");
  const list = await (await fetch(url("/dev/mailbox"))).text();
  expect(list).toContain("Kotak surat demo");
  expect(list).toContain("Order &#60;1&#62;");
  expect(await (await fetch(url("/dev/mailbox?lang=en"))).text()).toContain("Demo mailbox");

  const page = await (await fetch(url(`/dev/mailbox/${data?.id}`))).text();
  expect(page).toContain("budi@demo.test");
  expect(page).not.toContain("<script>");
  const raw = await fetch(url(`/dev/mailbox/${data?.id}/raw`));
  expect(raw.headers.get("content-security-policy")).toMatch(/^sandbox .*default-src 'none'/);
  expect(await raw.text()).toBe(message.html);
  expect((await fetch(url("/dev/mailbox/unknown"))).status).toBe(404);
});
