// npm run bench:audit                               tamperings, sealing, verifying, and what the audit costs a checkout
// npm run bench:audit -- tamper --tamperings 500    one part alone, and smaller: --tamperings 10000, --rows 300000,
//                                                   --seconds 20, --rounds 8
import { parseArgs } from "node:util";
import { measureCost } from "./audit/cost.ts";
import { measureSealing } from "./audit/sealing.ts";
import { measureTampering } from "./audit/tamper.ts";
import { measureVerifying } from "./audit/verifying.ts";
import { type Line, table } from "./table.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    tamperings: { type: "string", default: "10000" },
    rows: { type: "string", default: "300000" },
    seconds: { type: "string", default: "20" },
    rounds: { type: "string", default: "8" },
    seed: { type: "string", default: "1" },
  },
});
const parts: Record<string, () => Promise<Line[]>> = {
  tamper: () => measureTampering(Number(values.tamperings), Number(values.seed)),
  sealing: () => measureSealing(Number(values.seconds)),
  verify: () => measureVerifying(Number(values.rows)),
  cost: () => measureCost(Number(values.rounds)),
};
const unknown = positionals.filter((name) => !(name in parts));
if (unknown.length > 0) {
  console.error(`There is no part ${unknown.join(", ")}. Parts: ${Object.keys(parts).join(", ")}.`);
  process.exit(1);
}
const lines: Line[] = [];
for (const [name, measure] of Object.entries(parts)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  console.log(`${name} ...`);
  lines.push(...(await measure()));
}
console.log(`\n${table(lines)}`);
process.exit(lines.some(({ meets }) => meets === false) ? 1 : 0);
