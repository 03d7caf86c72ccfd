import type { api as source } from "./words.id.ts";

/** The API, as its page and its document describe it. */
export const api: typeof source = {
  title: "API",
  description:
    "For programs: the catalogue, orders, credit, invoices and leads over HTTP. Answers are JSON; what " +
    "goes wrong is a problem document by RFC 9457 with a `type` that never changes. A POST may carry an " +
    "Idempotency-Key: the same key with the same body is done once and answered alike for 7 days.",
  document: "OpenAPI 3.1 document",
  session:
    "Whoever is signed in sends the cookie `alfa-session` of his session, as his browser does. There are " +
    "no keys for programs.",
  key:
    "1 to 200 visible ASCII characters, chosen anew for each thing to be done. The same key with the same" +
    " body is answered as the first time, for 7 days.",
  for: "For",
  promise: "Promise (p95)",
  atOnce: "at once",
  query: "Query",
  body: "Body",
  answers: "Answers",
  problems: "Problems",
  field: "Field",
  type: "Type",
  meaning: "Meaning",
  status: "Status",
  optional: "may be left out",
  nothing: "nothing",
  keys: { taken: "Takes an Idempotency-Key", needed: "Needs an Idempotency-Key" },
  audiences: {
    anyone: "everybody",
    "signed-in": "whoever is signed in",
    store: "a store, and a salesman who acts for one",
    invoices: "a store, and head office",
    staff: "head office",
    export: "people of head office with the right to take leads away",
    token: "whoever has the token of measurements (METRICS_TOKEN)",
  },
  statuses: {
    200: "Here it is.",
    201: "The order was placed.",
    202: "Taken; always alike.",
    204: "Heard.",
    304: "What you have is still right.",
    503: "Something that we stand on is not there.",
  },
  operations: {
    health: {
      title: "Sign of life",
      what: "Whether the process answers, whatever else is dead. For load balancers and watches from outside.",
    },
    ready: {
      title: "Readiness",
      what:
        "Whether the database answers within 300 ms, the worker was heard of within two minutes, and the " +
        "database was made of the schema that this process was written for. Not for a load balancer: it would" +
        " take all processes out at once.",
    },
    leads: { title: "Lead", what: "Somebody wants to become a partner. An answer comes within 24 hours." },
    products: {
      title: "Catalogue",
      what:
        "A page of the catalogue; follow `next` until it is null, or `previous` back. Prices and stock are " +
        "there with the session of a store. With ETag.",
    },
    rum: {
      title: "Page speed",
      what:
        "How fast a page was on a phone (LCP, INP, TTFB in ms, CLS): " +
        '`{"route": "/products", "vitals": [{"name": "LCP", "value": 1200}]}`. ' +
        "Answered at once whatever comes; what makes no sense is let go of. A" +
        " key that this process has heard already is not counted again.",
    },
    orders: {
      title: "Order",
      what:
        "Places the cart, as the checkout page does, at the prices, stock and credit of this moment. An order" +
        " that does not fit into the credit is refused (`credit-blocked`) unless `request_approval` is true: " +
        "then it waits for head office.",
    },
    credit: {
      title: "Credit",
      what:
        "How the store's credit stands. With `amount`: `credit-blocked` when an order of so much would not go" +
        " through.",
    },
    sync: { title: "Age of the stock", what: "How old the stock is that is sold by, and how the ERP answers." },
    regions: { title: "Regions", what: "The sales regions that there are." },
    invoices: {
      title: "Invoices",
      what:
        "Newest first, 50 a page; follow `next` until it is null. A store gets its own, head office those of " + "all.",
    },
    waiting: {
      title: "Orders that wait to be shipped",
      what:
        "For how long each order has been with its sub-distributor, the oldest first, 50 a page; follow `next` until " +
        "it is null. The time stands still while an order is held.",
    },
    leadsExport: {
      title: "Leads as a file",
      what: "CSV, or an Excel file with `format=xlsx`. Each time is in the audit trail.",
    },
    document: { title: "This document", what: "OpenAPI 3.1, made from what the server checks." },
  },
};
