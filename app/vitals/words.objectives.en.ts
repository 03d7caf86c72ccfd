import { sayIn } from "#app/ui/say.ts";
import type { objectives as source } from "./words.objectives.id.ts";

const say = sayIn("en");

/** What the sheet promises, and how much of what may go wrong is used. */
export const objectives: typeof source = {
  title: "Objectives",
  lead: "What the company's service sheet promises, and how much of what may go wrong was used in the last 30 days.",
  objective: "Objective",
  target: "Share that has to be good",
  measured: "Measured",
  budget: "Budget left",
  state: "State",
  of: (bad, total) => say`${bad} bad of ${total}`,
  left: (percent) => `${percent}%`,
  states: {
    NONE: "cannot be measured yet",
    NOTHING: "nothing went on yet",
    FEW: "too few to judge",
    KEPT: "kept",
    BROKEN: "not kept",
  },
  names: {
    uptime: "The site answers (seen from outside)",
    answers: "Pages without an error of ours (5xx)",
    "order-success": "Orders are sent successfully",
    routing: "Orders are routed to a sub-distributor",
    "credit-accuracy": "Credit decisions are right",
    "failed-order-known": "A failed order is known within 5 minutes",
  },
  endpoints: {
    health: "Sign of life",
    login: "Sign-in",
    credit: "Credit (API)",
    products: "Catalogue",
    order: "Send an order",
  },
  within: (service, ms) => `${service}: within ${ms} ms`,
  gate: "What may be deployed",
  gates: {
    OPEN: "Everything may be deployed.",
    CRITICAL_ONLY: "Half of a budget is used: nothing uncritical is deployed.",
    RELIABILITY_ONLY: "Four fifths of a budget are used: only work on reliability is deployed.",
  },
  gateBy: (name, percent) => `Used furthest: ${name}, ${percent}%.`,
  gateNote:
    "Containment (bypass, manual mode, maintenance, suspension, forced logout) stays one admin's act, whatever is " +
    "left.",
  burning: "Used too fast",
  burningLead: "How many times as fast as it may, in two windows of time at once.",
  calm: "No budget is being used at the moment.",
  rule: "Rule",
  rate: "Times",
  alarm: "Incident from",
  rules: {
    "budget-burning-fast": "1 hour and 5 minutes (SEV-2)",
    "budget-burning": "6 hours and 30 minutes (SEV-2)",
    "budget-burning-slowly": "3 days and 6 hours (SEV-3)",
  },
  incident: "Its incident:",
  uncounted: "Nobody has counted yet: the worker counts each minute.",
  export: "Download as OpenSLO",
};
