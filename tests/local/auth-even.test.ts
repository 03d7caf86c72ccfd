import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Child, startChild } from "#scripts/child.ts";
import { removeData } from "#supabase/local/data-dir.ts";
import { environments, type Ports } from "#scripts/environment.ts";
import { freePorts } from "#supabase/local/ports.ts";
import type { ThrowAwayDatabase } from "#supabase/local/throw-away-database.ts";
import { seededServer } from "#tests/support/server.ts";

let database: ThrowAwayDatabase;
let dataDir: string;
let auth: Child;
let url: string;
let key: string;

beforeAll(async () => {
  database = await seededServer();
  dataDir = fs.mkdtempSync(path.join(os.tmpdir(), "alfa-even-"));
  const [port, erp, mail, sms, web] = await freePorts(5);
  const ports: Ports = { postgres: database.port, auth: port, erp, mail, sms, web };
  const logFile = path.join(dataDir, "auth.log");
  auth = await startChild({
    name: "auth",
    script: "supabase/local/auth-server.ts",
    env: environments(dataDir, ports, database.credentials).auth,
    logFile,
    isReady: async () => fs.readFileSync(logFile, "utf8").includes("auth is ready"),
  });
  url = `http://127.0.0.1:${port}/auth/v1/token?grant_type=password`;
  key = database.credentials.publishableKey;
});
afterAll(async () => {
  await auth?.stop();
  await database?.remove();
  if (dataDir) removeData(dataDir);
});

const send = (what: string, body: object) =>
  fetch(new URL(what, url), {
    method: "POST",
    headers: { apikey: key, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
const ask = (email: string, password: string) => send("token?grant_type=password", { email, password });

/** How long the last of six wrong passwords at once waits for its refusal. */
async function slowest(email: string): Promise<number> {
  const began = performance.now();
  for (const { status } of await Promise.all(Array.from({ length: 6 }, () => ask(email, "not the password"))))
    expect(status).toBe(400);
  return performance.now() - began;
}
const middle = (times: number[]) => times.sort((a, b) => a - b)[Math.floor(times.length / 2)]!;

test("of many wrong passwords at once, the time tells nothing about who has an account", async () => {
  expect((await ask("budi@demo.test", "alfa-demo-2026")).status, "there is such an account").toBe(200);
  const known: number[] = [],
    unknown: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    known.push(await slowest("budi@demo.test"));
    unknown.push(await slowest("nobody@demo.test"));
  }
  const ratio = middle(unknown) / middle(known);
  expect(ratio).toBeGreaterThan(0.5);
  expect(ratio).toBeLessThan(2);
});

test("Auth itself gives nobody a login: no sign-up, no code of six digits, no other address of it", async () => {
  const email = "admin@demo.test";
  const statuses = async (asked: Array<[string, object]>) =>
    Promise.all(asked.map(async ([what, body]) => (await send(what, body)).status));
  expect(
    await statuses([
      ["signup", { email: "new@demo.test", password: "a long password 1" }],
      ["otp", { email: "new@demo.test", create_user: true }],
      ["magiclink", { email }],
      ["verify", { type: "recovery", email, token: "123456" }],
      ["verify", { type: "recovery", token_hash: "0".repeat(56), email, token: "123456" }],
      ["verify", [1]],
      ["../../rest/v1/accounts", {}],
    ]),
  ).toEqual(Array(7).fill(404));
  expect((await fetch(new URL("settings", url), { headers: { apikey: key } })).status).toBe(404);
  // What the site asks goes on: a link that was never sent is refused by Auth, not by us.
  expect(await statuses([["verify", { type: "recovery", token_hash: "0".repeat(56) }]])).toEqual([403]);
  expect(await statuses([["recover", { email: "nobody@demo.test" }]])).toEqual([200]);
});
