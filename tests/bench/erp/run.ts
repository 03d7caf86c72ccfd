// npm run bench:erp                            the promises about a dying ERP, each beside its limit and its floor
// npm run bench:erp -- room kills --kills 30   these parts alone, and smaller: --deaths 5, --open 40, --orders 1000,
//                                              --kills 100, --checkouts 200, --rounds 8
import fs from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { buildWeb } from "#scripts/build.ts";
import { endedBySignal } from "#scripts/ended-by-signal.ts";
import { root } from "#scripts/places.ts";
import { type Line, table } from "../table.ts";
import { endAll } from "./ends.ts";
import { measureKills } from "./kills.ts";
import { measureOpen } from "./open.ts";
import { measureDegradedPages } from "./pages.ts";
import { measureReconcile } from "./reconcile.ts";
import { measureRoom } from "./room.ts";

const size = (usual: number) => ({ type: "string", default: String(usual) }) as const;
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    deaths: size(5),
    open: size(40),
    orders: size(1_000),
    kills: size(100),
    checkouts: size(200),
    rounds: size(8),
  },
});
const n = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, Number(value)])) as Record<
  keyof typeof values,
  number
>;
const parts: Record<string, () => Promise<Line[]>> = {
  open: () => measureOpen({ deaths: n.deaths, openSeconds: n.open }),
  reconcile: () => measureReconcile({ orders: n.orders }),
  kills: () => measureKills({ orders: n.orders, kills: n.kills }),
  room: () => measureRoom({ checkouts: n.checkouts }),
  pages: () => measureDegradedPages({ rounds: n.rounds }),
};
const unknown = positionals.filter((name) => !(name in parts));
if (unknown.length > 0 || Object.values(n).some((value) => !(value > 0))) {
  console.error(
    unknown.length > 0
      ? `There is no part ${unknown.join(", ")}. Parts: ${Object.keys(parts).join(", ")}.`
      : "Sizes are numbers above 0.",
  );
  process.exit(1);
}
const asked = Object.entries(parts).filter(([name]) => positionals.length === 0 || positionals.includes(name));
if (asked.some(([name]) => name === "pages")) buildWeb();
void endedBySignal()
  .then(endAll)
  .finally(() => process.exit(130));
const lines: Line[] = [];
for (const [name, measure] of asked) {
  console.log(`${name} ...`);
  const started = performance.now();
  // A part that falls over must not take the others' figures with it.
  const measured = await measure().catch((error: unknown): Line[] => {
    console.error(error);
    return [{ what: name, figure: `failed: ${(error as Error).message}`, limit: "", floor: "", meets: false }];
  });
  for (const { what, figure, limit, meets } of measured)
    console.log(`  ${what}: ${figure}${limit && `, ${limit}`}${meets === false ? ", MISSES" : ""}`);
  console.log(`  (${Math.round((performance.now() - started) / 1000)} s)`);
  lines.push(...measured);
}
const file = path.join(root, ".data", "bench-erp.json");
fs.mkdirSync(path.dirname(file), { recursive: true });
fs.writeFileSync(file, `${JSON.stringify({ at: new Date().toISOString(), node: process.version, lines }, null, 2)}\n`);
console.log(`\n${table(lines)}`);
// Whatever is left open belongs to what was measured.
process.exit(lines.some(({ meets }) => meets === false) ? 1 : 0);
