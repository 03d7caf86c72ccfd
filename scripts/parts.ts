import path from "node:path";
import type { Credentials } from "#supabase/local/data-dir.ts";
import { startPostgres } from "#supabase/local/embedded-postgres.ts";
import { answers, type Child, logs, startChild } from "./child.ts";
import { addresses, environments, type Part, type Ports } from "./environment.ts";

const scripts: Record<Exclude<Part, "postgres">, string> = {
  mail: "mocks/mail/main.ts",
  erp: "mocks/erp/main.ts",
  sms: "mocks/sms/main.ts",
  auth: "supabase/local/auth-server.ts",
  worker: "jobs/worker.ts",
  web: "scripts/web-dev.ts",
  watcher: "jobs/watcher/main.ts",
};

type Options = {
  dataDir: string;
  ports: Ports;
  mode: "demo" | "test";
  env?: Partial<Record<Part, Record<string, string>>>;
  say?: (sentence: string) => void;
};

/** How each part is started: Postgres embedded, all others as processes of Node. */
export function starterOf({ dataDir, ports, mode, env: more, say }: Options, credentials: Credentials) {
  const at = addresses(ports, credentials);
  const env = environments(dataDir, ports, credentials);
  return (part: Part): Promise<Child> => (part === "postgres" ? postgres() : node(part));

  async function postgres(): Promise<Child> {
    const server = await startPostgres({
      dataDir,
      port: ports.postgres,
      password: credentials.supabaseAdmin,
      throwAway: mode === "test",
      say,
    });
    const ended = server.ended.then((log) => `The PostgreSQL process ended. Its last lines:\n${log}`);
    return {
      pid: server.pid,
      ended,
      stop: () => server.stop(),
      kill: (signal) => void process.kill(server.pid, signal),
    };
  }

  function node(part: Exclude<Part, "postgres">): Promise<Child> {
    const logFile = path.join(dataDir, "logs", `${part}.log`);
    const isReady = {
      mail: answers(`${at.mailbox}/`),
      erp: answers(`${at.erp}/control`),
      sms: answers(`${at.sms}/control`),
      auth: answers(`${at.auth}/auth/v1/health`),
      worker: logs(logFile, "worker ready"),
      web: answers(`${at.app}/api/health`),
      watcher: logs(logFile, "watcher ready"),
    }[part];
    return startChild({ name: part, script: scripts[part], env: { ...env[part], ...more?.[part] }, logFile, isReady });
  }
}
