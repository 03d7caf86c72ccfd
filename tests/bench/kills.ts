// npm run bench:kills                   1,000 cuts between the system and its database, while people order and mails go
//                                       out
// npm run bench:kills -- 50 --seed 7    so many, and which
import { parseArgs } from "node:util";
import { buildWeb } from "#scripts/build.ts";
import { endedBySignal } from "#scripts/ended-by-signal.ts";
import { measureCuts } from "./kills/run.ts";
import { concluded, runPart } from "./parts.ts";
import { makeSmallData } from "./small-data.ts";

const {
  positionals: [cuts = "1000"],
  values: { seed, smoke },
} = parseArgs({
  allowPositionals: true,
  options: { seed: { type: "string", default: "1" }, smoke: { type: "boolean", default: false } },
});
buildWeb();
const remove = smoke ? await makeSmallData() : () => undefined;
const sizes = smoke ? { cuts: 1, readers: 1, drain: false } : { cuts: Number(cuts), seed: Number(seed) };
const measure = () => measureCuts({ ...sizes, say: (words) => console.log(words), until: endedBySignal() });
const lines = await runPart("kills", measure).finally(remove);
process.exit(concluded(lines));
