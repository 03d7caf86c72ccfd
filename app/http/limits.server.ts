import { findLimits } from "#app/api/limits.server.ts";
import { limits } from "#app/api/limits.ts";
import { readOne } from "#app/db/transaction.server.ts";

/** Settings hold within a minute. */
const askEveryMs = 20_000;

/** Asks the database how much programs may ask. While it is away what it said last holds on. */
export async function askLimits(): Promise<void> {
  await readOne(null, findLimits).then(
    (found) => Object.assign(limits(), found),
    () => undefined,
  );
}

/** Asks again and again for as long as this process lives. */
export function followLimits(): void {
  const ask = () => void askLimits().finally(() => setTimeout(ask, askEveryMs).unref());
  ask();
}
