import type http from "node:http";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { AppLoadContext } from "@remix-run/node";
import { createServer } from "../../server/create-server.ts";
import { portOf } from "#supabase/local/ports.ts";

const mostAtOnce = 20;
let server: http.Server;
let origin: string;
/** What the application does next. */
let work: (context: AppLoadContext, request: Request) => Promise<Response> | Response;
let entered = 0;

beforeAll(async () => {
  server = createServer({
    appUrl: "https://order.alfa.test",
    trustedProxyHops: 0,
    whatsapp: "628110000000",
    log: pino({ level: "silent" }),
    deadline: 10_000,
    mostAtOnce,
    async handle(request, context) {
      entered += 1;
      return work(context, request);
    },
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  origin = `http://127.0.0.1:${portOf(server)}`;
});
afterAll(() => new Promise((closed) => server.close(closed).closeAllConnections()));

const away =
  (more: object = {}) =>
  (context: AppLoadContext) => {
    context.outage = { reason: "AWAY", ...more };
    return new Response("Unexpected Server Error", { status: 500 });
  };
const send = (path: string, body: Record<string, string> | FormData, headers: Record<string, string> = {}) =>
  fetch(origin + path, { method: "POST", body: body instanceof FormData ? body : new URLSearchParams(body), headers });
const hidden = (html: string) =>
  Object.fromEntries(
    [...html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)].map(([, name, value]) => [name, value]),
  );

test("a form comes back in the 503, with the same checkout key and the words that it is safe to resend", async () => {
  work = away();
  const answer = await send("/checkout", {
    checkout_key: "k-1",
    note: `Antar "pagi" <b>& cepat</b>\nlewat belakang`,
    preorder: "yes",
  });
  const html = await answer.text();

  expect(answer.status).toBe(503);
  expect(answer.headers.get("retry-after")).toBe("5");
  expect(answer.headers.get("cache-control")).toBe("private, no-store");
  expect(html).toContain('<form method="post" action="/checkout">');
  expect(hidden(html)).toMatchObject({ checkout_key: "k-1", preorder: "yes" });
  expect(html).toContain("Aman dikirim lagi");
  expect(html).toContain("&#60;b&#62;&#38; cepat");
  expect(html).not.toContain("<b>");
  expect(html).toContain(answer.headers.get("x-request-id"));
  expect(html).not.toContain("<script");
});

test("while the database is away ways on are shown that work without it; where a moment helps, none", async () => {
  work = away();
  const page = await (await fetch(`${origin}/products`)).text();
  expect(page).toContain('href="https://wa.me/628110000000"');
  expect(page).toContain('href="/status"');
  expect(page, "of a shop that is closed").not.toContain('href="/mitra"');
  work = away({ reason: "SLOW" });
  expect(await (await fetch(`${origin}/products`)).text()).not.toContain("wa.me");
});

test("it is in the reader's language, with a word in the other", async () => {
  work = away();
  const english = await (await send("/checkout", { checkout_key: "k-1" }, { cookie: "a=1; lang=en" })).text();
  expect(english).toContain('<html lang="en">');
  expect(english).toContain("Sending it again is safe");
  expect(english).toContain("Sistem sedang tidak dapat dihubungi");
});

test("passwords are typed again, and neither keys out of mails nor files come back", async () => {
  work = away();
  const signIn = await (
    await send("/login", { email: "budi@demo.test", password: "very-secret-1", next: "/cart" })
  ).text();
  expect(signIn).toContain("budi@demo.test");
  expect(signIn).toContain('<input type="password" id="password" name="password"');
  expect(hidden(signIn)).toEqual({ email: "budi@demo.test", next: "/cart" });
  expect(signIn).not.toContain("very-secret-1");

  const reset = await (
    await send("/password/reset", {
      token_hash: "hash-of-a-mail",
      password: "very-secret-1",
      repeat: "very-secret-1",
    })
  ).text();
  expect(reset).not.toMatch(/hash-of-a-mail|very-secret-1|<form/);
  expect(reset).toContain("Buka lagi tautan");

  const cart = await (await send("/cart", { "quantity-ALF-0001": "12", "shown-ALF-0001": "3", go: "checkout" })).text();
  expect(hidden(cart)).toEqual({ "quantity-ALF-0001": "12", "shown-ALF-0001": "3", go: "checkout" });
  expect(cart).toContain("<dt>Jumlah ALF-0001</dt><dd>12</dd>");

  const upload = new FormData();
  upload.set("note", "dengan foto");
  upload.set("photo", new File(["bytes of a photo"], "salon.jpg"));
  const kept = await (await send("/orders/x", upload)).text();
  expect(hidden(kept)).toEqual({ note: "dengan foto" });
  expect(kept).not.toMatch(/salon\.jpg|bytes of a photo/);
});

test("the commit's answer lost, only a form with a key says it is safe; others lead to their page first", async () => {
  work = away({ uncertain: true });
  expect(await (await send("/checkout", { checkout_key: "k-1", note: "" })).text()).toContain(
    "tidak akan tercatat dua kali",
  );
  const other = await (await send("/cart/items", { sku: "ALF-0001", quantity: "3" })).text();
  expect(other).toContain("Lihat dulu halamannya");
  expect(other).not.toContain("Aman dikirim lagi");
  expect(hidden(other)).toEqual({ sku: "ALF-0001", quantity: "3" });
});

test("a page offers itself again; below /api it is a problem in JSON", async () => {
  work = away();
  const page = await fetch(`${origin}/products?q=a%22b&after=1`);
  expect(page.status).toBe(503);
  expect(await page.text()).toContain('<a class="button" href="/products?q=a%22b&#38;after=1">Coba lagi</a>');
  const api = await fetch(`${origin}/api/products`);
  expect(api.headers.get("retry-after")).toBe("5");
  expect(api.headers.get("content-type")).toBe("application/problem+json");
  expect(await api.json()).toMatchObject({ type: "urn:problem-type:alfa:unavailable", status: 503 });
});

test("an answer that the application could give is left as it is", async () => {
  work = (context) => (away()(context), new Response("found", { status: 200 }));
  expect(await (await fetch(origin)).text()).toBe("found");
});

test("a renewed session goes out with a 503 too", async () => {
  work = (context) => (context.outgoing.cookies.push("alfa-session=new"), away()(context));
  expect((await fetch(origin)).headers.getSetCookie()).toEqual(["alfa-session=new"]);
});

test("every 429 and 503 says when to come back, and a limit says it to the second", async () => {
  work = () => new Response(null, { status: 429 });
  expect((await fetch(origin)).headers.get("retry-after")).toBe("60");
  work = () => new Response(null, { status: 503 });
  expect((await fetch(origin)).headers.get("retry-after")).toBe("5");
  work = (context) => ((context.outgoing.retryAfter = 417), new Response(null, { status: 429 }));
  expect((await fetch(origin)).headers.get("retry-after")).toBe("417");
  work = () => new Response(null, { status: 200 });
  expect((await fetch(origin)).headers.has("retry-after")).toBe(false);
});

test("a page that takes too long gives the form back, and does not know whether it was saved", async () => {
  work = () => new Promise(() => undefined); // Ten seconds, as in production.
  const answer = await send("/cart/items", { sku: "ALF-0001", quantity: "3" });
  expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "5"]);
  expect(await answer.text()).toContain("mungkin tadi sudah tersimpan");
});

test("more at once than are served in time are turned away at once, form in hand; then there is room", async () => {
  let serve = () => {};
  const opened = new Promise<void>((resolve) => (serve = resolve));
  work = () => opened.then(() => new Response("served"));
  entered = 0;
  const inside = Array.from({ length: mostAtOnce }, () => fetch(origin));
  await expect.poll(() => entered).toBe(mostAtOnce);

  const late = await Promise.all(
    Array.from({ length: 30 }, () => send("/checkout", { checkout_key: "k-2", note: "" })),
  );
  expect(late.map(({ status, headers }) => [status, headers.get("retry-after")])).toEqual(Array(30).fill([503, "3"]));
  expect(hidden(await late[0]!.text())).toMatchObject({ checkout_key: "k-2" });
  expect(entered).toBe(mostAtOnce);
  expect((await fetch(`${origin}/api/health`)).status).toBe(200);
  // Whoever looks whether we are well is let in: a crowd is no database that is away.
  const looks = fetch(`${origin}/api/ready`);
  await expect.poll(() => entered).toBe(mostAtOnce + 1);

  serve();
  expect((await looks).status).toBe(200);
  expect(await Promise.all(inside.map(async (answer) => (await answer).status))).toEqual(Array(mostAtOnce).fill(200));
  expect((await fetch(origin)).status).toBe(200);
});

test("a note about a bypass is no password: it comes back, and nothing is asked for that nobody typed", async () => {
  work = away();
  const sent = { step: "bypass", "note-bypass": "menyala sampai jam 4", "note-bypass-off": "" };
  const html = await (await send("/admin/playbooks/erp-heartattack/1/tick", sent)).text();

  expect(hidden(html)).toMatchObject(sent);
  expect(html).not.toContain('type="password"');
  // What is one stays away, and is asked for.
  for (const name of ["password", "repeat", "new_password"]) {
    const signIn = await (await send("/login", { email: "budi@demo.test", [name]: "rahasia" })).text();
    expect(signIn).not.toContain("rahasia");
    expect(signIn).toContain(`type="password" id="${name}"`);
  }
});
