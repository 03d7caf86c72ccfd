// npm run bench                    every promise about speed and weight, beside its limit and its floor
// npm run bench -- catalogue html  these parts alone
import fs from "node:fs";
import path from "node:path";
import { buildWeb } from "#scripts/build.ts";
import { endedBySignal } from "#scripts/ended-by-signal.ts";
import { root } from "#scripts/places.ts";
import { measureCatalogue } from "./catalogue.ts";
import { measureCheckout } from "./checkout.ts";
import { measureEvidence } from "./evidence.ts";
import { measureHtml } from "./html.ts";
import { measureMemory } from "./memory.ts";
import { measureOutage } from "./outage.ts";
import { measureSecondStart } from "./second-start.ts";
import { openSystem, type System } from "./system.ts";
import { type Line, table } from "./table.ts";
import { measureWeight } from "./weight.ts";

const parts: Record<string, (system: System) => Promise<Line[]>> = {
  catalogue: measureCatalogue,
  checkout: measureCheckout,
  html: measureHtml,
  weight: measureWeight,
  memory: measureMemory,
  evidence: measureEvidence,
  outage: measureOutage,
  start: measureSecondStart,
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in parts));
if (unknown.length > 0) {
  console.error(`There is no part ${unknown.join(", ")}. Parts: ${Object.keys(parts).join(", ")}.`);
  process.exit(1);
}
buildWeb();
const system = await openSystem();
void endedBySignal()
  .then(() => system.close())
  .then(() => process.exit(130));
const lines: Line[] = [];
try {
  for (const [name, measure] of Object.entries(parts)) {
    if (asked.length > 0 && !asked.includes(name)) continue;
    console.log(`${name} ...`);
    const measured = await measure(system).catch((error: unknown) => [broken(name, error)]);
    for (const { what, figure } of measured) console.log(`  ${what}: ${figure}`);
    lines.push(...measured);
  }
} finally {
  await system.close();
}
const file = path.join(root, ".data", "bench.json");
fs.mkdirSync(path.dirname(file), { recursive: true });
fs.writeFileSync(file, `${JSON.stringify({ at: new Date().toISOString(), node: process.version, lines }, null, 2)}\n`);
console.log(`\n${table(lines)}`);
// Whatever is left open belongs to what was measured. A promise missed, or a part that fell over, is no success.
process.exit(lines.some(({ meets }) => meets === false) ? 1 : 0);

// A part that falls over must not take the others' figures with it.
function broken(what: string, error: unknown): Line {
  console.error(error);
  return { what, figure: `failed: ${(error as Error).message}`, limit: "", floor: "", meets: false };
}
