import type { orders as source } from "./words.id.ts";
import { events, held, tell, whatsapp } from "./words.events.en.ts";
import { saved } from "./words.saved.en.ts";
import { slip } from "./words.slip.en.ts";
import { together } from "./words.together.en.ts";
import { counted, sayIn } from "#app/ui/say.ts";

const say = sayIn("en");

/** Orders: what a store reads of them, the list of all, and an order as the staff handle it. */
export const orders: typeof source = {
  title: "Orders",
  emptyTitle: "No orders yet",
  emptyText: "Your orders and their status will appear here.",
  emptyAction: "Open the catalogue",
  number: "Number",
  placedAt: "Time",
  status: "Status",
  sync: "Sync",
  total: "Total",
  store: "Store",
  lines: "Order lines",
  items: (count) => say`${count} ${count === 1 ? "product" : "products"}`,
  placedBy: "Placed by",
  placedBySalesman: (name) => `Salesman ${name}, for the store`,
  placedBySalesmanBadge: "By salesman",
  unitPrice: "Price",
  quantity: "Quantity",
  lineTotal: "Subtotal",
  preorderQuantity: (n) => say`${n} on pre-order`,
  note: "Note",
  timeline: "History",
  subdistributor: "The store's sub-distributor",
  noSubdistributor: "There is no active sub-distributor in your region.",
  routedToHq: "Your order is handled by head office.",
  all: "All",
  back: "Back to the orders",
  points: "Points from this order",
  placedDegraded:
    "Placed while the warehouse system was out of reach. An admin checks it and tells the store's owner by WhatsApp.",
  headOffice: "Head office",
  placedDegradedOwn:
    "Placed while the warehouse system was out of reach. An admin checks it and tells you by WhatsApp.",
  backToOrder: "Back to the order",
  statuses: {
    SUBMITTED: "Waiting",
    PROCESSING: "In progress",
    APPROVED: "Approved",
    SHIPPED: "On its way",
    COMPLETED: "Completed",
    REJECTED: "Rejected",
    CANCELLED: "Cancelled",
  },
  state: {
    SUBMITTED: {
      now: "We have your order.",
      next: {
        owner: "Next we look at it; you get an e-mail when it is approved and when it is shipped.",
        salesman: "Next we look at it; the store's owner gets an e-mail when it is approved and when it is shipped.",
      },
    },
    PROCESSING: {
      now: "We are working on this order.",
      next: {
        owner: "You get an e-mail when it is approved and when it is shipped.",
        salesman: "The store's owner gets an e-mail when it is approved and when it is shipped.",
      },
    },
    APPROVED: {
      now: "The order is approved.",
      next: {
        owner: "You get an e-mail when it is shipped.",
        salesman: "The store's owner gets an e-mail when it is shipped.",
      },
    },
    SHIPPED: {
      now: "The order has been shipped.",
      next: { owner: "It is on its way to your store.", salesman: "It is on its way to the store." },
    },
    COMPLETED: {
      now: "This order is completed.",
      next: { owner: "There is nothing you have to do.", salesman: "There is nothing to be done." },
    },
    REJECTED: {
      now: "This order was rejected and will not be shipped.",
      next: { owner: "To order again, begin at the catalogue.", salesman: "To order again, begin at the catalogue." },
    },
    CANCELLED: {
      now: "This order was cancelled and will not be shipped.",
      next: { owner: "To order again, begin at the catalogue.", salesman: "To order again, begin at the catalogue." },
    },
  },
  syncStatuses: { PENDING_SYNC: "Waiting for sync", SYNCED: "Synced", FAILED: "Sync failed" },
  syncEnded: "Not in the warehouse system",
  list: {
    title: "Orders",
    search: "Search order or store",
    searchHint: "Order number, or a store's code or name",
    resultsFor: (words) => `Results for “${words}”`,
    all: { status: "Any status", sync: "Synced or not", origin: "By anyone" },
    shadowOnly: "By salesman",
    origin: "Origin",
    emptyTitle: "No order matches",
    emptyText: "Clear the filters to see all orders.",
    back: "Back to the orders",
    held: "On hold",
    sort: "Order of the list",
    sorts: { newest: "Newest first", oldest: "Oldest first", total: "Largest total first" },
    from: "From day",
    to: "Until day",
    noDay: "There is no such day. Write it like 30/11/2026.",
    backwards: "The last day is before the first.",
    next: "Next order",
    heldOrNot: "Held or not",
  },
  placement: {
    title: "How it was placed",
    routedTo: "Handed to",
    routedToHq: "Head office: no active sub-distributor in the store's region",
    placedByStore: "The store's owner",
    actingReason: "Reason for acting",
    actingSpan: "Acting session began",
    storeContact: "The owner's contact",
    degraded:
      "When it was placed, the ERP was cut off or manual mode was forced. Check stock and credit before approving.",
    notDegraded: "The ERP was connected when the order was placed.",
    stockSnapshot: "Stock data it was based on",
    stockRows: (rows) => `${counted(rows, "row")}`,
    stockNone: "No stock data when the order was placed",
  },
  invoiceNumber: (number) => `Invoice ${number}`,
  delivery: {
    syncTitle: "ERP sync",
    erpDocument: "ERP document",
    syncedAt: "Synced",
    attempts: "Attempts",
    invoice: "Invoice",
    invoiceNone: "Made when the order is approved",
    dueOn: "Due",
    paid: "Paid",
    alert: "Alert to the owner",
    noAlert: "None: the store placed this order itself.",
    recipient: "Sent to",
    createdAt: "Created",
    sentAt: "Sent",
  },
  moves: {
    title: "Next step",
    note: "Note",
    noteHint: "May be left empty. Recorded in the order's history.",
    names: {
      PROCESSING: "Start processing",
      APPROVED: "Approve order",
      SHIPPED: "Mark as shipped",
      COMPLETED: "Mark as completed",
      REJECTED: "Reject order",
      CANCELLED: "Cancel order",
    },
    moved: (number, status) => `${number}: ${status}.`,
    meanwhile: (status) =>
      `This order changed after the page was opened: it is now “${status}”. What you just pressed changed nothing, ` +
      "and this page already shows how it stands.",
    none: "This order has ended. There is no next step.",
    creditFirst:
      "This order waits for its credit decision. It is approved or rejected on the approval page alone, after a " +
      "look at the figures.",
    readOnly: "An auditor account cannot change orders.",
    closeTitle: (move, number) => `${move} ${number}?`,
    closeText: (store, total) =>
      `The order of ${store} worth ${total} ends here and cannot be opened again. Stock held for it is released and ` +
      "an unpaid invoice is cancelled.",
    closeSynced: (document) => `The ERP has it as ${document}. Cancel it there too.`,
    closeReason: "Reason",
    closeReasonHint: "At least 5 letters. Recorded in the order's history.",
  },
  events,
  held,
  tell,
  slip,
  together,
  saved,
  whatsapp,
  trail: {
    ORDER_PLACED: "Order placed",
    ORDER_MOVED: "Order moved",
    ORDER_HELD: "Order held",
    ORDER_RELEASED: "Order released",
    ORDERS_EXPORTED: "List of orders downloaded",
    WHATSAPP_OPENED: "WhatsApp opened",
  },
  codes: {
    ORDER_HELD: "This order is on hold, so it cannot be approved yet.",
  },
};
