import type { reviews as source } from "./words.id.ts";
import { sayIn } from "#app/ui/say.ts";

const say = sayIn("en");

/** The monthly review of salesmen. */
export const reviews: typeof source = {
  title: "Monthly review of salesmen",
  lead:
    "On the 1st, 07:00 WIB, the ten salesmen who acted for stores most often are summed up. An auditor signs each " +
    "line.",
  top: "Top 10 Agents by Impersonation Count",
  month: "Month",
  madeAt: "Made",
  dueAt: "To be signed by",
  dueHint: "Five working days, Monday to Friday. Public holidays count as working days.",
  signedOf: (signed, salesmen) => say`${signed} of ${salesmen}`,
  signedColumn: "Signed",
  stateColumn: "State",
  states: { OPEN: "Waits for signatures", LATE: "Overdue", DONE: "Done", EMPTY: "Nothing happened" },
  emptyTitle: "No review yet",
  emptyText: "The first one is made on the 1st, 07:00 WIB, if a salesman acted for a store in the month before.",
  noLines: "No salesman acted for a store in this month. There is nothing to sign.",
  incident: "Incident for being overdue",
  back: "Back to all reviews",
  frozen: "The figures were counted when the review was made and do not change.",
  chart: "Chart: how often each acted for a store",
  chartText: (month, first, last) =>
    `Horizontal bars by salesman for ${month}, the most on top: from ${first} to ${last}. The worth of the orders ` +
    "stands below each bar. All figures are in the table.",
  times: (n) => say`${n} ${n === 1 ? "time" : "times"}`,
  worth: (amount, orders) => say`${amount} in ${orders} ${orders === 1 ? "order" : "orders"}`,
  rank: "No.",
  salesman: "Salesman",
  impersonations: "Acted",
  stores: "Stores",
  orders: "Orders",
  amount: "Worth of orders",
  hits: "Hits",
  disputes: "Not me",
  suspensions: "Suspensions",
  decision: "Decision",
  explain:
    "Acted: sessions of Shadow Mode begun. Orders and their worth: all that the salesman placed, those rejected " +
    "or cancelled later included. Hits: abuse rules that fired. Not me: orders that a store's owner disowned.",
  sign: "Sign",
  signTitle: (name, code) => `${name} (${code})`,
  signLead: "One decision and a note for each salesman. What is signed cannot be changed.",
  choose: "Choose a decision",
  decisions: { NO_ACTION: "No action", WATCH: "Watch", COACHING: "Coaching", ESCALATE_HR: "Pass on to HR" },
  note: "Note",
  noteHint: "What you looked at, and why you decide so. At least 5 letters.",
  signedBy: "Signed",
  unsigned: "Not signed yet",
  openCase: "Open case",
  openCaseOf: (name) => `Open case: ${name}`,
  signed: (name, decision) => `${name}: ${decision}. Your signature is stored.`,
  auditorOnly: "Only an auditor signs.",
  trail: {
    REVIEW_MADE: "Monthly review made",
    REVIEW_SIGNED: "Review signed",
  },
};
