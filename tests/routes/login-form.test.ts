import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { people } from "#supabase/tests/support.ts";
import { cookieOf, serveApp } from "./support/whole-app.ts";

// Somebody is signed in, and in another tab, opened before, somebody else tries.
let site: Awaited<ReturnType<typeof serveApp>>;
let owner: pg.Client;
let closePool: () => Promise<void>;
const person = { userId: people.budi, sessionId: crypto.randomUUID() };
let cookie: string;

beforeAll(async () => {
  ({ closePool } = await import("#app/db/door.server.ts"));
  owner = new pg.Client({ connectionString: process.env.ADMIN_DATABASE_URL });
  await owner.connect();
  await owner.query("insert into auth.sessions (id, user_id, created_at, updated_at) values ($1, $2, now(), now())", [
    person.sessionId,
    person.userId,
  ]);
  cookie = await cookieOf(person);
  site = await serveApp();
});
afterAll(async () => {
  await owner.query("delete from auth.sessions where id = $1", [person.sessionId]);
  await owner.end();
  await site.close();
  await closePool();
});

const ask = (method: "GET" | "POST", fields?: Record<string, string>) =>
  fetch(`http://127.0.0.1:${site.port}/login`, {
    method,
    redirect: "manual",
    headers: { cookie },
    body: fields && new URLSearchParams(fields),
  });

test("a sign-in form with a mistake comes back with it, also if signed in; the bare page then leads home", async () => {
  const page = await ask("GET");
  expect([page.status, page.headers.get("location")]).toEqual([303, "/dashboard"]);
  const answer = await ask("POST", { email: "maya@demo.test", password: "" });
  expect(answer.status).toBe(400);
  const html = await answer.text();
  expect(html).toContain('value="maya@demo.test"');
  expect(html).toContain('aria-invalid="true"');
});
