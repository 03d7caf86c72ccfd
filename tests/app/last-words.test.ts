import pg from "pg";
import { PgBoss } from "pg-boss";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { openProxy, type NetworkProxy } from "#tests/support/proxy.ts";

let proxy: NetworkProxy;
let proxyUrl: string;
/** The worker's own login, past the proxy: it sees what its connections do. */
let worker: pg.Pool;

beforeAll(async () => {
  const url = new URL(process.env.WORKER_DATABASE_URL!);
  proxy = await openProxy(Number(url.port));
  url.port = String(proxy.port);
  proxyUrl = url.href;
  worker = new pg.Pool({ connectionString: process.env.WORKER_DATABASE_URL, max: 1 });
  worker.on("error", () => undefined);
});
afterAll(async () => {
  await worker.end();
  await proxy.close();
});

/** What was thrown while nobody listened: in a process without these lines, its end. */
async function unheard(work: () => Promise<unknown>): Promise<unknown[]> {
  const errors: unknown[] = [];
  const others = process.listeners("uncaughtException");
  process.removeAllListeners("uncaughtException");
  process.on("uncaughtException", (error) => errors.push(error));
  try {
    await work();
    return errors;
  } finally {
    process.removeAllListeners("uncaughtException");
    for (const other of others) process.on("uncaughtException", other);
  }
}

/** Stops a boss whose goodbye gets lost, while its server is shut down and says so. */
async function stoppedTogether(boss: PgBoss) {
  boss.on("error", () => undefined);
  await boss.start();
  const pids = await vi.waitFor(
    async () => {
      const { rows } = await worker.query<{ pid: number }>(
        "select pid from pg_stat_activity where datname = current_database() and query like 'LISTEN%'",
      );
      expect(rows).toHaveLength(1);
      return rows.map(({ pid }) => pid);
    },
    { timeout: 10_000 },
  );
  proxy.swallow(true);
  const stopped = boss.stop({ graceful: false });
  await vi.waitFor(() => expect(proxy.goodbyes).toBeGreaterThan(0), { timeout: 10_000 });
  for (const pid of pids) process.kill(pid, "SIGTERM"); // What pg_terminate_backend sends.
  await vi.waitFor(
    async () =>
      expect((await worker.query("select from pg_stat_activity where pid = any($1)", [pids])).rowCount).toBe(0),
    { timeout: 10_000 },
  );
  proxy.swallow(false);
  proxy.cut();
  await stopped;
}

const settings = {
  schema: "pgboss",
  migrate: false,
  createSchema: false,
  useListenNotify: true,
  __test__noAdvisoryLocks: true,
};

test("the control: as it comes, a server that goes while pg-boss hangs up ends the process", async () => {
  const errors = await unheard(() => stoppedTogether(new PgBoss({ ...settings, connectionString: proxyUrl })));
  expect(errors.map(String)).toContainEqual(expect.stringMatching(/terminating connection|Connection terminated/));
});

test("a server that goes while the worker hangs up is nobody's end", async () => {
  const { openBoss } = await import("#jobs/boss.ts");
  expect(await unheard(() => stoppedTogether(openBoss(proxyUrl)))).toEqual([]);
});
