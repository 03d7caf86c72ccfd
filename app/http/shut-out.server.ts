import { setTimeout as pause } from "node:timers/promises";
import { longPatience, type Work } from "#app/db/transaction.server.ts";
import { DatabaseRefusal, Unavailable } from "#app/db/errors.server.ts";
import { endHolders } from "#app/accounts/suspension.server.ts";
import type { Visit } from "./visit.server.ts";

const patienceMs = 2_000;
const roundMs = 50;

/**
 * A change that takes somebody's account row as a whole. What he has under way is waited for two seconds; from then on
 * a second connection ends whatever of `web` still holds that row, so that nobody can keep himself from being shut out
 * by not ending.
 *
 * @throws DatabaseRefusal HELD_BY_LOGIN with `{logins}`: something else than `web` holds it, which is not ours to end;
 * and whatever the work refuses.
 */
export async function shutOut<T>(visit: Visit, code: string, work: Work<T>): Promise<T> {
  const settled = new AbortController();
  const change = visit.write(work, longPatience).finally(() => settled.abort());
  const clearing = clear(visit, code, settled.signal);
  try {
    const result = await change;
    await clearing; // What it had begun may still be keeping him out.
    return result;
  } catch (error) {
    const others = await clearing;
    const waited = error instanceof Unavailable || (error instanceof DatabaseRefusal && error.reason === "IN_USE");
    if (waited && others.length > 0) throw new DatabaseRefusal("HELD_BY_LOGIN", { logins: others.join(", ") });
    throw error;
  }
}

/**
 * The logins that still held the row when it was last looked while the change waited: a look after it has given up says
 * nothing. Never rejects: the change itself says what became of it.
 */
async function clear(visit: Visit, code: string, settled: AbortSignal): Promise<string[]> {
  let others: string[] = [];
  await pause(patienceMs, undefined, { signal: settled }).catch(() => undefined);
  while (!settled.aborted) {
    const held = await visit.write((db) => endHolders(db, code)).catch(() => null);
    if (held?.waited && !settled.aborted) others = held.others;
    await pause(roundMs, undefined, { signal: settled }).catch(() => undefined);
  }
  return others;
}
