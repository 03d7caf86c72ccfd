import { expect, test } from "vitest";
import { messages } from "#app/words.ts";
import { signedIn } from "#tests/support/signed-in.ts";
import { servedApp } from "#tests/support/site.ts";
import { ask, cookieOf } from "./support/whole-app.ts";

const { persons } = signedIn("sari");
const site = servedApp();

test.each(["/cart", "/checkout", "/orders"])(
  "a salesman whose hour is over and who opens %s is led to his stores, and told why",
  async (path) => {
    const cookie = await cookieOf(persons.sari);
    const answer = await ask(site.origin, path, { headers: { cookie } });
    const next = `next=${encodeURIComponent(path)}`;
    expect([answer.status, answer.headers.get("location")]).toEqual([303, `/clients?${next}`]);
    const brought = answer.headers.getSetCookie().map((one) => one.split(";")[0]!);
    const clients = async (cookies: string[]) =>
      (await ask(site.origin, "/clients", { headers: { cookie: cookies.join("; ") } })).text();
    const said = messages("id").shadow.acting.pickFirst;
    expect(await clients([cookie, ...brought])).toContain(said);
    expect(await clients([cookie]), "control: who came by himself").not.toContain(said);
  },
);

test.each([
  ["/checkout", "/checkout"],
  ["/cart", "/cart"],
  ["/products/ALF-0001", "/products/ALF-0001"],
  // A store's own things, which another store does not have, and whatever is no page of a store.
  ["/orders/ORD-2026-000001", "/products"],
  ["/clients", "/products"],
  ["//evil.test/cart", "/products"],
])("who needs a store for %s goes on to %s when he has one", async (needed, place) => {
  const headers = { cookie: await cookieOf(persons.sari) };
  const code = "PTR-0001";
  const clients = await (await ask(site.origin, `/clients?next=${encodeURIComponent(needed)}`, { headers })).text();
  const link = clients.match(new RegExp(`href="(/clients/${code}[^"]*)"`))![1]!;
  const page = await (await ask(site.origin, link, { headers })).text();
  const next = page.match(/<main.*name="next" value="([^"]+)"/s)?.[1] ?? needed;
  const send = (path: string, fields: Record<string, string>) =>
    ask(site.origin, path, {
      method: "POST",
      headers: { ...headers, "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams(fields).toString(),
    });
  const wrong = await send(`/clients/${code}/acting`, { reason: "a", next });
  expect([wrong.status, (await wrong.text()).split("<main")[1]!.includes(`name="next" value="${next}"`)]).toEqual([
    400,
    true,
  ]);
  const begun = await send(`/clients/${code}/acting`, { reason: "Kunjungan rutin", next });
  expect([begun.status, begun.headers.get("location")]).toEqual([303, place]);
  expect((await send("/acting/end", {})).status).toBe(303);
});
