import type { told as source } from "../id/told.ts";

/** How the office tells a store about its order. */
export const told: typeof source = {
  title: "Tell the store",
  duty:
    "This order was placed while the ERP was disconnected: its store was asked to wait for a confirmation by " +
    "WhatsApp.",
  due: "Due",
  text: "Message for the store",
  letters: "E-mails to the store's owner",
  noLetters: "No e-mail about this order yet.",
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
