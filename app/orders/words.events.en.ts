import type * as source from "./words.events.id.ts";

export const events: typeof source.events = {
  WHATSAPP_OPENED: "WhatsApp opened",
  STORE_WHATSAPP_OPENED: "WhatsApp opened to tell the store",
  PLACED: "Order received",
  ROUTED: "Handed over to the sub-distributor",
  PROCESSING: "Order in progress",
  APPROVED: "Order approved",
  SHIPPED: "Order shipped",
  COMPLETED: "Order completed",
  REJECTED: "Order rejected",
  CANCELLED: "Order cancelled",
  SYNCED: "Recorded in the warehouse system",
  SYNC_FAILED: "Not yet recorded in the warehouse system",
  RECONCILE_OPEN: "The head office is checking availability in the ERP",
  RECONCILED: "Outcome of the head office's check",
  OWNER_TOLD: "The store's owner was told by e-mail",
  OWNER_TOLD_SMS: "The store's owner was told by SMS",
  OWNER_PHONED: "The store's owner was told by telephone",
  OWNER_NOT_REACHED: "The e-mail to the store's owner was not delivered",
  HELD: "Order put on hold",
  RELEASED: "Hold released, the order goes on",
  OWNER_DISPUTED: "The owner: “Not me”",
  DISPUTE_RESOLVED: "“Not me” report decided",
};

/** An order that is held: what each reads of it. */
export const held: typeof source.held = {
  badge: "On hold",
  plain: "This order is on hold. The head office is looking into it; nothing is shipped until that is done.",
  salesman: "This order has been put on hold by the head office. Ask an admin if needed.",
  short: "The head office is looking into it.",
  because: "Why it is held",
  since: "Since",
  reasons: {
    DISPUTED: "The owner says “Not me”",
    SALESMAN_SUSPENDED: "The salesman who placed it is suspended",
    STORE_SUSPENDED: "The store's account is suspended",
  },
  toDispute: "Open and decide",
  toReport: "Open the report",
  toRelease: "Hold because of the suspension",
  toDecide: "Continue or cancel",
  storeSuspended: "The account of this store is suspended.",
  storeBadge: "Store suspended",
  staff: "This order is on hold. Until the hold is released it can only be rejected or cancelled.",
};

export const tell: typeof source.tell = {
  title: "Tell the store",
  onOrder: "The message for the store is written and sent from the order's page.",
  duty:
    "This order was placed while the ERP was disconnected: its store was asked to wait for a confirmation by " +
    "WhatsApp.",
  due: "Due",
  text: "Message for the store",
  mails: "E-mails to the store's owner",
  noMails: "No e-mail about this order yet.",
  what: {
    ORDER_RECEIVED: "Order received",
    APPROVED: "Order approved",
    REJECTED: "Order rejected",
    SHIPPED: "Order shipped",
    CANCELLED: "Order cancelled",
    HELD: "Order on hold",
    RELEASED: "Hold released",
    CUT: "Total changed",
    ORDER_RECONCILED: "Outcome of the check in the ERP",
    DISPUTE_RECEIVED: "“Not me” report received",
    DISPUTE_RESOLVED: "“Not me” report decided",
  },
};

/** The order as a message to whoever handles it. */
export const whatsapp: typeof source.whatsapp = {
  open: "Send by WhatsApp",
  hint: (name) => `The message goes to ${name}. Press send in WhatsApp.`,
  hintWaits: "It says that the credit still waits for approval.",
  hintCut:
    "This order is too long for one message: part of it is left out. The text further down is complete; copy and " +
    "send it too.",
  copyInstead: "Copy the text instead",
  copyTitle: "WhatsApp does not open?",
  copyHint: "Copy this text and paste it into WhatsApp.",
  copyLabel: "Order text",
};
