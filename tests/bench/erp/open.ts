import { setTimeout as pause } from "node:timers/promises";
import { type Line, median, quantile } from "../table.ts";
import { type CircuitWatch, watchCircuit } from "./circuit.ts";
import { fuseAlone } from "./fuse-alone.ts";
import { measureProbes } from "./probes.ts";
import { placeOrders } from "./orders.ts";
import { openErpFixture, type ErpFixture } from "./fixture.ts";
import { clock, type Fault } from "./proxy.ts";

const ways: Array<{ fault: Fault; words: string }> = [
  { fault: "refuse", words: "nobody listens any more" },
  { fault: "reset", words: "connections are cut" },
  { fault: "hang", words: "accepts and never answers" },
  { fault: "500", words: "answers 500" },
];
const limitMs = 10_000;
const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

const usual = {
  /** Deaths of each kind. */
  deaths: 5,
  faults: ways.map(({ fault }) => fault),
  workers: 3,
  /** Orders on their way while it dies, every other time. */
  orders: 30,
  /** The first probe is due five seconds after the turn: until then nobody calls. */
  silentMs: 4_000,
  calmMs: 2_500,
  /** How long the breaker is kept open to look at its probes. */
  openSeconds: 40,
  hangSeconds: 55,
  /** Those of the floor: the rhythm of production. */
  beatMs: 2_500,
  doubtMs: 500,
};
export type OpenSizes = typeof usual;

type Death = { ms: number; failures: number; floorMs: number; lastCallMs: number; late: number; calling: number };

/**
 * Some workers and an ERP that dies at random moments, calm and busy in turns: how soon all of them leave it alone.
 */
export async function measureOpen(wanted: Partial<OpenSizes> = {}): Promise<Line[]> {
  const sizes = { ...usual, ...wanted };
  const fixture = await openErpFixture();
  let circuit: CircuitWatch | null = null;
  try {
    await fixture.supply();
    await fixture.setRate(50); // What was placed for the death before must not take part in the next one.
    await Promise.all(Array.from({ length: sizes.workers }, (_, n) => fixture.worker(`worker-${n + 1}`)));
    circuit = await watchCircuit(fixture);
    const lines: Line[] = [];
    const all: Death[] = [];
    for (const { fault, words } of ways.filter((way) => sizes.faults.includes(way.fault))) {
      const died: Death[] = [];
      for (let n = 0; n < sizes.deaths; n += 1)
        died.push(await die(fixture, circuit, sizes, fault, n % 2 === 1 ? sizes.orders : 0));
      all.push(...died);
      lines.push(lineOf(words, died, sizes));
      console.log(`  ${words}: ${died.map(({ ms, failures }) => `${seconds(ms)} ${failures}`).join(", ")}`);
    }
    const late = all.reduce((sum, death) => sum + death.late, 0);
    lines.push({
      what: `... calls after OPEN was committed, ${all.length} deaths, until the first probe`,
      figure:
        `${late} (the last call of all began ${Math.round(Math.max(...all.map(({ lastCallMs }) => lastCallMs)))} ms ` +
        "after it)",
      limit: "0 later than 100 ms",
      floor: "",
      meets: late === 0,
    });
    lines.push(...(await measureProbes(fixture, circuit, sizes)));
    if (fixture.crashes.length > 0)
      lines.push({
        what: "Workers that ended by themselves",
        figure: String(fixture.crashes.length),
        limit: "0",
        floor: "",
        meets: false,
      });
    return lines;
  } finally {
    await circuit?.stop();
    await fixture.close();
  }
}

/** One death and the recovery from it. `orders`: so many are on their way meanwhile. */
async function die(
  fixture: ErpFixture,
  circuit: CircuitWatch,
  sizes: OpenSizes,
  fault: Fault,
  orders: number,
): Promise<Death> {
  const { proxy } = fixture;
  await fixture.untilDone(120_000);
  const alone = fuseAlone(await proxy.open("floor"), fixture.apiKey, sizes);
  await pause(sizes.calmMs + Math.random() * sizes.calmMs);
  if (orders > 0) await placeOrders(fixture, orders);
  const died = clock();
  await proxy.become(fault);
  const turn = await circuit.until("OPEN", died, 60_000);
  const floorAt = await Promise.race([alone.openedAt, pause(30_000, NaN)]);
  await pause(Math.max(0, turn.at + sizes.silentMs - clock()));
  const calls = proxy.calls.filter(
    ({ client, at }) => client !== "floor" && at > died && at < turn.at + sizes.silentMs + 500,
  );
  alone.stop();
  await proxy.become("up");
  await circuit.hurryBack();
  return {
    ms: turn.at - died,
    failures: turn.failures,
    floorMs: floorAt - died,
    lastCallMs: Math.max(...calls.map(({ at }) => at - turn.at)),
    late: calls.filter(({ at }) => at > turn.at + 100).length,
    calling: new Set(calls.map(({ client }) => client)).size,
  };
}

function lineOf(words: string, died: Death[], { workers }: OpenSizes): Line {
  const [ours, floor] = [died.map(({ ms }) => ms), died.map(({ floorMs }) => floorMs)];
  const failures = died.map((death) => death.failures);
  return {
    what: `ERP dies (${words}), ${died.length} times, ${workers} workers: until OPEN is committed for all`,
    figure:
      `worst ${seconds(Math.max(...ours))}, median ${seconds(median(ours))}; ${Math.min(...failures)} to ` +
      `${Math.max(...failures)} failures`,
    limit: "<= 10 s or 5 failures",
    floor:
      `worst ${seconds(Math.max(...floor))}, median ${seconds(quantile(floor, 0.5))}: one process, cockatiel alone, ` +
      "same rhythm",
    meets: died.every((death) => death.ms <= limitMs || death.failures <= 5),
  };
}
