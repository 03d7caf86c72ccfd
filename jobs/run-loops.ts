import { loop } from "./loop.ts";
import type { QueueName } from "./queues.ts";

/** What ends a loop's pause: a job in a queue, or something that another loop of this process found out. */
export type WakeUp = QueueName | "erp.back" | "stock-check.due";
export type Ring = (wakeUp: WakeUp) => Promise<void>;

/** What several loops use together. */
export type Part = {
  /** The worker stops: ends long passes early. */
  interrupt: () => void;
  /** All loops that use it have ended. */
  close: () => Promise<void>;
};

export type Row = {
  /** As the log calls it. */
  name: string;
  rungBy?: WakeUp[];
} & (
  | {
      /** One round of its work; returns the pause after it in milliseconds. Null: not set up on this machine. */
      pass: (() => Promise<number>) | null;
      uses?: Part;
    }
  | {
      /** Work without a pause of its own: done when it is rung for, and again by pg-boss when it fails. */
      job: () => Promise<void>;
    }
);

export type Loops = { ring: Ring; stop: () => Promise<void> };

/** Starts a loop for each row of a table that may ring itself. */
export function startLoops(table: (ring: Ring) => Row[]): Loops {
  const ring: Ring = async (wakeUp) => {
    for (const { wake } of loops.filter(({ rungBy }) => rungBy?.includes(wakeUp))) wake();
    for (const row of rows) if ("job" in row && row.rungBy?.includes(wakeUp)) await row.job();
  };
  const rows = table(ring);
  const loops = rows.flatMap((row) =>
    "pass" in row && row.pass ? [{ rungBy: row.rungBy, uses: row.uses, ...loop(row.name, row.pass) }] : [],
  );

  return {
    ring,
    async stop() {
      const parts = [...Map.groupBy(loops, ({ uses }) => uses)];
      for (const [part] of parts) part?.interrupt();
      await Promise.allSettled(
        parts.map(async ([part, users]) => {
          await Promise.all(users.map(({ stop }) => stop()));
          await part?.close();
        }),
      );
    },
  };
}
