// npm run bench:ops                          how the system bears a bad day, each figure beside its limit
// npm run bench:ops -- load storm            these parts alone
// npm run bench:ops -- kills --kills 1000 --seed 7
import { parseArgs } from "node:util";
import { buildWeb } from "#scripts/build.ts";
import { endedBySignal } from "#scripts/ended-by-signal.ts";
import { measureFlood } from "./ops/flood.ts";
import { measureKnown } from "./ops/known.ts";
import { measureOpsKills } from "./ops/kills.ts";
import { measureLoad } from "./ops/load.ts";
import { measureProvider } from "./ops/provider.ts";
import { measureStorm } from "./ops/storm.ts";
import { measureUrgent } from "./ops/urgent.ts";
import { concluded, mustBeParts, runParts } from "./parts.ts";
import { makeSmallData } from "./small-data.ts";
import { openSystem, type System } from "./system.ts";
import type { Line } from "./table.ts";

const { values, positionals: asked } = parseArgs({
  allowPositionals: true,
  options: {
    smoke: { type: "boolean", default: false },
    kills: { type: "string", default: "1000" },
    seed: { type: "string", default: "1" },
  },
});
const { smoke } = values;
const withSystem = {
  load: (system: System) => measureLoad(system, smoke ? { seconds: 1, connections: 8, perSecond: 20 } : {}),
  urgent: (system: System) => measureUrgent(system, smoke ? { incidents: 2 } : {}),
  known: (system: System) => measureKnown(system, smoke ? { rounds: 1 } : {}),
  storm: (system: System) => measureStorm(system, smoke ? { failures: 40 } : {}),
  provider: (system: System) => measureProvider(system, smoke ? { mails: 3 } : {}),
  flood: (system: System) => measureFlood(system, smoke ? { leads: 10, garbage: 20 } : {}),
};
const kills = () =>
  measureOpsKills({
    ...(smoke ? { kills: 1 } : { kills: Number(values.kills) }),
    seed: Number(values.seed),
    say: (words) => console.log(words),
    until: endedBySignal(),
  });
mustBeParts(asked, { ...withSystem, kills });
buildWeb();
const remove = smoke ? await makeSmallData() : () => undefined;
const wanted = (name: string) => asked.length === 0 || asked.includes(name);
const lines: Line[] = [];
try {
  if (Object.keys(withSystem).some(wanted)) {
    const system = await openSystem();
    void endedBySignal()
      .then(() => system.close())
      .then(() => process.exit(130));
    try {
      const measures = Object.entries(withSystem).map(([name, measure]) => [name, () => measure(system)] as const);
      lines.push(...(await runParts(Object.fromEntries(measures), asked)));
    } finally {
      await system.close();
    }
  }
  if (wanted("kills")) lines.push(...(await runParts({ kills })));
} finally {
  remove();
}
process.exit(concluded(lines, "bench-ops"));
