import { vi } from "vitest";

/**
 * Waits until this check passes, as long as a busy machine may need, and gives what it gave. What is waited for is an
 * event; how fast it has to come is another question, asked where a promise is about it. `expect.poll` waits as long
 * (vitest.config.ts).
 *
 * @param interval milliseconds between two looks.
 */
export const until = <T>(check: () => T | Promise<T>, interval = 20): Promise<T> =>
  vi.waitFor(check, { timeout: 90_000, interval });

/**
 * Waits until this count moves no more, for half a second of looks, and gives it: for what has to stop. Let a control
 * show that it could go on.
 */
export async function stillness(count: () => number): Promise<number> {
  let last = count();
  for (let same = 0; same < 25;) {
    await new Promise((look) => setTimeout(look, 20));
    same = count() === last && last > 0 ? same + 1 : 0;
    last = count();
  }
  return last;
}
