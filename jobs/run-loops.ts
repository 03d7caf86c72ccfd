import { loop } from "./loop.ts";

/** What has happened to what, and what is to be done about it: `order.placed.sync`. */
export type QueueName = `${string}.${string}.${string}`;
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
  /** Each job in it ends the pause. Two rows may have one queue. */
  queue?: QueueName;
  /**
   * When the clock puts a job into the queue, in Jakarta's time. Only a hint: what is due stands in the database, so a
   * night without a worker is caught up when one starts, and a double run finds nothing to do.
   */
  cron?: string;
  /** What else ends it. */
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

export type Loops = { rows: Row[]; wake: Wake; stop: () => Promise<void> };

/** Starts a loop for each row of a table whose rows may wake each other. */
export function startLoops(table: (wake: Wake) => Row[]): Loops {
  const wake: Wake = async (wakeUp) => {
    const woken = ({ queue, wokenBy }: Pick<Row, "queue" | "wokenBy">) => queue === wakeUp || wokenBy?.includes(wakeUp);
    for (const sleeper of loops.filter(woken)) sleeper.wake();
    for (const row of rows) if ("job" in row && woken(row)) await row.job();
  };
  const rows = table(wake);
  const loops = rows.flatMap((row) => ("pass" in row && row.pass ? [{ ...row, ...loop(row.name, row.pass) }] : []));

  return {
    rows,
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
