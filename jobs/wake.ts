import type pg from "pg";
import { wakeText, toWake } from "./queues.ts";

/**
 * Calls one of the worker's functions (`select jobs.f(...)`, a transaction of its own), gives its value, and wakes
 * the worker for what it queued once that is committed. Nobody waits for that, and it may fail: see jobs/queues.ts.
 */
export function waking(pool: pg.Pool): (text: string, values?: unknown[]) => Promise<unknown> {
  return async (text, values = []) => {
    // The select list is worked off in its order: what was queued is asked for after the call.
    const {
      rows: [row],
    } = await pool.query<{ value: unknown; queues: string | null }>(`${text} as value, ${toWake} as queues`, values);
    if (row?.queues) pool.query(wakeText, [row.queues]).catch(() => undefined);
    return row?.value;
  };
}
