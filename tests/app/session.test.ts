import { SignJWT } from "jose";
import { http, HttpResponse } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { authClient, findLogin as find, type Outgoing } from "#app/http/session.server.ts";
import { AuthUnavailable } from "#app/http/token.server.ts";

// What signed before; set before the settings are read.
const retired = vi.hoisted(() =>
  (process.env.SUPABASE_JWT_RETIRED_KEYS = "retired-secret-0001,retired-secret-0002").split(","),
);
const { env } = await import("#app/env.server.ts");
const sub = crypto.randomUUID();
const session_id = crypto.randomUUID();
const now = () => Math.floor(Date.now() / 1000);
const token = (seconds: number, claims: object = {}, secret = env.SUPABASE_JWT_SECRET!) =>
  new SignJWT({ session_id: crypto.randomUUID(), role: "authenticated", ...claims })
    .setProtectedHeader({ alg: "HS256", typ: "JWT" })
    .setSubject(sub)
    .setAudience("authenticated")
    .setIssuedAt()
    .setExpirationTime(now() + seconds)
    .sign(new TextEncoder().encode(secret));
const requestWith = (access_token: string, refresh_token: string = crypto.randomUUID()) => {
  const stored = {
    access_token,
    refresh_token,
    expires_at: now() - 60,
    expires_in: 900,
    token_type: "bearer",
    user: { id: sub },
  };
  return new Request("http://alfa.test/", {
    headers: { cookie: `alfa-session=base64-${Buffer.from(JSON.stringify(stored)).toString("base64url")}` },
  });
};

// Each test from an address of its own, unless it says so.
let address = 0;
const findLogin = (request: Request, outgoing: Outgoing = { cookies: [] }, ip = `10.11.0.${(address += 1)}`) =>
  find(request, outgoing, { ip, userAgent: "uji" });

let answer: () => Promise<Response> | Response = () => HttpResponse.error();
/** What the auth server says to a renewal. */
const renewedBy = (access_token: string) => () =>
  HttpResponse.json({
    access_token,
    refresh_token: "next",
    expires_in: 900,
    expires_at: now() + 900,
    token_type: "bearer",
    user: { id: sub },
  });
let asked = 0;
const auth = setupServer(
  http.post(`${env.SUPABASE_URL}/auth/v1/token`, () => {
    asked += 1;
    return answer() as never;
  }),
);
beforeAll(() => auth.listen({ onUnhandledFrame: "error" }));
afterEach(() => {
  asked = 0;
});
afterAll(() => auth.close());

test("a live token is a person, without a call", async () => {
  const outgoing: Outgoing = { cookies: [] };
  expect(await findLogin(requestWith(await token(600, { session_id })), outgoing)).toEqual({
    userId: sub,
    sessionId: session_id,
  });
  expect([asked, outgoing.cookies]).toEqual([0, []]);
});

test("what was not signed by us is nobody, is forgotten and asks nobody, however often it comes", async () => {
  answer = () => HttpResponse.json({ code: "refresh_token_not_found" }, { status: 400 });
  const [head, , tail] = (await token(600)).split(".");
  const mine = Buffer.from(JSON.stringify({ sub, session_id, aud: "authenticated", exp: now() + 600 }));
  const none = `${Buffer.from('{"alg":"none"}').toString("base64url")}.${mine.toString("base64url")}.`;
  const other = Buffer.from(
    JSON.stringify({ sub: crypto.randomUUID(), session_id, aud: "authenticated", exp: now() + 600 }),
  ).toString("base64url");
  for (const forged of [
    none,
    `${head}.${other}.${tail}`,
    await token(600, {}, "another secret, just as long as it has to be"),
    await token(600, { session_id: "x" }),
    await token(-10, {}, "another secret, just as long as it has to be"),
    "x",
    "",
  ]) {
    const outgoing: Outgoing = { cookies: [] };
    for (let times = 0; times < 100; times += 1) expect(await findLogin(requestWith(forged), outgoing)).toBeNull();
    expect(outgoing.cookies[0]).toContain("alfa-session=; Max-Age=0");
  }
  for (const unreadable of ["x", "base64-", "base64-!!!", "base64-bnVsbA", "base64-W10", "null"]) {
    expect(
      await findLogin(new Request("http://alfa.test/", { headers: { cookie: `alfa-session=${unreadable}` } })),
    ).toBeNull();
  }
  expect(asked).toBe(0);
  expect(await findLogin(requestWith(await token(-10)))).toBeNull();
  expect(asked, "control: one of ours that has run out is asked for").toBe(1);
});

test("a token by a retired key is nobody, and is renewed", async () => {
  const fresh = await token(900);
  answer = renewedBy(fresh);
  for (const key of retired) {
    expect(await findLogin(requestWith(await token(600, {}, key)))).toMatchObject({ userId: sub });
    expect(await findLogin(requestWith(await token(-600, {}, key)))).toMatchObject({ userId: sub });
  }
  expect(asked, "each was renewed, none believed").toBe(4);
});

test("a refused renewal is remembered, and the next ones of its login are not asked for after some", async () => {
  answer = () => HttpResponse.json({ code: "refresh_token_not_found" }, { status: 400 });
  const mine = await token(-10, { session_id: crypto.randomUUID() });
  for (let times = 0; times < 20; times += 1) expect(await findLogin(requestWith(mine, "the same"))).toBeNull();
  expect(asked).toBe(1);
  for (let times = 0; times < 20; times += 1) expect(await findLogin(requestWith(mine))).toBeNull();
  expect(asked).toBe(5);
});

test("failures count by address, and keep nobody waiting there who had none; right ones are not counted", async () => {
  const ip = "10.12.0.1";
  answer = () => HttpResponse.json({ code: "refresh_token_not_found" }, { status: 400 });
  const guessing = await Promise.all(Array.from({ length: 60 }, () => token(-10, { session_id: crypto.randomUUID() })));
  for (const each of guessing) await findLogin(requestWith(each), undefined, ip);
  expect(asked).toBe(60);
  for (const each of guessing) await findLogin(requestWith(each), undefined, ip);
  expect(asked, "fifty refusals are enough: who was refused once is not asked for again from there").toBe(60);
  const fresh = await token(900);
  answer = renewedBy(fresh);
  const honest = await token(-10, { session_id: crypto.randomUUID() });
  for (let times = 0; times < 60; times += 1)
    expect(await findLogin(requestWith(honest), undefined, ip)).not.toBeNull();
  expect(asked).toBe(120);
});

test("the auth library is given no cookie to believe, and prints nothing", async () => {
  const printed = (["log", "warn", "error", "info"] as const).map((way) =>
    vi.spyOn(console, way).mockImplementation(() => undefined),
  );
  const stale = JSON.stringify({ access_token: "x", refresh_token: "y", expires_at: 1 });
  for (const given of [
    `base64-${Buffer.from("{").toString("base64url")}`,
    `base64-${Buffer.from(stale).toString("base64url")}`,
  ]) {
    const client = authClient(
      new Request("http://alfa.test/", { headers: { cookie: `alfa-session=${given}` } }),
      { cookies: [] },
      { ip: "10.11.1.1", userAgent: "uji" },
    );
    expect((await client.auth.getSession()).data.session).toBeNull();
  }
  expect([asked, ...printed.map((spy) => spy.mock.calls)]).toEqual([0, [], [], [], []]);
});

test("an expired token is renewed and the new one goes out, httpOnly and lax", async () => {
  const fresh = await token(900);
  answer = renewedBy(fresh);
  const outgoing: Outgoing = { cookies: [] };
  expect(await findLogin(requestWith(await token(-10)), outgoing)).toMatchObject({ userId: sub });
  expect(outgoing.cookies.join()).toMatch(/alfa-session=.*HttpOnly.*SameSite=Lax/i);
  expect(outgoing.cookies.map((line) => /Max-Age=(\d+)/.exec(line)?.[1])).toEqual([String(30 * 24 * 60 * 60)]);
});

test("a refused renewal signs out; an auth server that is away or busy signs nobody out", async () => {
  answer = () => HttpResponse.json({ code: "refresh_token_not_found", message: "gone" }, { status: 400 });
  const refused: Outgoing = { cookies: [] };
  expect(await findLogin(requestWith(await token(-10)), refused)).toBeNull();
  expect(refused.cookies.join()).toContain("Max-Age=0");
  const started = performance.now();
  for (const away of [
    () => HttpResponse.json({}, { status: 429 }),
    () => HttpResponse.json({}, { status: 500 }),
    () => HttpResponse.json({}, { status: 503 }),
    () => HttpResponse.error(),
  ]) {
    answer = away;
    const outgoing: Outgoing = { cookies: [] };
    await expect(findLogin(requestWith(await token(-10)), outgoing)).rejects.toBeInstanceOf(AuthUnavailable);
    expect(outgoing.cookies).toEqual([]);
  }
  expect(performance.now() - started).toBeLessThan(8_000); // The client by itself would repeat for half a minute each.
});
