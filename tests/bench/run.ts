// npm run bench                    every promise about speed and weight, beside its limit and its floor
// npm run bench -- catalogue html  these parts alone
// npm run bench -- --smoke         every bench, those of bench:… too, once on a handful of rows: that they work
import { parseArgs } from "node:util";
import { buildWeb } from "#scripts/build.ts";
import { endedBySignal } from "#scripts/ended-by-signal.ts";
import { measureCatalogue } from "./catalogue.ts";
import { measureCheckout } from "./checkout.ts";
import { measureEvidence } from "./evidence.ts";
import { measureHtml } from "./html.ts";
import { measureLcp } from "./lcp.ts";
import { measureMemory } from "./memory.ts";
import { measureOutage } from "./outage.ts";
import { concluded, mustBeParts, runParts } from "./parts.ts";
import { measureSecondStart } from "./second-start.ts";
import { makeSmallData } from "./small-data.ts";
import { smokeAll } from "./smoke.ts";
import { openSystem, type System } from "./system.ts";
import type { Line } from "./table.ts";
import { measureWeight } from "./weight.ts";

type SystemParts = Record<string, (system: System) => Promise<Line[]>>;

const parts = {
  catalogue: measureCatalogue,
  checkout: measureCheckout,
  html: measureHtml,
  weight: measureWeight,
  lcp: measureLcp,
  memory: measureMemory,
  evidence: measureEvidence,
  outage: measureOutage,
  start: measureSecondStart,
};
/** The same with next to nothing to do; the start comes first, and its processes serve the others. */
const smoke: Record<keyof typeof parts, (system: System) => Promise<Line[]>> = {
  start: (system) => measureSecondStart(system, { rounds: 1, pauseMs: 0 }),
  evidence: (system) => measureEvidence(system, { rows: 200 }),
  memory: (system) => measureMemory(system, { pages: [4, 4, 4] }),
  catalogue: (system) => measureCatalogue(system, { rounds: 1, roundMs: 30, far: 3 }),
  checkout: (system) => measureCheckout(system, { rounds: 1, shops: 2 }),
  html: (system) => measureHtml(system, { rounds: 1, seconds: 0.2, warm: 2 }),
  weight: measureWeight,
  lcp: (system) => measureLcp(system, { rounds: 1 }),
  outage: (system) => measureOutage(system, { visitors: 2, crowd: 4 }),
};

const { values, positionals: asked } = parseArgs({
  allowPositionals: true,
  options: { smoke: { type: "boolean", default: false } },
});
mustBeParts(asked, parts);
buildWeb();
if (values.smoke && asked.length === 0) process.exit((await smokeAll(Object.keys(smoke))) ? 0 : 1);

const remove = values.smoke ? await makeSmallData() : () => undefined;
const system = await openSystem();
const close = () => system.close().finally(remove);
void endedBySignal()
  .then(close)
  .then(() => process.exit(130));
const chosen: SystemParts = values.smoke ? smoke : parts;
let lines: Line[];
try {
  const measures = Object.entries(chosen).map(([name, measure]) => [name, () => measure(system)] as const);
  lines = await runParts(Object.fromEntries(measures), asked);
} finally {
  await close();
}
process.exit(concluded(lines, "bench"));
