import type { Work } from "#app/db/transaction.server.ts";
import { listOtherOpenOrders, listPastDecisions } from "#app/approvals/store.server.ts";
import { listOpenInvoices } from "#app/credit/invoices.server.ts";
import {
  countApprovals,
  findApproval,
  findApprovalQueue,
  listApprovals,
  listSelected,
} from "#app/approvals/approval.server.ts";
import { findAuditOverview, findCandidates } from "#app/audit/audit.server.ts";
import { listCases } from "#app/cases/case.server.ts";
import { quote } from "#app/carts/cart.server.ts";
import { findArticle } from "#app/catalogue/article.server.ts";
import { lookUp } from "#app/lookup/lookup.server.ts";
import { listProducts } from "#app/catalogue/catalogue.server.ts";
import { readFilter } from "#app/catalogue/catalogue.ts";
import { listSkus } from "#app/catalogue/product.server.ts";
import { encodeCursor } from "#app/db/cursor.ts";
import {
  findAllowance,
  listClientAllowances,
  listShadowOrders,
  listShadowSessions,
} from "#app/shadow/consent.server.ts";
import { findCredit, findPoints } from "#app/credit/credit.server.ts";
import { listCheckpoints, listStockChecks } from "#app/erp/duty.server.ts";
import {
  findUndecided,
  findErpIncident,
  findQueue,
  listCircuitEvents,
  listFeedRuns,
  listSyncTroubles,
} from "#app/erp/state.server.ts";
import { listCallHours } from "#app/erp/watch.server.ts";
import { countHeldUp, countIncidentLists, countIncidents, listIncidents } from "#app/incidents/incident.server.ts";
import { listDetectors } from "#app/incidents/detector.server.ts";
import { countAlerts, listAlerts, listUndelivered } from "#app/alerts/alerts.server.ts";
import { countDisputes, findDispute, listDisputes, listDisputesOfStore } from "#app/disputes/staff-disputes.server.ts";
import { findStaffOrder } from "#app/orders/staff-order.server.ts";
import {
  countStaffOrders,
  findNextOrder,
  findToday,
  listNewestOrders,
  listStaffOrders,
} from "#app/orders/staff-orders.server.ts";
import { listSlips } from "#app/orders/slips.server.ts";
import { lookAtMoves } from "#app/orders/moves.server.ts";
import type { OrderFilter } from "#app/orders/staff.ts";
import { findOrder } from "#app/orders/order.server.ts";
import { listOpenOrders, listOrders, listPlacedBySalesman } from "#app/orders/orders.server.ts";
import { listOrdersOfStore } from "#app/orders/store-orders.server.ts";
import { listRuns, findErpState } from "#app/reconcile/runs.server.ts";
import {
  countReconciliations,
  countOpenResults,
  listReconciliations,
  listForBulk,
  listWaiting,
} from "#app/reconcile/reconciliations.server.ts";
import { findReconciliation } from "#app/reconcile/reconcile.server.ts";
import { reconcileStates } from "#app/reconcile/reconcile.ts";
import { listWaitingOrders } from "#app/routing/waiting.server.ts";
import { listReviewMonths } from "#app/reviews/review.server.ts";
import { clientSorts, readClientFilter } from "#app/shadow/client.ts";
import { findFigures, findStore, listSalesmen, listSessions } from "#app/stores/store.server.ts";
import { listStores } from "#app/shadow/store.server.ts";
import { listBreaches } from "#app/privacy/breach.server.ts";
import { listPrivacyCases } from "#app/privacy/privacy.server.ts";
import { listOffers, listPastRuns, listPlaybooks } from "#app/playbooks/playbook.server.ts";
import { countTasks, listTasks } from "#app/incidents/task.server.ts";
import { findBudgets } from "#app/vitals/objective.server.ts";
import { listLogs } from "#app/vitals/log.server.ts";
import { promisedRoutes } from "#app/vitals/services.ts";
import { findMeasured, findSpeed } from "#app/vitals/speed.server.ts";
import { findViewer } from "#app/accounts/viewer.server.ts";

type Query = { name: string; who: "store" | "salesman" | "admin" | "auditor"; work: Work<unknown> };

const orders = (filter: Partial<OrderFilter> = {}): OrderFilter => ({
  q: "",
  status: null,
  sync: null,
  shadow: null,
  held: null,
  from: null,
  to: null,
  sort: null,
  after: null,
  ...filter,
});
const month = { from: "2026-10-01", to: "2026-10-31" };
const goods = (query: string) => readFilter(new URLSearchParams(query));
const manySkus = Array.from({ length: 24 }, (_, index) => `ALF-${String(index * 20 + 1).padStart(4, "0")}`).join("+");
const clients = (query: string) => readClientFilter(new URLSearchParams(query));
const store = "PTR-0001";
const deep = encodeCursor([300_000]);
const longAgo = encodeCursor([1_790_000_000_000_000, 300_000]);

/** What the pages ask, one by one. `number`: an order of the store's. */
export const pageQueries = (number: string): Query[] => [
  { name: "who am I", who: "store", work: findViewer },
  { name: "who am I, and what waits for me", who: "admin", work: findViewer },
  { name: "who am I, and what waits for me", who: "auditor", work: findViewer },
  { name: "the map of the site", who: "store", work: listSkus },
  { name: "catalogue", who: "store", work: (db) => listProducts(db, goods(""), "id", true) },
  { name: "catalogue, search", who: "store", work: (db) => listProducts(db, goods("q=shampoo"), "id", true) },
  {
    name: "catalogue, search spelt wrongly",
    who: "store",
    work: (db) => listProducts(db, goods("q=samphoo+keratn"), "id", true),
  },
  {
    name: "catalogue, a page of SKUs",
    who: "store",
    work: (db) => listProducts(db, goods(`q=${manySkus}`), "id", true),
  },
  { name: "orders", who: "store", work: (db) => listOrders(db, null) },
  { name: "orders, further back", who: "store", work: (db) => listOrders(db, deep) },
  { name: "open orders", who: "store", work: listOpenOrders },
  { name: "an order", who: "store", work: (db) => findOrder(db, number) },
  { name: "points", who: "store", work: findPoints },
  { name: "credit", who: "store", work: findCredit },
  { name: "cart", who: "store", work: quote },
  { name: "what salesmen may still order", who: "store", work: findAllowance },
  { name: "orders by salesmen", who: "store", work: (db) => listShadowOrders(db, null) },
  { name: "who worked as the store", who: "store", work: (db) => listShadowSessions(db, null) },
  { name: "his stores' caps", who: "salesman", work: listClientAllowances },
  { name: "his stores, search", who: "salesman", work: (db) => listStores(db, clients("q=salon")) },
  ...clientSorts.map((by): Query => ({
    name: `his stores, ${by}`,
    who: "salesman",
    work: (db) => listStores(db, clients(`by=${by}`)),
  })),
  { name: "his orders", who: "salesman", work: listPlacedBySalesman },
  { name: "orders", who: "admin", work: (db) => listStaffOrders(db, orders()) },
  { name: "orders, rare status", who: "admin", work: (db) => listStaffOrders(db, orders({ status: "PROCESSING" })) },
  {
    name: "orders, synced, further back",
    who: "admin",
    work: (db) => listStaffOrders(db, orders({ sync: "SYNCED", after: longAgo })),
  },
  { name: "orders, shadow", who: "admin", work: (db) => listStaffOrders(db, orders({ shadow: "yes" })) },
  { name: "orders, held", who: "admin", work: (db) => listStaffOrders(db, orders({ held: "yes" })) },
  { name: "orders, by store name", who: "admin", work: (db) => listStaffOrders(db, orders({ q: "salon" })) },
  { name: "orders, oldest first", who: "admin", work: (db) => listStaffOrders(db, orders({ sort: "oldest" })) },
  { name: "orders, by total", who: "admin", work: (db) => listStaffOrders(db, orders({ sort: "total" })) },
  {
    name: "orders, by total, further on",
    who: "admin",
    work: (db) => listStaffOrders(db, orders({ sort: "total", after: encodeCursor([1_000_000, 300_000]) })),
  },
  {
    name: "orders, rare status, of a month",
    who: "admin",
    work: (db) => listStaffOrders(db, orders({ status: "PROCESSING", ...month })),
  },
  {
    name: "orders, of a month by total",
    who: "admin",
    work: (db) => listStaffOrders(db, orders({ sort: "total", ...month })),
  },
  { name: "orders, counts of a month", who: "admin", work: (db) => countStaffOrders(db, orders(month)) },
  { name: "orders, the next one", who: "admin", work: (db) => findNextOrder(db, orders(), number) },
  {
    name: "orders, the next one of a rare status",
    who: "admin",
    work: (db) => findNextOrder(db, orders({ status: "PROCESSING" }), number),
  },
  { name: "orders, slips", who: "auditor", work: (db) => listSlips(db, [number]) },
  { name: "orders, a look at some", who: "admin", work: (db) => lookAtMoves(db, [number]) },
  { name: "orders, counts", who: "admin", work: (db) => countStaffOrders(db, orders()) },
  { name: "orders, counts by store name", who: "admin", work: (db) => countStaffOrders(db, orders({ q: "salon" })) },
  { name: "order for staff", who: "admin", work: (db) => findStaffOrder(db, number) },
  { name: "disputes, open", who: "admin", work: (db) => listDisputes(db, { state: "open", after: null }) },
  {
    name: "disputes, further back",
    who: "admin",
    work: (db) => listDisputes(db, { state: "all", after: longAgo }),
  },
  { name: "disputes, counts", who: "admin", work: countDisputes },
  { name: "a dispute", who: "admin", work: (db) => findDispute(db, number).catch(() => null) },
  { name: "approvals", who: "admin", work: (db) => listApprovals(db, { reason: null, after: null }) },
  {
    name: "approvals, over the limit, further on",
    who: "admin",
    work: (db) => listApprovals(db, { reason: "OVER_LIMIT", after: deep }),
  },
  { name: "approvals, counts", who: "admin", work: countApprovals },
  { name: "approvals, how many and since when", who: "admin", work: findApprovalQueue },
  { name: "approvals, a look at some", who: "admin", work: (db) => listSelected(db, [number]) },
  { name: "an approval", who: "admin", work: (db) => findApproval(db, number).catch(() => null) },
  { name: "its store's invoices", who: "admin", work: (db) => listOpenInvoices(db, { order: number }, 20) },
  { name: "an article for staff", who: "admin", work: (db) => findArticle(db, "ALF-0001") },
  ...[
    "42",
    "0812",
    number,
    "INV-42",
    "0812 3456 7890",
    "budi@demo.test",
    "salon budi",
    "sari",
    "ALF-0001",
    "sampo",
  ].map((typed): Query => ({ name: `search, «${typed}»`, who: "admin", work: (db) => lookUp(db, typed) })),
  { name: "a store for staff", who: "admin", work: (db) => findStore(db, store) },
  { name: "a store, what it owes", who: "admin", work: (db) => findFigures(db, store) },
  { name: "a store, unpaid invoices", who: "admin", work: (db) => listOpenInvoices(db, { store }, 10) },
  { name: "a store, orders", who: "admin", work: (db) => listOrdersOfStore(db, store, 10) },
  { name: "a store, salesmen", who: "admin", work: (db) => listSalesmen(db, store) },
  { name: "a store, sessions", who: "admin", work: (db) => listSessions(db, store) },
  { name: "a store, disputes", who: "admin", work: (db) => listDisputesOfStore(db, store, 10) },
  { name: "its store's open orders", who: "admin", work: (db) => listOtherOpenOrders(db, number) },
  { name: "its store's decisions", who: "admin", work: (db) => listPastDecisions(db, number) },
  { name: "today", who: "admin", work: findToday },
  { name: "newest orders", who: "admin", work: (db) => listNewestOrders(db, 8) },
  { name: "alerts", who: "admin", work: (db) => listAlerts(db, { state: null, after: null }) },
  { name: "alerts, counts", who: "admin", work: countAlerts },
  { name: "alerts, to be phoned", who: "admin", work: (db) => listAlerts(db, { state: "PHONE", after: null }) },
  { name: "undelivered alerts", who: "admin", work: (db) => listUndelivered(db, 5) },
  { name: "cases", who: "admin", work: (db) => listCases(db, { with: null, by: "SCORE", after: null }) },
  {
    name: "cases, implausible, by their last order",
    who: "admin",
    work: (db) => listCases(db, { with: "IMPLAUSIBLE", by: "RECENT", after: null }),
  },
  { name: "orders to be shipped", who: "admin", work: (db) => listWaitingOrders(db, null) },
  { name: "orders to be shipped, further on", who: "admin", work: (db) => listWaitingOrders(db, deep) },
  { name: "ERP queue", who: "admin", work: findQueue },
  { name: "ERP, its incident", who: "admin", work: findErpIncident },
  { name: "ERP refusals", who: "admin", work: listSyncTroubles },
  { name: "ERP, results undecided", who: "admin", work: findUndecided },
  { name: "ERP, a week of changes", who: "admin", work: (db) => listCircuitEvents(db, 168) },
  { name: "ERP, calls of a day", who: "admin", work: listCallHours },
  {
    name: "system log, errors",
    who: "admin",
    work: (db) => listLogs(db, { level: "error", request: null, day: null, after: null }),
  },
  { name: "page speed, 28 days", who: "admin", work: (db) => findSpeed(db, "LCP", 28) },
  { name: "services, measured", who: "admin", work: (db) => findMeasured(db, promisedRoutes) },
  { name: "ERP, pulls", who: "admin", work: listFeedRuns },
  { name: "ERP, comparisons of stock", who: "admin", work: (db) => listStockChecks(db, 12) },
  { name: "ERP, checkpoints", who: "admin", work: listCheckpoints },
  { name: "tasks", who: "admin", work: (db) => listTasks(db, { state: null, kind: null, after: null }) },
  { name: "tasks, done", who: "admin", work: (db) => listTasks(db, { state: "done", kind: null, after: null }) },
  { name: "tasks, counts", who: "admin", work: countTasks },
  { name: "incidents", who: "admin", work: (db) => listIncidents(db, { state: null, severity: null, after: null }) },
  { name: "incidents, counts", who: "admin", work: countIncidents },
  { name: "incidents, lists", who: "admin", work: countIncidentLists },
  { name: "detectors", who: "admin", work: listDetectors },
  { name: "promises of the service", who: "admin", work: findBudgets },
  { name: "requests about data", who: "admin", work: (db) => listPrivacyCases(db) },
  { name: "requests about data, leaks", who: "admin", work: listBreaches },
  { name: "playbooks", who: "admin", work: listPlaybooks },
  { name: "playbook, its incidents", who: "admin", work: (db) => listOffers(db, "erp-heartattack") },
  { name: "playbook, past runs", who: "admin", work: (db) => listPastRuns(db, "erp-heartattack") },
  { name: "orders held, disputes open", who: "admin", work: countHeldUp },
  ...reconcileStates.map((state): Query => ({
    name: `reconciliation, ${state}`,
    who: "admin",
    work: (db) =>
      Promise.all([listReconciliations(db, { state, after: null }), listWaiting(db, { state, after: null })]),
  })),
  {
    name: "reconciliation, further back",
    who: "admin",
    work: (db) => listReconciliations(db, { state: "decided", after: longAgo }),
  },
  { name: "reconciliation, counts", who: "admin", work: countReconciliations },
  { name: "reconciliation, open", who: "admin", work: countOpenResults },
  { name: "reconciliation, an order", who: "admin", work: (db) => findReconciliation(db, number).catch(() => null) },
  { name: "reconciliation, several", who: "admin", work: (db) => listForBulk(db, [number]) },
  { name: "runs of Reconcile_Orders", who: "admin", work: listRuns },
  { name: "ERP in a line", who: "admin", work: findErpState },
  { name: "reviews", who: "auditor", work: (db) => listReviewMonths(db, null) },
  { name: "audit trail, its state", who: "auditor", work: findAuditOverview },
  {
    name: "audit trail, who is called so",
    who: "auditor",
    work: (db) => findCandidates(db, { actor: "salon", target: "nobody" }),
  },
];
