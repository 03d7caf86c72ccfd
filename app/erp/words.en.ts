import type { erp as source } from "./words.id.ts";
import { feeds, pulls, aside, reasons } from "./words.feeds.en.ts";
import { stock, checkpoints } from "./words.duty.en.ts";
import { counted, sayIn } from "#app/ui/say.ts";

const say = sayIn("en");

/** The page that watches the ERP. */
export const erp: typeof source = {
  title: "ERP",
  now: "State now",
  explain: {
    CLOSED: "The ERP answers. Orders go straight to it.",
    OPEN: "The ERP does not answer. Orders are still taken and wait here.",
    HALF_OPEN: "The ERP begins to answer again. After three good answers in a row orders go to it again.",
  },
  syncErrors: {
    SEVERAL_DOCUMENTS: (documents) => say`${documents.split(", ").length} documents in the ERP: ${documents}`,
    OTHER_PARTNER: (partner) => `the document in the ERP is made out to ${partner}`,
    FIGURES_DIFFER: () => "prices or quantities in the ERP are different",
    DOCUMENT_TAKEN: (facts) => `document ${facts.replace(/ (?=\S+$)/, " in the ERP belongs to order ")} already`,
  },
  silent: "No word from a worker for more than two minutes. See whether the worker process runs.",
  nextProbe: "Next try",
  inSpan: (span) => `In ${span}`,
  due: "Now",
  flaps: "Coming and going",
  flapsHint: (n) => `${counted(n, "time")}; the pauses between tries are longer`,
  incident: "Incident",
  test: {
    title: "Test the connection",
    button: "Test the connection",
    waiting: (seconds) => `Waiting for the worker's answer (${counted(seconds, "second")}). This page reloads itself.`,
    lost: "No answer after 30 seconds: no worker is running. Start the worker, then test again.",
    ok: (ms) => `The ERP answered within ${ms}.`,
    failed: "The ERP gave no good answer.",
    asked: "Asked",
    sent: "The question was handed to the worker.",
    never: "Never tested from this page.",
    adminOnly: "Only admins test the connection.",
  },
  timeline: {
    title: "History of the connection",
    range: "Period",
    day: "24 hours",
    week: "7 days",
    span: { day: "the last 24 hours", week: "the last 7 days" },
    none: (span) => `Never disconnected in ${span}.`,
    some: (times, minutes, span) =>
      `Disconnected ${times === 1 ? "once" : say`${times} times`}, ${minutes} in all, in ${span}.`,
    table: "Changes of state",
    tableOpen: (n) => say`Table: ${n} ${n === 1 ? "change" : "changes"} of state`,
    cut: "The last 500 changes are shown; what was before them is not drawn.",
  },
  calls: {
    title: "Calls to the ERP per hour",
    errors: "Failed calls",
    errorsText: (worst) => `Per hour, the last 24 hours. ${worst}`,
    errorsNone: "No call failed.",
    errorsWorst: (percent, hour) => `${percent} at most, in the hour from ${hour}.`,
    latency: "Time to answer",
    latencyText: (worst) =>
      `Median (p50) and p95 per hour, the last 24 hours, from 1 millisecond to 5 seconds. ${worst}`,
    latencyWorst: (ms, hour) => `The highest p95 was ${ms}, in the hour from ${hour}.`,
    empty: "No calls in the last 24 hours.",
    p50: "p50 (half of the calls are faster)",
    p95: "p95 (19 of 20 are faster)",
    hour: "Hour",
    count: "Calls",
    failed: "Failed",
    refused: "Refused by the ERP",
    rate: "Failed (%)",
    table: "Table: calls per hour",
    note:
      "Times are those of calls that were answered, to within 9%. Calls that failed count in the chart of failures. " +
      "Kept for 90 days.",
  },
  feeds,
  reasons,
  queue: {
    run: "Reconciliation under way",
    runOf: (settled, total) => `${settled} of ${counted(total, "order")}`,
    undecided: "Results waiting for a decision",
    title: "Queue to the ERP",
    waiting: "Orders waiting",
    oldest: "Oldest",
    failed: "Orders refused by the ERP",
  },
  switches: { title: "Emergency switches", on: "On", off: "Off", change: "Change", see: "See" },
  stock,
  aside,
  checkpoints,
  span: {
    seconds: (n) => say`${n} ${n === 1 ? "second" : "seconds"}`,
    minutes: (n) => say`${n} ${n === 1 ? "minute" : "minutes"}`,
    hours: (n, minutes) => say`${n} ${n === 1 ? "hour" : "hours"}${minutes > 0 ? say` ${minutes} min` : ""}`,
  },
  breaker: {
    title: "ERP breaker",
    states: { CLOSED: "Connected", OPEN: "Cut off", HALF_OPEN: "Being tried" },
    since: "Since",
    lastOk: "Last good answer",
    failures: "Failures in a row",
    forced: "Manual mode is forced until",
  },
  lastGood: "Last complete data",
  lastTried: "Last tried",
  never: "Never",
  troubles: {
    title: "Last errors by order",
    none: "No order is in trouble.",
    refused: "Refused by the ERP",
  },
  pulls,
  trail: {
    ERP_TESTED: "ERP connection tested",
    ERP_CHECKPOINT_WRITTEN: "ERP checkpoint written",
    FEED_SIZE_ACCEPTED: "Change of ERP data accepted",
    STOCK_CHECK_ASKED: "Stock comparison asked for",
  },
  codes: {
    WEEK: "Choose this week or one of the 12 before it.",
    ATTENDED: "Write who took part, at least 3 letters.",
    NOTES: "Write what was said, at least 5 letters.",
    RISK: "Choose the level of risk.",
    BUFFER: "Write a number from 0 to 5; halves will do: 2 or 2.5.",
    WATCH: "Write the number of a week from 1 to 52; the last is not before the first.",
  },
};
