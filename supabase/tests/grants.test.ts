import { expect, test } from "vitest";
import { rolledBack, type TestDb } from "#tests/support/rolled-back.ts";

// Every power of a run-time role, in full. A grant that is not on this page fails the test.

const names = async (db: TestDb, text: string, values: unknown[] = []) =>
  (await db.rows<{ name: string }>(text, values)).map(({ name }) => name);

test(
  "functions that each role may call",
  rolledBack(async (db) => {
    const callable = (role: string) =>
      names(
        db,
        `
    select n.nspname || '.' || p.proname as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where n.nspname in ('app', 'private', 'jobs') and has_function_privilege($1, p.oid, 'execute') order by 1`,
        [role],
      );
    expect(await callable("web")).toEqual([]);
    expect(await callable("anon")).toEqual([
      "app.api_limits",
      "app.ask_privacy",
      "app.begin_post",
      "app.claim_urgent_notification",
      "app.confirm_status",
      "app.dispute_by_link",
      "app.end_post",
      "app.leave_status",
      "app.note_logs",
      "app.note_mail_event",
      "app.note_mixed_answers",
      "app.note_outage",
      "app.note_refused_sign_in",
      "app.note_requests",
      "app.note_uptime",
      "app.note_vitals",
      "app.note_watcher",
      "app.operation_figures",
      "app.read_dispute",
      "app.read_maintenance",
      "app.read_status",
      "app.read_status_link",
      "app.readiness",
      "app.reset_link_address",
      "app.send_report",
      "app.settle_urgent_notification",
      "app.submit_lead",
      "app.subscribe_status",
      "app.take_link_try",
      "app.take_sign_in_try",
      "app.try_lead",
      "app.viewer_context",
      "private.claim",
      "private.did_you_mean",
      "private.find_articles",
      "private.find_products",
      "private.live_session",
      "private.request",
      "private.viewer_acting",
      "private.viewer_id",
      "private.viewer_is_staff",
      "private.viewer_partner",
      "private.viewer_region",
      "private.viewer_role",
      "private.viewer_tier",
    ]);
    expect(await callable("authenticated")).toEqual([
      "app.accept_refused_feed",
      "app.account_logins",
      "app.acknowledge_incident",
      "app.acting_elsewhere",
      "app.add_case_note",
      "app.add_known_error",
      "app.add_post_mortem_action",
      "app.allow_lead_export",
      "app.answer_privacy",
      "app.answer_report",
      "app.answers_of_report",
      "app.approval_figures",
      "app.approve_post_mortem",
      "app.ask_erasure",
      "app.ask_privacy",
      "app.assert_shown_for",
      "app.audit_overview",
      "app.begin_acting",
      "app.begin_download",
      "app.begin_export",
      "app.begin_post",
      "app.begin_reconcile",
      "app.change_setting",
      "app.choose_language",
      "app.classify_incident",
      "app.client_allowances",
      "app.client_facts",
      "app.client_rooms",
      "app.close_incident",
      "app.close_task",
      "app.contain_incident",
      "app.correct_lead",
      "app.decide_credit",
      "app.decide_credits",
      "app.dispute_by_link",
      "app.dispute_order",
      "app.do_breach_step",
      "app.drop_post_mortem_action",
      "app.end_acting",
      "app.end_duty",
      "app.end_holders",
      "app.end_maintenance",
      "app.end_playbook",
      "app.end_post",
      "app.erase_leads",
      "app.error_budgets",
      "app.export_audit_page",
      "app.export_chain_page",
      "app.export_lines_page",
      "app.export_seals_page",
      "app.finish_export",
      "app.finish_post_mortem_action",
      "app.force_logout",
      "app.give_incident_role",
      "app.keep_checkout",
      "app.lift_restriction",
      "app.lift_suspension",
      "app.link_incident",
      "app.list_cases",
      "app.look_at_moves",
      "app.look_up",
      "app.mark_breach",
      "app.mend_known_error",
      "app.move_lead",
      "app.move_order",
      "app.move_orders",
      "app.note_incident",
      "app.note_lead",
      "app.note_leads_exported",
      "app.note_orders_exported",
      "app.note_owner_phoned",
      "app.note_refusal",
      "app.note_sign_in",
      "app.note_sign_out",
      "app.note_step",
      "app.note_whatsapp_opened",
      "app.notification_channels",
      "app.open_case",
      "app.place_order",
      "app.privacy_subjects",
      "app.prove_privacy",
      "app.put_in_cart",
      "app.put_on_duty",
      "app.quote",
      "app.read_article",
      "app.read_dispute",
      "app.record_privacy",
      "app.release_held_order",
      "app.reopen_incident",
      "app.request_lift",
      "app.request_stock_check",
      "app.resend_alert",
      "app.reset_link_address",
      "app.resolve_dispute",
      "app.resolve_incident",
      "app.resolve_reconciliation",
      "app.save_post_mortem",
      "app.save_responder",
      "app.search_audit",
      "app.send_report",
      "app.set_cart",
      "app.set_maintenance",
      "app.set_shadow_consent",
      "app.set_threshold",
      "app.shadow_allowance",
      "app.shadow_sessions",
      "app.sign_review",
      "app.start_playbook",
      "app.store_figures",
      "app.submit_post_mortem",
      "app.suspend_account",
      "app.suspended_clients",
      "app.take_link_try",
      "app.take_privacy_copy",
      "app.take_to_key",
      "app.tell_store",
      "app.test_erp",
      "app.tick_step",
      "app.untick_step",
      "app.viewer_context",
      "app.viewer_credit",
      "app.write_erp_checkpoint",
      "app.write_public_update",
      "private.claim",
      "private.did_you_mean",
      "private.find_articles",
      "private.find_products",
      "private.is_waited_for",
      "private.journey_account",
      "private.journey_partner",
      "private.live_session",
      "private.reconcile_outlook",
      "private.request",
      "private.staff_moves",
      "private.unit_price",
      "private.viewer_acting",
      "private.viewer_id",
      "private.viewer_is_staff",
      "private.viewer_partner",
      "private.viewer_region",
      "private.viewer_role",
      "private.viewer_tier",
      "private.withdrawn_of",
    ]);
    expect(await callable("worker")).toEqual([
      "jobs.acts_to_log",
      "jobs.apply_credit",
      "jobs.apply_stock",
      "jobs.ask_drills",
      "jobs.ask_erp_checkpoints",
      "jobs.audit_notifications",
      "jobs.audit_state",
      "jobs.audit_strays",
      "jobs.begin_audit_check",
      "jobs.begin_post",
      "jobs.begin_reconcile",
      "jobs.chase_post_mortem_actions",
      "jobs.claim_alerts",
      "jobs.claim_journey",
      "jobs.claim_mails",
      "jobs.claim_notifications",
      "jobs.claim_pull",
      "jobs.claim_sync",
      "jobs.claim_traces",
      "jobs.count_objectives",
      "jobs.declare_channels",
      "jobs.declare_notification_channels",
      "jobs.defer_sync",
      "jobs.end_holders",
      "jobs.ensure_audit_months",
      "jobs.ensure_log_days",
      "jobs.erp_answered",
      "jobs.erp_failed",
      "jobs.erp_fused",
      "jobs.finish_audit_check",
      "jobs.inspect_order",
      "jobs.keep_audit_turn",
      "jobs.keep_holidays",
      "jobs.list_waiting",
      "jobs.look_at_detectors",
      "jobs.mail_audit_head",
      "jobs.make_reviews",
      "jobs.note_acts_logged",
      "jobs.note_audit_broken",
      "jobs.note_audit_check",
      "jobs.note_erp_calls",
      "jobs.note_journey",
      "jobs.note_logs",
      "jobs.note_notifications_broken",
      "jobs.pending_counts",
      "jobs.read_audit_chain",
      "jobs.read_audit_seals",
      "jobs.read_circuit",
      "jobs.read_reconcile",
      "jobs.reject_feed",
      "jobs.release_sync",
      "jobs.ring_timers",
      "jobs.seal_audit",
      "jobs.settle_alert",
      "jobs.settle_mail",
      "jobs.settle_notification",
      "jobs.settle_probe",
      "jobs.settle_pull",
      "jobs.settle_sync",
      "jobs.settle_trace",
      "jobs.sign_seal",
      "jobs.sweep_abuse",
      "jobs.sweep_leftovers",
      "jobs.sweep_reviews",
      "jobs.take_audit_turn",
      "jobs.take_probe",
      "jobs.waited_accounts",
      "jobs.want_stock_check",
      "jobs.watch_logins",
      "jobs.watch_notifications",
      "jobs.watch_status",
      "private.claim",
      "private.request",
      "private.viewer_id",
    ]);
  }),
);

test(
  "columns that are held back from everybody signed in",
  rolledBack(async (db) => {
    const hidden = await names(
      db,
      `
    select c.relname || '.' || a.attname as name from pg_class c join pg_attribute a on a.attrelid = c.oid
      and a.attnum > 0 and not a.attisdropped
     where c.relnamespace = 'app'::regnamespace and c.relkind in ('r', 'p')
       and has_any_column_privilege('authenticated', c.oid, 'select')
       and not has_column_privilege('authenticated', c.oid, a.attnum, 'select') order by 1`,
    );
    expect(hidden).toEqual([
      "acting_sessions.session_id",
      "orders.cart_digest",
      "orders.checkout_key",
      "orders.preorder_agreed",
      "orders.sync_error",
      "product_stock.buffer",
      "product_stock.display",
      "product_stock.figure_as_of",
      "product_stock.held",
      "product_stock.quantity",
      "report_answers.answered_by",
      "shadow_alerts.content",
      "shadow_alerts.reference",
    ]);
  }),
);

test(
  "tables that nobody signed in may read, and a schema that no run-time role may enter",
  rolledBack(async (db) => {
    const closed = await names(
      db,
      `
    select c.relname as name from pg_class c where c.relnamespace = 'app'::regnamespace and c.relkind in ('r', 'p')
       and not has_any_column_privilege('authenticated', c.oid, 'select') order by 1`,
    );
    expect(closed).toEqual(["audit_events", "shadow_traces"]);
    const entering = await db.rows(
      `
        select r from unnest(array['web', 'worker', 'anon', 'authenticated']) r
          where has_schema_privilege(r, 'audit', 'usage')`,
    );
    expect(entering).toEqual([]);
  }),
);

test(
  "tables that a guest may read, and nothing that he may write",
  rolledBack(async (db) => {
    const tables = await db.rows<{ name: string; power: string }>(`
    select c.relname as name, p as power from pg_class c join pg_namespace n on n.oid = c.relnamespace
      cross join unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) p
     where n.nspname in ('app', 'private', 'jobs', 'pgboss', 'audit') and c.relkind in ('r', 'p')
       and (has_table_privilege('anon', c.oid, p) or (p <> 'SELECT' and has_table_privilege('authenticated', c.oid, p))
         or (n.nspname = 'pgboss' and has_table_privilege('authenticated', c.oid, p))) order by 1`);
    expect(tables).toEqual(
      ["brands", "categories", "products", "shelf_counts"].map((name) => ({ name, power: "SELECT" })),
    );
  }),
);

test(
  "nobody but the owner makes temporary objects, which could stand before ours",
  rolledBack(async (db) => {
    const may = await db.rows<{ role: string }>(`
    select r as role from unnest(array['web', 'worker', 'anon', 'authenticated', 'postgres']) r
     where has_database_privilege(r, current_database(), 'TEMP')`);
    expect(may).toEqual([{ role: "postgres" }]);
  }),
);

test(
  "functions pin their search_path or have a body bound when made; the commands first ask whether the login is alive",
  rolledBack(async (db) => {
    const loose = await db.rows(`
    select n.nspname, p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where n.nspname in ('app', 'private', 'jobs') and p.prokind = 'f'
       and not coalesce('search_path=pg_catalog, pg_temp' = any (p.proconfig), false)
         and (p.prosecdef or p.prosqlbody is null)`);
    expect(loose).toEqual([]);
    const trusting = await names(
      db,
      `
    select p.proname as name from pg_proc p where p.pronamespace = 'app'::regnamespace
       and has_function_privilege('authenticated', p.oid, 'execute') and p.prosrc !~ 'private\\.assert_alive\\(\\)'
         order by 1`,
    );
    // viewer_context says itself whether the login is alive; the others are for whoever holds a link of a mail.
    expect(trusting.sort()).toEqual([
      "dispute_by_link",
      "read_dispute",
      "reset_link_address",
      "take_link_try",
      "viewer_context",
    ]);
  }),
);
