import type { Db } from "#app/db/transaction.server.ts";
import { Unavailable } from "#app/db/errors.server.ts";
import { nothingKnown, type Status } from "./status.ts";
import { findStatus } from "./status.server.ts";

const freshMs = 20_000;

let last: { status: Status; askedAt: number } | null = null;
/** When the database did not answer: nobody waits for it again for a while. */
let awayAt = 0;
/** Under way: who asks meanwhile waits for the same. */
let asked: Promise<Status> | null = null;

type Read = (work: (db: Db) => Promise<Status>) => Promise<Status>;

/** Reads it and keeps it for when the database is away. */
export const refreshStatus = (read: Read): Promise<Status> =>
  (asked ??= ask(read).finally(() => {
    asked = null;
  }));

async function ask(read: Read): Promise<Status> {
  try {
    const status = await read(findStatus);
    last = { status, askedAt: Date.now() };
    awayAt = 0;
    return status;
  } catch (error) {
    if (error instanceof Unavailable) awayAt = Date.now();
    throw error;
  }
}

/** From memory while it is fresh. Where the database is away: what was read last, or that nothing is known. */
export async function lastStatus(read: Read): Promise<{ status: Status; away: boolean }> {
  const away = Date.now() - awayAt < freshMs;
  if (last && !away && Date.now() - last.askedAt < freshMs) return { status: last.status, away };
  if (!away) {
    try {
      return { status: await refreshStatus(read), away: false };
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error;
    }
  }
  return { status: last?.status ?? nothingKnown(new Date()), away: true };
}

/** For tests: as a process that has just begun. */
export function forgetStatus(): void {
  last = null;
  awayAt = 0;
}
