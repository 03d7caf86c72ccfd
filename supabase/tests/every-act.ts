import { newest, rahayu, submit } from "./leads-support.ts";
import { signingKey, sealTrail } from "./seal.ts";
import { people, stores } from "#tests/support/cast.ts";
import { plenty, type TestDb } from "#tests/support/rolled-back.ts";
import { orderFor, reachErp } from "./trail.ts";

/** What somebody writes wherever he may. */
export const said = "Kata Ibu Rahayu (rahayu@salon.test, 0812-3456-7890): salah toko";

const key = signingKey();

/** What was learned from an incident, and who is told of the next. */
async function learn(db: TestDb, incident: string) {
  const admin = (text: string, values: unknown[] = []) => db.as(people.admin, () => db.rows(text, values));
  const words = { summary: said, timeline: said, rootCause: said, whys: [said] };
  await admin("select app.save_post_mortem($1, null, $2)", [incident, words]);
  await admin("select app.add_post_mortem_action($1, $2, 'Ibu Rahayu', '2099-01-01', 'LOW')", [incident, said]);
  await admin("select app.submit_post_mortem($1)", [incident]);
  await db.as(people.admin2, () =>
    db.rows("select app.approve_post_mortem($1, (select max(version) from app.post_mortems))", [incident]),
  );
  await admin("select app.finish_post_mortem_action((select max(id) from app.post_mortem_actions), $1)", [said]);
  await admin("select app.add_known_error($1, 'TESTED', $2, $2, $2, $2)", [incident, said]);
  await admin("select app.mend_known_error((select max(code) from app.known_errors))");
  await admin("select app.save_responder(null, 'Ibu Rahayu', 'rahayu@salon.test', '0812-3456-7890', 'id', true)");
  await admin("select app.put_on_duty((select max(id) from app.responders), 'CTO', '2020-01-01', null)");
  await admin("select app.end_duty((select max(id) from app.rota))");
  await admin("select app.write_public_update($1, 'ERP', 'DOWN', $2, $2)", [incident, said]);
  await admin(
    `select app.set_maintenance(null, null, 'READ_ONLY', now() + interval '1 day', now() + interval '25 hours', $1, $1,
       $1)`,
    [said],
  );
  await admin("select app.end_maintenance((select max(id) from app.maintenance), 1, $1)", [said]);
}

/** Somebody wants to become a partner, and to be forgotten again. */
async function lead(db: TestDb) {
  const admin = (text: string, values: unknown[] = []) => db.as(people.admin, () => db.rows(text, values));
  await submit(db, { ...rahayu, message: said });
  const ref = await newest(db);
  await admin("select app.note_lead($1, $2)", [ref, said]);
  await admin("select app.move_lead($1, 'HANDED_OVER', $2, 'NEW')", [ref, said]);
  await admin("select app.move_lead($1, 'CLOSED', $2, 'HANDED_OVER')", [ref, said]);
  await db.as(people.admin2, () => db.rows("select app.allow_lead_export('ADM-001', true, $1)", [said]));
  await admin("select app.note_leads_exported('CSV', 1, false, $1)", [JSON.stringify({ search: true, q: said })]);
  await admin("select app.ask_erasure('0812-3456-7890', 'WHATSAPP', (now() at time zone 'Asia/Jakarta')::date)");
  await admin("select app.erase_leads((select max(ref) from app.privacy_requests))");
}

/** Somebody asks what he may ask about his data; data leaked in an incident. */
async function privacy(db: TestDb, incident: string) {
  const admin = (text: string, values: unknown[] = []) => db.as(people.admin, () => db.rows(text, values));
  await submit(db, { ...rahayu, phone_whatsapp: "6281234567891", message: said });
  const lead = await newest(db);
  const proven = async (kind: string) => {
    const ref = await db.as(people.admin, () =>
      db.value<string>(
        `select app.record_privacy(gen_random_uuid(), $1, 'Ibu Rahayu', '0812-3456-7891', $2, 'WHATSAPP',
           (now() at time zone 'Asia/Jakarta')::date)`,
        [kind, said],
      ),
    );
    await admin("select app.prove_privacy($1, 'CALLED_BACK', $2)", [ref, said]);
    return ref;
  };
  const copy = await proven("ACCESS");
  await admin("select app.take_privacy_copy($1)", [copy]);
  await admin("select app.answer_privacy($1, 'GRANTED', $2)", [copy, said]);
  await admin("select app.correct_lead($1, $2, 'city', $3)", [await proven("CORRECTION"), lead, "Kota Rahayu"]);
  await admin("select app.set_threshold('order-waiting', 20, $1)", [said]);
  const restricted = await proven("RESTRICTION");
  await admin("select app.answer_privacy($1, 'GRANTED', $2)", [restricted, said]);
  await admin("select app.lift_restriction($1, $2)", [restricted, said]);
  await db.as(null, () =>
    db.rows("select app.ask_privacy(gen_random_uuid(), 'ACCESS', 'Ibu Rahayu', 'b@salon.test', $1, 'id')", [said]),
  );
  await admin("select app.mark_breach($1, now(), $2, $2, $2, 3)", [incident, said]);
  for (const step of ["AUTHORITY", "PERSONS"])
    await admin("select app.do_breach_step($1, $2, $3)", [incident, step, said]);
}

/** Somebody asks, and is answered. */
async function ask(db: TestDb) {
  const ref = await db.as(people.budi, () =>
    db.value<string>("select app.send_report(gen_random_uuid(), 'PROBLEM', '/orders', null, $1, '', 'id')", [said]),
  );
  await db.as(people.admin, () => db.rows("select app.answer_report($1, $2)", [ref, said]));
}

/** Every act of the trail is done once, with words in all of it. Gives what the last steps need. */
export async function doEverything(db: TestDb) {
  const skus = await plenty(db);
  const admin = (text: string, values: unknown[] = []) => db.as(people.admin, () => db.rows(text, values));
  const id = (number: string) => db.value<number>("select id from app.orders where number = $1", [number]);
  const own = async (who = people.budi, quantity = 6) => {
    await db.fill(who, [skus[0]!, quantity]);
    return db.order(who);
  };

  // Signing in and out.
  await db.as(people.sari, () => db.rows("select app.note_sign_in('sari@demo.test', '203.0.113.5')"));
  await db.as(null, () => db.rows("select app.note_refused_sign_in('budi@demo.test')"));
  await db.rows("update auth.users set encrypted_password = 'x' where id = $1", [people.agus]);
  await db.as(people.maya, () => db.rows("select app.note_refusal(404, 'orders', 'ORD-2026-999999')"));
  await db.as(people.maya, () => db.rows("select app.note_sign_out()"), await db.login(people.maya, true));
  // Shadow Mode, the owner's mail and what he says.
  const shadow = await orderFor(db, people.sari, "PTR-0001", skus[1]!);
  await db.as(people.budi, () => db.rows("select app.note_whatsapp_opened($1)", [shadow]));
  await db.rows("select jobs.declare_channels('{EMAIL}')");
  await db.rows("update app.shadow_alerts set state = 'FAILED' where order_id = $1", [await id(shadow)]);
  await admin("select app.note_owner_phoned($1, $2)", [shadow, said]);
  await admin("select app.resend_alert($1, 'EMAIL', 'rahayu@salon.test', $2)", [shadow, said]);
  await db.as(people.budi, () => db.rows("select app.dispute_order($1, $2)", [shadow, said]));
  await admin("select app.resolve_dispute($1, 'OWNER_AGREES', $2)", [shadow, said]);
  await db.as(people.budi, () => db.rows("select app.set_shadow_consent(true, 900000000)"));
  await admin("select app.tell_store($1)", [shadow]);
  await admin("select app.note_orders_exported('XLSX', 3, false, $1)", [
    JSON.stringify({ search: true, status: "SUBMITTED", sort: "total", from: "2026-11-01", q: said }),
  ]);
  // Orders, credit and the ERP, which calls things what it likes.
  await admin("select app.move_order($1, 'CANCELLED', $2)", [await own(), said]);
  await db.rows("update app.partners set credit_limit = 0 where id = $1", [stores.maya]);
  await db.rows("select private.audit('LIMIT_CHANGED', 'partner', 'PTR-0002')");
  for (const outcome of ["APPROVED", "REJECTED"]) {
    const over = await own(people.maya);
    await admin("select app.decide_credit($1, $2, $3, (select total from app.orders where number = $1))", [
      over,
      outcome,
      said,
    ]);
  }
  const scarce = await own();
  await reachErp(db, scarce, "SHORT", { lines: [{ sku: skus[0], missing: 2, price: 0 }] }, [
    "Nota Ibu Rahayu 0812 3456 7890",
  ]);
  await admin(
    `
      select app.resolve_reconciliation($1, 'CUT', '', $2, (select checked_at from app.reconcile_results
        where order_id = (select id from app.orders where number = $1)))`,
    [scarce, said],
  );
  const keyed = await own();
  for (const release of [false, true]) await admin("select app.take_to_key($1, $2)", [keyed, release]);
  await admin("select app.begin_reconcile()");
  await admin("select app.test_erp()");
  await admin("select app.request_stock_check()");
  await admin(
    `
      select app.write_erp_checkpoint(date_trunc('week', now() at time zone 'Asia/Jakarta')::date, 'Agus, ADM-001', $1,
        $1)`,
    [said],
  );
  await db.rows(
    `
      select private.refuse_feed('stock', 's-2', 'row count', 160, now(), 'NEW_WAREHOUSE',
        '{"Gudang Ibu Rahayu": 160}')`,
  );
  await db.rows("update app.feeds set last_error = 'refused' where name = 'stock'");
  await admin("select app.accept_refused_feed('stock', (select max(id) from app.feed_runs where feed = 'stock'), $1)", [
    said,
  ]);
  // What staff does.
  await admin("select app.change_setting('stock.buffer.default', '4', $1)", [said]);
  await admin("select app.open_case('SLS-001')");
  await admin("select app.add_case_note('SLS-001', $1)", [said]);
  const incident =
    (await db.maybeValue<string>(
      `
        with i as (select private.open_incident(3, 'TESTED', 'trail-words', 'SLS-001', $1) as id) select ref from i
          join app.incidents using (id)`,
      [JSON.stringify({ words: said })],
    )) ?? (await db.value<string>("select ref from app.incidents where dedup_key = 'trail-words'"));
  await admin("select app.note_incident($1, $2)", [incident, said]);
  await admin("select app.acknowledge_incident($1)", [incident]);
  await admin("select app.give_incident_role($1, 'SCRIBE', 'ADM-001')", [incident]);
  await admin("select app.link_incident($1, 'account', 'SLS-001')", [incident]);
  await admin("select app.classify_incident($1, 2, $2)", [incident, said]);
  const run = await db.as(people.admin, () =>
    db.value<number>("select app.start_playbook('agent-abuse', $1)", [incident]),
  );
  await admin("select app.tick_step($1, 'suspend', $2)", [run, said]);
  await admin("select app.untick_step($1, 'suspend', $2)", [run, said]);
  await admin("select app.note_step($1, 'suspend', $2)", [run, said]);
  await admin("select app.end_playbook($1, null, $2)", [run, said]);
  await admin("select app.contain_incident($1, $2)", [incident, said]);
  await admin("select app.resolve_incident($1, $2)", [incident, said]);
  await admin("select app.reopen_incident($1, $2)", [incident, said]);
  await learn(db, incident);
  await lead(db);
  await ask(db);
  await privacy(db, incident);
  await admin("select app.close_incident($1, $2)", [incident, said]);
  const task = await db.value<number>(
    "select private.open_task('REVIEW_SALESMAN', 'trail-words', 'SLS-001', null, null, '1 day', $1)",
    [JSON.stringify({ words: said })],
  );
  await admin("select app.close_task($1, $2, 'WATCH')", [task, said]);
  await db.rows(
    `
      insert into app.acting_sessions (salesman_id, partner_id, session_id, reason, started_at, expires_at, ended_at,
        ended_reason)
    values ($1, $2, gen_random_uuid(), 'kunjungan toko', '2021-02-15 10:00+07', '2021-02-15 11:00+07',
      '2021-02-15 10:30+07', 'BY_HAND')`,
    [people.sari, stores.budi],
  );
  await db.rows("select private.make_reviews('2021-03-01 10:00+07')");
  await db.as(people.auditor, () => db.rows("select app.sign_review('2021-02-01', 'SLS-001', 'WATCH', $1)", [said]));
  await db.rows("select private.retire('app.tasks', 'false', 'TERM_ENDED')");
  // Somebody is shut out and let in again.
  await admin("select app.force_logout('SLS-002', $1)", [said]);
  await admin("select app.suspend_account('SLS-002', $1)", [said]);
  await admin("select app.request_lift('SLS-002', $1)", [said]);
  await db.as(people.admin2, () => db.rows("select app.lift_suspension('SLS-002')"));
  // Evidence about Sari, and a look into the trail for whom one has in mind.
  const search = (filter: object) =>
    db.as(people.auditor, () =>
      db.rows<{ action: string; detail: Record<string, string> }>(
        "select action, detail from app.search_audit($1, null, 200)",
        [JSON.stringify(filter)],
      ),
    );
  for (const filter of [
    { key: "rahayu", actor: "rahayu@salon.test" },
    { action: "BUDI", target: "Rahayu", request: "0812-3456-7890", name: said },
  ])
    await search(filter);
  await sealTrail(db.sql, key);
  const day = await db.value<string>("select (now() at time zone 'Asia/Jakarta')::date::text");
  const ref = await db.as(people.auditor, () =>
    db.value<string>("select app.begin_export('SLS-001', $1, $1, $2)", [day, said]),
  );
  await db.as(people.auditor, async () => {
    await db.rows("select app.begin_download($1)", [ref]);
    await db.rows("select app.finish_export($1, repeat('a', 64), 10)", [ref]);
  });
  return { ref, search };
}
