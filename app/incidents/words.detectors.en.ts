import { sayIn } from "#app/ui/say.ts";
import type { detectors as source } from "./words.detectors.id.ts";

const say = sayIn("en");

export const detectors: typeof source = {
  title: "Detectors",
  lead: "Rules that look every ten seconds whether anything is wrong, and open its incident by themselves.",
  note:
    "A detector that cannot measure freezes: what was set off stays so, and nothing is taken for mended. What ends " +
    "by itself is “Cause resolved”; a person always closes it.",
  asleep: "Nobody has looked for over a minute: the worker does not run.",
  rule: "Rule",
  now: "Measured now",
  from: "Set off from",
  state: "State",
  last: "Last set off",
  playbook: "Playbook",
  incident: "Incident",
  never: "never",
  times: (count) => (count === 1 ? "once" : say`${count} times`),
  states: {
    OK: "well",
    BROKEN: "set off",
    FROZEN: "set off, and out of sight",
    BLIND: "out of sight",
    FEW: "too little to judge by",
    NEW: "not set up",
  },
  units: {
    SHARE: (value) => `${value}%`,
    COUNT: (value) => value,
    MINUTES: (value) => `${value} min`,
    SECONDS: (value) => `${value} s`,
    TIMES: (value) => `${value}×`,
  },
  names: {
    "database-down": "The database is down, as the watcher outside sees it",
    "site-down": "The site is down, as seen from outside",
    "web-down": "One of the web processes is down",
    "worker-down": "The worker is silent",
    "orders-failing": "Orders sent that failed, of all in 5 minutes",
    "order-failed": "Orders sent that ended in an error of ours, 5 minutes",
    "order-cut": "Orders sent that were cut off before the answer, 5 minutes",
    "journey-failing": "Trial orders that failed in a row",
    "sign-in-failing": "Sign-ins that failed, of all in 5 minutes",
    "lead-form-failing": "Forms of new partners that failed, of all in 10 minutes",
    "lead-form-check": "Trial forms of a new partner that failed in a row",
    "erp-dead": "The ERP has been away for",
    "erp-orders-failing": "Orders that failed since the ERP is away",
    "order-not-synced": "Orders that the ERP did not take and nobody has decided about",
    "orders-not-synced": "Orders that the ERP refused, of those sent in 15 minutes",
    "order-waiting": "The order that has waited longest for the ERP",
    "owner-not-told": "Owners who could not be told yet",
    "requests-failing": "Pages that ended in an error, in 1 and in 5 minutes",
    "requests-slow": "Pages that took over 5 seconds, in 1 and in 5 minutes",
    "stock-stuck": "Age of the stock figures",
    "credit-stuck": "Age of the credit figures",
    "credit-amber-by-error": "Orders AMBER for want of credit figures, 15 minutes",
    "clock-jump": "Jump of the database's clock",
    "detector-blind": "Detectors that have seen nothing for 15 minutes",
  },
};
