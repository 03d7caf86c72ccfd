import type { together as id } from "./words.together.id.ts";
import { sayIn } from "#app/ui/say.ts";

const say = sayIn("en");

const orders = (n: number) => say`${n} ${n === 1 ? "order" : "orders"}`;

export const together: typeof id = {
  title: "Move several orders",
  pick: (number) => `Choose ${number}`,
  review: "Look at the ticked ones",
  reviewAll: (n) => say`Look at all on this page (${n})`,
  step: "Step",
  lead: (n, stores, total) =>
    say`${orders(n)} of ${stores} ${stores === 1 ? "store" : "stores"}, ${total} in all. Nothing has changed yet.`,
  becomes: "Becomes",
  none: "No orders chosen yet",
  noneText: "Tick orders in the list, then press “Look at the ticked ones”.",
  nothing: "None of them can take this step",
  nothingText: "Choose another step, or see below why.",
  leftOut: "Not moved with the others",
  why: {
    GONE: "not found",
    STATUS: "no step from where it stands",
    CHANGED: "changed since the page was opened",
    CREDIT: "its credit is decided first, on the approval page",
    HELD: "on hold",
    UNDECIDED: "what Reconcile_Orders found is not decided yet",
  },
  stands: (status, by) => (by ? `now ${status}, by ${by}` : `now ${status}`),
  noteHint: "May be left empty. The same for all, recorded in each order's history.",
  confirm: (step, n) => say`${step} (${n})`,
  done: (n, status) => `${orders(n)}: ${status}.`,
  someLeft: (done, left) =>
    say`${orders(done)} moved, ${left} not, because of changes since the page was opened. See below.`,
};
