import fs from "node:fs";
import path from "node:path";
import { root } from "#scripts/places.ts";
import { isSmoke } from "./small-data.ts";
import { type Line, table } from "./table.ts";

export type Parts = Record<string, () => Promise<Line[]>>;

/** Ends this process when one of these is no part. */
export function mustBeParts(asked: string[], parts: object) {
  const unknown = asked.filter((name) => !Object.hasOwn(parts, name));
  if (unknown.length === 0) return;
  console.error(`There is no part ${unknown.join(", ")}. Parts: ${Object.keys(parts).join(", ")}.`);
  process.exit(1);
}

/** Runs the parts that were asked for, or all, one after the other, and prints what each found. */
export async function runParts(parts: Parts, asked: string[] = []): Promise<Line[]> {
  const lines: Line[] = [];
  for (const [name, measure] of Object.entries(parts)) {
    if (asked.length > 0 && !asked.includes(name)) continue;
    console.log(`${name} ...`);
    lines.push(...(await runPart(name, measure)));
  }
  return lines;
}

/** One part. It may fall over: that must not take the others' figures with it. */
export async function runPart(name: string, measure: () => Promise<Line[]>): Promise<Line[]> {
  const started = performance.now();
  const measured = await measure()
    .then(checked)
    .catch((error: unknown): Line[] => {
      console.error(`FAILED ${name}:`, error);
      return [{ what: name, figure: `failed: ${(error as Error).message}`, limit: "", floor: "", meets: false }];
    });
  for (const { what, figure, limit, meets } of measured)
    console.log(`  ${what}: ${figure}${limit && `, ${limit}`}${meets === false ? ", MISSES" : ""}`);
  console.log(`  (${name}: ${Math.round((performance.now() - started) / 1000)} s)`);
  return measured;
}

/**
 * Prints the table, and keeps it in .data/<name>.json unless it is a smoke run's.
 *
 * @returns the exit code. Whoever gets it exits: whatever is left open belongs to what was measured.
 */
export function concluded(lines: Line[], name?: string): number {
  if (name && !isSmoke()) {
    const file = path.join(root, ".data", `${name}.json`);
    const all = { at: new Date().toISOString(), node: process.version, lines };
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, `${JSON.stringify(all, null, 2)}\n`);
  }
  console.log(`\n${table(lines)}`);
  return lines.some(({ meets }) => meets === false) ? 1 : 0;
}

/** In a smoke run what counts is that there are figures, and that they are numbers; not which. */
function checked(lines: Line[]): Line[] {
  if (!isSmoke()) return lines;
  if (lines.length === 0) throw new Error("It gave no figures.");
  return lines.map((line) => {
    const broken = /NaN|Infinity|undefined|null|\[object/.test(
      `${line.what} ${line.figure} ${line.limit} ${line.floor}`,
    );
    if (broken) throw new Error(`A figure is no number: ${line.what}: ${line.figure} (${line.floor})`);
    return { ...line, meets: null };
  });
}
