import { expect, test } from "vitest";
import { type Row, startLoops } from "#jobs/run-loops.ts";
import { openQueries } from "#jobs/queries.ts";
import { readSchema } from "#supabase/local/schema.ts";
import { rowsWith, workerRows } from "./support/worker-rows.ts";

const never = 3_600_000;

test("every queue that SQL or the clock fills wakes a row, none else does, and every row has a name of its own", () => {
  const bySql = [...readSchema().sql.matchAll(/private\.enqueue\('([^']+)'/g)].map(([, queue]) => queue);
  const byClock = workerRows.flatMap(({ queue, cron }) => (cron ? [queue] : []));
  expect(new Set(bySql).size).toBeGreaterThan(4);
  expect(new Set(workerRows.flatMap(({ queue }) => queue ?? []))).toEqual(new Set([...bySql, ...byClock]));
  expect(new Set(workerRows.flatMap(({ wokenBy = [] }) => wokenBy))).toEqual(new Set(["erp.back", "stock-check.due"]));
  expect(new Set(workerRows.map(({ name }) => name)).size).toBe(workerRows.length);
});

test("in maintenance by the environment orders and owners wait, other mails and everything else goes on", async () => {
  const asked: unknown[][] = [];
  // Whatever is asked of it is written down.
  const queries = new Proxy(openQueries("postgres://worker@127.0.0.1:1/none"), {
    get:
      (_, name) =>
      (...values: unknown[]) => (asked.push([name, ...values]), Promise.resolve([])),
  });
  const erp = (name: string) => () => (asked.push([name]), Promise.resolve(never));
  const part = { interrupt: () => undefined, close: () => Promise.resolve() };
  const made = (maintenance: boolean) =>
    rowsWith({
      queries,
      maintenance,
      deliverText: () => Promise.resolve({ kind: "accepted", id: null }),
      erp: { ...part, watch: erp("watch"), syncOrders: erp("syncOrders"), pullFeeds: erp("pullFeeds") },
    });
  const passes = async (maintenance: boolean) => {
    asked.length = 0;
    for (const row of made(maintenance))
      if (
        "pass" in row &&
        row.pass &&
        ["alerts", "texts", "mails", "status", "timers", "watch", "orders", "pulls"].includes(row.name)
      )
        await row.pass().catch(() => undefined); // What is answered here is no answer to some.
    return asked.map((one) => one.join(" "));
  };
  const open = await passes(false);
  expect(open).toEqual(
    expect.arrayContaining(["claimAlerts EMAIL 4", "claimAlerts SMS 4", "claimMails 4 true", "syncOrders"]),
  );
  const closed = await passes(true);
  expect(closed).toEqual(expect.arrayContaining(["claimMails 4 false", "watchStatus", "watch", "pullFeeds"]));
  expect(closed.filter((one) => /claimAlerts|syncOrders/.test(one))).toEqual([]);
  expect(closed.length).toBeGreaterThan(4);
});

/** Rows that write down what becomes of them. */
function written(queue: Row["queue"]) {
  const done: string[] = [];
  const pass = (name: string) => () => Promise.resolve((done.push(name), never));
  const job = () => Promise.resolve(void done.push("job"));
  const uses = {
    interrupt: () => void done.push("interrupt"),
    close: () => Promise.resolve(void done.push("close")),
  };
  const rows: Row[] = [
    { name: "woken", queue, pass: pass("woken"), uses },
    { name: "by itself", pass: pass("by itself"), uses },
    { name: "not set up", queue, pass: null },
    { name: "job", wokenBy: ["stock-check.due"], queue, job },
  ];
  return { done, loops: startLoops(() => rows) };
}

test("a wake-up wakes the loops and does the jobs that it is for, and no others", async () => {
  const { done, loops } = written("leftover.piled-up.sweep");
  expect(done.splice(0)).toEqual(["woken", "by itself"]);
  await new Promise((resolve) => setTimeout(resolve, 10)); // both are in their pauses
  await loops.wake("leftover.piled-up.sweep");
  await loops.wake("erp.back");
  await expect.poll(() => done).toEqual(["job", "woken"]);
  await loops.wake("stock-check.due");
  expect(done).toEqual(["job", "woken", "job"]);
  await loops.stop();
});

test("a job that fails is told to whoever rang, so that pg-boss tries it again", async () => {
  const job = () => Promise.reject(new Error("the database is away"));
  const loops = startLoops(() => [{ name: "job", queue: "leftover.piled-up.sweep", job }]);
  await expect(loops.wake("leftover.piled-up.sweep")).rejects.toThrow("the database is away");
});

test("what loops use is interrupted first and closed when all of them have ended", async () => {
  const ended: string[] = [];
  let interrupt = () => {};
  const interrupted = new Promise<void>((resolve) => (interrupt = resolve));
  const slow = async () => (await interrupted, ended.push("slow pass"), never);
  const uses = { interrupt, close: () => Promise.resolve(void ended.push("close")) };
  const loops = startLoops(() => [
    { name: "slow", pass: slow, uses },
    { name: "quick", pass: () => Promise.resolve(never), uses },
  ]);
  await loops.stop();
  expect(ended).toEqual(["slow pass", "close"]);
});
