import type { vitals as source } from "./words.id.ts";
import { counted, sayIn } from "#app/ui/say.ts";
import { now } from "./words.now.en.ts";
import { objectives } from "./words.objectives.en.ts";
import { services } from "./words.services.en.ts";

const say = sayIn("en");

/** Seeing what the system does: speed of pages, lines of the log, services. */
export const vitals: typeof source = {
  title: "Page speed",
  lead: "Measured on the phones that open our pages, not on the server. p75: three of four visits were no worse.",
  coverage: (measured, sent, share) =>
    `Measured: ${counted(measured, "visit")}; sent: ${counted(sent, "page")} (about ${share}%). The rest: phones ` +
    "without scripts, browsers that do not measure, or pages that were not picked.",
  coverageNone: "No page was sent in this time yet.",
  metric: "Metric",
  days: "Time",
  lastDays: (n) => (n === 1 ? "Last day" : say`Last ${n} days`),
  chart: (metric) => `${metric} p75 per day`,
  chartText: (said) => `A line by day, all pages together. ${said} All figures are in the list below.`,
  chartSaid: (value, day) => `Last ${value}, on ${day}.`,
  dayTable: "Figures by day",
  table: "Speed by page",
  route: "Page",
  target: (metric) => `Element (${metric})`,
  measured: "Measured",
  of: (measured, sent) => say`${measured} of ${sent}`,
  grades: { good: "good", middling: "fair", poor: "poor" },
  seconds: (value) => `${value} s`,
  emptyTitle: "Nothing measured yet",
  emptyText: "Phones send their figures when a page is left; half a minute later at most they are here.",
  note:
    "LCP: when the largest content is there. INP: how fast the page answers a touch. CLS: how much content shifts. " +
    "TTFB: when the answer begins to come. Good up to 2.5 s, 200 ms, 0.1 and 0.8 s; poor above 4 s, 500 ms, 0.25 and " +
    "1.8 s. Figures come from groups and may be off by 9%. Kept for 90 days, without who it was and from where.",
  logs: {
    title: "System log",
    lead: "What web and worker logged, the newest first. Without names, addresses, passwords and keys.",
    at: "Time",
    second: (second) => `second ${second}`,
    level: "Level",
    levels: { info: "Info", warn: "Warning", error: "Error" },
    anyLevel: "All levels",
    from: { warn: "Warnings and errors", error: "Errors only" },
    message: "Message",
    facts: "Facts",
    request: "Reference number",
    requestHint: "It stands on the error page. An order number works too: ORD-….",
    day: "Up to date",
    misread: {
      request: "Copy the whole reference number (32 letters and digits), or enter an order number: ORD-….",
      day: "Enter a date that exists, such as 2026-11-30.",
    },
    emptyTitle: "No lines",
    emptyText: "No line fits. Lines are kept for 90 days, and new ones are here within seconds.",
  },
  now,
  objectives,
  services,
};
