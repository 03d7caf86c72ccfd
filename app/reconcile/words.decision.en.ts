import type * as source from "./words.decision.id.ts";
import { counted, sayIn } from "#app/ui/say.ts";

const say = sayIn("en");

/** The page of one order. */
export const order: typeof source.order = {
  title: (number) => `Reconciliation of ${number}`,
  back: "Back to reconciliation",
  toOrder: "Open the order",
  decide: "Decision",
  none: "Nothing can be decided about the order as it stands.",
  noteLabel: "Note",
  noteHint:
    "Kept in the audit trail, not read by the store. Needed to cancel, for what was keyed in by hand, and where " +
    "the ERP refused the credit or reported an error.",
  documentLabel: "ERP document number",
  documentHint: "Only for “Keyed into the ERP by hand”. For example SO-2026-00123.",
  documentPick: "The right document",
  documentPickHint: "The others become a task: stop them in the ERP.",
  submit: "Save the decision",
  next: "Decide the next order",
  lookNext: "Next order",
  noNext: "No other order waits for a decision.",
  decided: (number, resolution) => `${number}: ${resolution}.`,
  decidedTitle: "Decided",
  confirmedTitle: "Agrees with the ERP",
  confirmedText: "The ERP took the order as we assumed it. There is nothing to decide.",
  by: "By",
  at: "Time",
  note: "Note",
  run: "Reconcile_Orders",
  queued: "This order waits for its turn at the ERP.",
};

/** Each resolution: what it is called, and what follows from it. */
export const choices: typeof source.choices = {
  ACCEPT: {
    name: "Accept as it is",
    SHORT: "The order stays as it is. The ERP ships the rest when stock comes in.",
    CREDIT_FAILED:
      "The order goes on although the ERP refuses its credit. Opening the credit in the ERP becomes a task.",
    DUPLICATE: "One document becomes this order's. The others become a task: stop them in the ERP.",
    ERROR: (total, erp) =>
      `The ERP's document is used. The store still pays ${total} as promised; the ERP says ${erp}, and correcting ` +
      "it there becomes a task.",
  },
  CUT: {
    name: "Cut to what is there",
    text: (from, to) =>
      `What is missing leaves the order. The total goes from ${from} to ${to}; invoice and points follow. ` +
      "Reducing the ERP's document becomes a task.",
    gone: "removed",
  },
  PREORDER: {
    name: "Put on pre-order",
    text: (n, total) => `${counted(n, "piece waits", "pieces wait")} for stock as pre-order. The total stays ${total}.`,
  },
  RETRY: {
    name: "Try again",
    text:
      "The order goes back into the queue: it is looked up in the ERP by its number first, and created only if it " +
      "is absent. The store is not told.",
  },
  KEYED: {
    name: "Keyed into the ERP by hand",
    text: (number) =>
      `Look ${number} up in the ERP first. Write its document number below; this order is not sent any more.`,
  },
  CANCEL: {
    name: "Cancel the order",
    text: (total) =>
      `The order worth ${total} ends, its stock is freed, an unpaid invoice is cancelled. A document in the ERP ` +
      "becomes a task.",
  },
  change: (name, from, to) => say`${name}: ${from} → ${to}`,
  wait: (name, n) => say`${name}: ${n} pre-order`,
  mail: "The store is told by e-mail.",
};

/** Why a decision was not taken. */
export const refused: typeof source.refused = {
  pick: "Choose the right document. The others become a task to stop them in the ERP.",
  stale:
    "This order has just been compared again, or somebody else has decided. Nothing was saved. Look at it as it " +
    "is below, then decide again.",
  onWay:
    "This order has begun to be sent to the ERP and may be there already. Wait until it is looked up once the ERP " +
    "is back; do not key it in twice.",
  number: (number) => `${number} has this number already. Check the document's number.`,
  paid: (paid, total) =>
    `The store has paid ${paid}, no less than the new total of ${total}. Choose pre-order, or settle the payment ` +
    "first.",
};

/** Several orders decided together. */
export const bulk: typeof source.bulk = {
  with: "Those picked",
  title: { PREORDER: "Put on pre-order", CUT: "Cut to what is there" },
  ask: { PREORDER: "Look: put on pre-order", CUT: "Look: cut" },
  look: "Look first. Nothing has changed yet.",
  none: "No order that is short of stock was picked.",
  noneText: "Go back and tick the orders that you want to decide together.",
  order: "Order",
  before: "Total now",
  after: "Total afterwards",
  what: "What changes",
  impossible: "Not possible, left out",
  sum: (n, before, after) => say`${n} ${n === 1 ? "order" : "orders"}, from ${before} to ${after}.`,
  submit: {
    PREORDER: (n) => say`Put ${n} ${n === 1 ? "order" : "orders"} on pre-order`,
    CUT: (n) => say`Cut ${n} ${n === 1 ? "order" : "orders"}`,
  },
  done: (n) => say`${n} ${n === 1 ? "order" : "orders"} decided.`,
  leftOut: "Not decided with them",
  gone: "decided already, or no longer short of stock",
  some: (n, left) =>
    say`${n} ${n === 1 ? "order" : "orders"} decided, ${left} not, having changed meanwhile. See below.`,
};
