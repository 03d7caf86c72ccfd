import { expect, test } from "vitest";
import { errorText } from "#app/words.ts";
import { signedIn } from "#tests/support/signed-in.ts";
import { servedApp } from "#tests/support/site.ts";
import { shownFor } from "./support/senders.ts";
import { ask, cookieOf } from "./support/whole-app.ts";

// What somebody wrote under «Laporkan masalah / Tanya» is sent in his name or in nobody's.
const { owner, persons } = signedIn("budi", "maya", "admin");
const site = servedApp();
const words = "Harga sampo di keranjang berbeda dari katalog.";

async function send(cookie: string | null, fields: Record<string, string> = {}) {
  const answer = await ask(site.origin, "/lapor", {
    method: "POST",
    headers: {
      ...(cookie ? { cookie } : {}),
      origin: "http://alfa.test",
      "content-type": "application/x-www-form-urlencoded",
    },
    body: new URLSearchParams({
      ...{ key: crypto.randomUUID(), kind: "PROBLEM", page: "/cart", words, shown_for: shownFor.budi },
      ...fields,
    }).toString(),
  });
  return { status: answer.status, html: await answer.text(), to: answer.headers.get("location") };
}

const sent = async () => (await owner.query("select from app.reports")).rowCount;

test("sent by whoever signed in meanwhile it is refused with what was typed in sight; his own goes, once", async () => {
  const { status, html } = await send(await cookieOf(persons.maya));
  expect([status, html.includes(words)]).toEqual([409, true]);
  expect(await sent()).toBe(0);

  const key = crypto.randomUUID();
  const own = await cookieOf(persons.budi);
  expect([(await send(own, { key })).status, (await send(own, { key })).status]).toEqual([303, 303]);
  expect(await sent()).toBe(1);
});

test("an admin who reports goes on at the incident, and a store where it was", async () => {
  const admin = await send(await cookieOf(persons.admin), { shown_for: shownFor.admin, page: "/admin/now" });
  expect([admin.status, admin.to]).toEqual([303, expect.stringMatching(/^\/admin\/incidents\/INC-\d{4}-\d{5}$/)]);
  const store = await send(await cookieOf(persons.budi));
  expect([store.status, store.to]).toEqual([303, "/lapor"]);
});

test("when his login is over he gives an address and sends it all the same, his words kept", async () => {
  const before = (await sent()) ?? 0;
  const { status, html } = await send(null);
  expect([status, html.includes(words), html.includes('name="email"')]).toEqual([400, true, true]);
  expect(html).toContain(errorText("id", "EMAIL"));
  expect((await send(null, { email: "budi@salon.test" })).status).toBe(303);
  expect(await sent()).toBe(before + 1);
});

test("from the page of a letter's link the door leads on without the link's key", async () => {
  const key = "7.aB3-x_kLmN0pQrStUvWxYz0123456789abcdEFGHIJKLM";
  for (const page of ["/status/confirm", "/status/unsubscribe", "/bukan-saya"]) {
    const text = await (await ask(site.origin, `${page}/${key}`)).text();
    expect(/href="(\/lapor[^"]*)"/.exec(text)?.[1]).toBe(`/lapor?dari=${encodeURIComponent(page)}`);
  }
  // Control: another page is named as it is.
  expect(await (await ask(site.origin, "/tentang")).text()).toContain('href="/lapor?dari=%2Ftentang"');
});
