import { setTimeout as pause } from "node:timers/promises";
import type { System } from "./system.ts";
import { type Line, median } from "./table.ts";

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

/** Starting the system again on data that is there, as `npm run demo` does: until the site answers. */
export async function measureSecondStart(system: System, { rounds = 3, pauseMs = 500 } = {}): Promise<Line[]> {
  const whole: number[] = [];
  const database: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    database.push(await system.restart(["postgres"]));
    await pause(pauseMs);
    whole.push(await system.restart(["postgres", "mail", "erp", "auth", "web"]));
  }
  return [
    {
      what: "Second start with data, until the site answers",
      figure: seconds(median(whole)),
      limit: "< 5 s",
      floor: `${seconds(median(database))}: Postgres alone`,
      meets: median(whole) < 5000,
    },
  ];
}
