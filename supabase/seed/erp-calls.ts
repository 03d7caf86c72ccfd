import { bucketOf, latencyBuckets } from "#app/erp/latency.ts";
import { hour, minute, wibMidnight } from "./calendar.ts";
import type { Outage } from "./erp-outages.ts";
import type { Chance } from "./random.ts";
import type { Row } from "./rows.ts";

const hoursBack = 47;
// What each call usually takes, in ms: half of them less, and one in twenty more than four times as much.
const usual = { ping: 14, find: 22, create: 38, stock: 120, credit: 45 };
type Operation = keyof typeof usual;

/**
 * Two days of calls to the ERP, hour by hour, as a worker would have noted them: a heartbeat each 2.5 seconds, both
 * feeds each quarter of an hour, the orders that got there. At night its backup makes it slow; while it was out, what
 * was tried failed. The hour that runs is the worker's.
 */
export function inventCalls(synced: number[], outages: Outage[], now: number, chance: Chance): Row[] {
  const last = Math.floor(now / hour) * hour;
  return Array.from({ length: hoursBack }, (_, i) => last - (hoursBack - i) * hour).flatMap((at) => {
    const orders = synced.filter((moment) => moment >= at && moment < at + hour).length;
    const out = outages.reduce(
      (sum, { from, until }) => sum + Math.max(0, Math.min(until, at + hour) - Math.max(from, at)),
      0,
    );
    const share = 1 - out / hour;
    const slow = slowness(at, chance);
    const row = (operation: Operation, ok: number, failed = 0): Row[] =>
      ok + failed === 0
        ? []
        : [
            {
              hour: new Date(at).toISOString(),
              operation,
              ok,
              refused: 0,
              failed,
              histogram: histogramOf(ok, usual[operation] * slow, chance),
            },
          ];
    return [
      // Out, it is asked once a minute; what made it go out were five in a row.
      ...row("ping", Math.round(chance.whole(1_415, 1_440) * share), out > 0 ? 4 + Math.ceil(out / minute) : 0),
      ...row("find", orders),
      ...row("create", orders),
      // Three pages of stock, one of credit.
      ...row("stock", Math.floor(4 * share) * 3, out > 0 ? 1 : 0),
      ...row("credit", Math.floor(4 * share)),
    ];
  });
}

/** How much slower than usual: many times from two to four at night, a little when all shops order. */
function slowness(at: number, chance: Chance): number {
  const local = Math.floor((at - wibMidnight(at, 0)) / hour);
  if (local === 2 || local === 3) return chance.between(14, 22);
  return local >= 10 && local < 16 ? chance.between(1.4, 2.2) : chance.between(0.9, 1.2);
}

/** Times around the middle one, with a long tail: the logarithm of a time is nearly normal. */
function histogramOf(calls: number, middle: number, chance: Chance): number[] {
  const counts = Array.from({ length: latencyBuckets }, () => 0);
  for (let i = 0; i < calls; i += 1) {
    const normal = chance.next() + chance.next() + chance.next() + chance.next() - 2;
    counts[bucketOf(middle * 2 ** (normal * 2 + (chance.is(0.04) ? 2 : 0)))]! += 1;
  }
  return counts;
}
