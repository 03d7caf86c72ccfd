import { beforeAll, expect, test } from "vitest";
import { signedIn } from "#tests/support/signed-in.ts";
import { servedApp } from "#tests/support/site.ts";
import { cookieOf } from "./support/whole-app.ts";

// Somebody is signed in, and in another tab, opened before, somebody else tries.
const { persons } = signedIn("budi");
const site = servedApp();
let cookie: string;

beforeAll(async () => {
  cookie = await cookieOf(persons.budi);
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
