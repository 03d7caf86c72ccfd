import { setTimeout as pause } from "node:timers/promises";
import { type Line, median, quantile } from "../table.ts";
import { type CircuitWatch, watchCircuit } from "./circuit.ts";
import { fuseAlone } from "./fuse-alone.ts";
import { measureProbes } from "./probes.ts";
import { placeOrders } from "./orders.ts";
import { openErpFixture, type ErpFixture } from "./fixture.ts";
import { clock, type Fault } from "./proxy.ts";

export const workers = ["worker-1", "worker-2", "worker-3"];
const ways: Array<{ fault: Fault; words: string }> = [
  { fault: "refuse", words: "nobody listens any more" },
  { fault: "reset", words: "connections are cut" },
  { fault: "hang", words: "accepts and never answers" },
  { fault: "500", words: "answers 500" },
];
const limitMs = 10_000;
const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

type Death = { ms: number; failures: number; floorMs: number; lastCallMs: number; late: number; calling: number };

/**
 * Three workers and an ERP that dies at random moments, calm and busy in turns: how soon all of them leave it alone.
 */
export async function measureOpen({ deaths = 5, openSeconds = 40 } = {}): Promise<Line[]> {
  const fixture = await openErpFixture();
  let circuit: CircuitWatch | null = null;
  try {
    await fixture.system.need("mail");
    await fixture.supply();
    await fixture.setRate(50); // What was placed for the death before must not take part in the next one.
    await Promise.all(workers.map((name) => fixture.worker(name)));
    circuit = await watchCircuit(fixture);
    const lines: Line[] = [];
    const all: Death[] = [];
    for (const { fault, words } of ways) {
      const died: Death[] = [];
      for (let n = 0; n < deaths; n += 1) died.push(await die(fixture, circuit, fault, n % 2 === 1));
      all.push(...died);
      lines.push(lineOf(words, died));
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
    lines.push(...(await measureProbes(fixture, circuit, openSeconds)));
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

/** One death and the recovery from it. `busy`: orders are on their way meanwhile. */
async function die(fixture: ErpFixture, circuit: CircuitWatch, fault: Fault, busy: boolean): Promise<Death> {
  const { proxy } = fixture;
  await fixture.untilDone(120_000);
  const alone = fuseAlone(await proxy.open("floor"), fixture.apiKey);
  await pause(2_500 + Math.random() * 2_500);
  if (busy) await placeOrders(fixture, 30);
  const died = clock();
  await proxy.become(fault);
  const turn = await circuit.until("OPEN", died, 60_000);
  const floorAt = await Promise.race([alone.openedAt, pause(30_000, NaN)]);
  await pause(Math.max(0, turn.at + 4_000 - clock())); // The first probe is due five seconds after the turn.
  const calls = proxy.calls.filter(({ client, at }) => client !== "floor" && at > died && at < turn.at + 4_500);
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

function lineOf(words: string, died: Death[]): Line {
  const [ours, floor] = [died.map(({ ms }) => ms), died.map(({ floorMs }) => floorMs)];
  const failures = died.map((death) => death.failures);
  return {
    what: `ERP dies (${words}), ${died.length} times, 3 workers: until OPEN is committed for all`,
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
