import type { approvals as source } from "./words.id.ts";
import { sayIn } from "#app/ui/say.ts";

const say = sayIn("en");

/** Orders that wait for a decision on credit: the staff's list, and what a store reads. */
export const approvals: typeof source = {
  title: "Credit approvals",
  lead: "Orders that wait for a credit decision, the longest waiting first.",
  filter: "Why they wait",
  all: "All",
  reasons: {
    WITHIN_LIMIT: "Within the limit",
    OVER_LIMIT: "Over the limit",
    OLD_DATA: "Old credit data",
    NO_DATA: "No credit data",
    BYPASS: "Check bypassed",
  },
  emptyTitle: "Nothing waits",
  emptyText: "The credit of every order has been decided.",
  emptyFilter: "No order waits for this reason.",
  showAll: "See all that wait",
  since: "Waiting since",
  byStore: "By the store",
  pick: (number) => `Choose ${number}`,
  review: "Look at the chosen ones",
  reviewAll: (n) => say`Look at all (${n})`,
  open: "Look and decide",
  openOf: (number) => `Look and decide ${number}`,
  look: "Look",
  lookOf: (number) => `Look at ${number}`,
  back: "Back to the approvals",
  figures: "Credit figures",
  figure: "Figure",
  then: "At checkout",
  now: "Now",
  atDecision: "When decided",
  limit: "Credit limit",
  ours: "Owed, our books",
  erp: "Owed, ERP",
  deposit: "Overpaid in the ERP",
  room: "Left",
  over: "Over",
  asOf: "ERP data",
  unknown: "Unknown",
  notCompared: "Not compared",
  without: "Owed and left are counted without this order, and with others that are still open.",
  bypassOn: "The credit check is bypassed at the moment, so these figures may be wrong.",
  suggestions: {
    WITHIN_LIMIT: () => "Within the limit now",
    OVER_LIMIT: (over) => `Still over by ${over}`,
    OLD_DATA: () => "The credit data is still old",
    NO_DATA: () => "There is no credit data yet",
  },
  byThoseFigures: (over, amount) =>
    over > 0 ? `By the figures there are: over by ${amount}` : "By the figures there are: within the limit",
  decide: "Decision",
  note: "Message to the store",
  noteHint: "May be left empty. The store reads it on its order.",
  approve: "Approve order",
  reject: "Reject order",
  approveText: "The invoice is made and the order goes on.",
  held: "This order is on hold. It can be approved once the hold is released.",
  toOrder: "Open the order",
  readOnly: "An auditor's account does not decide.",
  rejectTitle: (number) => `Reject ${number}?`,
  rejectText: (store, total) =>
    `The order of ${store} worth ${total} ends here and cannot be opened again. Its stock is released.`,
  rejectNote: "Reason for the store",
  rejectHint: "At least 5 letters. The store reads it on its order.",
  outcome: { APPROVED: "Approved", REJECTED: "Rejected" },
  decided: (number, outcome) => `${number}: ${outcome}.`,
  decidedTitle: "Decided",
  when: "When",
  by: "By",
  bulk: "Together with others",
  ended: "This order ended without a credit decision.",
  already: (by) => (by ? `${by} has decided about this order.` : "This order has moved on or ended."),
  otherTotal: (total) => `Its total changed since this page was opened; it is ${total} now. Check again, then decide.`,
  store: "Store",
  total: "Total",
  otherOrders: "Other open orders",
  noOtherOrders: "There are no other open orders.",
  history: "Earlier decisions about this store",
  noHistory: "Nothing has been decided about this store before.",
  atMost: (n) => say`${n} are shown at most; the sums in the credit figures know them all.`,
  selected: {
    title: "Approve together",
    lead: (orders, stores, total) =>
      say`${orders} ${orders === 1 ? "order" : "orders"} of ${stores} ${stores === 1 ? "store" : "stores"}, ${total} ` +
      "in all.",
    none: "No orders chosen yet",
    noneText: "Tick orders in the list, then press “Look at the chosen ones”.",
    nothing: "None of them can be approved",
    nothingText: "The chosen orders were decided, are on hold, or were not found.",
    perStore: (orders) => say`${orders} ${orders === 1 ? "order" : "orders"}`,
    overNow: (n) => say`${n} of them ${n === 1 ? "is" : "are"} over the limit now.`,
    unsure: (n) => say`${n} of them ${n === 1 ? "has" : "have"} no fresh credit data.`,
    skipped: "Not approved with the others",
    why: { GONE: "not found", DECIDED: "already decided", HELD: "on hold", TOTAL: "its total changed" },
    decidedBy: (by) => `decided by ${by}`,
    noteHint: "May be left empty. The same for all; the stores read it on their orders.",
    confirm: (n) => say`Approve ${n} ${n === 1 ? "order" : "orders"}`,
    done: (n) => say`${n} ${n === 1 ? "order" : "orders"} approved.`,
    someLeft: (done, left) =>
      say`${done} ${done === 1 ? "order" : "orders"} approved, ${left} not, because of changes since the page was ` +
      "opened. See below.",
  },
  card: { label: "Waiting for approval", oldest: "The first since" },
  switchesHint: "When the ERP's credit figures are wrong, or the ERP is away for long",
  waiting: {
    title: "Waiting for an admin's approval",
    OVER_LIMIT: (over) => `The total is ${over} above what is left of your credit limit.`,
    OLD_DATA: "The credit data cannot be checked at the moment.",
    NO_DATA: "The credit data cannot be checked at the moment.",
    MANUAL: "This order is checked by hand.",
    next:
      "You need not send it again. An admin decides; the outcome appears on this page and is sent to you by " +
      "e-mail.",
    nextSalesman:
      "It need not be sent again. An admin decides; the outcome appears on this page, and the store's owner gets it " +
      "by e-mail.",
    short: {
      OVER_LIMIT: (over) => `${over} above the limit`,
      OLD_DATA: "Credit data cannot be checked yet",
      NO_DATA: "Credit data cannot be checked yet",
      MANUAL: "Checked by hand",
    },
    approved: "Approved by an admin",
    rejected: "Rejected by an admin",
    note: "Message from the admin",
  },
  checkout: {
    OVER_LIMIT: (over) =>
      `The total is ${over} above what is left of your credit limit. You can still ask; the order waits for an ` +
      "admin's approval.",
    OLD_DATA:
      "The credit data cannot be checked at the moment. You can still ask; the order waits for an admin's approval.",
    NO_DATA:
      "The credit data cannot be checked at the moment. You can still ask; the order waits for an admin's approval.",
    MANUAL: "All orders are checked by hand at the moment. You can still ask; the order waits for an admin's approval.",
  },
  bypassLink: "Extend or end it",
  extend: "Extend",
  extendHours: "For how many hours from now",
  trail: {
    CREDIT_APPROVED: "Order credit approved",
    CREDIT_REJECTED: "Order credit rejected",
  },
  codes: {
    CREDIT_FIRST:
      "Nothing has changed: this order waits for its credit decision. Look at its figures, then approve or reject " +
      "it on the approval page.",
  },
};
