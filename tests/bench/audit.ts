// npm run bench:audit                               tamperings, sealing, verifying, and what the audit costs a checkout
// npm run bench:audit -- tamper --tamperings 500    one part alone, and smaller: --tamperings 10000, --rows 300000,
//                                                   --seconds 20, --rounds 8
import { parseArgs } from "node:util";
import { endedBySignal } from "#scripts/ended-by-signal.ts";
import { measureCost } from "./audit/cost.ts";
import { kinds } from "./audit/kinds.ts";
import { measureSealing } from "./audit/sealing.ts";
import { measureTampering } from "./audit/tamper.ts";
import { measureVerifying } from "./audit/verifying.ts";
import { concluded, mustBeParts, runParts } from "./parts.ts";
import { makeSmallData } from "./small-data.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    tamperings: { type: "string", default: "10000" },
    rows: { type: "string", default: "300000" },
    seconds: { type: "string", default: "20" },
    rounds: { type: "string", default: "8" },
    seed: { type: "string", default: "1" },
    smoke: { type: "boolean", default: false },
  },
});
const parts = values.smoke
  ? {
      tamper: () => measureTampering(kinds.length, 1), // One of each kind.
      sealing: () => measureSealing(0.2, { backlog: 200 }),
      verify: () => measureVerifying(200),
      cost: () => measureCost(1, { shops: 2 }),
    }
  : {
      tamper: () => measureTampering(Number(values.tamperings), Number(values.seed)),
      sealing: () => measureSealing(Number(values.seconds)),
      verify: () => measureVerifying(Number(values.rows)),
      cost: () => measureCost(Number(values.rounds)),
    };
mustBeParts(positionals, parts);
void endedBySignal().then(() => process.exit(130));
const remove = values.smoke ? await makeSmallData() : () => undefined;
const lines = await runParts(parts, positionals).finally(remove);
process.exit(concluded(lines));
