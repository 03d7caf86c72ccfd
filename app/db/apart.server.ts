import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { env } from "#app/env.server.ts";
import { AnswersMixed, expectViewer, openReading, readAs } from "./batch.server.ts";
import { hangUp, usualPatience } from "./connections.server.ts";
import { Unavailable } from "./errors.server.ts";
import { Batch } from "./statement.server.ts";

const pauseMs = 500;
/** So long, in milliseconds, a try takes at most: of an answer that got lost nobody is told. */
const tryMs = 10_000;

/**
 * Asks whether whatever stands between us and Postgres keeps pipelined batches apart: `clients` at once, `batches` in
 * all, each with a mark of its own that every answer of it has to carry.
 *
 * @throws AnswersMixed; Unavailable when it takes longer than `patience` milliseconds; whatever keeps it from asking.
 */
export async function proveApart({
  url = env.DATABASE_URL,
  clients = 20,
  batches = 200,
  patience = tryMs,
} = {}): Promise<void> {
  const all = Array.from(
    { length: clients },
    () => new pg.Client({ connectionString: url, pipeline: true, connectionTimeoutMillis: 4000 }),
  );
  for (const client of all) client.on("error", () => undefined); // What is asked over it fails with it.
  const silence = new Unavailable("AWAY", "silence");
  const leave = () => all.forEach((client) => hangUp(client, silence));
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    leave();
  }, patience);
  try {
    await Promise.all(all.map((client) => client.connect()));
    await Promise.all(
      all.map(async (client, index) => {
        for (let round = 0; round < batches / clients; round += 1) await proveBatch(client, `proof-${index}-${round}`);
      }),
    );
  } catch (error) {
    leave(); // A goodbye would wait for what is still unanswered.
    throw late ? silence : error;
  } finally {
    await Promise.allSettled(all.map((client) => client.end()));
    clearTimeout(timer);
  }
}

async function proveBatch(client: pg.Client, mark: string) {
  const batch = new Batch();
  const opened = openReading(batch, null, mark);
  const asked = Array.from({ length: 4 }, () =>
    batch.ask<{ mark: string }>("select current_setting('app.reading', true) as mark"),
  );
  const seen = readAs(batch);
  batch.send(client);
  const outcomes = await Promise.allSettled([opened, seen, ...asked]);
  // An answer in another's place looks like a fault of the protocol, too.
  if (outcomes.some(({ status }) => status === "rejected"))
    throw new AnswersMixed("A batch of statements was not answered as one.");
  expectViewer(await opened, null, mark);
  for (const { rows } of await Promise.all(asked))
    if (rows[0]?.mark !== mark) throw new AnswersMixed("An answer belongs to another batch.");
  expectViewer(await seen, null, mark);
}

let proof: Promise<void> = Promise.resolve();
let sure = true;

/**
 * What every reading and change waits for, as long as a person does. Settled at once where nobody asked for the proof.
 *
 * @throws what the last try threw; Unavailable while one is under way.
 */
export async function provenApart(): Promise<void> {
  if (sure) return;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>(
    (_, reject) => (timer = setTimeout(() => reject(new Unavailable("AWAY", "not proven yet")), usualPatience)),
  );
  try {
    await Promise.race([proof, late]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Lets nobody in until batches are proven to be kept apart, and tries again until they are. While a try fails, pages
 * are told so at once; `tell` hears of every failure.
 */
export async function keepOutUntilApart(
  tell: (error: unknown) => void,
  prove: () => Promise<void> = proveApart,
): Promise<void> {
  sure = false;
  for (;;) {
    proof = prove();
    proof.catch(() => undefined);
    try {
      await proof;
      sure = true;
      return;
    } catch (error) {
      tell(error);
      await pause(pauseMs);
    }
  }
}
