import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { delay, http } from "msw";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { erpHandlers } from "#mocks/erp/handlers.ts";
import { ErpState, orderShape } from "#mocks/erp/state.ts";
import { mailHandlers } from "#mocks/mail/handlers.ts";
import { MailState } from "#mocks/mail/state.ts";
import { smsHandlers } from "#mocks/sms/handlers.ts";
import { SmsState } from "#mocks/sms/state.ts";
import { serve, type Served } from "#mocks/serve.ts";
import { sameClock } from "#supabase/local/clock.ts";
import { until } from "#tests/support/until.ts";
import { freshDatabase, untilWorkerIsGone } from "#tests/support/database.ts";
import { readLogLine } from "#tests/support/log-line.ts";

const database = freshDatabase();
let erp: Served;
let mail: Served;
let gateway: Served;
let worker: ChildProcess;
const erpState = new ErpState();
let answersLost = false;
// It books the order and its answer never comes; everything else is answered, so that the breaker has no opinion.
const loseAnswers = http.post("*/api/v1/orders", async ({ request }) => {
  if (!answersLost) return undefined;
  erpState.receive(orderShape.parse(await request.json()));
  await delay("infinite");
});
const mailState = new MailState();
const smsState = new SmsState();

beforeAll(async () => {
  erpState.learn({ skus: ["AB-001", "AB-002"], partners: ["PTR-0001"] });
  erp = await serve([loseAnswers, ...erpHandlers(erpState)], 0);
  mail = await serve(mailHandlers(mailState), 0);
  gateway = await serve(smsHandlers(smsState), 0);
  await start();
});
afterAll(async () => {
  worker.kill("SIGKILL");
  await Promise.all([erp.close(), mail.close(), gateway.close()]);
});

async function start() {
  worker = spawn(process.execPath, ["jobs/worker.ts"], {
    stdio: ["ignore", "pipe", "inherit"],
    env: {
      NODE_ENV: "test",
      PATH: process.env.PATH,
      ...sameClock(),
      WORKER_DATABASE_URL: database.workerUrl,
      APP_URL: "http://127.0.0.1:3000",
      RESEND_API_KEY: "re_demo",
      SALES_INBOX: "sales@alfa.test",
      RESEND_BASE_URL: `http://127.0.0.1:${mail.port}`,
      MAIL_FROM: "Alfa <order@alfa.test>",
      SMS_GATEWAY_URL: `http://127.0.0.1:${gateway.port}/messages`,
      SMS_GATEWAY_TOKEN: "gateway-token",
      AUDIT_SIGNING_KEY: process.env.AUDIT_SIGNING_KEY,
      AUDIT_HEADS_FILE: path.join(os.tmpdir(), `heads-${process.pid}.jsonl`),
      ERP_BASE_URL: `http://127.0.0.1:${erp.port}`,
      ERP_API_KEY: "demo-key",
      HQ_WHATSAPP: "628110000001",
    },
  });
  for await (const line of createInterface({ input: worker.stdout! })) {
    if (readLogLine(line).msg === "worker ready") break;
  }
  worker.stdout?.resume();
}

async function expectHandled(number: string) {
  await until(async () => expect((await database.order(number))?.sync_status).toBe("SYNCED"));
  await until(async () => expect((await database.alert(number))?.state).toBe("SENT"));
  expect(erpState.list().filter((document) => document.reference === number)).toHaveLength(1);
  expect(mailState.list().filter((mail) => mail.subject.includes(number))).toHaveLength(1);
  const code = await database.value<string>("select private.dispute_code(id) from app.orders where number = $1", [
    number,
  ]);
  await until(() => expect(smsState.list().filter(({ text }) => text.endsWith(`/b/${code}`))).toHaveLength(1));
}

test("an order in a store's name reaches its owner and the ERP", async () => {
  await expectHandled(await database.placeOrder({ shadow: true }));
});

test("killed while the ERP has the order but not yet answered, the next worker makes no second document", async () => {
  answersLost = true;
  const number = await database.placeOrder({ shadow: true });
  await until(() => expect(erpState.find(number)).toHaveLength(1));
  worker.kill("SIGKILL");
  await once(worker, "exit");
  await untilWorkerIsGone(database);
  answersLost = false;
  expect(
    await database.one(
      "select lease_until > now() as leased, posted_at is not null as posted from app.erp_syncs where done_at is null",
    ),
  ).toEqual({ leased: true, posted: true });
  // the lease runs out
  await database.one("update app.erp_syncs set next_attempt_at = now(), lease_until = now() where done_at is null");
  await database.one("update app.shadow_alerts set next_attempt_at = now() where state = 'PENDING'");

  await start();
  await expectHandled(number);
});

test("it outlives the loss of every database connection", async () => {
  const superuser = new pg.Client({
    host: "127.0.0.1",
    port: database.port,
    database: "postgres",
    user: "supabase_admin",
    password: database.credentials.supabaseAdmin,
  });
  await superuser.connect();
  const { rowCount } = await superuser.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'worker'",
  );
  await superuser.end();
  expect(rowCount).toBeGreaterThan(1);

  await expectHandled(await database.placeOrder({ shadow: true }));
  expect(worker.exitCode).toBeNull();
});

test("asked to stop, it stops by itself", async () => {
  worker.kill("SIGTERM");
  const [code]: unknown[] = await once(worker, "exit");
  expect(code).toBe(0);
});

test("without its settings it says which and does not start", async () => {
  const bare = spawn(process.execPath, ["jobs/worker.ts"], {
    stdio: ["ignore", "ignore", "pipe"],
    env: { NODE_ENV: "test", PATH: process.env.PATH, ERP_API_KEY: "changeme" },
  });
  let said = "";
  bare.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const [code]: unknown[] = await once(bare, "close");

  expect(code).toBe(1);
  expect(said).toContain("WORKER_DATABASE_URL is missing");
  expect(said).toContain("ERP_API_KEY is a placeholder");
  expect(said).not.toContain("    at ");
});
