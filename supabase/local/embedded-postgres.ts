import { type ChildProcess, spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { sameClock } from "./clock.ts";
import { postgresFolder, readyMarker, removeData } from "./data-dir.ts";
import { openLog } from "./open-log.ts";
import { requireFreePort } from "./ports.ts";
import { postgresBinaries, runPostgresTool, serverEnvironment, serverUser } from "./postgres-binaries.ts";

/** The bootstrap superuser, named as on hosted Supabase. Nothing of ours logs in as it after the platform is laid. */
export const superuser = "supabase_admin";

export type PostgresOptions = {
  dataDir: string;
  port: number;
  /** Of `supabase_admin`; takes effect when the folder is first initialised. */
  password: string;
  /** For tests: no fsync anywhere. A crash of the machine loses the folder. */
  throwAway?: boolean;
  settings?: Record<string, string>;
  /** For tests: the clock it runs under (clock.ts); this process' own by default. */
  clock?: Record<string, string>;
  say?: (sentence: string) => void;
};

export type RunningPostgres = {
  pid: number;
  /** Resolves when the server has ended, wanted or not, with its last log lines. */
  ended: Promise<string>;
  stop(): Promise<void>;
};

/**
 * Starts PostgreSQL 17 on the loopback address: SCRAM, UTF-8, data checksums, no Unix socket.
 * A folder whose initialisation was cut short is made anew, but only if it never held data.
 *
 * @throws Error with one sentence for a person (port in use, damaged folder, server did not start).
 */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const say = options.say ?? (() => undefined);
  const folder = postgresFolder(options.dataDir);
  const binaries = postgresBinaries();
  await endPreviousRun(folder, say);
  await requireFreePort(options.port, "PostgreSQL", "POSTGRES_PORT", 1000);
  initialise(binaries, folder, options, say);
  const logFile = path.join(options.dataDir, "logs", "postgres.log");
  const child = launch(binaries, folder, logFile, options);
  // However this process ends, short of kill -9, the database does not outlive it.
  const follow = () => child.kill("SIGINT");
  process.once("exit", follow);
  const ended = new Promise<string>((done) => {
    child.once("exit", () => done(tail(logFile)));
    child.once("error", (error) => done(error.message)); // Not even started: out of processes or of memory.
  });
  void ended.then(() => process.off("exit", follow));
  await acceptsConnections(options, child, ended);
  return {
    pid: child.pid!,
    ended,
    async stop() {
      child.kill("SIGINT"); // "fast": ends sessions, writes a checkpoint
      await ended;
    },
  };
}

function initialise(binaries: string, folder: string, options: PostgresOptions, say: (s: string) => void) {
  const marker = readyMarker(options.dataDir);
  const version = path.join(folder, "PG_VERSION");
  if (fs.existsSync(marker)) {
    if (fs.existsSync(version)) return;
    throw new Error(
      `The database folder ${folder} held data and is now damaged or missing: restore it from a backup, or start ` +
        `over with "npm run demo -- --reset".`,
    );
  }
  if (fs.existsSync(folder)) {
    say("The database folder was only half initialised and never held data: it is made anew.");
    fs.rmSync(folder, { recursive: true, force: true });
  }
  const user = serverUser();
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  const passwordFile = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "alfa-initdb-")), "password");
  fs.writeFileSync(passwordFile, `${options.password}\n`, { mode: 0o600 });
  if (user.uid !== undefined) {
    for (const owned of [folder, passwordFile, path.dirname(passwordFile)]) fs.chownSync(owned, user.uid, user.gid!);
  }
  try {
    runPostgresTool(binaries, "initdb", [
      "-D",
      folder,
      "-U",
      superuser,
      `--pwfile=${passwordFile}`,
      "--auth=scram-sha-256",
      "--data-checksums",
      "--encoding=UTF8",
      "--locale=C",
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
      // Small pieces of the log, so that copying a folder copies little.
      ...(options.throwAway ? ["--no-sync", "--wal-segsize=1"] : []),
    ]);
  } finally {
    fs.rmSync(path.dirname(passwordFile), { recursive: true, force: true });
  }
}

function launch(binaries: string, folder: string, logFile: string, options: PostgresOptions) {
  const settings: Record<string, string> = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    port: String(options.port),
    timezone: "UTC",
    log_error_verbosity: "terse", // The detail of an error quotes rows: names, and what people typed.
    ...(options.throwAway
      ? { fsync: "off", synchronous_commit: "off", full_page_writes: "off", min_wal_size: "2MB" }
      : {}),
    ...options.settings,
  };
  const log = openLog(logFile);
  const args = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  // Detached: Ctrl-C in a terminal reaches the whole process group, and the database has to be the last to end.
  const child = spawn(path.join(binaries, "postgres"), ["-D", folder, ...args], {
    ...serverUser(),
    cwd: os.tmpdir(),
    env: { ...serverEnvironment(), ...(options.clock ?? sameClock()) },
    detached: true,
    stdio: ["ignore", log, log],
  });
  fs.closeSync(log);
  return child;
}

async function acceptsConnections({ port, password }: PostgresOptions, child: ChildProcess, ended: Promise<string>) {
  let exit: string | undefined;
  void ended.then((log) => (exit = log));
  for (const until = Date.now() + 60_000; Date.now() < until; await pause(20)) {
    if (exit !== undefined) throw new Error(`PostgreSQL did not start. Its last words:\n${exit}`);
    const client = new pg.Client({ host: "127.0.0.1", port, user: superuser, password, database: "postgres" });
    client.on("error", () => undefined);
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (error instanceof pg.DatabaseError && error.code === "28P01") {
        child.kill("SIGINT");
        throw new Error(
          "The database refuses the password kept beside it (credentials.json was replaced): put the old file back, " +
            'or start over with "npm run demo -- --reset".',
          { cause: error },
        );
      }
    }
  }
  child.kill("SIGINT");
  throw new Error("PostgreSQL did not accept connections within 60 seconds.");
}

/** Removes all data of a folder, and first the database server that a killed run may have left on it. */
export async function startOver(dataDir: string) {
  await endPreviousRun(postgresFolder(dataDir), () => undefined);
  removeData(dataDir);
}

// A run ended by kill -9 leaves its postmaster behind, or only its pid file.
async function endPreviousRun(folder: string, say: (s: string) => void) {
  const pidFile = path.join(folder, "postmaster.pid");
  if (!fs.existsSync(pidFile)) return;
  const pid = Number(fs.readFileSync(pidFile, "utf8").split("\n")[0]);
  if (!isPostgres(pid)) {
    say("The previous run was killed: the database recovers what it had saved.");
    fs.rmSync(pidFile, { force: true });
    return;
  }
  say("The previous run was killed and left its database running: it is stopped first.");
  process.kill(pid, "SIGINT");
  for (const until = Date.now() + 15_000; Date.now() < until; await pause(50)) if (!isPostgres(pid)) return;
  throw new Error(`A previous database (process ${pid}) does not stop: end it by hand, then start again.`);
}

// Numbers are given again after a restart of the machine, so the process is asked who it is. A zombie has no command
// line.
function isPostgres(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 1) return false;
  try {
    process.kill(pid, 0);
    return process.platform !== "linux" || fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("postgres");
  } catch {
    return false;
  }
}

function tail(file: string) {
  return fs.readFileSync(file, "utf8").trimEnd().split("\n").slice(-12).join("\n");
}
