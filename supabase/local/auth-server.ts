// Supabase Auth for the embedded stack, as its own process: checking a password keeps a CPU busy for some 60 ms, which
// must not hold up a page. In place of the bcrypt in JavaScript that its library asks for package.json gives it the
// native one, which also works beside other requests. Only what the site asks is answered (auth-paths.ts): the same
// program also has REST and system addresses that go around our grants, and logins by a code of six digits.
import { serve } from "@hono/node-server";
import { pino } from "pino";
import { z } from "zod";
import { loggedError } from "#app/http/logged-error.ts";
import { messageOf } from "#app/db/thrown.ts";
import { bannedSpeaker } from "./auth-banned.ts";
import { isSpoken } from "./auth-paths.ts";
import "./sound-postgres.mjs";

const log = pino({ base: { process: "auth" } });
const env = z
  .object({
    PORT: z.coerce.number().int(),
    AUTH_DATABASE_URL: z.string(),
    APP_URL: z.string(),
    SUPABASE_JWT_SECRET: z.string(),
    SUPABASE_PUBLISHABLE_KEY: z.string(),
    SUPABASE_SECRET_KEY: z.string(),
    RESEND_BASE_URL: z.string(),
    RESEND_API_KEY: z.string(),
    MAIL_FROM: z.string(),
  })
  .parse(process.env);

// Only now, since what it stands on is mended while it is loaded.
const { authApp } = await import("./auth-app.ts");
const { app, close } = authApp({
  databaseUrl: env.AUTH_DATABASE_URL,
  siteUrl: env.APP_URL,
  jwtSecret: env.SUPABASE_JWT_SECRET,
  publishableKey: env.SUPABASE_PUBLISHABLE_KEY,
  secretKey: env.SUPABASE_SECRET_KEY,
  mail: { baseUrl: env.RESEND_BASE_URL, apiKey: env.RESEND_API_KEY, from: env.MAIL_FROM },
});
const banned = bannedSpeaker(env.AUTH_DATABASE_URL);
await databaseIsThere();

const server = serve({ fetch: answer, port: env.PORT, hostname: "127.0.0.1" }, () =>
  log.info({ port: env.PORT }, "auth is ready"),
);

/** Waits for the database, for ever; says so once. */
async function databaseIsThere() {
  for (let told = false; ; told = true) {
    try {
      await banned.there(); // The library itself would not ask before somebody signs in.
      return await app.ensureSystemSchema();
    } catch (error) {
      if (!told) log.warn({ reason: messageOf(error).slice(0, 200) }, "the database is away: waiting for it");
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
  }
}

async function answer(request: Request, node: { incoming: { socket: { remoteAddress?: string } } }) {
  const { pathname } = new URL(request.url);
  if (!(await isSpoken(request))) return Response.json({ message: "not found" }, { status: 404 });
  try {
    const subject = await banned.subject(request);
    const response = await app.fetch(request, { peerAddress: node.incoming.socket.remoteAddress ?? null });
    const explained = response.status === 500 && subject ? await banned.explain(subject) : null;
    if (explained) return explained;
    if (response.status === 400 && subject) await banned.even(subject);
    if (response.status >= 500)
      log.error({ method: request.method, path: pathname, status: response.status }, "auth failed");
    return response;
  } catch (error) {
    log.error({ method: request.method, path: pathname, err: loggedError(error) }, "auth failed");
    return Response.json({ code: 500, error_code: "unexpected_failure", msg: "unexpected failure" }, { status: 500 });
  }
}

process.once("SIGTERM", () => {
  server.close(() => void Promise.all([close(), banned.close()]).then(() => process.exit(0)));
  if ("closeIdleConnections" in server) server.closeIdleConnections();
});
