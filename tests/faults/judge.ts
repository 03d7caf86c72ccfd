import type { Case, FeedEnd } from "./cases.ts";
import { judgeOrders, type OrdersFound } from "./judge-orders.ts";
import { bearing } from "./pulse.ts";
import type { System } from "./system.ts";
import type { Moments } from "./trial.ts";

export type Found = {
  openedAfter: number | null;
  bannerAfter: number | null;
  recoveredAfter: number | null;
  refused: string[];
  orders: OrdersFound;
  memory: string;
  lag: string;
  /** What is not as it has to be; empty when all is well. */
  wrong: string[];
};

const openWithinMs = 10_000;
const bannerWithinMs = 15_000;
/** A page that was asked for before a turn may show what was after it, and be long in coming. */
const longestPageMs = 2_000;
/** Who read CLOSED a moment before the commit of OPEN may still call, and on a busy machine that moment is long. */
const graceMs = 1_000;
/** Half of what lies between two probes at least (trial.ts): what comes sooner is none. */
const shortestPauseMs = 500;
/** What one bad answer after the other may add to a process, in megabytes, and how long its loop may be blocked. */
const bounds = { more: 200, most: 400, lag: 2_000 };

type Turn = { at: Date; state: string };

/** Holds what happened against what had to. */
export async function judge(system: System, one: Case, moments: Moments, falseFigures: string[]): Promise<Found> {
  const { broken, healed, recovered } = moments;
  const wrong: string[] = [];
  const must = (so: boolean, words: string) => void (so || wrong.push(words));
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

  const turns = await system.rows<Turn>("select at, state from app.erp_circuit_events where at >= $1 order by id", [
    new Date(broken),
  ]);
  const away = stretches(turns);
  const opened = away[0]?.from ?? null;
  if (one.opens !== null)
    must((opened !== null) === one.opens, one.opens ? "the breaker stayed closed" : "the breaker opened");
  const failed = system.erp.calls.filter(
    ({ at, end }) => at >= broken && end !== null && opened !== null && end <= opened,
  ).length;
  if (one.opens && opened !== null)
    must(opened - broken <= openWithinMs || failed <= 5, `open after ${seconds(opened - broken)} and ${failed} calls`);
  if (one.opens || one.holds)
    must(away.length <= 1 && away.every(({ until }) => until > healed), "it closed while it was broken");

  const pages = system.crowd.seen.filter(({ at }) => at >= broken).toSorted((a, b) => a.at - b.at);
  const bad = pages.filter(({ status }) => status === 0 || status >= 500);
  must(
    bad.length === 0,
    `${bad.length} bad answers: ${[...new Set(bad.map(({ what, status }) => `${what} ${status}`))].join(", ")}`,
  );
  must(system.webErrors().length === 0, `the web logged ${system.webErrors().length} answers of 5xx`);
  const told = pages.filter(({ banner }) => banner !== null);
  const first = told.find(({ banner }) => banner)?.at ?? null;
  if (one.opens)
    must(
      first !== null && first - broken <= bannerWithinMs,
      first === null ? "no banner" : `banner after ${seconds(first - broken)}`,
    );
  const inside = (at: number, margin: number) =>
    away.some(({ from, until }) => at > from + margin && at < until - margin);
  const outside = (at: number, margin: number) =>
    away.every(({ from, until }) => at < from - margin || at > until + margin);
  const without = told.filter(({ at, banner }) => !banner && inside(at, graceMs)).length;
  must(without === 0, `${without} pages without the banner while it was open`);
  const groundless = told.filter(({ at, banner }) => banner && outside(at, longestPageMs)).length;
  must(groundless === 0, `${groundless} pages with the banner while it was closed`);
  must(recovered === null || told.at(-1)?.banner === false, "nobody saw the banner gone");

  for (const { from, until } of away) {
    const calls = system.erp.calls.filter(({ at }) => at > from + graceMs && at < until);
    const kinds = [...new Set(calls.map(({ operation }) => operation))];
    const hasty = calls.flatMap(({ at }, index) =>
      index > 0 && at - calls[index - 1]!.at < shortestPauseMs
        ? [`${at - calls[index - 1]!.at} ms after another, ${seconds(at - from)} after it opened`]
        : [],
    );
    const beside = calls.filter(({ at }, index) =>
      calls.some((other, i) => i < index && (other.end ?? Infinity) > at),
    ).length;
    must(
      kinds.length <= 1 && !kinds.includes("create"),
      `calls of ${kinds.join(", ")} while it was open: probes ask one thing, and create nothing`,
    );
    must(hasty.length === 0, `${hasty.length} calls too soon to be probes: ${hasty[0]}`);
    must(beside === 0, `${beside} probes beside another`);
  }

  const runs = await system.rows<{ feed: "stock" | "credit"; at: Date; accepted: boolean; reason: string | null }>(
    "select feed, at, accepted, reason from app.feed_runs where at >= $1 order by id",
    [new Date(broken)],
  );
  const refused = runs.filter(({ accepted }) => !accepted);
  for (const feed of ["stock", "credit"] as const) {
    const during = runs.filter((run) => run.feed === feed && run.at.getTime() < healed);
    mustEnd(feed, one[feed], during, must);
  }
  must(
    refused.every(({ reason }) => Boolean(reason)),
    "a refused pull without a reason",
  );
  must(falseFigures.length === 0, `false figures were live: ${falseFigures.join("; ")}`);
  const { future } = await system.row<{ future: number }>(
    "select count(*)::int as future from app.feeds where as_of > now() or as_of < now() - interval '10 minutes'",
  );
  must(future === 0, "a feed's age is not of our clock");

  must(recovered !== null, "not back by itself in time");
  const orders = await judgeOrders(system, broken, must);
  must(system.crashes.length === 0, `${system.crashes.length} processes ended by themselves`);
  const borne = Object.entries(system.pulses).map(([name, file]) => ({ name, ...bearing(file, broken) }));
  for (const { name, more, most, lag } of borne) {
    must(more <= bounds.more && most <= bounds.most, `${name} grew by ${more} MB to ${most}`);
    must(lag <= bounds.lag, `${name} stood still for ${lag} ms`);
  }
  const most = borne.toSorted((a, b) => b.more - a.more)[0]!;
  const slowest = borne.toSorted((a, b) => b.lag - a.lag)[0]!;
  return {
    openedAfter: opened === null ? null : opened - broken,
    bannerAfter: first === null ? null : first - broken,
    recoveredAfter: recovered === null ? null : recovered - healed,
    refused: [...new Set(refused.map(({ feed, reason }) => `${feed}: ${reason}`))],
    orders,
    memory: `+${most.more} MB to ${most.most} (${most.name})`,
    lag: `${slowest.lag} ms (${slowest.name})`,
    wrong,
  };
}

/** When it was anything but closed. */
function stretches(turns: Turn[]): Array<{ from: number; until: number }> {
  const all: Array<{ from: number; until: number }> = [];
  for (const { at, state } of turns) {
    const last = all.at(-1);
    if (state === "CLOSED" && last) last.until = at.getTime();
    else if (state !== "CLOSED" && (!last || last.until !== Infinity))
      all.push({ from: at.getTime(), until: Infinity });
  }
  return all;
}

function mustEnd(
  feed: string,
  end: FeedEnd,
  runs: Array<{ accepted: boolean; reason: string | null }>,
  must: (so: boolean, words: string) => void,
) {
  if (end === "accepted") {
    must(
      runs.some(({ accepted }) => accepted),
      `${feed} was not accepted`,
    );
    must(
      runs.every(({ accepted }) => accepted),
      `${feed} was refused: ${runs.find(({ accepted }) => !accepted)?.reason}`,
    );
  } else if (end !== null) {
    must(!runs.some(({ accepted }) => accepted), `${feed} was accepted`);
    must(
      runs.some(({ reason }) => reason !== null && end.test(reason)),
      `${feed} was not refused for ${end}: ${runs.map(({ reason }) => reason).join("; ") || "not pulled"}`,
    );
  }
}
