/** How many minutes back the war room looks at requests. */
export const trafficMinutes = 5;

/** What waits to be sent or done, and since when the oldest of it does. */
export type Queue = { kind: (typeof queueKinds)[number]; waiting: number; oldest: Date | string | null };
export const queueKinds = ["ORDERS", "MAILS", "OWNER_MAILS", "OWNER_SMS", "NOTIFICATIONS"] as const;

/** Requests of the last trafficMinutes, for which somebody waits (private.is_waited_for). p95 in ms. */
export type Traffic = {
  requests: number;
  failed: number;
  p95: number | null;
  /** Errors in the logs of all processes in the last 15 minutes. */
  errors: number;
  /** Timers that are over for more than a minute and did not ring. */
  lateTimers: number;
};

/** Orders of the last hour: one figure per minute, oldest first; `usual` per hour, null where nothing is known. */
export type Pace = { minutes: number[]; usual: number | null };

export type Now = {
  traffic: Traffic;
  pace: Pace;
  queues: Queue[];
  breaker: { state: "CLOSED" | "OPEN" | "HALF_OPEN"; silent: boolean };
  gravest: number | null;
  failedOrders: number;
  now: Date | string;
};

export type Verdict = {
  what: "INCIDENT" | "BREAKER" | "SILENT" | "ERRORS" | "SLOW" | "QUEUE" | "FAILED_ORDERS" | "TIMERS" | "PACE";
  tone: "bad" | "warn";
  queue?: Queue["kind"];
};

const failedShare = 0.05;
const enoughRequests = 20;
const slowMs = 5_000;
const enoughOrders = 5;
const lateMs = 10 * 60_000;

/** What of all this needs somebody now, the worst first. Thresholds are the company's own, of its SEV-2. */
export function judge({ traffic, pace, queues, breaker, gravest, failedOrders, now }: Now): Verdict[] {
  const { requests, failed, p95 } = traffic;
  const hour = pace.minutes.reduce((sum, n) => sum + n, 0);
  const late = ({ oldest }: Queue) => oldest !== null && new Date(now).getTime() - new Date(oldest).getTime() > lateMs;
  const all: Array<[boolean, Verdict]> = [
    [gravest !== null && gravest <= 2, { what: "INCIDENT", tone: "bad" }],
    [breaker.state === "OPEN", { what: "BREAKER", tone: "bad" }],
    [breaker.silent, { what: "SILENT", tone: "bad" }],
    [requests >= enoughRequests && failed / requests > failedShare, { what: "ERRORS", tone: "bad" }],
    [requests >= enoughRequests && p95 !== null && p95 > slowMs, { what: "SLOW", tone: "bad" }],
    [failedOrders > 0, { what: "FAILED_ORDERS", tone: "bad" }],
    [traffic.lateTimers > 0, { what: "TIMERS", tone: "bad" }],
    ...queues.map((queue): [boolean, Verdict] => [late(queue), { what: "QUEUE", tone: "warn", queue: queue.kind }]),
    [breaker.state === "HALF_OPEN", { what: "BREAKER", tone: "warn" }],
    [pace.usual !== null && pace.usual >= enoughOrders && hour < pace.usual / 2, { what: "PACE", tone: "warn" }],
  ];
  return all.flatMap(([holds, verdict]) => (holds ? [verdict] : [])).sort((a, b) => rank(a) - rank(b));
}

const rank = ({ tone }: Verdict) => (tone === "bad" ? 0 : 1);
