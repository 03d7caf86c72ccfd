import type { Db, readTogether, Work } from "#app/db/transaction.server.ts";

type Reading = {
  work: Work<unknown>;
  patience?: number;
  resolve: () => void;
  reject: (error: unknown) => void;
};

/** Takes readings; those of one turn are sent together, with the patience of the first that says one. */
export function gatherReadings(
  send: (works: Array<Work<unknown>>, patience: number | undefined) => ReturnType<typeof readTogether>,
) {
  let queue: Reading[] = [];

  async function flush() {
    const batch = queue;
    queue = [];
    try {
      const outcomes = await send(
        batch.map(({ work }) => work),
        batch.find((reading) => reading.patience)?.patience,
      );
      outcomes.forEach((outcome, index) => {
        if (outcome.status === "fulfilled") batch[index]!.resolve();
        else batch[index]!.reject(outcome.reason);
      });
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }

  return <T>(work: (db: Db) => Promise<T>, patience?: number) =>
    new Promise<T>((resolve, reject) => {
      let answer: T;
      queue.push({
        work: async (db) => void (answer = await work(db)),
        patience,
        resolve: () => resolve(answer),
        reject,
      });
      if (queue.length === 1) setImmediate(() => void flush());
    });
}
