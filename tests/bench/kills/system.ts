import { EventEmitter } from "node:events";
import path from "node:path";
import { http } from "msw";
import { mailHandlers } from "#mocks/mail/handlers.ts";
import { MailState } from "#mocks/mail/state.ts";
import { serve } from "#mocks/serve.ts";
import { slackHandlers } from "#mocks/slack/handlers.ts";
import { SlackState } from "#mocks/slack/state.ts";
import { smsHandlers } from "#mocks/sms/handlers.ts";
import { SmsState } from "#mocks/sms/state.ts";
import { credentialsOf, removeData } from "#supabase/local/data-dir.ts";
import { type Child, logs, startChild } from "#scripts/child.ts";
import { type Part, environments } from "#scripts/environment.ts";
import { tellErp } from "#scripts/tell-erp.ts";
import { databaseUrl } from "#supabase/local/platform.ts";
import { superuser } from "#supabase/local/embedded-postgres.ts";
import { type Stack, startStack } from "#scripts/stack.ts";
import { seedTest } from "#supabase/seed/test.ts";
import { placeForSystem } from "#tests/support/system.ts";
import { openProxy } from "#tests/support/proxy.ts";
import { copySmallData } from "../small-data.ts";

export type System = Awaited<ReturnType<typeof openSystem>>;

/**
 * The real built web, the real worker and sign-in, each by way of a proxy that can be cut, and a real Postgres with
 * fsync and synchronous commits as in production, but in a smoke run. The providers are in this process, on real ports:
 * they outlive every kill and know each request.
 */
export async function openSystem() {
  const { dataDir, ports } = await placeForSystem("kills");
  const small = copySmallData("seeded", dataDir);
  const credentials = credentialsOf(dataDir);
  const proxy = await openProxy(ports.postgres);
  const throughProxy = (url: string) => Object.assign(new URL(url), { port: String(proxy.port) }).href;
  const env = environments(dataDir, ports, credentials);
  const mailState = new MailState();
  const smsState = new SmsState();
  const slackState = new SlackState();
  mailState.delayMs = 60; // An answer takes its time, so that a kill can fall into it.
  const seen = new EventEmitter();
  const tap = http.post("*", () => void seen.emit("request")); // Passes the request on to the handlers after it.
  const mail = await serve([tap, ...mailHandlers(mailState)], ports.mail);
  const sms = await serve([tap, ...slackHandlers(slackState), ...smsHandlers(smsState)], ports.sms);
  /** Processes that ended without being killed. */
  const crashes: Array<{ part: Part; words: string }> = [];
  const starting: Promise<Stack> = startStack({
    dataDir,
    mode: small ? "test" : "demo",
    parts: ["postgres", "erp", "auth", "worker", "web"],
    ports,
    env: {
      web: { DATABASE_URL: throughProxy(env.web.DATABASE_URL!) },
      worker: { WORKER_DATABASE_URL: throughProxy(env.worker.WORKER_DATABASE_URL!) },
      auth: { AUTH_DATABASE_URL: throughProxy(env.auth.AUTH_DATABASE_URL!) },
    },
    prepare: async (adminUrl) => {
      await seedTest(adminUrl);
      await tellErp(adminUrl, `http://127.0.0.1:${ports.erp}`);
    },
    onCrash(part, words) {
      crashes.push({ part, words });
      console.error(words);
      // As whoever looks after the processes would.
      void starting.then((stack) => stack.start(part)).catch(console.error);
    },
  });
  const stack = await starting;
  const workerEnv = { ...env.worker, WORKER_DATABASE_URL: throughProxy(env.worker.WORKER_DATABASE_URL!) };

  return {
    stack,
    proxy,
    mailState,
    smsState,
    slackState,
    seen,
    /** One worker more, beside the stack's own. */
    async anotherWorker(name: string): Promise<Child> {
      const logFile = path.join(dataDir, "logs", `${name}.log`);
      const isReady = logs(logFile, "worker ready");
      return startChild({ name, script: "jobs/worker.ts", env: workerEnv, logFile, isReady });
    },
    crashes,
    logs: path.join(dataDir, "logs"),
    superuserUrl: databaseUrl(ports.postgres, superuser, credentials.supabaseAdmin),
    async close() {
      await stack.stop();
      await Promise.all([mail.close(), sms.close(), proxy.close()]);
      removeData(dataDir);
    },
  };
}
