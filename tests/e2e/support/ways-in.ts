import { Buffer } from "node:buffer";
import { decodeJwt, SignJWT } from "jose";
import pg from "pg";

/**
 * A way in with somebody's tokens. `ask`: true when it opened, that is when he got or did something that a guest does
 * not.
 */
export type WayIn = { name: string; ask: () => Promise<boolean> };
export type Session = { access_token: string; refresh_token: string; expires_at: number };

const address = (name: "BASE_URL" | "AUTH_URL" | "PUBLISHABLE_KEY" | "JWT_SECRET") => process.env[name]!;
const json = { "content-type": "application/json" };

/** A session as the browser keeps it. */
export const cookieOf = (session: Session) =>
  `alfa-session=base64-${Buffer.from(JSON.stringify(session)).toString("base64url")}`;
/** The same with an access token that has run out, so that the site has to renew it. */
export async function staleCookieOf(session: Session): Promise<string> {
  const { sub, session_id } = decodeJwt(session.access_token);
  const access_token = await new SignJWT({ sub, session_id, role: "authenticated" })
    .setProtectedHeader({ alg: "HS256", typ: "JWT" })
    .setAudience("authenticated")
    .setExpirationTime(1)
    .sign(new TextEncoder().encode(address("JWT_SECRET")));
  return cookieOf({ ...session, access_token, expires_at: 1 });
}

/** Asks the auth server with a body. */
export const askAuth = (method: string, path: string, body?: unknown, token?: string) =>
  fetch(new URL(path, address("AUTH_URL")), {
    method,
    body: body === undefined ? undefined : JSON.stringify(body),
    headers: { ...json, apikey: address("PUBLISHABLE_KEY"), ...(token ? { authorization: `Bearer ${token}` } : {}) },
  });

/** Signs in at the auth server itself, past the site and its limits. */
export async function signInDirectly(email: string, password: string): Promise<Session> {
  const answer = await askAuth("POST", "/auth/v1/token?grant_type=password", { email, password });
  if (!answer.ok) throw new Error(`signing in ${email}: ${answer.status}`);
  return (await answer.json()) as Session;
}

const ask = async (path: string, headers: Record<string, string>, form?: Record<string, string>) => {
  // A script's request, without the origin that a browser sends: a browser's form says whom it was shown to as well.
  const init: RequestInit = { redirect: "manual", headers };
  const answer = await fetch(
    new URL(path, address("BASE_URL")),
    form ? { ...init, method: "POST", body: new URLSearchParams(form) } : init,
  );
  return { status: answer.status, location: answer.headers.get("location") ?? "", text: await answer.text() };
};

/** A page: opened when it came and shows what only he sees. The catalogue comes to guests too, without any of it. */
export const pageWay = (path: string, headers: Record<string, string>, his: string | RegExp): WayIn => ({
  name: `GET ${path}`,
  ask: async () => {
    const { status, text } = await ask(path, headers);
    return status === 200 && (typeof his === "string" ? text.includes(his) : his.test(text));
  },
});

/** A form: opened when it was carried out, which ends in a redirect to anywhere but the sign-in page, or in 204. */
export const formWay = (path: string, headers: Record<string, string>, form: Record<string, string>): WayIn => ({
  name: `POST ${path}`,
  ask: async () => {
    const { status, location } = await ask(path, headers, form);
    return status < 400 && !location.startsWith("/login");
  },
});

/** An address of the auth server, or of the REST server that there is none of: opened by any success. */
export const serviceWay = (method: string, path: string, body?: unknown, token?: string): WayIn => ({
  name: `${method} ${path.replace(/\?.*grant_type/, "?grant_type")}`,
  ask: async () => {
    const answer = await askAuth(method, path, body, token);
    await answer.arrayBuffer();
    return answer.ok;
  },
});

/**
 * SQL as the login `web` with his claims. A question is open when it has a row; a command, when it is not refused for a
 * dead login. A suspension ends the connections that keep it waiting: what ran on one of those got nothing.
 */
export function sqlWay(
  web: pg.Pool,
  claims: { sub: string; session_id: string },
  text: string,
  kind: "row" | "command",
): WayIn {
  let turn = 0;
  // Both ways in which the platform hands claims over.
  const become = [
    "select set_config('request.jwt.claims', $1, true), set_config('role', 'authenticated', true)",
    `
      select set_config('request.jwt.claim.sub', $1::jsonb ->> 'sub', true), set_config('request.jwt.claim.session_id',
        $1::jsonb ->> 'session_id', true), set_config('role', 'authenticated', true)`,
  ];
  return {
    name: `SQL ${text}`,
    ask: async () => {
      turn += 1;
      const client = await web.connect();
      let ended = false;
      try {
        await client.query("begin");
        await client.query(become[turn % 2]!, [JSON.stringify({ ...claims, role: "authenticated" })]);
        const { rowCount } = await client.query(text);
        return kind === "command" || rowCount! > 0;
      } catch (error) {
        const { code } = error as { code?: string };
        ended = code === undefined || code === "57P01";
        return kind === "command" && !ended && code !== "28000";
      } finally {
        ended ||= await client.query("rollback").then(
          () => false,
          () => true,
        );
        client.release(ended);
      }
    },
  };
}

/** The web's own login, four connections at once. One that is ended is replaced. */
export function webLogin(): pg.Pool {
  const web = new pg.Pool({ connectionString: process.env.WEB_DATABASE_URL, max: 4 });
  web.on("error", () => undefined);
  web.on("connect", (client) => client.on("error", () => undefined));
  return web;
}
