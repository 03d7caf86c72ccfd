import type { WayIn } from "./ways-in.ts";

export type Outcome = { way: string; startedAt: number; opened: boolean };

/**
 * Tries the ways in, `most` at a time, until `enough` says so. A try that failed for want of a connection is an error
 * of the test, not a refusal: it is thrown.
 */
export async function storm(ways: WayIn[], most: number, enough: (tries: number) => boolean): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  let tries = 0;
  await Promise.all(
    Array.from({ length: most }, async () => {
      while (!enough(tries)) {
        const way = ways[tries++ % ways.length]!;
        const startedAt = performance.now();
        outcomes.push({ way: way.name, startedAt, opened: await way.ask() });
      }
    }),
  );
  return outcomes;
}

/** How often each way was tried, and how often it opened. */
export function tally(outcomes: Outcome[]): Record<string, [tries: number, opened: number]> {
  const counts: Record<string, [number, number]> = {};
  for (const { way, opened } of outcomes) {
    const count = (counts[way] ??= [0, 0]);
    count[0] += 1;
    count[1] += opened ? 1 : 0;
  }
  return counts;
}
