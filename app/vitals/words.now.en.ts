import { counted, sayIn } from "#app/ui/say.ts";
import type { now as source } from "./words.now.id.ts";

const say = sayIn("en");

/** One screen for a bad day, or for the day something new begins. */
export const now: typeof source = {
  title: "Right now",
  lead: "One screen for a bad day: what works, what does not, and who is on duty.",
  refreshes: (seconds) => `This page refreshes itself every ${counted(seconds, "second")}.`,
  still: "Stop refreshing",
  again: (seconds) => `Refresh every ${counted(seconds, "second")}`,
  stands: "This page does not refresh itself.",
  verdicts: "Needs somebody now",
  calm: "Everything runs as usual.",
  verdict: {
    INCIDENT: "A SEV-1 or SEV-2 incident is not over.",
    BREAKER: "The ERP does not answer. Orders still come in, and wait.",
    SILENT:
      "The worker has not been heard of for two minutes: mails, messages and the ERP stand still. Start it again.",
    ERRORS: "More than 5% of requests failed in the last 5 minutes.",
    SLOW: "Pages are slow: p95 over 5 seconds in the last 5 minutes.",
    FAILED_ORDERS: "The ERP has refused orders.",
    TIMERS: "A deadline has passed that nobody was told of.",
    QUEUE: "Waits for more than 10 minutes",
    PACE: "Orders of the last hour are less than half of the usual.",
  },
  incidents: "Open incidents",
  noIncidents: "No incident is open.",
  allIncidents: "All incidents",
  figures: "Figures",
  orders: "Orders in the last hour",
  usual: (n) => `usually ${n} at this hour`,
  usualUnknown: "There is no earlier week to compare with.",
  perMinute: "Orders per minute",
  chartSaid: (n, most) =>
    n === 0 ? "No orders in the last hour." : say`${counted(n, "order")} in an hour, ${most} a minute at most.`,
  minuteTable: "Figures per minute",
  minute: (ago, orders) => say`${counted(ago, "minute")} ago: ${orders}`,
  ago: (minutes) => (minutes === 0 ? "now" : say`−${minutes} min`),
  requests: "Requests, 5 minutes",
  failed: (n, share) => (n === 0 ? "none failed" : say`${n} failed (${share}%)`),
  p95: "p95, 5 minutes",
  p95Note: "95 of 100 requests took no longer.",
  errors: "Errors in the logs, 15 minutes",
  breaker: "ERP",
  waits: "Waiting",
  queues: {
    ORDERS: "Orders for the ERP",
    MAILS: "Mails",
    OWNER_MAILS: "Mails to store owners",
    OWNER_SMS: "SMS to store owners",
    NOTIFICATIONS: "News of incidents",
  },
  onDuty: "On duty today",
  oldest: "oldest",
};
