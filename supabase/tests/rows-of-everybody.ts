import { submit } from "./leads-support.ts";
import { sealTrail, signingKey } from "./seal.ts";
import { people } from "#tests/support/cast.ts";
import { plenty, type TestDb } from "#tests/support/rolled-back.ts";

/** Rows of everybody in every table of ours, made by the commands themselves. */
export async function rowsOfEverybody(db: TestDb) {
  const [one, two] = await plenty(db);
  for (const [user, code] of [
    [people.budi, "PTR-0001"],
    [people.maya, "PTR-0002"],
  ] as const) {
    const number = await db.buy(user, [one, 5]);
    await db.sql.query("update app.orders set status = 'APPROVED' where number = $1", [number]);
    await db.sql.query(
      `
        insert into app.points_ledger (partner_id, order_id, kind, points) select id, (select id from app.orders
          where number = $2), 'EARNED', 10 from app.partners where code = $1`,
      [code, number],
    );
    await db.fill(user, [two, 2]);
  }
  for (const [salesman, code] of [
    [people.agus, "PTR-0002"],
    [people.sari, "PTR-0001"],
  ] as const) {
    await db.actFor(salesman, code);
    await db.fill(salesman, [one, 3]);
    await db.order(salesman);
    await db.fill(salesman, [two, 4]);
  }
  await db.as(people.agus, () => db.sql.query("select app.end_acting()"));
  await troubles(db);
  await db.sql.query("insert into app.erp_circuit_events (state) values ('OPEN')");
  await db.sql.query("select jobs.reject_feed('stock', 'x', 'half')");
  await db.sql.query("insert into app.erp_tests (asked_by) values ('ADM-001')");
  await db.sql.query(
    `
      select jobs.note_erp_calls(jsonb_build_array(jsonb_build_object('operation', 'ping', 'ago', 1, 'ok', 1,
        'refused', 0, 'failed', 0, 'histogram', array_fill(0, array[50]))))`,
  );
  const counted = { route: "/orders/:number", ago: 1, histogram: Array.from({ length: 50 }, () => 0) };
  await db.sql.query("select app.note_requests($1)", [
    JSON.stringify([{ ...counted, method: "GET", requests: 1, failed: 0, slow: 0 }]),
  ]);
  await db.sql.query("select app.note_vitals($1)", [
    JSON.stringify([{ ...counted, metric: "LCP", samples: 1, targets: {} }]),
  ]);
  await db.sql.query("select jobs.note_logs($1)", [
    JSON.stringify([{ ago: 1, level: 30, message: "worker ready", facts: {} }]),
  ]);
  await db.sql.query(
    `
      insert into app.erp_checkpoints (week, attended, notes, written_by)
        values ('2026-11-16', 'Tim TI', 'Lancar', 'ADM-001')`,
  );
  await db.sql.query(
    "select private.check_stock(snapshot_id, snapshot_id, null, 'ADM-001') from app.feeds where name = 'stock'",
  );
  await db.sql.query("select private.note_attempt(order_id, 'EMAIL', 'RETRY') from app.shadow_alerts");
  await db.sql.query("update app.products set active = false where sku = (select max(sku) from app.products)");
}

/** What staff has to see to, about both stores and both salesmen. */
async function troubles(db: TestDb) {
  for (const { id, partner_id, placed_by, code } of await db.rows<{
    id: number;
    partner_id: string;
    placed_by: string;
    code: string;
  }>(
    `
      select o.id, o.partner_id, o.placed_by, a.code from app.orders o join app.accounts a on a.id = o.placed_by
        where o.acting_session_id is not null`,
  )) {
    const incident = await db.value<number>("select private.open_incident(3, 'OWNER_DISPUTE', 'dispute/' || $1, $2)", [
      id,
      code,
    ]);
    await db.sql.query(
      "select private.open_task('RESOLVE_DISPUTE', 'dispute/' || $1, $2, $1::bigint, $3, interval '1 day')",
      [id, code, incident],
    );
    await db.sql.query("select private.notify_owner($1, 'DISPUTE_RECEIVED', 'dispute/' || $2::bigint, '{}')", [
      partner_id,
      id,
    ]);
    await db.sql.query("select private.hold_order($1, 'DISPUTED', 'SYSTEM')", [id]);
    await db.sql.query(
      `
        insert into app.disputes (order_id, partner_id, salesman_id, via, was_held, incident_id)
          values ($1, $2, $3, 'LINK', true, $4)`,
      [id, partner_id, placed_by, incident],
    );
    await db.sql.query(
      "insert into app.order_events (order_id, kind, actor) values ($1, 'OWNER_DISPUTED', 'Pemilik')",
      [id],
    );
    await db.sql.query(
      `
        insert into app.abuse_hits (salesman_id, order_id, at, rule_version, rule, weight, inputs)
          values ($1, $2, now(), 1, 'SAME_BASKET', 25, '{}')`,
      [placed_by, id],
    );
  }
  // What the ERP said about everybody's orders, as a run found it.
  await db.sql.query("select jobs.begin_reconcile('uji')");
  await db.sql.query(
    `
      select jobs.settle_sync(order_id, ticket, 'SHORT', '{"documents":[]}', '{}', null) from app.erp_syncs
        where done_at is null`,
  );
  await db.sql.query(
    `
      insert into app.credit_approvals (order_id, partner_id, outcome, decided_by, total, inputs) select id,
        partner_id, 'APPROVED', 'ADM-001', total, credit_inputs from app.orders on conflict do nothing`,
  );
  await db.sql.query("insert into app.holidays values ('2026-12-25', 'Hari Raya Natal', 'Christmas Day')");
  await watched(db);
  await learned(db);
  await submit(db);
  await db.as(people.admin, () =>
    db.rows("select app.ask_erasure('0812-3456-7890', 'WHATSAPP', (now() at time zone 'Asia/Jakarta')::date)"),
  );
  await asked(db);
  await leaked(db);
  await sealTrail(db.sql, signingKey());
  await db.as(people.auditor, () =>
    db.sql.query(
      `
        select app.begin_export('SLS-001', d, d, 'uji coba')
          from (select (now() at time zone 'Asia/Jakarta')::date as d) today`,
    ),
  );
  await db.sql.query(
    `
      select private.make_reviews((date_trunc('month', now() at time zone 'Asia/Jakarta')
        + interval '1 month 8 hours') at time zone 'Asia/Jakarta')`,
  );
  for (const salesman of [people.sari, people.agus]) {
    await db.sql.query(
      "insert into app.case_notes (salesman_id, author, note) values ($1, 'ADM-001', 'Sudah ditelepon')",
      [salesman],
    );
    await db.sql.query(
      `
        insert into app.suspensions (account_id, suspended_by, reason, lift_requested_at, lift_requested_by,
          lift_reason, lifted_at, lifted_by) values ($1, 'ADM-001', 'Uji coba', now(), 'ADM-001', 'Sudah jelas', now(),
          'ADM-002')`,
      [salesman],
    );
  }
}

/** An incident with everything that hangs on one, and who is told of the next. */
async function learned(db: TestDb) {
  await db.sql.query("select jobs.declare_notification_channels('{SLACK,MAIL}')");
  const id = await db.value<number>("select private.open_incident(2, 'ERP_DOWN', 'rows-of-everybody', null)");
  const ref = await db.value<string>("select ref from app.incidents where id = $1", [id]);
  const admin = (text: string, ...values: unknown[]) => db.as(people.admin, () => db.rows(text, values));
  await admin("select app.acknowledge_incident($1)", ref);
  await admin("select app.link_incident($1, 'account', 'SLS-001')", ref);
  await admin("select app.tick_step(app.start_playbook('erp-heartattack', $1), 'bypass', 'Menyala')", ref);
  await admin("select app.save_post_mortem($1, null, '{}')", ref);
  await admin("select app.add_post_mortem_action($1, 'Perbaiki VPN', 'Tim TI', '2099-01-01', 'LOW')", ref);
  await admin("select app.add_known_error($1, 'ERP_DOWN', 'Tanda', 'Sebab', 'Jalan lain', '')", ref);
  const person = await db.as(people.admin, () =>
    db.value<number>("select app.save_responder(null, 'Admin', 'jaga@demo.test', null, 'id', true)"),
  );
  await admin("select app.put_on_duty($1, 'CTO', '2026-01-01', null)", person);
  await admin("select app.write_public_update($1, 'ERP', 'DOWN', 'Sambungan ke ERP putus', 'The ERP is away')", ref);
  await admin(
    `select app.set_maintenance(null, null, 'FULL', now() + interval '1 day', now() + interval '25 hours',
       'Pindah server', 'Moving servers', 'Pindah server')`,
  );
}

/** Somebody asked for a copy of his data, and data leaked. */
async function leaked(db: TestDb) {
  await db.as(null, () =>
    db.rows("select app.ask_privacy(gen_random_uuid(), 'ACCESS', 'Ibu Rahayu', 'a@b.test', 'Minta salinan', 'id')"),
  );
  const ref = await db.value<string>("select ref from app.incidents where dedup_key = 'rows-of-everybody'");
  await db.as(people.admin, async () => {
    await db.rows("select app.mark_breach($1, now(), 'Nama toko', 'Tadi pagi', 'Ditutup', 3)", [ref]);
    await db.rows("select app.do_breach_step($1, 'STOPPED', 'Sudah ditutup')", [ref]);
  });
}

/** Everybody has asked something, and was answered. */
async function asked(db: TestDb) {
  for (const who of [people.budi, people.maya, people.sari, people.agus]) {
    const ref = await db.as(who, () =>
      db.value<string>(
        "select app.send_report(gen_random_uuid(), 'QUESTION', '/', null, 'Bagaimana caranya?', '', 'id')",
      ),
    );
    await db.as(people.admin, () => db.rows("select app.answer_report($1, 'Begini caranya')", [ref]));
  }
}

/** What was seen from outside, and a journey that was tried. */
async function watched(db: TestDb) {
  const id = await db.value("select private.open_incident(1, 'DATABASE_DOWN', 'database-down', null)");
  await db.sql.query(
    `insert into app.outages (id, source, what, began_at, ended_at, incident_id)
      values (gen_random_uuid(), 'WATCHER', 'DATABASE', now() - interval '5 minutes', now(), $1)`,
    [id],
  );
  await db.sql.query(
    "insert into app.objective_slots values ('answers', private.slot_of(now()), 2, 1) on conflict do nothing",
  );
  await db.sql.query("insert into app.journey_runs (kind, ok, step, ms) values ('ORDER', true, 'CHECKOUT', 120)");
}
