import { beforeAll, expect, test } from "vitest";
import { env } from "#app/env.server.ts";
import { signedIn } from "#tests/support/signed-in.ts";
import { servedApp } from "#tests/support/site.ts";
import { ask, cookieOf } from "./support/whole-app.ts";

// What a search engine finds: every page of the map is there, is what it says it is, and nothing else is told of.

const { owner, persons } = signedIn("budi");
const site = servedApp();
const read = async (path: string, cookie = "") =>
  (await ask(site.origin, path, { headers: { cookie } })).text().then((text) => text.replaceAll("&amp;", "&"));
const href = (html: string, rel: string) => new RegExp(`<link (?=[^>]*${rel})[^>]*href="([^"]*)"`, "i").exec(html)?.[1];
const content = (html: string, name: string) =>
  new RegExp(`<meta (?:name|property)="${name}" content="([^"]*)"`).exec(html)?.[1];
let places: string[];

beforeAll(async () => {
  await owner.query("update app.products set active = false where sku = 'ALF-0003'");
  const map = await read("/sitemap.xml");
  places = [...map.matchAll(/<loc>([^<]*)<\/loc>/g)].map(([, place]) => place!.replace(env.APP_URL, ""));
});

test("the map has every article that is sold, in both languages, and no other", async () => {
  const { rows } = await owner.query<{ sku: string }>("select sku from app.products where active order by sku");
  const articles = places.filter((place) => place.startsWith("/products/"));
  expect(articles).toEqual(rows.flatMap(({ sku }) => [`/products/${sku}`, `/products/${sku}?lang=en`]));
  expect(articles.length).toBeGreaterThan(100);
  expect(articles).not.toContain("/products/ALF-0003");
});

test("each page of the map is there, says its own address and the other language's, and what it is about", async () => {
  const few = places.filter((place) => !/^\/products\/(?!ALF-000[12])/.test(place));
  expect(few).toHaveLength(7 * 2 + 2 * 2);
  const titles = new Set<string>();
  for (const place of few) {
    const html = await read(place);
    const path = place.replace(/\?.*/, "");
    expect([place, href(html, 'rel="canonical"')]).toEqual([place, env.APP_URL + place]);
    expect([place, href(html, 'hreflang="id"')]).toEqual([place, env.APP_URL + path]);
    expect([place, href(html, 'hreflang="en"')]).toEqual([place, `${env.APP_URL}${path}?lang=en`]);
    expect(content(html, "description")?.length, place).toBeGreaterThan(20);
    expect(content(html, "og:image"), place).toBe(`${env.APP_URL}/social.png`);
    expect(html, place).not.toContain("noindex");
    titles.add(content(html, "og:title")!);
  }
  // An article's name is the same in both languages.
  expect(titles.size).toBe(few.length - 2);
});

test("an article is told of as what it is, without a price", async () => {
  const html = await read("/products/ALF-0001");
  const about = JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/s.exec(html)![1]!) as object;
  expect(about).toMatchObject({ "@type": "Product", sku: "ALF-0001", url: `${env.APP_URL}/products/ALF-0001` });
  expect(JSON.stringify(about)).not.toMatch(/offer|price|Rp/i);
});

test("a reader of feeds finds the status page's", async () => {
  expect(href(await read("/status"), 'type="application/atom\\+xml"')).toBe("/status.atom");
});

test("views of the catalogue and what is missing are not found, and a store's page tells nothing", async () => {
  for (const place of ["/products?q=shampoo", "/products?brand=kukelia", "/products?sort=name", "/mitra/terima-kasih"])
    expect(await read(place), place).toContain('name="robots" content="noindex, follow"');
  for (const place of ["/products?q=shampoo", "/products/ALF-0003", "/products/nothing"])
    expect(href(await read(place), 'rel="canonical"'), place).toBeUndefined();
  const cookie = await cookieOf(persons.budi);
  for (const place of ["/products/ALF-0001", "/products", "/products?q=shampoo"])
    expect(await read(place, cookie), place).not.toMatch(/canonical|og:title|ld\+json|noindex/);
});
