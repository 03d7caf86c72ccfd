import pg from "pg";
import { openLog } from "#app/logger.ts";
import { isLost, reasonOf, Unavailable } from "./errors.server.ts";
import { messageOf } from "./thrown.ts";

/**
 * What a transaction takes at most, in milliseconds, the wait for its connection included. A page needs some hundredths
 * of that. What is left of the two seconds that people are promised goes to everybody's answers at once: `npm run bench
 * -- outage`.
 */
export const usualPatience = 1_700;
/**
 * For what takes longer by right: a decision on fifty orders, an act that waits for what is under way, a page of an
 * export.
 */
export const longPatience = 9_000;
/** So long, in milliseconds, a connection is waited for: a queue for one, or a new one being opened. */
export const connectPatience = 1_000;
/** Who may take longer looks so often, in milliseconds, whether the server is there at all. */
const lookEvery = 600;
/** More than these waiting would not be served in time: whoever comes then is told so at once. */
const longestQueue = 100;
/** A line of the log about being busy comes no sooner than so many milliseconds after the last one. */
const busyLineMs = 10_000;

/** A connection for one transaction. `end` is called once, with the error it ended by, if any. */
export type Lease = { client: pg.PoolClient; end: (error?: unknown) => void };

const log = openLog("web");

/**
 * Hands out the pool's connections with two promises: nobody waits longer than `patience`, and no connection that
 * breaks, whoever holds it, does more than fail what was asked over it.
 */
export function leaseFrom(pool: pg.Pool) {
  /** Rises when a server has fallen silent: what was opened before is of no use, though nothing has told it so. */
  let generation = 0;
  const bornIn = new WeakMap<pg.PoolClient, number>();
  /** When an answer last came over any of the connections. */
  let heardAt = -Infinity;
  let awaySince: number | null = null;
  let busyLineAt = -Infinity;
  let asking: Promise<boolean> | null = null;

  pool.on("error", () => undefined); // An idle connection died with its server; the next one asked for is new.
  // The pool listens to idle connections alone: one that breaks while it is held would end the process. Whoever waits
  // for its answers is told by them.
  pool.on("connect", (client) => {
    bornIn.set(client, generation);
    client.on("error", () => undefined);
  });

  /** @throws Unavailable */
  async function take(patience = usualPatience): Promise<Lease> {
    if (pool.waitingCount >= longestQueue) throw busy();
    const startedAt = performance.now();
    const giveUpAt = startedAt + patience;
    const silence = setTimeout(() => setImmediate(noAnswer), patience);
    const looks = patience > usualPatience ? setInterval(() => void lookAround(), lookEvery) : undefined;
    let client: pg.PoolClient | undefined;
    let ended = false;

    // The timer of a process that was held up is due before the answers that have come meanwhile were read. They are
    // read first: that is what setImmediate waits for.
    function noAnswer() {
      if (ended || !client) return;
      // A server that answered others meanwhile is there: this one waits for a lock, say, and the others' connections
      // are sound.
      if (heardAt < startedAt) generation += 1;
      hangUp(client, new Unavailable("AWAY", "silence"));
    }
    // A long patience is for what a server does, and for no server that has fallen silent.
    async function lookAround() {
      if (await (asking ??= isSilent().finally(() => (asking = null)))) noAnswer();
    }
    function end(error?: unknown) {
      if (ended) return;
      ended = true;
      clearTimeout(silence);
      clearInterval(looks);
      const lost = isLost(error);
      if (lost) {
        noteAway(error);
        hangUp(client!); // Else the driver would first wait for what is still unanswered.
      } else {
        heardAt = performance.now();
        noteBack();
      }
      client!.release(lost);
    }

    try {
      client = await connect();
      if (performance.now() < giveUpAt) return { client, end };
      end();
      throw new Unavailable("BUSY", null);
    } catch (error) {
      clearTimeout(silence);
      clearInterval(looks);
      if (error instanceof Unavailable) throw error;
      if (/^timeout exceeded/.test(messageOf(error))) throw busy();
      noteAway(error);
      throw new Unavailable("AWAY", error);
    }
  }

  /** Whether a question over another connection stays without any answer. With none to spare nobody knows. */
  async function isSilent(): Promise<boolean> {
    const asked = performance.now();
    if (asked - heardAt < lookEvery / 2 || (pool.idleCount === 0 && pool.totalCount >= pool.options.max)) return false;
    try {
      const { client, end } = await take(connectPatience);
      await client.query("select").then(() => end(), end);
    } catch (error) {
      if (error instanceof Unavailable && error.reason === "BUSY") return false;
    }
    // What is refused or cut is so at once, and is no silence.
    return heardAt < asked && performance.now() - asked > lookEvery;
  }

  async function connect(): Promise<pg.PoolClient> {
    for (;;) {
      const client = await pool.connect();
      if (bornIn.get(client) === generation) return client;
      hangUp(client);
      client.release(true);
    }
  }

  function busy() {
    if (performance.now() - busyLineAt > busyLineMs) {
      busyLineAt = performance.now();
      log.warn(
        { waiting: pool.waitingCount, connections: pool.totalCount },
        "too many wait for the database: some are turned away",
      );
    }
    return new Unavailable("BUSY", null);
  }

  // One line when it goes and one when it is back, however many were turned away.
  function noteAway(error: unknown) {
    if (awaySince !== null) return;
    awaySince = performance.now();
    log.warn({ reason: reasonOf(error) }, "the database does not answer");
  }
  function noteBack() {
    if (awaySince === null) return;
    log.info({ ms: Math.round(performance.now() - awaySince) }, "the database answers again");
    awaySince = null;
  }

  return take;
}

/** Closes a connection without a word, and without waiting for one. What is still asked over it fails with `why`. */
export function hangUp(client: pg.Client, why?: Error): void {
  client.connection.stream.destroy(why);
}
