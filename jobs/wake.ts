import type pg from "pg";
import { ringText, toRing } from "./queues.ts";

/**
 * Calls one of the worker's functions (`select jobs.f(...)`, a transaction of its own), gives its value, and rings for
 * what it queued once that is committed. Nobody waits for the ring, and it may fail: see jobs/queues.ts.
 */
export function waking(pool: pg.Pool): (text: string, values?: unknown[]) => Promise<unknown> {
  return async (text, values = []) => {
    // The select list is worked off in its order: what was queued is asked for after the call.
    const {
      rows: [row],
    } = await pool.query<{ value: unknown; queues: string | null }>(`${text} as value, ${toRing} as queues`, values);
    if (row?.queues) pool.query(ringText, [row.queues]).catch(() => undefined);
    return row?.value;
  };
}
