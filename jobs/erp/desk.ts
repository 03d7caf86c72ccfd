import type { Counter } from "../counter.ts";
import { log, reasonOf } from "../log.ts";
import { loop } from "../loop.ts";
import { ErpClosed, erpBreaker, probesToClose } from "./breaker.ts";
import { erpClient } from "./client.ts";
import type { ErpAccess } from "./exchange.ts";
import { ErpFailure } from "./failure.ts";
import { listStaleFeeds, pullFeed } from "./pull.ts";
import { pushDueOrders } from "./push.ts";
import { circuitRecorder } from "./recorder.ts";

/** The rhythm of the desk, in milliseconds. */
export type Pace = typeof dailyPace;

const dailyPace = {
  calm: 5_000, // between good pings, and between the probes that close the breaker
  doubt: 750, // after a bad one: five failures in a row take under ten seconds from the ERP's death
  closedDoor: 500, // how often to see whether the next probe is due
  pull: 30_000, // how often to see whether a feed is stale
  firstProbe: 5_000,
  longestProbe: 60_000,
};
const longestPullPauseMs = 60_000;

export type ErpDesk = ReturnType<typeof openErpDesk>;

/**
 * Everything that talks to the ERP: the heartbeat, the pushes, the pulls, behind one breaker. It begins unproven: what
 * an earlier process recorded stands until three pings in a row were good, and nothing is pushed or pulled before.
 */
export function openErpDesk(access: ErpAccess, counter: Counter, pace: Pace = dailyPace) {
  let goodInARow = 0;
  let pullAll = false;
  let badPulls = 0;
  const recorder = circuitRecorder(counter);
  const breaker = erpBreaker({
    firstProbeMs: pace.firstProbe,
    longestProbeMs: pace.longestProbe,
    onStateChange(change) {
      log.warn(change, "breaker");
      recorder.record(change);
      if (change.state !== "closed") return;
      goodInARow = probesToClose;
      pullAll = true;
      pushes.wake();
      pulls.wake();
    },
  });
  const erp = erpClient(access, breaker.gate);
  const trading = () => breaker.state() === "closed" && goodInARow >= probesToClose;

  const heartbeat = loop("heartbeat", async () => {
    try {
      await erp.ping();
    } catch (error) {
      if (error instanceof ErpClosed) return pace.closedDoor;
      if (!(error instanceof ErpFailure)) throw error;
      if (!trading()) goodInARow = 0;
      return pace.doubt;
    }
    // Not awaited: a database that is away must not slow down the watch over the ERP.
    counter.noteErpOk().catch((error: unknown) => log.warn({ reason: reasonOf(error) }, "heartbeat not noted"));
    goodInARow += 1;
    if (breaker.state() !== "closed" || goodInARow > probesToClose) return pace.calm;
    if (goodInARow < probesToClose) return pace.doubt;
    recorder.record({ state: "closed", failures: 0, reason: null });
    pushes.wake();
    pulls.wake();
    return pace.calm;
  });

  const pushes = loop("pushes", async () => (trading() ? pushDueOrders(counter, erp) : pace.calm));

  const pulls = loop("pulls", async () => {
    if (!trading()) return pace.calm;
    const feeds = pullAll ? (["stock", "credit"] as const) : await listStaleFeeds(counter);
    let allGood = true;
    for (const feed of feeds) allGood = (await pullFeed(counter, erp, feed)) && allGood;
    badPulls = allGood ? 0 : badPulls + 1;
    if (allGood) pullAll = false;
    return allGood ? pace.pull : Math.min(longestPullPauseMs, pace.calm * 2 ** Math.min(badPulls, 5));
  });

  return {
    wakePushes: pushes.wake,
    /** A hint by the clock; while pulls fail their own longer pause holds. */
    wakePulls: () => void (badPulls === 0 && pulls.wake()),
    async stop() {
      await Promise.all([heartbeat.stop(), pushes.stop(), pulls.stop()]);
      await recorder.stop();
    },
  };
}
