import { expect, test } from "vitest";
import { openAudit } from "#jobs/audit/audit.ts";
import { openSigner } from "#jobs/audit/keys.ts";
import { openErp } from "#jobs/erp/erp.ts";
import { workerLoops } from "#jobs/loops.ts";
import { openQueries } from "#jobs/queries.ts";
import { queueNames } from "#jobs/queues.ts";
import { type Row, startLoops } from "#jobs/run-loops.ts";

const never = 3_600_000;

test("every queue wakes a row, and every row has a name of its own", async () => {
  const databaseUrl = "postgres://worker@127.0.0.1:1/none";
  const queries = openQueries(databaseUrl);
  const erp = openErp({ baseUrl: "http://127.0.0.1:1", apiKey: "key" }, queries, () => undefined);
  const signer = openSigner(process.env.AUDIT_SIGNING_KEY!);
  const audit = openAudit({ databaseUrl, signer, earlierKeys: [], headsFile: "none" });
  const deliver = () => Promise.resolve({ kind: "accepted" as const, id: null });
  const ours = { appUrl: "http://127.0.0.1:3000", whatsapp: "628110000001", wake: () => Promise.resolve() };
  const rows = workerLoops({ queries, erp, audit, deliver, deliverText: null, ...ours });

  expect(new Set(rows.flatMap(({ wokenBy = [] }) => wokenBy))).toEqual(
    new Set([...queueNames, "erp.back", "stock-check.due"]),
  );
  expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length);
  await Promise.all([erp.close(), audit.close()]).then(() => queries.close());
});

/** Rows that write down what becomes of them. */
function written(...wokenBy: NonNullable<Row["wokenBy"]>) {
  const done: string[] = [];
  const pass = (name: string) => () => Promise.resolve((done.push(name), never));
  const job = () => Promise.resolve(void done.push("job"));
  const uses = {
    interrupt: () => void done.push("interrupt"),
    close: () => Promise.resolve(void done.push("close")),
  };
  const rows: Row[] = [
    { name: "woken", wokenBy, pass: pass("woken"), uses },
    { name: "by itself", pass: pass("by itself"), uses },
    { name: "not set up", wokenBy, pass: null },
    { name: "job", wokenBy, job },
  ];
  return { done, loops: startLoops(() => rows) };
}

test("a wake-up ends the pauses of its loops and does its jobs, and no others", async () => {
  const { done, loops } = written("leftover.piled-up.sweep");
  expect(done.splice(0)).toEqual(["woken", "by itself"]);
  await new Promise((resolve) => setTimeout(resolve, 10)); // both are in their pauses
  await loops.wake("leftover.piled-up.sweep");
  await loops.wake("erp.back");
  await expect.poll(() => done).toEqual(["job", "woken"]);
  await loops.stop();
});

test("a job that fails is told to whoever woke it, so that pg-boss tries it again", async () => {
  const job = () => Promise.reject(new Error("the database is away"));
  const loops = startLoops(() => [{ name: "job", wokenBy: ["leftover.piled-up.sweep"], job }]);
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
