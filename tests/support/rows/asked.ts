import { Db } from "#app/db/transaction.server.ts";
import { made } from "./pieces.ts";
import { samplesOf } from "./samples.ts";
import type { Claims } from "./source.ts";

/** A statement, and the place whose claim it has to keep. */
export type Asked = { at: string; text: string; values: unknown[] };

/**
 * Calls everything that asks the database with all kinds of arguments; nothing is answered. Of each place it gives
 * statements enough that every piece of SQL in them is there once, and away once if it may be.
 */
export async function askAll(claims: Claims): Promise<Asked[]> {
  const asked: Asked[] = [];
  const pieces = new Map<string, { some: Set<string>; all: Set<string> }>();

  for (const { file, name, parameters } of claims.asking) {
    const module: Record<string, (...values: unknown[]) => unknown> = await import(file);
    const texts = new Set<string>();
    const db = new Db((text, values = []) => {
      if (!texts.has(text)) {
        texts.add(text);
        const at = placeOf(claims);
        if (tellsMore(at)) asked.push({ at, text, values });
      }
      return Promise.resolve({ command: "SELECT", rowCount: 0, oid: 0, fields: [], rows: [] });
    });
    for (const values of samplesOf(parameters)) {
      parameters.forEach(({ shape }, index) => {
        if (shape.is === "database") values[index] = db;
        // One that is handed work does it.
        if (shape.is === "function") values[index] = (work: unknown) => typeof work === "function" && work(db);
      });
      made.lately.clear();
      await runs(() => module[name]!(...values));
    }
  }
  return asked;

  function tellsMore(at: string): boolean {
    const here = made.lately;
    const before = pieces.get(at);
    if (!before) {
      pieces.set(at, { some: new Set(here), all: new Set(here) });
      return true;
    }
    const more =
      [...here].some((piece) => !before.some.has(piece)) || [...before.all].some((piece) => !here.has(piece));
    for (const piece of here) before.some.add(piece);
    before.all = new Set([...before.all].filter((piece) => here.has(piece)));
    return more;
  }
}

const isIterable = (result: unknown): result is AsyncIterable<unknown> =>
  typeof result === "object" && result !== null && Symbol.asyncIterator in result;

/** To the end, whatever that is: without an answer most fail. */
async function runs(work: () => unknown): Promise<void> {
  try {
    const result = await work();
    if (isIterable(result)) for await (const _ of result);
  } catch {
    // What it was to ask has been asked.
  }
}

/** The first place on the stack that has a claim, or its caller's where that is who says. */
function placeOf({ claims, unread }: Claims): string {
  const stack = new Error().stack ?? "";
  const places = [...stack.matchAll(/\/(app\/[^:\s]+:\d+):\d+/g)].map(([, place]) => place!);
  for (const place of places) {
    const claim = claims.get(place);
    if (claim instanceof Map) return places.find((caller) => claim.has(caller)) ?? place;
    if (claim || unread.has(place)) return place;
  }
  throw new Error(`A query from no place that is known:\n${stack}`);
}
