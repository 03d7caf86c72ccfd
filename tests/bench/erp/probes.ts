import { setTimeout as pause } from "node:timers/promises";
import type { Line } from "../table.ts";
import type { CircuitWatch } from "./circuit.ts";
import { placeOrders } from "./orders.ts";
import type { ErpFixture } from "./fixture.ts";
import type { OpenSizes } from "./open.ts";
import { atOnce, type Call, clock } from "./proxy.ts";

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
/** What a process may be late by when a probe is due: it looks every now and then. */
const tolerance = 1_500;
const leaseMs = 10_000;

type Window = {
  calls: Call[];
  openedAt: number;
  endedAt: number;
  flaps: number;
  killedAt: number | null;
  killed: string | null;
};

/**
 * The breaker open for a while, with orders waiting and feeds wanted: who calls, how often, and never two at a time.
 */
export async function measureProbes(fixture: ErpFixture, circuit: CircuitWatch, sizes: OpenSizes): Promise<Line[]> {
  const calm = await keepOpen(fixture, circuit, sizes, "500");
  await fixture.proxy.become("up");
  await circuit.hurryBack({ forget: false });
  // Out again at once: it flaps, and its pauses double. This time it hangs, and the first to probe is killed while it
  // waits.
  const flapping = await keepOpen(fixture, circuit, sizes, "hang");
  await fixture.proxy.become("up");
  const up = clock();
  await fixture.hurry();
  const closed = await circuit.until("CLOSED", up, 240_000);
  await fixture.untilDone(240_000);
  return [
    ...linesOf("answers 500", calm, sizes),
    ...linesOf("hangs, for the second time", flapping, sizes),
    ...killLine(flapping),
    {
      what: "... ERP back: until CLOSED by three good probes",
      figure: seconds(closed.at - up),
      limit: "",
      floor: "",
      meets: null,
    },
  ];
}

/** `hang`: it is kept open for longer, and whoever probes first is killed meanwhile. */
async function keepOpen(
  fixture: ErpFixture,
  circuit: CircuitWatch,
  sizes: OpenSizes,
  fault: "500" | "hang",
): Promise<Window> {
  const kill = fault === "hang";
  const openMs = (kill ? sizes.hangSeconds : sizes.openSeconds) * 1000;
  const { proxy } = fixture;
  const died = clock();
  await proxy.become(fault);
  const turn = await circuit.until("OPEN", died, 60_000);
  const after = () => proxy.calls.filter(({ client, at }) => client !== "floor" && at > turn.at + 100);
  await placeOrders(fixture, sizes.orders);
  await fixture.ask("update app.feeds set wanted = true");
  let killedAt: number | null = null;
  let killed: string | null = null;
  while (clock() < turn.at + openMs) {
    const probing = after().find(({ endedAt }) => endedAt === null);
    if (kill && killedAt === null && probing) {
      killed = probing.client;
      killedAt = clock();
      await fixture.end(killed);
    }
    await pause(20);
  }
  return { calls: after(), openedAt: turn.at, endedAt: clock(), flaps: turn.flaps, killedAt, killed };
}

function linesOf(
  words: string,
  { calls, openedAt, endedAt, flaps, killedAt }: Window,
  { orders, workers }: OpenSizes,
): Line[] {
  const open = seconds(endedAt - openedAt);
  // All of one kind: what failed when it opened.
  const probes = calls.filter(({ operation }) => operation !== "create" && operation === calls[0]?.operation);
  const other = calls.length - probes.length;
  let bad = 0;
  const pauses = probes.map((probe, n) => {
    const before = probes[n - 1];
    // A lease that ran out with its owner counts for nothing: the same probe is due again.
    const lost =
      before !== undefined &&
      killedAt !== null &&
      before.at <= killedAt &&
      (before.endedAt ?? Infinity) >= killedAt - 50;
    if (before && !lost) bad += 1;
    const due = lost ? leaseMs : Math.min(60_000, 5_000 * 2 ** (bad + flaps));
    return { real: probe.at - (lost ? before.at : (before?.endedAt ?? openedAt)), due };
  });
  const most = atOnce(probes);
  return [
    {
      what: `Breaker open for ${open} (ERP ${words}), ${orders} orders waiting, feeds wanted: calls but probes`,
      figure: String(other),
      limit: "0",
      floor: `${probes.length} probes by ${new Set(probes.map(({ client }) => client)).size} of ${workers} workers`,
      meets: other === 0,
    },
    {
      what: "... probes under way at one time, all workers",
      figure: String(most),
      limit: "1",
      floor: "",
      meets: most <= 1 && probes.length > 0,
    },
    {
      what: `... pauses before probes${flaps > 0 ? " (it flaps: doubled)" : ""}`,
      figure: pauses.map(({ real }) => seconds(real)).join(", "),
      limit: `${pauses.map(({ due }) => seconds(due)).join(", ")}; late by ${seconds(tolerance)} at most`,
      floor: "",
      meets: probes.length > 1 && pauses.every(({ real, due }) => real > due - 100 && real < due + tolerance),
    },
  ];
}

function killLine({ calls, killedAt, killed }: Window): Line[] {
  if (killedAt === null)
    return [{ what: "... a prober killed in mid-probe", figure: "none probed", limit: "", floor: "", meets: false }];
  const next = calls.find(({ at }) => at > killedAt);
  return [
    {
      what: "... prober killed in mid-probe: until another worker probes",
      figure: next ? seconds(next.at - killedAt) : "never",
      limit: `< ${seconds(leaseMs + tolerance)}`,
      floor: `${seconds(leaseMs)}: its lease`,
      meets: next !== undefined && next.client !== killed && next.at - killedAt < leaseMs + tolerance,
    },
  ];
}
