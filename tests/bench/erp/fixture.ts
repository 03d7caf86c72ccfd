import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type pg from "pg";
import { erpHandlers } from "#mocks/erp/handlers.ts";
import { ErpState } from "#mocks/erp/state.ts";
import { mailHandlers } from "#mocks/mail/handlers.ts";
import { MailState } from "#mocks/mail/state.ts";
import { serve } from "#mocks/serve.ts";
import { basics, type Child, logs, startChild } from "#scripts/child.ts";
import { environments } from "#scripts/environment.ts";
import { tellErp } from "#scripts/tell-erp.ts";
import { root } from "#scripts/places.ts";
import { liftLimits } from "../carts.ts";
import { isSmoke } from "../small-data.ts";
import { openSystem } from "../system.ts";
import { toBeEnded } from "./ends.ts";
import { ErpProxy } from "./proxy.ts";

export type ErpFixture = Awaited<ReturnType<typeof openErpFixture>>;
export type Circuit = "CLOSED" | "OPEN" | "HALF_OPEN";
/** A process of ours; `ended` gives its exit code, or null after a signal. */
export type Process = {
  pid: number;
  ended: Promise<number | null>;
  kill: (signal: NodeJS.Signals) => void;
  logFile: string;
};

/**
 * A system with an ERP and a mail provider in this process, which outlive every kill, and as many real workers and
 * commands as a part starts, each with its own way to the ERP, which sees each call.
 */
export async function openErpFixture() {
  const { thing: system, end } = await toBeEnded(openSystem({ erp: false }), (opened) => opened.close());
  const { at, credentials } = system.stack;
  const erp = await serve(erpHandlers(new ErpState({ apiKey: credentials.erpApiKey })), 0);
  const erpUrl = `http://127.0.0.1:${erp.port}`;
  await tellErp(at.admin, erpUrl);
  const proxy = new ErpProxy(erpUrl);
  const port = (url: string) => Number(new URL(url).port);
  const ports = {
    postgres: port(at.admin),
    auth: port(at.auth),
    erp: port(at.erp),
    mail: port(at.mailbox),
    sms: port(at.sms),
    web: port(at.app),
  };
  const mail = await serve(mailHandlers(new MailState()), ports.mail);
  const env = environments(system.dataDir, ports, credentials).worker;
  const processes = new Map<string, Process>();
  const killed = new Set<number>();
  /** Workers that ended without being ended. */
  const crashes: string[] = [];
  const ask = async <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []) =>
    (await system.admin.query<Row>(text, values)).rows;
  const control = async (pathname: string, method: string, body?: object) => {
    const response = await fetch(new URL(pathname, erpUrl), {
      method,
      ...(body && { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    });
    if (!response.ok) throw new Error(`${method} ${pathname} of the pretended ERP answered ${response.status}.`);
    return response.json() as Promise<unknown>;
  };

  const { end: endProcesses } = await toBeEnded(Promise.resolve(processes), async () => {
    for (const { kill } of processes.values()) kill("SIGKILL");
    await Promise.all([...processes.values()].map(({ ended }) => ended));
  });

  const fixture = {
    system,
    proxy,
    erpUrl,
    crashes,
    ask,
    control,
    apiKey: credentials.erpApiKey,

    /** A worker under this name, with the ERP at a port of its own. */
    async worker(name: string): Promise<Process> {
      const logFile = path.join(system.dataDir, "logs", `${name}.log`);
      const child: Child = await startChild({
        name,
        script: "jobs/worker.ts",
        env: { ...env, ERP_BASE_URL: await proxy.open(name) },
        logFile,
        isReady: logs(logFile, "worker ready"),
      });
      void child.ended.then((words) => {
        processes.delete(name);
        if (!killed.has(child.pid)) crashes.push(words);
      });
      const started = {
        pid: child.pid,
        logFile,
        ended: child.ended.then(() => null),
        kill: (signal: NodeJS.Signals) => void (killed.add(child.pid), child.kill(signal)),
      };
      processes.set(name, started);
      return started;
    },

    /** `npm run reconcile-orders -- ...` under this name. */
    async reconcile(name: string, args: string[] = []): Promise<Process> {
      const logFile = path.join(system.dataDir, "logs", `${name}.log`);
      const log = fs.openSync(logFile, "a");
      const ERP_BASE_URL = await proxy.open(name);
      const child = spawn(
        process.execPath,
        ["--import", "./scripts/follow-parent.mjs", "jobs/commands/reconcile-orders.ts", ...args],
        {
          cwd: root,
          detached: true,
          stdio: ["ignore", log, log, "ipc"],
          env: { ...basics(), NODE_ENV: "production", ...env, ERP_BASE_URL },
        },
      );
      fs.closeSync(log);
      const ended = new Promise<number | null>((resolve) => child.once("exit", (code) => resolve(code)));
      void ended.then(() => processes.delete(name));
      const started = { pid: child.pid!, logFile, ended, kill: (signal: NodeJS.Signals) => void child.kill(signal) };
      processes.set(name, started);
      return started;
    },

    /** Ends one as a power cut would, or politely. */
    async end(name: string, signal: NodeJS.Signals = "SIGKILL") {
      const running = processes.get(name);
      running?.kill(signal);
      await running?.ended;
    },

    /** Stock and credit pulled once by a worker that ends again, and enough of both. The small data has them. */
    async supply() {
      if (!isSmoke()) {
        await fixture.worker("supplier");
        await system.firstPull();
        await fixture.end("supplier", "SIGTERM");
      }
      await liftLimits(system);
      const skus = await ask<{ sku: string }>("select sku from app.products");
      await control("/control/rules", "POST", { stock: Object.fromEntries(skus.map(({ sku }) => [sku, 1_000_000])) });
    },

    /** Orders for the ERP in a second, of all processes together. */
    async setRate(perSecond: number) {
      await system.admin.query(
        "select private.audit('SETTING_CHANGED', 'setting', 'erp.sync_per_second'); " +
          `update app.settings set value = '${Number(perSecond)}' where key = 'erp.sync_per_second'`,
      );
    },

    /** The breaker turned by the product's own function, where its way there is not what is measured. */
    turn: (state: Circuit) => ask("select private.turn_circuit($1, 'bench')", [state]),

    /** How many orders are still on their way to the ERP. */
    async waiting(): Promise<number> {
      const [row] = await ask<{ n: number }>("select count(*)::int as n from app.erp_syncs where done_at is null");
      return row!.n;
    },
    /** In a smoke run nobody waits for the leases of the killed: they end now. */
    async hurry() {
      if (!isSmoke()) return;
      await ask("update app.erp_circuit set probe_until = now(), next_probe_at = now() where state <> 'CLOSED'");
      await ask(`
        update app.erp_syncs set lease_until = least(lease_until, now()), unsure_until = least(unsure_until, now()),
          next_attempt_at = least(next_attempt_at, now()) where done_at is null`);
    },
    async untilDone(patienceMs: number) {
      for (const until = Date.now() + patienceMs; (await fixture.waiting()) > 0; await pause(50)) {
        if (Date.now() < until) continue;
        const left = await ask<{ reason: string | null; n: number }>(
          `
            select last_error as reason, count(*)::int as n from app.erp_syncs where done_at is null group by 1
              order by 2 desc limit 3`,
        );
        throw new Error(
          `Orders still wait for the ERP after ${patienceMs / 1000} s: ` +
            `${left.map(({ reason, n }) => `${n} (${reason ?? "not tried"})`).join(", ")}.`,
        );
      }
    },

    async close() {
      await endProcesses();
      await end();
      await Promise.all([proxy.close(), erp.close(), mail.close()]);
    },
  };
  return fixture;
}
