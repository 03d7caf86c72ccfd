import { spawn } from "node:child_process";
import { http, type RequestHandler } from "msw";
import { afterEach, beforeEach, expect, test } from "vitest";
import { erpHandlers } from "#mocks/erp/handlers.ts";
import { ErpState } from "#mocks/erp/state.ts";
import { serve, type Served } from "#mocks/serve.ts";
import { syncFixture } from "#supabase/tests/sync-support.ts";
import { sameClock } from "#supabase/local/clock.ts";
import { until } from "#tests/support/until.ts";
import { freshDatabase, untilWorkerIsGone } from "#tests/support/database.ts";

// The command as a person starts it: a process of its own, with no worker beside it.
const database = freshDatabase();
const it = syncFixture(database);
let state: ErpState;
let erp: Served;

beforeEach(() => {
  state = new ErpState();
  state.careless = true; // Each POST is a document: what is sent twice shows.
  state.rule({ stock: { "AB-001": 100 } });
});
afterEach(async () => {
  await erp.close();
  await database.one("update app.erp_circuit set next_probe_at = now(), failures = 0");
  await it.clear();
});

const open = async (overrides: RequestHandler[] = []) =>
  void (erp = await serve([...overrides, ...erpHandlers(state)], 0));
const place = <Count extends number>(count: Count) => database.placeOrders(count);

function start(...options: string[]) {
  const child = spawn(process.execPath, ["jobs/commands/reconcile-orders.ts", ...options], {
    env: {
      NODE_ENV: "test",
      PATH: process.env.PATH,
      ...sameClock(),
      WORKER_DATABASE_URL: database.workerUrl,
      ERP_BASE_URL: `http://127.0.0.1:${erp.port}`,
      ERP_API_KEY: "one-for-tests",
    },
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (text: Buffer) => void (said += text.toString()));
  const ended = new Promise<{ code: number | null; said: string }>((resolve) =>
    child.once("close", (code) => resolve({ code, said })),
  );
  return { child, ended };
}
const run = (...options: string[]) => start(...options).ended;
/** Everything that the command could change. */
const footprint = () =>
  database.one(`
    select md5(concat((select json_agg(u order by u.order_id) from app.erp_syncs u), (select json_agg(o order by o.id)
      from app.orders o),
    (select json_agg(r order by r.id) from app.reconcile_runs r), (select json_agg(r order by r.order_id)
      from app.reconcile_results r), (select json_agg(c) from app.erp_circuit c),
    (select count(*) from app.erp_call_stats), (select count(*) from app.audit_events),
      (select count(*) from app.order_events), (select json_agg(p) from private.erp_pace p))) as sum`);
const counts = (numbers: string[]) => numbers.map((number) => state.find(number).length);

test("--help says how, and what it does not understand it does not do", async () => {
  await open();
  const help = await run("--help");
  expect([help.code, help.said]).toEqual([0, expect.stringContaining("--dry-run")]);
  for (const options of [["--dryrun"], ["--wait", "soon"]]) expect((await run(...options)).code).toBe(2);
});

test("a dry run only says what would be, the run does it and names who needs a person, the next is idle", async () => {
  await open();
  const [short, twice, fresh, ended] = await place(4);
  const send = (number: string) =>
    state.receive({
      reference: number,
      partner: "PTR-0001",
      placed_at: "2026-11-22T00:00:00Z",
      total: 1_350_000,
      lines: [{ sku: "AB-001", quantity: 3, unit_price: 450_000 }],
    });
  for (const number of [short, twice, twice, ended]) send(number);
  await database.one(
    "update app.erp_syncs set posted_at = now() - interval '1 hour', attempts = 1 where done_at is null",
  );
  await it.end(ended);
  state.rule({ stock: { "AB-001": 1 } });

  const before = [await footprint(), state.list().length];
  const dry = await run("--dry-run", "--unpaced");
  expect(dry.code).toBe(1);
  expect(dry.said).toMatch(/CREATED\s+1\n/);
  for (const line of [
    `${short}  SHORT          missing 2 of AB-001`,
    `${twice}  DUPLICATE      SEVERAL_DOCUMENTS`,
    `${ended}  STOP_IN_ERP    SO-`,
  ])
    expect(dry.said).toContain(line);
  expect([await footprint(), state.list().length]).toEqual(before);

  const real = await run("--unpaced");
  expect(real.code).toBe(1);
  expect(real.said).toMatch(/^REC-\d{4}-\d{5}: 4 orders to bring to the ERP\.\n/);
  expect(real.said).toMatch(/SHORT\s+2\n\s+DUPLICATE\s+1\n/);
  expect(real.said).toContain(`${short}  SHORT          missing 2 of AB-001`);
  expect(counts([short, twice, fresh, ended])).toEqual([1, 2, 1, 1]);
  expect(await it.run()).toMatchObject({ started_by: "COMMAND", total: 4, finished: true });
  expect(await footprint()).not.toEqual(before[0]); // Control.
  expect(await run()).toEqual({ code: 0, said: "Nothing waits for the ERP.\n" });
});

test("all confirmed ends with 0, at the rate of the settings, with a line a second", async () => {
  await open();
  const numbers = await place(8);
  const { code, said } = await run();
  expect(code).toBe(0);
  expect(said).toMatch(/of 8 orders, .* a second\n/);
  expect(said).toMatch(/CONFIRMED\s+8\n/);
  expect(counts(numbers)).toEqual(numbers.map(() => 1));
});

test("an ERP that is away: said at once, waited for if asked, and left alone when it dies in the middle", async () => {
  await open([
    http.post("*/api/v1/orders", () => {
      if (state.list().length === 3) state.mode = "down";
    }),
  ]);
  const numbers = await place(10);
  await database.one(
    `
      update app.erp_circuit set state = 'OPEN', version = version + 1, longest_pause = '2 hours',
        next_probe_at = now() + interval '1 hour'`,
  );
  const away = await run();
  expect([away.code, away.said]).toEqual([2, expect.stringContaining("10 orders wait")]);
  expect([state.list().length, await it.run().then((last) => last?.finished ?? true)]).toEqual([0, true]);

  await database.one(
    "update app.erp_circuit set first_pause = '0.1 seconds', longest_pause = '0.6 seconds', next_probe_at = now()",
  );
  const died = await run("--wait", "20", "--unpaced");
  expect(died.code).toBe(2);
  expect(died.said).toMatch(/The ERP is away, the breaker is \w+: \d+ orders of REC-\S+ left/);
  expect(await it.run()).toMatchObject({ finished: false });
  expect(counts(numbers).every((n) => n <= 1)).toBe(true);
});

test("killed in the middle, or interrupted, the next one goes on, and every order is one document", async () => {
  await open([http.post("*/api/v1/orders", () => new Promise((resolve) => setTimeout(resolve, 40)))]);
  const numbers = await place(40);
  const done = () => state.list().length;
  const later = async () => {
    for (const number of numbers) await it.pass(number, 61);
  };

  const killed = start("--unpaced");
  await until(() => expect(done()).toBeGreaterThan(8), 5);
  killed.child.kill("SIGKILL");
  await killed.ended;
  await untilWorkerIsGone(database);
  await later();

  const stopped = start("--unpaced");
  const before = done();
  await until(() => expect(done()).toBeGreaterThan(before + 8), 5);
  stopped.child.kill("SIGINT");
  const interrupted = await stopped.ended;
  expect(interrupted.code).toBe(130);
  expect(interrupted.said).toMatch(
    /Interrupted: \d+ orders of REC-\S+ left\. The next npm run reconcile-orders goes on\./,
  );
  const { ref } = (await it.run())!;
  expect(
    (await database.one("select count(*)::int as n from app.erp_syncs where done_at is null and lease_until > now()"))
      ?.n,
  ).toBe(0);

  const finished = await run("--unpaced");
  expect(finished.code).toBe(0);
  expect(finished.said).toContain(ref);
  expect(await it.run()).toMatchObject({ ref, total: 40, finished: true });
  expect(counts(numbers)).toEqual(numbers.map(() => 1));
});
