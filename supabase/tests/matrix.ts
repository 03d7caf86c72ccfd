import { people, stores } from "#tests/support/cast.ts";
import { recordOf } from "#app/ui/keys.ts";

/** Who looks. Acting: Sari as the store of Budi. Suspended and revoked: Budi, whose account or login is gone. */
export const personas = [
  "anon",
  "budi",
  "maya",
  "sari",
  "agus",
  "acting",
  "suspended",
  "revoked",
  "admin",
  "auditor",
] as const;
export type Persona = (typeof personas)[number];
/**
 * Which rows, as a condition that the owner of the tables evaluates. Nobody: no row. `no grant`: not even the question.
 */
export type Rows = string | "no grant";
export type TableRule = { key: string; sees: Record<Persona, Rows>; control?: string };

const none = "false";
const all = "true";
const { budi, maya } = stores;
const staff = { admin: all, auditor: all };
const gone = { suspended: none, revoked: none };
const guestless = { anon: "no grant" };
const sarisStores = `select partner_id from app.assignments where salesman_id = '${people.sari}'`;
const agusStores = `select partner_id from app.assignments where salesman_id = '${people.agus}'`;

/** Rows of a store: its own partner, whoever acts for it, staff. */
const ofStore = (column: string): TableRule["sees"] => ({
  ...guestless,
  budi: `${column} = '${budi}'`,
  maya: `${column} = '${maya}'`,
  sari: none,
  agus: none,
  acting: `${column} = '${budi}'`,
  ...gone,
  ...staff,
});
/** What somebody wrote himself, whichever store he acts for; staff read all of it. */
const ofWriter = (rows: (who: string) => string): TableRule["sees"] => {
  const own = (id: string) => rows(`account_id = '${id}'`);
  const { budi, maya, sari, agus } = people;
  const theirs = { budi: own(budi), maya: own(maya), sari: own(sari), agus: own(agus), acting: own(sari) };
  return { ...guestless, ...theirs, ...gone, ...staff };
};
/** Orders: a salesman also sees what he placed for stores that are still his. */
const placed = (
  id: string,
  salesman: string,
) => `${id} in (select o.id from app.orders o where o.placed_by = '${salesman}'
  and o.partner_id in (select partner_id from app.assignments where salesman_id = '${salesman}'))`;
const ordersOf = (id: string, store: string) =>
  `${id} in (select o.id from app.orders o where o.partner_id = '${store}')`;
const ofOrder = (id: string): TableRule["sees"] => ({
  ...guestless,
  budi: ordersOf(id, budi),
  maya: ordersOf(id, maya),
  sari: placed(id, people.sari),
  agus: placed(id, people.agus),
  acting: `${ordersOf(id, budi)} or ${placed(id, people.sari)}`,
  ...gone,
  ...staff,
});
const notForSalesmen = (sees: TableRule["sees"]): TableRule["sees"] => ({
  ...sees,
  ...Object.fromEntries(
    (["sari", "agus", "acting"] as const).map((name) => [
      name,
      `(${sees[name]}) and kind not in ('OWNER_DISPUTED', 'DISPUTE_RESOLVED')`,
    ]),
  ),
});
const staffOnly: TableRule["sees"] = {
  ...guestless,
  budi: none,
  maya: none,
  sari: none,
  agus: none,
  acting: none,
  ...gone,
  ...staff,
};
/** Each author his own cart: the salesman's shadow cart and the owner's never mix. */
const ownCart: TableRule["sees"] = {
  ...guestless,
  budi: `partner_id = '${budi}' and author_id = '${people.budi}'`,
  maya: `partner_id = '${maya}' and author_id = '${people.maya}'`,
  sari: none,
  agus: none,
  acting: `partner_id = '${budi}' and author_id = '${people.sari}'`,
  ...gone,
  admin: none,
  auditor: none,
};
/** Read by nobody: a function does, and notes who asked. */
const nobody: TableRule["sees"] = recordOf(personas, () => "no grant");
const everyone: TableRule["sees"] = {
  anon: all,
  budi: all,
  maya: all,
  sari: all,
  agus: all,
  acting: all,
  ...gone,
  ...staff,
};
const signedIn: TableRule["sees"] = { ...everyone, ...guestless };

/**
 * Every table of schema app x persona: the rows he may see. Nobody may insert, update or delete anywhere: every change
 * is a command. A table that is missing here fails the tests.
 */
export const matrix: Record<string, TableRule> = {
  abuse_hits: { key: "id", sees: staffOnly },
  abuse_rules: { key: "version || rule", sees: staffOnly },
  accounts: {
    key: "id",
    sees: {
      ...staffOnly,
      budi: `id = '${people.budi}'`,
      maya: `id = '${people.maya}'`,
      sari: `id = '${people.sari}'`,
      agus: `id = '${people.agus}'`,
      acting: `id = '${people.sari}'`,
    },
  },
  acting_sessions: {
    key: "id",
    sees: {
      ...staffOnly,
      budi: `partner_id = '${budi}'`,
      maya: `partner_id = '${maya}'`,
      sari: `salesman_id = '${people.sari}'`,
      agus: `salesman_id = '${people.agus}'`,
      acting: `salesman_id = '${people.sari}'`,
    },
  },
  salesman_reviews: { key: "month || code", sees: staffOnly },
  alert_attempts: { key: "id", sees: staffOnly },
  assignments: {
    key: "salesman_id || partner_id::text",
    sees: {
      ...staffOnly,
      sari: `salesman_id = '${people.sari}'`,
      acting: `salesman_id = '${people.sari}'`,
      agus: `salesman_id = '${people.agus}'`,
    },
  },
  audit_events: { key: "id", sees: nobody },
  brands: { key: "id", sees: everyone },
  cart_items: {
    key: "partner_id || author_id::text || product_id",
    sees: ownCart,
  },
  carts: {
    key: "partner_id || author_id::text",
    sees: ownCart,
  },
  case_notes: { key: "id", sees: staffOnly },
  categories: { key: "id", sees: everyone },
  credit_approvals: { key: "order_id", sees: staffOnly },
  credit_levels: { key: "snapshot_id || partner_id::text", sees: staffOnly },
  detector_states: { key: "detector", sees: staffOnly },
  detectors: { key: "name", sees: staffOnly },
  // The owner himself: not the salesman whom he complains of, acting as him neither.
  disputes: { key: "order_id", sees: { ...ofStore("partner_id"), acting: none } },
  erp_call_stats: { key: "hour || operation", sees: staffOnly },
  erp_checkpoints: { key: "id", sees: staffOnly },
  erp_circuit: { key: "name", sees: staffOnly },
  erp_circuit_events: { key: "id", sees: staffOnly },
  erp_syncs: { key: "order_id", sees: staffOnly },
  erp_tests: { key: "id", sees: staffOnly },
  erp_watch: { key: "since", sees: staffOnly },
  evidence_exports: { key: "ref", sees: staffOnly },
  feed_runs: { key: "id", sees: staffOnly },
  feeds: { key: "name", sees: staffOnly },
  escalation_steps: { key: "severity || '/' || step", sees: staffOnly },
  holidays: { key: "day", sees: staffOnly },
  http_minutes: { key: "minute || route || method", sees: staffOnly },
  incident_events: { key: "id", sees: staffOnly },
  incident_levels: { key: "severity", sees: staffOnly },
  incident_links: { key: "incident_id || kind || key", sees: staffOnly },
  incident_moves: { key: "act || from_state", sees: staffOnly },
  incident_roles: { key: "incident_id || role", sees: staffOnly },
  journey_runs: { key: "id", sees: staffOnly },
  objective_slots: { key: "objective || slot", sees: staffOnly },
  objectives: { key: "name", sees: staffOnly },
  known_errors: { key: "code", sees: staffOnly },
  notifications: { key: "id", sees: staffOnly },
  post_mortem_actions: { key: "id", sees: staffOnly },
  post_mortems: { key: "incident_id", sees: staffOnly },
  public_updates: { key: "id", sees: staffOnly },
  posts: { key: "post", sees: staffOnly },
  report_answers: { key: "id", sees: ofWriter((who) => `report_id in (select id from app.reports where ${who})`) },
  reports: { key: "id", sees: ofWriter((who) => who) },
  responders: { key: "id", sees: staffOnly },
  rota: { key: "id", sees: staffOnly },
  timers: { key: "id", sees: staffOnly },
  incidents: { key: "id", sees: staffOnly },
  invoices: { key: "id", sees: ofStore("partner_id") },
  lead_events: { key: "id", sees: staffOnly },
  leads: { key: "id", sees: staffOnly },
  maintenance: { key: "id", sees: staffOnly },
  mails: { key: "id", sees: staffOnly },
  // Who said what about a salesman's order is not for him.
  order_events: { key: "id", sees: notForSalesmen(ofOrder("order_id")) },
  order_event_notes: { key: "event_id", sees: staffOnly },
  order_holds: { key: "id", sees: staffOnly },
  order_lines: { key: "order_id || '/' || line_no", sees: ofOrder("order_id") },
  operational_logs: { key: "id", sees: staffOnly },
  orders: { key: "id", sees: ofOrder("id") },
  outages: { key: "id", sees: staffOnly },
  // The owner himself and staff: not the salesman, in Shadow Mode neither.
  partner_contacts: { key: "partner_id", sees: { ...ofStore("partner_id"), acting: none } },
  partner_credit: { key: "partner_id", sees: ofStore("partner_id") },
  partners: {
    key: "id",
    sees: {
      ...ofStore("id"),
      sari: `id in (${sarisStores})`,
      acting: `id in (${sarisStores})`,
      agus: `id in (${agusStores})`,
    },
  },
  playbook_causes: { key: "cause || playbook", sees: staffOnly },
  playbook_runs: { key: "id", sees: staffOnly },
  playbook_steps: { key: "playbook || step", sees: staffOnly },
  playbook_ticks: { key: "id", sees: staffOnly },
  playbooks: { key: "slug", sees: staffOnly },
  points_ledger: { key: "id", sees: ofStore("partner_id") },
  prices: {
    key: "product_id || tier",
    sees: {
      ...staffOnly,
      budi: "tier = 'GOLD'",
      maya: "tier = 'SILVER'",
      acting: "tier = 'GOLD'",
    },
  },
  product_stock: { key: "product_id", sees: signedIn },
  products: {
    key: "id",
    sees: {
      ...everyone,
      ...recordOf(["anon", "budi", "maya", "sari", "agus", "acting", "admin", "auditor"], () => "active"),
    },
  },
  breach_steps: { key: "incident_id || step", sees: staffOnly },
  breaches: { key: "incident_id", sees: staffOnly },
  privacy_cases: { key: "id", sees: staffOnly },
  privacy_requests: { key: "id", sees: staffOnly },
  reconcile_results: { key: "order_id", sees: staffOnly },
  reconcile_runs: { key: "id", sees: staffOnly },
  regions: { key: "code", sees: signedIn },
  review_months: { key: "month", sees: staffOnly },
  search_synonyms: { key: "word || means", sees: staffOnly },
  settings: { key: "key", sees: staffOnly },
  shadow_alerts: { key: "order_id || channel", sees: staffOnly },
  shelf_counts: { key: "tier || '/' || brand_id || '/' || category_id", sees: everyone },
  shadow_traces: { key: "order_id", sees: nobody },
  stock_checks: { key: "id", sees: staffOnly },
  stock_levels: { key: "snapshot_id || '/' || product_id || warehouse", sees: staffOnly },
  sub_distributors: {
    key: "id",
    sees: {
      ...staffOnly,
      budi: `region_code = (select region_code from app.partners where id = '${budi}')`,
      acting: `region_code = (select region_code from app.partners where id = '${budi}')`,
      maya: `region_code = (select region_code from app.partners where id = '${maya}')`,
      sari: `region_code in (select region_code from app.partners where id in (${sarisStores}))`,
      agus: `region_code in (select region_code from app.partners where id in (${agusStores}))`,
    },
  },
  suspensions: { key: "id", sees: staffOnly },
  tasks: { key: "id", sees: staffOnly },
  vital_days: { key: "day || route || metric", sees: staffOnly },
};
