// npm run test:faults                 every fault of the ERP against the whole system, two at a time
// npm run test:faults -- dribble lost these alone
// LANES=1                             one at a time
import { buildWeb } from "#scripts/build.ts";
import { endedBySignal } from "#scripts/ended-by-signal.ts";
import { type Case, cases } from "./cases.ts";
import { openSystem, type System } from "./system.ts";
import { type Trial, tryFault } from "./trial.ts";

const asked = process.argv.slice(2);
const chosen = cases.filter(({ name, fault }) => asked.length === 0 || asked.includes(name) || asked.includes(fault));
const unknown = asked.filter((name) => !cases.some((one) => one.name === name || one.fault === name));
if (unknown.length > 0) {
  console.error(`There is no fault ${unknown.join(", ")}. Faults: ${cases.map(({ name }) => `«${name}»`).join(", ")}.`);
  process.exit(2);
}
const lanes = Math.max(1, Math.min(Number(process.env.LANES ?? 2), chosen.length));
const started = performance.now();
buildWeb();

const systems: System[] = [];
void endedBySignal()
  .then(() => Promise.all(systems.map((system) => system.close())))
  .then(() => process.exit(130));
const trials: Trial[] = [];
const waiting = [...chosen];
try {
  await Promise.all(Array.from({ length: lanes }, lane));
} finally {
  await Promise.all(systems.map((system) => system.close()));
}
const sorted = trials.toSorted(
  (a, b) => chosen.findIndex(({ name }) => name === a.name) - chosen.findIndex(({ name }) => name === b.name),
);
console.log(`\n${table(sorted)}\n`);
const bad = sorted.filter(({ found }) => found.wrong.length > 0);
const missing = chosen.length - trials.length;
console.log(`${trials.length - bad.length} of ${chosen.length} faults are borne, ${minutes()}.`);
if (bad.length > 0 || missing > 0) process.exitCode = 1;
process.exit();

/** One system, and faults one after the other on it until none waits. */
async function lane() {
  const system = await openSystem();
  systems.push(system);
  for (let one: Case | undefined; (one = waiting.shift());) {
    const trial = await tryFault(system, one).catch((error: unknown) => {
      console.error(error);
      return null;
    });
    if (trial) trials.push(trial);
    const wrong = trial?.found.wrong ?? ["the trial itself fell over"];
    console.log(`${one.name}: ${wrong.length === 0 ? "borne" : wrong.join("; ")} (${minutes()})`);
  }
}

function table(all: Trial[]): string {
  const seconds = (ms: number | null) => (ms === null ? "-" : `${(ms / 1000).toFixed(1)} s`);
  const lines = [
    [
      "Fault",
      "Opened after",
      "Banner after",
      "Refused pulls",
      "Orders, documents",
      "Back after",
      "Memory",
      "Loop",
      "Verdict",
    ],
    Array<string>(9).fill("---"),
    ...all.map(({ name, found }) => [
      name,
      seconds(found.openedAfter),
      seconds(found.bannerAfter),
      found.refused.map((words) => words.slice(0, 70)).join("; ") || "-",
      `${found.orders.placed}, ${found.orders.documents}`,
      seconds(found.recoveredAfter),
      found.memory,
      found.lag,
      found.wrong.join("; ") || "borne",
    ]),
  ];
  return lines.map((line) => `| ${line.join(" | ")} |`).join("\n");
}

function minutes(): string {
  const seconds = Math.round((performance.now() - started) / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
