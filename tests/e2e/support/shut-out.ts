import type { Page } from "@playwright/test";
import { agus, demoPassword } from "#supabase/seed/people.ts";
import { facts } from "#supabase/seed/test.ts";
import {
  cookieOf,
  type WayIn,
  formWay,
  pageWay,
  serviceWay,
  type Session,
  signInDirectly,
  sqlWay,
  staleCookieOf,
  webLogin,
} from "./ways-in.ts";
import { field, post } from "./http.ts";
import { emptyCarts, signInBy, store } from "./people.ts";
import { storm } from "./storm.ts";
import { rows } from "./system.ts";
import { expect } from "./test.ts";

/** The store that he acts for. */
const client = store("PTR-0018");
const his = new RegExp(`: ${agus.name}"`); // The sign-out button names him.

/** What the database is told of a login. */
export const claimsOf = ({ access_token }: Session) => {
  const { sub, session_id } = JSON.parse(Buffer.from(access_token.split(".")[1]!, "base64url").toString()) as {
    sub: string;
    session_id: string;
  };
  return { sub, session_id };
};

/** A login of the web process, which a file ends when it has done. */
export const web = webLogin();

/** Every way in that his tokens open: pages, forms, the API, SQL as the web process, and the auth server. */
export async function everyWay(tokens: { cookie: Session; bearer: Session; renewal: Session }, shadowOrder: string) {
  const headers = { cookie: cookieOf(tokens.cookie), authorization: `Bearer ${tokens.cookie.access_token}` };
  const pages = [
    ...[
      "/dashboard",
      "/clients",
      "/products",
      `/products/${facts.high.sku}`,
      "/cart",
      "/checkout",
      "/orders",
      `/orders/${shadowOrder}`,
      `/clients/${client.code}`,
    ].map((path) => pageWay(path, headers, his)),
    pageWay("/api/products", headers, /"price":\{"own":[1-9]/),
  ];
  const renewed = pageWay("/dashboard", { cookie: await staleCookieOf(tokens.renewal) }, his);
  const forms = [
    formWay("/cart/items", headers, { sku: facts.high.sku, quantity: "1" }),
    formWay("/cart", headers, { [`quantity-${facts.high.sku}`]: "2" }),
    formWay("/products", headers, { [`quantity-${facts.high.sku}`]: "2" }),
    formWay(`/orders/${shadowOrder}/whatsapp`, headers, {}),
  ];
  const ordering = (key: string) => formWay("/checkout", headers, { checkout_key: key, note: "" });
  const acting = [
    formWay("/acting/end", headers, {}),
    formWay(`/clients/${client.code}/acting`, headers, { reason: "Kunjungan rutin" }),
  ];
  const auth = [
    serviceWay("GET", "/auth/v1/user", undefined, tokens.bearer.access_token),
    serviceWay("PUT", "/auth/v1/user", { data: { colour: "plum" } }, tokens.bearer.access_token),
    // An answer to the same token within seconds of the first is the auth server's courtesy to slow networks.
    serviceWay("POST", "/auth/v1/token?grant_type=refresh_token", { refresh_token: tokens.bearer.refresh_token }),
  ];
  const password = serviceWay("POST", "/auth/v1/token?grant_type=password", {
    email: agus.email,
    password: demoPassword,
  });
  // Nobody ever gets in here: there is no REST server before our schemas.
  const walls = [
    "/rest/v1/accounts",
    "/rest/v1/orders?select=*",
    "/rest/v1/rpc/viewer_context",
    "/system/v1/",
    "/auth/v1/../../rest/v1/accounts",
  ].map((path) => serviceWay("GET", path, undefined, tokens.bearer.access_token));

  const tables = await rows<{ name: string }>(`
    select c.relname as name from pg_class c where c.relnamespace = 'app'::regnamespace and c.relkind in ('r', 'p')
       and has_any_column_privilege('authenticated', c.oid, 'select') order by 1`);
  const commands = await rows<{ call: string }>(`
    select format('app.%I(%s)', p.proname, (select string_agg(format('null::%s', format_type(a, null)), ', '
      order by n) from unnest(p.proargtypes::oid[]) with ordinality as u (a, n))) as call
      from pg_proc p where p.pronamespace = 'app'::regnamespace and has_function_privilege('authenticated', p.oid,
        'execute')
       and not has_function_privilege('anon', p.oid, 'execute') order by 1`);
  const claims = claimsOf(tokens.cookie);
  const questions = [
    ...tables.map(({ name }) => sqlWay(web, claims, `select from app.${name} limit 1`, "row")),
    sqlWay(web, claims, "select from app.viewer_context() v where v ->> 'account' is not null", "row"),
  ];
  const calls = commands.map(({ call }) => sqlWay(web, claims, `select ${call}`, "command"));
  return { pages, renewed, forms, ordering, acting, auth, password, walls, questions, calls };
}
type Ways = Awaited<ReturnType<typeof everyWay>>;

/** Before: every way opens; nobody gets through the walls. @returns the questions that have rows for him. */
export async function expectOpen(ways: Ways, headers: Record<string, string>): Promise<WayIn[]> {
  for (const way of [...ways.pages, ways.renewed, ...ways.forms, ...ways.auth, ...ways.calls, ways.password])
    expect(await way.ask(), `${way.name} opens before`).toBe(true);
  expect(await ways.ordering(await keyWith(headers)).ask(), "ordering works before").toBe(true);
  for (const way of ways.acting) expect(await way.ask(), `${way.name} opens before`).toBe(true);
  for (const wall of ways.walls) expect(await wall.ask(), wall.name).toBe(false);
  const seen: WayIn[] = [];
  for (const way of ways.questions) if (await way.ask()) seen.push(way);
  expect(seen.length, "tables in which he sees rows").toBeGreaterThan(12);
  return seen;
}

/** The key of a checkout form. */
async function keyWith(headers: Record<string, string>): Promise<string> {
  const html = await (await fetch(`${process.env.BASE_URL}/checkout`, { headers, redirect: "manual" })).text();
  return field(html, "checkout_key");
}

/** The session that a browser holds. */
export async function sessionOf(page: Page): Promise<Session> {
  const parts = (await page.context().cookies())
    .filter(({ name }) => name.startsWith("alfa-session"))
    .sort((a, b) => a.name.localeCompare(b.name));
  return JSON.parse(
    Buffer.from(
      parts
        .map(({ value }) => value)
        .join("")
        .replace("base64-", ""),
      "base64url",
    ).toString(),
  ) as Session;
}

/** He signs in three times, in a browser and past it, acts for the store there and orders in its name. */
export async function atWork(page: Page) {
  await rows("delete from private.sign_in_tries");
  await emptyCarts(client.code);
  await signInBy(page.request, agus.email);
  await post(page.request, "/acting/end", {});
  expect((await post(page.request, `/clients/${client.code}/acting`, { reason: "Kunjungan rutin" })).status()).toBe(
    303,
  );
  expect((await post(page.request, "/cart/items", { sku: facts.high.sku, quantity: "1" })).status()).toBe(303);
  const tokens = {
    cookie: await sessionOf(page),
    bearer: await signInDirectly(agus.email, demoPassword),
    renewal: await signInDirectly(agus.email, demoPassword),
  };
  const headers = { cookie: cookieOf(tokens.cookie) };
  const sent = await post(page.request, "/checkout", { checkout_key: await keyWith(headers), note: "" });
  expect(sent.status()).toBe(303);
  const number = sent.headers().location!.split("/").at(-1)!;
  expect((await post(page.request, "/cart/items", { sku: facts.high.sku, quantity: "1" })).status()).toBe(303);
  return { number, tokens, headers };
}

/** Knocks at everything at once; `share` is the part of the usual number. */
export function everywhere(ways: Ways, open: WayIn[], share: number, enough?: () => boolean, password = true) {
  const until = (count: number) => (knocks: number) => (enough ? enough() : knocks >= Math.round(count * share));
  const key = crypto.randomUUID();
  return Promise.all([
    storm(
      [...ways.pages, ways.renewed, ...ways.forms, ways.ordering(key), ...(enough ? [] : ways.acting)],
      24,
      until(3600),
    ),
    storm([...open, ...ways.questions, ...ways.calls], 16, until(5500)),
    storm([...ways.auth, ...ways.walls], 8, until(password ? 840 : 900)),
    password ? storm([ways.password], 2, until(60)) : [],
  ]).then((parts) => parts.flat());
}
