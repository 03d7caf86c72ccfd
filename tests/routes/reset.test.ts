import { expect, test } from "vitest";
import { messages } from "#app/words.ts";
import { servedApp } from "#tests/support/site.ts";
import { ask } from "./support/whole-app.ts";

const t = messages("id");
const site = servedApp();

// There is no auth server here: every question to it ends as when it is away.
test("while nobody can say whether a link is good, it stays in the form that is to be sent again", async () => {
  const typed = new URLSearchParams({
    token_hash: "hash-of-a-mail",
    password: "sandi-baru-yang-panjang",
    repeat: "sandi-baru-yang-panjang",
  });
  const answer = await ask(site.origin, "/password/reset", {
    method: "POST",
    body: typed.toString(),
    headers: { "content-type": "application/x-www-form-urlencoded", origin: site.origin },
  });
  const html = await answer.text();
  expect(answer.status).toBe(503);
  expect(html).toContain(t.accounts.codes.UNAVAILABLE);
  expect(html).toMatch(/name="token_hash" value="hash-of-a-mail"/);
  expect(html).not.toContain("sandi-baru-yang-panjang");
});
