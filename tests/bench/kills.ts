// npm run bench:kills                    1,000 cuts between the system and its database, while people order and mails
//                                        go out
// npm run bench:kills -- 50 --seed 7     so many, and which
import { parseArgs } from "node:util";
import { buildWeb } from "#scripts/build.ts";
import { endedBySignal } from "#scripts/ended-by-signal.ts";
import { measureCuts } from "./kills/run.ts";
import { table } from "./table.ts";

const {
  positionals: [cuts = "1000"],
  values: { seed },
} = parseArgs({ allowPositionals: true, options: { seed: { type: "string", default: "1" } } });
buildWeb();
const lines = await measureCuts({
  cuts: Number(cuts),
  seed: Number(seed),
  say: (words) => console.log(words),
  until: endedBySignal(),
});
console.log(`\n${table(lines)}`);
process.exit(lines.some(({ meets }) => meets === false) ? 1 : 0);
