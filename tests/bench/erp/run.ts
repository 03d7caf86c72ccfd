// npm run bench:erp                              the promises about a dying ERP, each beside its limit and its floor
// npm run bench:erp -- credit kills --kills 30   these parts alone, and smaller: --deaths 5, --open 40, --orders 1000,
//                                                --kills 100, --checkouts 200, --rounds 8
import { parseArgs } from "node:util";
import { buildWeb } from "#scripts/build.ts";
import { endedBySignal } from "#scripts/ended-by-signal.ts";
import { concluded, mustBeParts, type Parts, runParts } from "../parts.ts";
import { makeSmallData } from "../small-data.ts";
import { measureCredit } from "./credit.ts";
import { endAll } from "./ends.ts";
import { measureKills } from "./kills.ts";
import { measureOpen } from "./open.ts";
import { measureDegradedPages } from "./pages.ts";
import { measureReconcile } from "./reconcile.ts";

const size = (usual: number) => ({ type: "string", default: String(usual) }) as const;
const {
  values: { smoke, ...sizes },
  positionals: asked,
} = parseArgs({
  allowPositionals: true,
  options: {
    deaths: size(5),
    open: size(40),
    orders: size(1_000),
    kills: size(100),
    checkouts: size(200),
    rounds: size(8),
    smoke: { type: "boolean", default: false },
  },
});
const n = Object.fromEntries(Object.entries(sizes).map(([name, value]) => [name, Number(value)])) as Record<
  keyof typeof sizes,
  number
>;
const parts = {
  open: () => measureOpen({ deaths: n.deaths, openSeconds: n.open, hangSeconds: n.open + 15 }),
  reconcile: () => measureReconcile({ orders: n.orders }),
  kills: () => measureKills({ orders: n.orders, kills: n.kills }),
  credit: () => measureCredit({ checkouts: n.checkouts }),
  pages: () => measureDegradedPages({ rounds: n.rounds }),
} satisfies Parts;
const few = { lookers: 1, shoppers: 1, perSecond: 15, warm: 1, phaseSeconds: 0, settleMs: 0 };
const quick = { silentMs: 50, calmMs: 50, openSeconds: 1, hangSeconds: 1, beatMs: 100, doubtMs: 50 };
/** The same with next to nothing to do, and with the ERP of the small data, which is soon given up and soon back. */
const once: typeof parts = {
  pages: () => measureDegradedPages({ rounds: 1, fault: "500", ...few }),
  open: () => measureOpen({ deaths: 1, faults: ["500"], workers: 2, orders: 3, ...quick }),
  reconcile: () => measureReconcile({ orders: 3, first: 2 }),
  kills: () => measureKills({ orders: 4, kills: 2, lieMs: 100, workerMs: 200, commandMs: 200 }),
  credit: () => measureCredit({ checkouts: 4, crowd: 4, fitting: 2 }),
};
mustBeParts(asked, parts);
if (Object.values(n).some((value) => !(value > 0))) {
  console.error("Sizes are numbers above 0.");
  process.exit(1);
}
if (asked.length === 0 || asked.includes("pages")) buildWeb();
const remove = smoke ? await makeSmallData() : () => undefined;
void endedBySignal()
  .then(endAll)
  .finally(() => (remove(), process.exit(130)));
const lines = await (smoke ? together() : runParts(parts, asked)).finally(remove);
process.exit(concluded(lines, "bench-erp"));

/** Each has a system of its own; what waits for heartbeats most of the time goes beside the others. */
async function together() {
  const { open, pages, ...others } = once;
  return (
    await Promise.all([{ open } as Parts, { pages } as Parts, others].map((some) => runParts(some, asked)))
  ).flat();
}
