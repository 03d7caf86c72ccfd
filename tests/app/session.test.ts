import { SignJWT } from "jose";
import { http, HttpResponse } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { env } from "#app/env.server.ts";
import { AuthUnavailable, findPerson, type Outgoing } from "#app/http/session.server.ts";

const sub = crypto.randomUUID();
const session_id = crypto.randomUUID();
const now = () => Math.floor(Date.now() / 1000);
const token = (seconds: number, claims: object = {}, secret = env.SUPABASE_JWT_SECRET!) =>
  new SignJWT({ session_id, role: "authenticated", ...claims }).setProtectedHeader({ alg: "HS256", typ: "JWT" })
    .setSubject(sub).setAudience("authenticated").setIssuedAt().setExpirationTime(now() + seconds).sign(new TextEncoder().encode(secret));
const requestWith = (access_token: string, refresh_token = crypto.randomUUID()) => {
  const stored = { access_token, refresh_token, expires_at: now() - 60, expires_in: 900, token_type: "bearer", user: { id: sub } };
  return new Request("http://alfa.test/", { headers: { cookie: `alfa-session=base64-${Buffer.from(JSON.stringify(stored)).toString("base64url")}` } });
};

let answer: () => Promise<Response> | Response = () => HttpResponse.error();
let asked = 0;
const auth = setupServer(http.post(`${env.SUPABASE_URL}/auth/v1/token`, () => { asked += 1; return answer() as never; }));
beforeAll(() => auth.listen({ onUnhandledFrame: "error" }));
afterEach(() => { asked = 0; });
afterAll(() => auth.close());

test("a live token is a person, without a call", async () => {
  const outgoing: Outgoing = { cookies: [] };
  expect(await findPerson(requestWith(await token(600)), outgoing)).toEqual({ userId: sub, sessionId: session_id });
  expect([asked, outgoing.cookies]).toEqual([0, []]);
});

test("forged tokens are nobody", async () => {
  answer = () => HttpResponse.json({ code: "refresh_token_not_found" }, { status: 400 });
  const [head, , tail] = (await token(600)).split(".");
  const none = `${Buffer.from('{"alg":"none"}').toString("base64url")}.${Buffer.from(JSON.stringify({ sub, session_id, aud: "authenticated", exp: now() + 600 })).toString("base64url")}.`;
  const other = Buffer.from(JSON.stringify({ sub: crypto.randomUUID(), session_id, aud: "authenticated", exp: now() + 600 })).toString("base64url");
  for (const forged of [none, `${head}.${other}.${tail}`, await token(600, {}, "another secret, just as long as it has to be"), await token(600, { session_id: "x" }), "x", ""]) {
    expect(await findPerson(requestWith(forged), { cookies: [] })).toBeNull();
  }
});

test("an expired token is renewed and the new one goes out, httpOnly and lax", async () => {
  const fresh = await token(900);
  answer = () => HttpResponse.json({ access_token: fresh, refresh_token: "next", expires_in: 900, expires_at: now() + 900, token_type: "bearer", user: { id: sub } });
  const outgoing: Outgoing = { cookies: [] };
  expect(await findPerson(requestWith(await token(-10)), outgoing)).toMatchObject({ userId: sub });
  expect(outgoing.cookies.join()).toMatch(/alfa-session=.*HttpOnly.*SameSite=Lax/i);
});

test("a refused renewal signs out; an auth server that is away or busy signs nobody out", async () => {
  answer = () => HttpResponse.json({ code: "refresh_token_not_found", message: "gone" }, { status: 400 });
  const refused: Outgoing = { cookies: [] };
  expect(await findPerson(requestWith(await token(-10)), refused)).toBeNull();
  expect(refused.cookies.join()).toContain("Max-Age=0");
  const started = performance.now();
  for (const away of [() => HttpResponse.json({}, { status: 429 }), () => HttpResponse.json({}, { status: 500 }), () => HttpResponse.json({}, { status: 503 }), () => HttpResponse.error()]) {
    answer = away;
    const outgoing: Outgoing = { cookies: [] };
    await expect(findPerson(requestWith(await token(-10)), outgoing)).rejects.toBeInstanceOf(AuthUnavailable);
    expect(outgoing.cookies).toEqual([]);
  }
  expect(performance.now() - started).toBeLessThan(8_000); // The client by itself would repeat for half a minute each.
});
