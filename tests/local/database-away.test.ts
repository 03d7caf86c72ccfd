import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { buildWeb } from "#scripts/build.ts";
import { type Child, startChild } from "#scripts/child.ts";
import { removeData } from "#supabase/local/data-dir.ts";
import { environments, type Ports } from "#scripts/environment.ts";
import { freePorts } from "#supabase/local/ports.ts";
import type { ThrowAwayDatabase } from "#supabase/local/throw-away-database.ts";
import { measureCuts } from "#tests/bench/kills/run.ts";
import { table } from "#tests/bench/table.ts";
import { openProxy, type NetworkProxy } from "#tests/support/proxy.ts";
import { readLogLine } from "#tests/support/log-line.ts";
import { seededServer } from "#tests/support/server.ts";

const soon = { timeout: 40_000, interval: 20 };
type Process = "web" | "worker" | "auth";
const scripts: Record<Process, string> = {
  web: "server.ts",
  worker: "jobs/worker.ts",
  auth: "supabase/local/auth-server.ts",
};
const urls = { web: "DATABASE_URL", worker: "WORKER_DATABASE_URL", auth: "AUTH_DATABASE_URL" } as const;

let database: ThrowAwayDatabase;
let dataDir: string;
const children: Child[] = [];
const proxies: NetworkProxy[] = [];

beforeAll(async () => {
  buildWeb();
  database = await seededServer();
  dataDir = fs.mkdtempSync(path.join(os.tmpdir(), "alfa-away-"));
});
afterEach(async () => {
  await Promise.all(children.splice(0).map((child) => child.stop()));
  await Promise.all(proxies.splice(0).map((proxy) => proxy.close()));
});
afterAll(async () => {
  await database?.remove();
  if (dataDir) removeData(dataDir);
});

/**
 * One of our processes; its database is at `databasePort`, where for now may be nothing. Resolves when its log holds
 * `words`.
 */
async function startProcess(name: Process, databasePort: number, words: string) {
  const [auth, erp, mail, sms, web] = await freePorts(5);
  const ports: Ports = { postgres: databasePort, auth, erp, mail, sms, web };
  const env = environments(dataDir, ports, database.credentials)[name];
  expect(new URL(env[urls[name]]!).port).toBe(String(databasePort));
  const logFile = path.join(dataDir, "logs", `${name}-${databasePort}.log`);
  fs.mkdirSync(path.dirname(logFile), { recursive: true });
  const log = () => fs.readFileSync(logFile, "utf8");
  const child = await startChild({
    name,
    script: scripts[name],
    env,
    logFile,
    isReady: async () => log().includes(words),
  });
  children.push(child);
  const ended = vi.fn();
  void child.ended.then(ended);
  const lines = () => log().trim().split("\n").map(readLogLine);
  return { port: ports[name as "web" | "auth"], log, lines, ended };
}
const proxy = async (at = 0) => {
  const opened = await openProxy(database.port, at);
  proxies.push(opened);
  return opened;
};

const back: Record<Process, string> = { web: "the database is back", worker: "worker ready", auth: "auth is ready" };
const ready: Record<Process, string> = {
  web: "web is ready",
  worker: "the database is away: waiting for it",
  auth: "the database is away: waiting for it",
};

test.each(["web", "worker", "auth"] as const)(
  "%s starts without its database, says so in one line, and is there when it comes",
  async (name) => {
    const [port] = await freePorts(1);
    const { log, lines, ended, port: own } = await startProcess(name, port, ready[name]); // Nothing listens there.
    await vi.waitFor(() => expect(log()).toContain("the database is away: waiting for it"), soon);
    if (name === "web") {
      const page = await fetch(`http://127.0.0.1:${own}/products`);
      expect([page.status, page.headers.get("retry-after")]).toEqual([503, "5"]);
      expect((await fetch(`http://127.0.0.1:${own}/api/health`)).status).toBe(200);
    }
    const opened = await proxy(port);
    opened.refuse(true); // It is being started, say.
    await vi.waitFor(() => expect(opened.refused, "tries").toBeGreaterThan(4), soon);
    opened.refuse(false);
    await vi.waitFor(() => expect(log()).toContain(back[name]), soon);
    if (name === "web") expect((await fetch(`http://127.0.0.1:${own}/products`)).status).toBe(200);
    expect(ended).not.toHaveBeenCalled();
    const aboutIt = lines().filter(({ msg }) => /database|not proven|cannot start|lost|pass failed|pg-boss/.test(msg));
    expect(aboutIt.filter(({ level }) => level >= 40).map(({ msg }) => msg)).toEqual([
      "the database is away: waiting for it",
    ]);
    expect(log()).not.toMatch(/\\n\s+at |node_modules/);
  },
);

test("a web started with its database frozen answers within 2 seconds, and lets people in after the thaw", async () => {
  const opened = await proxy();
  opened.silence(true);
  const { port, log } = await startProcess("web", opened.port, "web is ready");
  const answers = await Promise.all(
    Array.from({ length: 5 }, async () => {
      const started = performance.now();
      const { status, headers } = await fetch(`http://127.0.0.1:${port}/products`);
      return { status, retryAfter: headers.get("retry-after"), ms: performance.now() - started };
    }),
  );
  for (const { status, retryAfter, ms } of answers) {
    expect([status, retryAfter]).toEqual([503, "5"]);
    expect(ms).toBeLessThan(3_000); // Two seconds, and what a busy machine adds.
  }
  opened.silence(false);
  opened.cut();
  await vi.waitFor(async () => expect((await fetch(`http://127.0.0.1:${port}/products`)).status).toBe(200), soon);
  expect(log()).toContain("the database is back");
});

test("a web whose answers are mixed up on the way shows none of them, and says so", async () => {
  const opened = await proxy();
  const { port, log } = await startProcess("web", opened.port, "web is ready");
  const page = async () => (await fetch(`http://127.0.0.1:${port}/products`)).status;
  await vi.waitFor(async () => expect(await page()).toBe(200), soon);
  opened.mix(" anon ", " nona "); // Read as another role than was asked.
  expect(await page()).toBe(503);
  await vi.waitFor(
    () => expect(log()).toContain("an answer was read as somebody else than was asked: its connection is dropped"),
    soon,
  );
  opened.mix(null);
  await vi.waitFor(async () => expect(await page()).toBe(200), soon);
});

test("a few cuts of each kind: nobody exits, nothing is lost or doubled, and all mends without a hand", async () => {
  const lines = await measureCuts({ cuts: 8, seed: 5, drain: false, readers: 1 });
  // How soon depends on whatever else the machine does; mails may still be waiting. Both are for the long run.
  const judged = lines.filter(({ what }) => /^(Exits|Answers|Checkouts|Orders)/.test(what));
  expect(judged.length).toBeGreaterThan(6);
  expect(
    judged.filter(({ meets }) => meets === false),
    table(lines),
  ).toEqual([]);
}, 240_000);
