import path from "node:path";
import { answers, type Child, type ChildOptions, logs, startChild } from "./child.ts";
import { writeAuditSettings, writeReconcileSettings } from "./command-settings.ts";
import { type Credentials, credentialsOf } from "#supabase/local/data-dir.ts";
import { startPostgres } from "#supabase/local/embedded-postgres.ts";
import { addresses, environments, type Part, type Ports, portVariables } from "./environment.ts";
import { tellErp } from "./tell-erp.ts";
import { migrate } from "#supabase/local/migrations.ts";
import { layAuthSchema, layPlatform, openLogins } from "#supabase/local/platform.ts";
import { requireFreePort } from "#supabase/local/ports.ts";

export type StackOptions = {
  dataDir: string;
  ports: Ports;
  /** `test`: no fsync. */
  mode: "demo" | "test";
  /** All by default. */
  parts?: Part[];
  /** Runs as `postgres` once the schema is there and before anything else starts. */
  prepare?: (adminUrl: string) => Promise<void>;
  /** More or other settings for single processes. */
  env?: Partial<Record<Part, Record<string, string>>>;
  say?: (sentence: string) => void;
  /** A process ended that nobody stopped; `words` says which and ends with its log. */
  onCrash?: (part: Part, words: string) => void;
};

export type Stack = {
  at: ReturnType<typeof addresses>;
  credentials: Credentials;
  /** The process number of a running part. */
  pid(part: Part): number | undefined;
  /** Ends one part: politely, or at once with "SIGKILL". Not a crash. */
  halt(part: Part, signal?: NodeJS.Signals): Promise<void>;
  /** Starts a part that was halted or crashed. */
  start(part: Part): Promise<void>;
  /** Ends everything in reverse order. */
  stop(): Promise<void>;
};

const order: Part[] = ["postgres", "mail", "erp", "sms", "auth", "worker", "web"];

const scripts: Record<Exclude<Part, "postgres">, string> = {
  mail: "mocks/mail/main.ts",
  erp: "mocks/erp/main.ts",
  sms: "mocks/sms/main.ts",
  auth: "supabase/local/auth-server.ts",
  worker: "jobs/worker.ts",
  web: "scripts/web-dev.ts",
};

/**
 * Starts the whole system on one machine: the same processes as in production, with an embedded
 * database, an auth server, a pretended ERP and a mail catcher in the place of other companies.
 *
 * @throws Error with one sentence for a person; whatever had started by then is ended again.
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const dataDir = path.resolve(options.dataDir);
  const wanted = order.filter((part) => options.parts?.includes(part) ?? true);
  const { ports } = options;
  const credentials = credentialsOf(dataDir);
  const at = addresses(ports, credentials);
  const env = environments(dataDir, ports, credentials);
  writeAuditSettings(dataDir, at.worker, credentials);
  writeReconcileSettings(dataDir, at.worker, at.erp, credentials);
  const running = new Map<Part, Child>();
  const halted = new WeakSet<Child>();

  const stack: Stack = {
    at,
    credentials,
    pid: (part) => running.get(part)?.pid,
    async halt(part, signal) {
      const child = running.get(part);
      if (!child) return;
      halted.add(child);
      running.delete(part);
      if (!signal) return child.stop();
      child.kill(signal);
      await child.ended;
    },
    async start(part) {
      if (running.has(part)) return;
      const child = part === "postgres" ? await postgres() : await startChild(childOptions(part));
      running.set(part, child);
      void child.ended.then((words) => {
        if (running.get(part) === child) running.delete(part);
        if (!halted.has(child)) options.onCrash?.(part, words);
      });
    },
    async stop() {
      // Postgres last; the others hold nothing that another needs while ending.
      await Promise.all(order.slice(1).map((part) => stack.halt(part)));
      await stack.halt("postgres");
    },
  };

  try {
    await requirePorts(wanted, ports);
    await startTogether(["postgres", "mail", "erp"]);
    if (wanted.includes("postgres")) {
      await layPlatform(dataDir, ports.postgres, credentials);
      await layAuthSchema(ports.postgres, credentials);
      await migrate(at.admin);
      await openLogins(ports.postgres, credentials);
      await options.prepare?.(at.admin);
      if (wanted.includes("erp")) await tellErp(at.admin, at.erp);
    }
    await startTogether(["sms", "auth", "worker", "web"]);
    return stack;
  } catch (error) {
    await stack.stop();
    throw error;
  }

  async function startTogether(parts: Part[]) {
    const results = await Promise.allSettled(
      parts.filter((part) => wanted.includes(part)).map((part) => stack.start(part)),
    );
    for (const result of results) if (result.status === "rejected") throw result.reason;
  }

  async function postgres(): Promise<Child> {
    const server = await startPostgres({
      dataDir,
      port: ports.postgres,
      password: credentials.supabaseAdmin,
      throwAway: options.mode === "test",
      say: options.say,
    });
    const ended = server.ended.then((log) => `The PostgreSQL process ended. Its last lines:\n${log}`);
    return {
      pid: server.pid,
      ended,
      stop: () => server.stop(),
      kill: (signal) => void process.kill(server.pid, signal),
    };
  }

  function childOptions(part: Exclude<Part, "postgres">): ChildOptions {
    const logFile = path.join(dataDir, "logs", `${part}.log`);
    const isReady = {
      mail: answers(`${at.mailbox}/`),
      erp: answers(`${at.erp}/control`),
      sms: answers(`${at.sms}/control`),
      auth: answers(`${at.auth}/auth/v1/health`),
      worker: logs(logFile, "worker ready"),
      web: answers(`${at.app}/api/health`),
    }[part];
    return { name: part, script: scripts[part], env: { ...env[part], ...options.env?.[part] }, logFile, isReady };
  }
}

// All at once and first: a port that is taken should be said before anything has been started.
async function requirePorts(parts: Part[], ports: Ports) {
  const names = {
    web: "the site",
    auth: "sign-in",
    erp: "the pretended ERP",
    mail: "the mail catcher",
    sms: "the pretended SMS gateway",
  } as const;
  for (const part of parts) {
    // Postgres looks for itself, once a killed previous run is out of its way; the worker has none.
    if (part === "postgres" || part === "worker") continue;
    // A moment's patience: processes of a killed run need it to notice and end.
    await requireFreePort(ports[part], names[part], portVariables[part], 1500);
  }
}
