// npm run bench:abuse                what the rules find in corpora that they were not tuned on (takes ten minutes)
// npm run bench:abuse -- --seed 11   another corpus: 11 to 18 are the ones for tuning
import { parseArgs } from "node:util";
import pg from "pg";
import { endedBySignal } from "#scripts/ended-by-signal.ts";
import { makeSmallData, openDatabase } from "../small-data.ts";
import { inventCorpus } from "./corpus.ts";
import { judgeCorpus } from "./judge.ts";
import { loadCorpus } from "./load.ts";
import { small, usual } from "./population.ts";
import { report } from "./report.ts";

/** Rules and thresholds were chosen on these. */
const tuningSeeds = new Set([11, 12, 13, 14, 15, 16, 17, 18]);
/**
 * Reported once, with rules that were not changed for it; they led to the rules of today, and prove nothing of them.
 */
const spentSeeds = new Set([2027, 65_537]);
/** The report, and once more on other chance: judged after the last change of a rule. */
const reportSeeds = [4001, 4002];

const {
  values: { seed: asked, smoke },
} = parseArgs({
  options: { seed: { type: "string", multiple: true }, smoke: { type: "boolean", default: false } },
});
const seeds = asked?.map(Number) ?? (smoke ? [11] : reportSeeds);
if (seeds.some((seed) => !Number.isInteger(seed) || seed < 1)) {
  console.error("--seed wants a whole number above zero");
  process.exit(1);
}
void endedBySignal().then(() => process.exit(130));
const remove = smoke ? await makeSmallData() : () => undefined;
let meets = true;
try {
  for (const seed of seeds) meets = (await judgeSeed(seed)) && meets;
} finally {
  remove();
}
process.exit(meets ? 0 : 1);

/** @returns whether the promises are kept; in a smoke run, whether there are figures. */
async function judgeSeed(seed: number): Promise<boolean> {
  console.log(
    tuningSeeds.has(seed)
      ? `Seed ${seed}: a corpus that the rules were tuned on. It proves nothing.`
      : spentSeeds.has(seed)
        ? `Seed ${seed}: known before the last change of the rules. It proves little.`
        : `Seed ${seed}: not used for tuning.`,
  );
  const database = await openDatabase("empty");
  const sql = new pg.Client({ connectionString: database.adminUrl });
  try {
    await sql.connect();
    const corpus = inventCorpus(seed, smoke ? small : usual);
    const started = performance.now();
    await loadCorpus(sql, corpus);
    console.log(`  loaded in ${Math.round((performance.now() - started) / 1000)} s`);
    const judged = await judgeCorpus(sql, corpus, console.log);
    const found = report(corpus, judged);
    console.log(`\n${found.text}\n`);
    if (smoke && (judged.inspected === 0 || /NaN|Infinity|undefined/.test(found.text)))
      throw new Error("A figure of the report is no number.");
    return smoke || found.meets;
  } finally {
    await sql.end();
    await database.remove();
  }
}
