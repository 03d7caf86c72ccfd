import type { Door } from "./doors.ts";

export type Outcome = { door: string; startedAt: number; opened: boolean };

/**
 * Knocks at doors, `most` at a time, until `enough` says so. A knock that failed for want of a connection is an error
 * of the test, not a refusal: it is thrown.
 */
export async function storm(doors: Door[], most: number, enough: (knocks: number) => boolean): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  let knocks = 0;
  await Promise.all(
    Array.from({ length: most }, async () => {
      while (!enough(knocks)) {
        const door = doors[knocks++ % doors.length]!;
        const startedAt = performance.now();
        outcomes.push({ door: door.name, startedAt, opened: await door.ask() });
      }
    }),
  );
  return outcomes;
}

/** How often each door was knocked at, and how often it opened. */
export function tally(outcomes: Outcome[]): Record<string, [knocks: number, opened: number]> {
  const counts: Record<string, [number, number]> = {};
  for (const { door, opened } of outcomes) {
    const count = (counts[door] ??= [0, 0]);
    count[0] += 1;
    count[1] += opened ? 1 : 0;
  }
  return counts;
}
