import path from "node:path";
import { writeAuditSettings, writeDoctorSettings, writeReconcileSettings } from "./command-settings.ts";
import { type Credentials, credentialsOf } from "#supabase/local/data-dir.ts";
import { addresses, environments, type Part, type Ports, portVariables } from "./environment.ts";
import { starterOf } from "./parts.ts";
import { keepParts, order } from "./running.ts";
import { tellErp } from "./tell-erp.ts";
import { migrate } from "#supabase/local/migrations.ts";
import { layAuthSchema, layPlatform, openLogins } from "#supabase/local/platform.ts";
import { requireFreePort } from "#supabase/local/ports.ts";

export type StackOptions = {
  dataDir: string;
  ports: Ports;
  /** `test`: no fsync. */
  mode: "demo" | "test";
  /** By default all but the watcher, which only looks on. */
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

/**
 * Starts the whole system on one machine: the same processes as in production, with an embedded
 * database, an auth server, a pretended ERP and a mail catcher in the place of other companies.
 *
 * @throws Error with one sentence for a person; whatever had started by then is ended again.
 */
export async function startStack(given: StackOptions): Promise<Stack> {
  const options = { ...given, dataDir: path.resolve(given.dataDir) };
  const { dataDir, ports, parts = order.filter((part) => part !== "watcher") } = options;
  const wanted = order.filter((part) => parts.includes(part));
  const credentials = credentialsOf(dataDir);
  const at = addresses(ports, credentials);
  writeAuditSettings(dataDir, at.worker, credentials);
  writeReconcileSettings(dataDir, at.worker, at.erp, credentials);
  writeDoctorSettings(dataDir, at.admin, environments(dataDir, ports, credentials));
  const stack: Stack = { at, credentials, ...keepParts(starterOf(options, credentials), options.onCrash) };

  try {
    await requirePorts(wanted, ports);
    await startTogether(["postgres", "mail", "erp"]);
    if (wanted.includes("postgres")) {
      await layDatabase(options, credentials, at.admin);
      if (wanted.includes("erp")) await tellErp(at.admin, at.erp);
    }
    await startTogether(["sms", "auth", "worker", "web"]);
    return stack;
  } catch (error) {
    await stack.stop();
    throw error;
  }

  async function startTogether(some: Part[]) {
    const results = await Promise.allSettled(
      some.filter((part) => wanted.includes(part)).map((part) => stack.start(part)),
    );
    for (const result of results) if (result.status === "rejected") throw result.reason;
  }
}

async function layDatabase({ dataDir, ports, prepare }: StackOptions, credentials: Credentials, adminUrl: string) {
  await layPlatform(dataDir, ports.postgres, credentials);
  await layAuthSchema(ports.postgres, credentials);
  await migrate(adminUrl);
  await openLogins(ports.postgres, credentials);
  await prepare?.(adminUrl);
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
    // Postgres looks for itself, once a killed previous run is out of its way; the worker and the watcher have none.
    if (part === "postgres" || part === "worker" || part === "watcher") continue;
    // A moment's patience: processes of a killed run need it to notice and end.
    await requireFreePort(ports[part], names[part], portVariables[part], 1500);
  }
}
