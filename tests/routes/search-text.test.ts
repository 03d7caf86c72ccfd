import { expect, test } from "vitest";
import { messages } from "#app/words.ts";
import { searchMost as ofGoods } from "#app/catalogue/catalogue.ts";
import { searchMost } from "#app/ui/list.ts";
import { everybody } from "./support/everybody.ts";
import { shownFor, type Persona } from "./support/senders.ts";
import { siteMap } from "./support/whole-app.ts";

// Whatever is typed into a search of whoever's page: more than is looked for is never dropped in silence. Every form
// that asks by address is found by going through the pages, and each of its fields is tried.
const { send } = everybody();
const attribute = (tag: string, name: string) => new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
const inputs = (html: string) => [...html.matchAll(/<input\s[^>]*>/g)].map(([tag]) => tag);

/** The fields that somebody types into to look for something, as «address name», on all pages that he opens. */
async function searches(who: Persona): Promise<string[]> {
  const found = new Set<string>();
  for (const { path = "" } of siteMap().filter(({ path = "" }) => !/[:*]|^api|^logout/.test(path))) {
    const answer = await send(who, `/${path}`);
    if (answer.status !== 200 || !answer.headers.get("content-type")?.includes("html")) continue;
    for (const [form] of (await answer.text()).matchAll(/<form\s[^>]*>.*?<\/form>/gs)) {
      const byAddress = attribute(form, "method") === "get";
      for (const tag of inputs(form)) {
        const type = attribute(tag, "type") ?? "text";
        // A store's catalogue is one form, search and all.
        if (!(byAddress && ["text", "search"].includes(type)) && type !== "search") continue;
        found.add(`${(attribute(form, "action") ?? `/${path}`).split("?")[0]} ${attribute(tag, "name")}`);
      }
    }
  }
  return [...found];
}

test("more than is looked for stays in its field, is told so beside it, and nothing is searched", async () => {
  const tried = new Set<string>();
  for (const who of ["guest", "budi", "sari", "admin", "auditor"] as const)
    for (const search of await searches(who)) {
      const [path, name] = search.split(" ");
      tried.add(search);
      const most = path === "/products" ? ofGoods : searchMost;
      const long = "x".repeat(most + 1);
      const answer = await send(who, `${path}?${name}=${long}`);
      const html = await answer.text();
      expect([who, search, answer.status]).toEqual([who, search, 400]);
      const field = inputs(html).find((tag) => attribute(tag, "name") === name && tag.includes(long));
      expect([who, search, field && attribute(field, "aria-invalid")]).toEqual([who, search, "true"]);
      expect(html).toContain(`id="${attribute(field!, "id")}-error"`);
      // The control: what just fits is looked for. (The fields of trail and log hold codes, which are never so long.)
      if (path !== "/admin/audit" && path !== "/admin/logs")
        expect([search, (await send(who, `${path}?${name}=${"x".repeat(most)}`)).status]).toEqual([search, 200]);
    }
  expect([...tried].sort()).toEqual(
    expect.arrayContaining(["/admin/accounts q", "/admin/orders q", "/admin/search q", "/clients q", "/products q"]),
  );
});

test("a store's search that is too long goes along with what it puts into the cart", async () => {
  const long = "x".repeat(ofGoods + 100);
  const answer = await send("budi", "/products", { q: long, shown_for: shownFor.budi });
  expect([answer.status, answer.headers.get("location")]).toEqual([303, `/products?q=${long}`]);
  const shown = await (await send("budi", `/products?q=${long}`)).text();
  expect(shown).toContain(messages("id").ui.form.tooLong(ofGoods));
  expect(shown).not.toContain('class="product ');
});
