import type { reconcile as source } from "../id/reconcile.ts";

/** The reconciliation desk: what we assumed, what the ERP says, and what a person decides. */
export const reconcile: typeof source = {
  nav: "Reconciliation",
  title: "ERP reconciliation",
  lead:
    "Once the ERP is back, every waiting order is looked up there, created if it is absent, and compared. What " +
    "differs is decided here.",
  readOnly: "An auditor's account does not decide about orders.",
  figure: "Reconciliation",
  figureNote: "Waiting for a decision",
  erp: {
    line: "ERP",
    states: { CLOSED: "ERP connected", OPEN: "ERP disconnected", HALF_OPEN: "ERP being tried" },
    since: "since",
    waiting: (n) =>
      n === "0" ? "No order waits for the ERP." : `${n} ${n === "1" ? "order waits" : "orders wait"} for the ERP.`,
    away: "Waiting orders are sent by themselves once the ERP is back.",
    pace: (n) => `At most ${n} orders a second.`,
  },
  start: "Run Reconcile_Orders",
  startHint:
    "It runs by itself whenever the ERP comes back. Run it here if you do not want to wait, or to try again what " +
    "failed for a passing reason.",
  started: (ref) => `${ref} has begun. This page shows its progress.`,
  run: {
    title: (ref) => `${ref} is under way`,
    progress: (done, total) => `${done} of ${total} orders done`,
    left: (n) => `${n} ${n === "1" ? "order" : "orders"} left`,
    waits: "Waiting for the ERP: it goes on by itself once the ERP is back.",
    soFar: "Results so far",
    none: "No results yet.",
    refreshes: "This page refreshes itself every 5 seconds.",
    still: "Stop refreshing",
    again: "Refresh every 5 seconds",
    by: { BREAKER: "ERP came back", COMMAND: "Command npm run reconcile-orders", DESK: "Admin" },
  },
  runs: {
    title: "Earlier Reconcile_Orders",
    ref: "Number",
    by: "Started by",
    startedAt: "Began",
    finishedAt: "Finished",
    total: "Orders",
    results: "Results as of now",
    none: "It has never run.",
  },
  filter: "Result",
  states: {
    open: "All that wait for a decision",
    SHORT: "Short of stock",
    CREDIT_FAILED: "Credit refused by ERP",
    DUPLICATE: "Duplicate documents",
    ERROR: "Error",
    decided: "Decided",
    CONFIRMED: "Confirmed",
    waiting: "Waiting for the ERP",
  },
  results: {
    CONFIRMED: "Confirmed",
    SHORT: "Short of stock",
    CREDIT_FAILED: "Credit refused by ERP",
    DUPLICATE: "Duplicate documents",
    ERROR: "Error",
  },
  resolutions: {
    ACCEPT: "Accepted",
    CUT: "Cut",
    PREORDER: "Pre-order",
    CANCEL: "Cancelled",
    RETRY: "Tried again",
    KEYED: "Keyed into the ERP by hand",
  },
  empty: {
    open: ["Nothing waits for a decision", "Every order agrees with the ERP or has been decided."],
    decided: ["No decision yet", "Your decisions appear here, each with a WhatsApp message for the store."],
    CONFIRMED: ["Nothing confirmed yet", "Orders that agree with the ERP appear here after Reconcile_Orders has run."],
    waiting: ["No order waits for the ERP", "The ERP has them all."],
  },
  assumed: "What we assumed",
  says: "What the ERP says",
  differs: "Difference",
  total: "Total",
  credit: "Credit",
  reason: "Reason",
  room: "Credit left at the time",
  creditAge: "Credit figures as of",
  stockAge: "Stock figures as of",
  snapshot: (id) => `snapshot ${id}`,
  noData: "None yet",
  degraded: "Placed while the ERP was disconnected: the store waits for word.",
  documents: "Document",
  noDocument: "No document",
  creditOk: "Taken by the ERP",
  creditBad: "Refused by the ERP",
  words: "The ERP's words",
  missing: (n) => `${n}\u00a0missing`,
  priceDiffers: (amount) => `price ${amount} each`,
  quantityDiffers: (n) => `quantity in the ERP ${n > 0 ? "+" : ""}${n}`,
  totalDiffers: "Total",
  partnerDiffers: (code) => `The document names ${code}`,
  severalDocuments: (n) => `${n} documents for one order`,
  moreLines: (n) => `and ${n} more lines`,
  same: "No difference",
  notCompared: "The ERP has not got this order, so there is nothing to compare.",
  checkedAt: "Compared",
  placedAt: "Placed",
  open: "Look and decide",
  look: "Look",
  pick: (number) => `Pick ${number}`,
  lines: {
    title: "Line by line",
    article: "Product",
    asked: "Ordered",
    left: "Stock at the time",
    confirmed: "Ready in ERP",
    missing: "Missing",
    price: "Our price",
    erpPrice: "ERP price",
    preorder: (n) => `${n} pre-order`,
    notThere: "Not there",
    unknown: "Not known",
  },
  order: {
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
  },
  choices: {
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
      text: (n, total) =>
        `${n} ${n === 1 ? "piece waits" : "pieces wait"} for stock as pre-order. The total stays ${total}.`,
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
    change: (name, from, to) => `${name}: ${from} → ${to}`,
    wait: (name, n) => `${name}: ${n} pre-order`,
    letter: "The store is told by e-mail.",
  },
  refused: {
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
  },
  waiting: {
    title: "Waiting for the ERP",
    text:
      "The ERP has not got this order. It is sent by itself once the ERP is back. If it cannot wait, key it into the " +
      "ERP by hand:",
    steps: [
      "Take the order out of the queue, so that it is not sent as well.",
      "Look its number up in the ERP; key it in only if it is absent.",
      "Write the ERP's document number below.",
    ],
    take: "Take it to key it in",
    takeHint: "For 30 minutes; then the order goes back into the queue by itself.",
    taken: (number) => `${number} is out of the queue for 30 minutes.`,
    takenBy: (code) => `Taken by ${code} to be keyed in until`,
    giveBack: "Give it back to the queue",
    givenBack: (number) => `${number} is back in the queue.`,
    posted: "It has begun to be sent and may be in the ERP already. Wait until it is looked up.",
    held: "Held: not sent until it is released.",
    attempts: "Tries",
    state: "State",
    queue: "In the queue",
    key: "Key it in",
  },
  bulk: {
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
    sum: (n, before, after) => `${n} ${n === 1 ? "order" : "orders"}, from ${before} to ${after}.`,
    submit: {
      PREORDER: (n) => `Put ${n} ${n === 1 ? "order" : "orders"} on pre-order`,
      CUT: (n) => `Cut ${n} ${n === 1 ? "order" : "orders"}`,
    },
    done: (n) => `${n} ${n === 1 ? "order" : "orders"} decided.`,
    some: (n, left) =>
      `${n} ${n === 1 ? "order" : "orders"} decided. ${left} changed meanwhile and still ` +
      `${left === 1 ? "waits" : "wait"} for a decision.`,
  },
  tell: {
    title: "Tell the store",
    text:
      "The outcome went out by e-mail. Send it by WhatsApp too when the store ordered while the ERP was " +
      "disconnected: it waits for that.",
    open: "Open WhatsApp",
    openFor: (store) => `Open WhatsApp for ${store}`,
    copyTitle: "WhatsApp does not open?",
    copyHint: "Copy this text and paste it into WhatsApp.",
    copyLabel: "Outcome for the store",
    noNumber: "The WhatsApp number of the store's owner is not known.",
  },
  desk: {
    open: "A reconciliation waits for a decision",
    openText: "The ERP says something else of this order. It can be shipped once that is decided.",
    go: "Look and decide",
    waiting: "Key it into the ERP by hand",
    before:
      "This order cannot be shipped yet: its reconciliation is undecided. Decide it on its reconciliation page first.",
  },
  partner: {
    waits: "The head office is checking availability in the ERP. The store's owner gets the outcome by e-mail.",
    ACCEPT: "Checked: your order goes on as you placed it.",
    CUT: "Checked: there was not enough stock for all of it. What is missing was taken off the order.",
    PREORDER: "Checked: part of it waits for stock and is sent later.",
    CANCEL: "Checked: this order was cancelled. Contact the head office if you have questions.",
    RETRY: "The head office sends this order to the warehouse system again.",
    KEYED: "Checked: the head office entered your order itself, and it goes on.",
    cutLine: (name, from, to) => (to === 0 ? `${name}: not sent (ordered ${from})` : `${name}: ${to} of ${from}`),
    preorderLine: (name, n) => `${name}: ${n} waiting for stock`,
    newTotal: (total) => `New total ${total}.`,
  },
};
