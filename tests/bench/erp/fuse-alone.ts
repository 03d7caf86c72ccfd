import { setTimeout as pause } from "node:timers/promises";
import { circuitBreaker, ConsecutiveBreaker, handleAll } from "cockatiel";
import { usualTimeoutMs } from "#jobs/erp/timeout.ts";
import { clock } from "./proxy.ts";

/**
 * The floor: one process with cockatiel alone, which pings in the same rhythm and opens at the fifth failure in a row,
 * with nobody to agree with.
 */
export function fuseAlone(base: string, apiKey: string, { beatMs, doubtMs }: { beatMs: number; doubtMs: number }) {
  let stopped = false;
  let opened: (at: number) => void = () => undefined;
  const openedAt = new Promise<number>((resolve) => (opened = resolve));
  const policy = circuitBreaker(handleAll, { breaker: new ConsecutiveBreaker(5), halfOpenAfter: 600_000 });
  policy.onBreak(() => opened(clock()));
  const ping = () =>
    policy.execute(async () => {
      const response = await fetch(`${base}/api/v1/ping`, {
        headers: { "x-api-key": apiKey },
        signal: AbortSignal.timeout(usualTimeoutMs),
      });
      await response.arrayBuffer();
      if (!response.ok) throw new Error(`status ${response.status}`);
    });
  let underWay = 0;
  void (async () => {
    await pause(Math.random() * beatMs);
    while (!stopped) {
      if (underWay >= 5) {
        await pause(50);
        continue;
      }
      underWay += 1;
      const asked = performance.now();
      const good = ping()
        .then(
          () => true,
          () => false,
        )
        .finally(() => void (underWay -= 1));
      const answer = await Promise.race([good, pause(doubtMs, null)]);
      await pause(Math.max(1, answer ? beatMs : doubtMs - (performance.now() - asked)));
    }
  })();
  return { openedAt, stop: () => void (stopped = true) };
}
