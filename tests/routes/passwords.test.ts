import { SignJWT } from "jose";
import { beforeEach, expect, test, vi } from "vitest";
import { messages } from "#app/words.ts";
import { signedIn } from "#tests/support/signed-in.ts";
import { servedApp } from "#tests/support/site.ts";
import { ask } from "./support/whole-app.ts";

// In Auth's place: what it was asked with, and a password of an account that it knows as suspended, which is an answer
// that only the right password gets.
const auth = vi.hoisted(() => ({ kept: "", tried: [] as string[], token: "", opens: false, spent: 0 }));
vi.mock("#app/http/session.server.ts", async (original) => ({
  ...(await original<typeof import("#app/http/session.server.ts")>()),
  authClient: () => ({
    auth: {
      signInWithPassword: ({ password }: { password: string }) => {
        auth.tried.push(password);
        if (auth.opens && password === auth.kept)
          return Promise.resolve({ data: { session: { access_token: auth.token } }, error: null });
        const code = password === auth.kept ? "user_banned" : "invalid_credentials";
        return Promise.resolve({ data: {}, error: { code, status: 400, name: "AuthApiError", message: code } });
      },
      verifyOtp: () => {
        auth.spent += 1;
        return Promise.resolve({ data: { session: { access_token: auth.token }, user: { email: "budi@demo.test" } } });
      },
      updateUser: ({ password }: { password: string }) => {
        auth.kept = password;
        return Promise.resolve({ error: null });
      },
      signOut: () => Promise.resolve({}),
    },
  }),
}));

const { owner, persons } = signedIn("budi");
const site = servedApp();
beforeEach(async () => {
  auth.kept = "";
  auth.tried = [];
  auth.opens = false;
  auth.spent = 0;
  auth.token = await new SignJWT({ session_id: persons.budi.sessionId, role: "authenticated" })
    .setProtectedHeader({ alg: "HS256" })
    .setSubject(persons.budi.userId)
    .setAudience("authenticated")
    .setIssuedAt()
    .setExpirationTime("1h")
    .sign(new TextEncoder().encode(process.env.SUPABASE_JWT_SECRET));
});

async function send(path: string, fields: Record<string, string>) {
  const answer = await ask(site.origin, path, {
    method: "POST",
    body: new URLSearchParams(fields).toString(),
    headers: { "content-type": "application/x-www-form-urlencoded" },
  });
  return { status: answer.status, text: await answer.text() };
}
const reset = (password: string, repeat = password) =>
  send("/password/reset", { token_hash: "hash-of-a-mail", password, repeat });
const signIn = async (password: string) =>
  (await send("/login", { email: `x${auth.tried.length}@demo.test`, password })).status;

const composed = "Kopi Caf\u00e9 1945"; // é as one sign; some keyboards write it as two.
const typings = [composed, composed.normalize("NFD"), "Ｋｏｐｉ Caf\u00e9 1945", "Kopi\u00a0Caf\u00e9 1945"];

test.each(typings)("a password typed as %j is kept in one form, and opens typed in every other", async (typed) => {
  expect((await reset(typed, composed)).status).toBe(303);
  expect(auth.kept).toBe(composed);
  for (const each of typings) expect([each, await signIn(each)]).toEqual([each, 403]);
  expect(await signIn("Kopi Cafe 1945")).toBe(401);
});

test.each([composed, composed.normalize("NFD")])(
  "one that was set before as %j still opens as it was set",
  async (typed) => {
    auth.kept = typed;
    expect(await signIn(typed)).toBe(403);
    expect(await signIn("another one of them")).toBe(401);
  },
);

test("a wrong one that normalising leaves alone is tried once", async () => {
  expect(await signIn("wrong and plain")).toBe(401);
  expect(auth.tried).toEqual(["wrong and plain"]);
});

const t = messages("id").accounts.codes;
test.each([
  ["eleven characters that take more room", "\u{1F600}".repeat(11), t.PASSWORD_SHORT],
  ["eleven, an é among them that was typed as two signs", "Cafe\u0301 dua 12", t.PASSWORD_SHORT],
  ["more than Auth takes", "a".repeat(73), t.PASSWORD_LONG],
  ["more bytes than Auth takes", "\u00e9".repeat(37), t.PASSWORD_LONG],
])("refused beside its field, and the link unspent: %s", async (_, password, words) => {
  const { status, text } = await reset(password);
  expect([status, text.includes(words), text.includes('value="hash-of-a-mail"'), auth.kept]).toEqual([
    400,
    true,
    true,
    "",
  ]);
});

test("so is the old password, which Auth would only refuse once the link is spent", async () => {
  await owner.query(
    `update auth.users set recovery_token = 'hash-of-a-mail', recovery_sent_at = now() where email = 'budi@demo.test'`,
  );
  auth.opens = true;
  auth.kept = composed;
  for (const typed of typings) {
    const { status, text } = await reset(typed);
    expect([status, text.includes(t.PASSWORD_OLD), text.includes('value="hash-of-a-mail"'), auth.spent]).toEqual([
      400,
      true,
      true,
      0,
    ]);
  }
  expect((await reset("another one of them")).status).toBe(303);
  expect([auth.kept, auth.spent]).toEqual(["another one of them", 1]);
});

test.each(["\u{1F600}".repeat(12), "a".repeat(72), "\u00e9".repeat(36)])(
  "%s is long enough and fits",
  async (typed) => {
    expect((await reset(typed)).status).toBe(303);
    expect(auth.kept).toBe(typed);
  },
);
