import { loop } from "./loop.ts";
import type { QueueName } from "./queues.ts";

/** What ends a loop's pause: a job in a queue, or something that another loop of this process found out. */
export type WakeUp = QueueName | "erp.back" | "stock-check.due";
export type Wake = (wakeUp: WakeUp) => Promise<void>;

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
  wokenBy?: WakeUp[];
} & (
  | {
      /** One round of its work; returns the pause after it in milliseconds. Null: not set up on this machine. */
      pass: (() => Promise<number>) | null;
      uses?: Part;
    }
  | {
      /** Work without a pause of its own: done when it is woken for, and again by pg-boss when it fails. */
      job: () => Promise<void>;
    }
);

export type Loops = { wake: Wake; stop: () => Promise<void> };

/** Starts a loop for each row of a table whose rows may wake each other. */
export function startLoops(table: (wake: Wake) => Row[]): Loops {
  const wake: Wake = async (wakeUp) => {
    for (const sleeper of loops.filter(({ wokenBy }) => wokenBy?.includes(wakeUp))) sleeper.wake();
    for (const row of rows) if ("job" in row && row.wokenBy?.includes(wakeUp)) await row.job();
  };
  const rows = table(wake);
  const loops = rows.flatMap((row) =>
    "pass" in row && row.pass ? [{ wokenBy: row.wokenBy, uses: row.uses, ...loop(row.name, row.pass) }] : [],
  );

  return {
    wake,
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
