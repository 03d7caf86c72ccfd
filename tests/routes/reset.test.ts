import pg from "pg";
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

test("a link that is spent or too old says so at once, with a way to a new one; to look spends nothing", async () => {
  const owner = new pg.Client({ connectionString: process.env.ADMIN_DATABASE_URL });
  await owner.connect();
  try {
    const link = crypto.randomUUID();
    const keep = (age: string) =>
      owner.query(
        `update auth.users set recovery_token = $1, recovery_sent_at = now() - $2::interval
          where email = 'maya@demo.test'`,
        [link, age],
      );
    const open = async (token: string) => {
      const answer = await ask(site.origin, `/password/reset?token_hash=${token}`);
      const html = await answer.text();
      return {
        status: answer.status,
        form: html.includes('action="/password/reset"'),
        over: html.includes(t.accounts.reset.invalidTitle),
        way: /class="button" href="\/password\/forgot"/.test(html),
      };
    };
    const over = { status: 410, form: false, over: true, way: true };
    await keep("59 minutes");
    for (const time of ["first", "again"])
      expect(await open(link), time).toEqual({ status: 200, form: true, over: false, way: false });
    expect(await open(crypto.randomUUID()), "spent, or made up").toEqual(over);
    await keep("61 minutes");
    expect(await open(link), "too old").toEqual(over);
  } finally {
    await owner.query("update auth.users set recovery_token = '' where email = 'maya@demo.test'");
    await owner.end();
  }
});
