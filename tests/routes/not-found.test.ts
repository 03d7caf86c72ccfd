import { expect, test } from "vitest";
import { signedIn } from "#tests/support/signed-in.ts";
import { servedApp } from "#tests/support/site.ts";
import { ask, cookieOf } from "./support/whole-app.ts";

const { persons } = signedIn("admin", "budi");
const site = servedApp();

test("what is no address of the API is a problem document, however it is asked", async () => {
  for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE"]) {
    const answer = await ask(site.origin, "/api/nothing/here", { method });
    expect([answer.status, answer.headers.get("content-type")], method).toEqual([404, "application/problem+json"]);
    expect(await answer.json(), method).toMatchObject({ type: "urn:problem-type:alfa:not-found", status: 404 });
  }
  const known = await ask(site.origin, "/api/health");
  expect(known.status, "control: what is there").toBe(200);
});

test.each([
  ["admin", "/admin/orders/ORD-2026-999999"],
  ["admin", "/admin/orders/ORD-2026-999999/told"],
  ["admin", "/admin/nothing"],
  ["budi", "/orders/ORD-2026-999999"],
  ["budi", "/nothing"],
] as const)("a page that does not exist says so in its title, and speaks of no cart to %s: %s", async (who, path) => {
  for (const [lang, words] of [
    ["id", "Halaman tidak ditemukan"],
    ["en", "Page not found"],
  ]) {
    const cookie = `${await cookieOf(persons[who])}; lang=${lang}`;
    const answer = await ask(site.origin, path, { headers: { cookie } });
    const html = await answer.text();
    expect(answer.status).toBe(404);
    expect(/<title>([^<]*)/.exec(html)?.[1]).toContain(words);
    expect(/class="error-page"[\s\S]*?<\/div>/.exec(html)?.[0]).not.toMatch(/keranjang|cart/i);
  }
});
