/**
 * What is never null although Postgres cannot tell. Functions in plpgsql that give a value or refuse, and columns of
 * rows of such functions.
 */
const answers = [
  "app.account_logins",
  "app.add_known_error",
  "app.ask_erasure",
  "app.answers_of_report.answered_at",
  "app.answers_of_report.answered_by",
  "app.answers_of_report.words",
  "app.audit_overview",
  "app.begin_acting",
  "app.begin_download",
  "app.begin_export",
  "app.begin_post",
  "app.begin_reconcile",
  "app.claim_urgent_notification.facts",
  "app.claim_urgent_notification.id",
  "app.claim_urgent_notification.kind",
  "app.claim_urgent_notification.ticket",
  "app.client_allowances.allowance",
  "app.client_allowances.code",
  "app.confirm_status",
  "app.decide_credits",
  "app.end_acting",
  "app.end_holders",
  "app.erase_leads",
  "app.error_budgets",
  "app.export_audit_page.line",
  "app.export_audit_page.seq",
  "app.export_chain_page.last_seq",
  "app.export_chain_page.lines",
  "app.export_chain_page.rows",
  "app.export_lines_page.line",
  "app.export_lines_page.n",
  "app.export_seals_page.batch",
  "app.export_seals_page.line",
  "app.finish_export",
  "app.force_logout",
  "app.leave_status",
  "app.list_cases",
  "app.look_at_moves.hurdles",
  "app.look_at_moves.status",
  "app.look_at_moves.total",
  "app.look_up.about",
  "app.look_up.key",
  "app.look_up.kind",
  "app.look_up.name",
  "app.move_orders",
  "app.notification_channels.channel",
  "app.open_case",
  "app.place_order",
  "app.read_maintenance",
  "app.read_status",
  "app.read_status_link",
  "app.readiness",
  "app.release_held_order",
  "app.search_audit.action",
  "app.search_audit.at",
  "app.search_audit.detail",
  "app.search_audit.id",
  "app.search_audit.shadow",
  "app.send_report",
  "app.set_cart",
  "app.set_shadow_consent",
  "app.shadow_sessions.expires_at",
  "app.shadow_sessions.orders",
  "app.shadow_sessions.reason",
  "app.shadow_sessions.salesman",
  "app.shadow_sessions.started_at",
  "app.shadow_sessions.total",
  "app.start_playbook",
  "app.submit_lead",
  "app.try_lead",
  "app.subscribe_status",
  "app.suspended_clients",
  "app.take_link_try",
  "app.take_sign_in_try",
  "app.tell_store",
  "app.viewer_context",
  "private.staff_moves",
];

/** Keys that are always in a JSON column; rows.test.ts looks whether the cast's rows have them. */
export const keys: Array<{ table: string; column: string; key: string }> = [
  { table: "app.orders", column: "credit_inputs", key: "reason" },
  { table: "app.orders", column: "credit_inputs", key: "over" },
  { table: "app.credit_approvals", column: "inputs", key: "over" },
];

/** The others, and why: a function, or a column of what a function of the web asks. */
const reasons: Record<string, string> = {
  "private.reconcile_outlook": "Null for whoever is not staff; the queries that call it give him no row.",
  "findErpState.perSecond": "The setting comes with the schema.",
  "findReconciliation.lines": "What was assumed of an order has its lines.",
  "findStaffOrder.store": "Every order has a store, and every store an account.",
  "listHeldOrders.reason": "Disputes hold orders, too, but are not asked for.",
  "listSuspensions.reason": "What an admin typed, or the score: a check of the table asks for one of them.",
};

/** Tells what is argued, and what of it nothing needed. */
export function neverNull() {
  const argued = new Set([
    ...answers,
    ...Object.keys(reasons),
    ...keys.map(({ table, column, key }) => `${table}.${column}.${key}`),
  ]);
  const needed = new Set<string>();
  return {
    has: (name: string): boolean => argued.has(name) && Boolean(needed.add(name)),
    unneeded: () => [...argued].filter((name) => !needed.has(name)),
  };
}
