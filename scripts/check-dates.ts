// npm run test:dates                        what has to hold on any date: the demo data at 800 instants, vitest at
//                                           six, all of npm test at two
// npm run test:dates -- demo vitest whole  any of these alone, and at the instants that are named:
//                                           npm run test:dates -- vitest 2028-02-29T12:00+07:00
import { spawnSync } from "node:child_process";
import path from "node:path";
import { faketimeLibrary, noFaketime, shiftedClock } from "#supabase/local/clock.ts";
import { root } from "./places.ts";

type Step = { name: string; command: string[]; env: Record<string, string> };

// In WIB, each a few minutes before something turns: the year, the leap day, the hour of Sunday's comparison of stock,
// a month that UTC has not reached yet, Monday's checkpoint together with the day of UTC; and the leap day's noon.
const moments = [
  "2026-12-31T23:55+07:00",
  "2027-03-07T21:57+07:00",
  "2027-06-01T00:02+07:00",
  "2027-08-02T06:57+07:00",
  "2028-02-28T23:57+07:00",
  "2028-02-29T12:00+07:00",
];
/** All of `npm test`. Not before today: the browser keeps the true time, and would hold a new cookie for an old one. */
const wholes = [moments[0]!, moments[4]!];

const isInstant = (word: string) => /^\d{4}-/.test(word);
const words = process.argv.slice(2).filter((word) => word !== "--");
const wanted = words.filter((word) => !isInstant(word));
const named = words.filter(isInstant);
for (const at of named)
  if (Number.isNaN(Date.parse(at))) throw new Error(`"${at}" is no instant: 2028-02-29T12:00+07:00 is one.`);
const at = (instants: string[]) => (named.length > 0 ? named : instants);
const tool = (name: string) => path.join(root, "node_modules", ".bin", name);
const all: Record<string, () => Step[]> = {
  demo: () => [
    {
      name: `the demo data at ${named.length || 800} instants`,
      command: [tool("vitest"), "run", "tests/seed/dates.test.ts"],
      env: { DATES: named.join() || "all" },
    },
  ],
  vitest: () =>
    at(moments).map((instant) => ({
      name: `vitest at ${instant}`,
      command: [tool("vitest"), "run"],
      env: shiftedClock(Date.parse(instant)),
    })),
  whole: () =>
    at(wholes).map((instant) => ({
      name: `npm test at ${instant}`,
      command: ["scripts/check-all.ts"],
      env: shiftedClock(Date.parse(instant)),
    })),
};

if (!faketimeLibrary()) {
  console.error(`Not run: nothing was tried. ${noFaketime}`);
  process.exit(1);
}
const results: string[] = [];
for (const kind of wanted.length > 0 ? wanted : Object.keys(all)) {
  // Its clock is counted when it starts, not when the first of them did.
  const count = all[kind]?.().length ?? 0;
  if (count === 0) throw new Error(`Nothing is called "${kind}": one of ${Object.keys(all).join(", ")}.`);
  for (let i = 0; i < count; i += 1) results.push(run(all[kind]!()[i]!));
}
console.log(`\n${results.join("\n")}`);

function run({ name, command, env }: Step): string {
  console.log(`> ${name}`);
  const started = performance.now();
  const { status } = spawnSync(process.execPath, command, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: "inherit",
  });
  if (status !== 0) process.exitCode = 1;
  return (
    `${status === 0 ? "ok    " : "FAILED"}  ${name.padEnd(40)} ` +
    `${((performance.now() - started) / 1000).toFixed(0).padStart(6)} s`
  );
}
