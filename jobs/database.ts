import pg from "pg";
import { isLost } from "#app/db/errors.server.ts";
import { fieldOf } from "#app/db/thrown.ts";
import { log, reasonOf } from "./log.ts";

const retryMs = 1_000;
/**
 * Longer than any statement may take (statement_timeout): what is silent for so long is a connection that nobody has
 * told it is dead.
 */
const silenceMs = 65_000;
const awayWords = [
  /^(timeout exceeded|Connection terminated|timeout expired|Query read timeout)/,
  /starting up|shutting down|in recovery mode|too many clients/,
  /ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENOTFOUND|EAI_AGAIN/,
];

let awaySince: number | null = null;

/** Connections for the worker. However one of them breaks, nothing more than the statement on it fails. */
export function openPool(connectionString: string, options: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    connectionTimeoutMillis: 5_000,
    query_timeout: silenceMs,
    ...options,
  });
  pool.on(
    "error",
    (error) => tellAway(error) || log.warn({ reason: reasonOf(error) }, "a database connection was lost"),
  );
  pool.on("connect", tellBack);
  return pool;
}

/**
 * Whether an error means that the database is away. It is told once, and that it is back once more, however many wait
 * for it.
 */
export function tellAway(error: unknown): boolean {
  const message = String(fieldOf(error, "message") ?? "");
  if (!isLost(error) && !awayWords.some((words) => words.test(message))) return false;
  if (awaySince === null) log.warn({ reason: reasonOf(error) }, "the database is away: waiting for it");
  awaySince ??= performance.now();
  return true;
}

/** The database has answered. */
export function tellBack(): void {
  if (awaySince === null) return;
  log.info({ seconds: Math.round((performance.now() - awaySince) / 1000) }, "the database is back");
  awaySince = null;
}

/**
 * Does something that needs the database as often as it takes: while it is away, while its schema is still being made,
 * while it refuses our login. Each new reason is told once. `step` can be repeated.
 */
export async function untilDone<T>(step: () => Promise<T>): Promise<T> {
  for (let told = ""; ;) {
    try {
      const done = await step();
      tellBack();
      return done;
    } catch (error) {
      const reason = reasonOf(error);
      if (!tellAway(error) && reason !== told) log.warn({ reason: (told = reason) }, "cannot start yet, trying again");
      await new Promise((resolve) => setTimeout(resolve, retryMs));
    }
  }
}
