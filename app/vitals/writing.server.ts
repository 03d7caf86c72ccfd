import { poolFigures, readOne, writeAs, type Work } from "#app/db/transaction.server.ts";
import { reasonOf, Unavailable } from "#app/db/errors.server.ts";
import { logQueue } from "#app/log-queue.ts";
import { figureSources } from "./figures.ts";
import { lastWritings } from "./last.ts";
import { drainAnswers } from "./requests.ts";
import { findFigures, noteLogs, noteRequests, noteVitals } from "./seeing.server.ts";
import { drainVitals } from "./vital.ts";

type Say = { warn: (facts: object, message: string) => void };
type Writing = { everyMs: number; write: () => Promise<void> };
const nobody = { ip: "", userAgent: "", requestId: "" };

/** What a web process writes down beside its requests: how they were answered, its log, how fast its pages were. */
export function writings(log: Say): Writing[] {
  // What the database refuses it will refuse again: that is let go of. What it could not be asked is kept.
  const asNobody = (work: Work<unknown>, letGo: () => void = () => undefined) =>
    writeAs(null, nobody, work).catch((error: unknown) => {
      if (error instanceof Unavailable) throw error;
      letGo();
      log.warn({ reason: reasonOf(error) }, "what was counted or logged was refused by the database");
    });
  return [
    { everyMs: 10_000, write: () => drainAnswers((sums) => asNobody((db) => noteRequests(db, sums))) },
    { everyMs: 30_000, write: () => drainVitals((sums) => asNobody((db) => noteVitals(db, sums))) },
    {
      everyMs: 2_000,
      async write() {
        const queue = logQueue();
        await queue.drain((lines) =>
          asNobody(
            (db) => noteLogs(db, lines),
            () => queue.lose(lines.length),
          ),
        );
        const dropped = queue.takeLost();
        if (dropped > 0) log.warn({ dropped }, "lines of the log were not stored");
      },
    },
  ];
}

/**
 * Writes them down again and again. What the database cannot take waits in memory, within bounds, and is told once; no
 * request waits for any of it.
 */
export function keepWriting(log: Say): void {
  const all = writings(log);
  let away = false;
  const once = async (write: () => Promise<void>) => {
    try {
      await write();
      away = false;
    } catch (error) {
      if (!away) log.warn({ reason: reasonOf(error) }, "what is counted and logged waits for the database");
      away = true;
    }
  };
  for (const { everyMs, write } of all) {
    const again = () => void setTimeout(() => void once(write).then(again), everyMs).unref();
    again();
  }
  Object.assign(figureSources(), { pool: poolFigures, database: () => readOne(null, findFigures) });
  lastWritings().write = async () => void (await Promise.allSettled(all.map(({ write }) => write())));
}
