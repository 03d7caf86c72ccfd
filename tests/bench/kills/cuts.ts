import { execFileSync } from "node:child_process";
import fs from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import type { System } from "./system.ts";

export const kinds = ["Postgres killed", "one of its processes killed", "connections ended", "network cut"] as const;
export type Kind = (typeof kinds)[number];

/**
 * What became of a cut. `acceptedAt`: the first moment, by performance.now(), at which a connection was to be had
 * again. `client` has it.
 */
export type Cut = { kind: Kind; downMs: number; acceptedAt: number; client: pg.Client };

const ours = "('web', 'worker', 'supabase_auth_admin')";

/**
 * Takes the database away from web, worker and sign-in, and gives it back.
 *
 * @param random for what is left to chance.
 */
export async function cut(system: System, kind: Kind, random: () => number): Promise<Cut> {
  const started = performance.now();
  const client = await ways[kind](system, random);
  const acceptedAt = performance.now();
  return { kind, downMs: acceptedAt - started, acceptedAt, client };
}

const ways: Record<Kind, (system: System, random: () => number) => Promise<pg.Client>> = {
  /** As a power cut would: all of its processes at one moment. */
  async "Postgres killed"(system) {
    const children = childrenOf(system.stack.pid("postgres")!);
    const ended = system.stack.halt("postgres", "SIGKILL");
    for (const child of children) endNow(child);
    await ended;
    while (children.some(lives)) await pause(5);
    const [client] = await Promise.all([accepted(system), startAgain(system)]);
    return client;
  },
  /** The server then ends all others itself, since their common memory may be damaged, and recovers. */
  async "one of its processes killed"(system, random) {
    const watch = await accepted(system);
    const ended = new Promise<true>((resolve) => watch.once("end", () => resolve(true)));
    // Whoever was about to end anyway, as connections of a killed worker do, takes nobody along: then it is another's
    // turn.
    for (let over = false; !over; over = await Promise.race([ended, pause(1_000, false)])) {
      const found = await watch
        .query<{ pid: number }>(`select pid from pg_stat_activity where usename in ${ours} order by pid`)
        .catch(() => null);
      if (found) endNow(found.rows[Math.floor(random() * found.rowCount!)]?.pid ?? system.stack.pid("postgres")!);
    }
    return accepted(system);
  },
  async "connections ended"(system) {
    const client = await accepted(system);
    await client.query(`select pg_terminate_backend(pid) from pg_stat_activity where usename in ${ours}`);
    return client;
  },
  /** Connections are reset, and for up to half a second new ones are too. */
  async "network cut"(system, random) {
    const client = await accepted(system);
    system.proxy.refuse(true);
    system.proxy.cut();
    await pause(random() * 500);
    system.proxy.refuse(false);
    return client;
  },
};

/** The first connection that the server takes, past the proxy. */
async function accepted({ superuserUrl }: System): Promise<pg.Client> {
  for (;;) {
    const client = new pg.Client({ connectionString: superuserUrl, connectionTimeoutMillis: 2_000 });
    client.on("error", () => undefined);
    try {
      await client.connect();
      return client;
    } catch {
      void client.end().catch(() => undefined);
      await pause(5);
    }
  }
}

// A process born in the moment of the kill is in no list and ends a little later by itself; until then Postgres refuses
// to start.
async function startAgain({ stack }: System): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await stack.start("postgres");
    } catch (error) {
      if (tries === 20 || !String(error).includes("pre-existing shared memory block")) throw error;
      await pause(250);
    }
  }
}

function childrenOf(pid: number): number[] {
  try {
    return execFileSync("pgrep", ["-P", String(pid)], { encoding: "utf8" })
      .trim()
      .split("\n")
      .map(Number);
  } catch {
    return []; // None is an exit code of 1.
  }
}

function endNow(pid: number) {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It ended with its parent.
  }
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(fs.readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}
