import type pg from "pg";
import { people, stores } from "#tests/support/cast.ts";
import { plenty, type TestDb } from "#tests/support/rolled-back.ts";

/**
 * Rows of the trail that say more than ids and codes: a text that is none, or whatever a person, a store or a contact
 * known to the database is called or reached by. Address and program of the request are not looked at: docs/privacy.md
 * says what they are. Asked as the owner.
 */
export async function namingRows(sql: pg.ClientBase): Promise<Array<{ action: string; what: string }>> {
  const {
    rows: [known],
  } = await sql.query<{ names: string[] }>(`
    select array(select distinct regexp_replace(n, '([.^$*+?()\\[\\]{}|\\\\])', '\\\\\\1', 'g') from (
      select name from app.accounts union select name from app.partners union select email from auth.users
        union select owner_email from app.partner_contacts
      union select owner_whatsapp from app.partner_contacts union select '0' || right(owner_whatsapp, -2)
        from app.partner_contacts) k (n) where length(n) > 3) as names`);
  if (known!.names.length < 40) throw new Error("There are no names to look for.");
  const { rows } = await sql.query<{ action: string; what: string }>(
    `
    with said as (
      select id, action, concat_ws(' ', actor_code, target_code, entity, entity_key, request_id, before, after,
        detail) as what, entity_key,
             private.says_codes(before) is not false and private.says_codes(after) is not false
               and private.says_codes(detail) as coded from app.audit_events)
    select action, what from said
     where not coded or entity_key !~ '^[A-Za-z0-9][A-Za-z0-9._:/-]{0,79}$' or what ~* $1 order by id limit 20`,
    [`\\m(${known!.names.join("|")})\\M`],
  );
  return rows;
}

// What a row is made of, for each table: the kind of its act, which columns are filled, and the keys of what is JSON.
// Not its values. What has nothing to do with each other stands apart: what became of an order at the ERP comes with
// every way of ordering, and which of them meet in an invented past depends on its day.
const keys = (column: string) =>
  `(select '${column}:' || string_agg(k, '+' order by k) from jsonb_object_keys(${column}) k)`;
const has = (...columns: string[]) =>
  columns.map((column) => `case when ${column} is not null then '${column}' end`).join(", ");
const shapes: Array<[table: string, shape: string]> = [
  [
    "app.audit_events",
    "concat_ws(' ', action, entity, case when acting_session_id is not null then 'shadow' end, " +
      `${has("actor_code", "partner_id", "target_code")}, ${["before", "after", "detail"].map(keys).join(", ")})`,
  ],
  [
    "app.order_events",
    `concat_ws(' ', kind, case when actor = 'SYSTEM' then actor end, ${keys("detail")}, (select 'staff:' || ` +
      "string_agg(k, '+' order by k) from app.order_event_notes n, jsonb_object_keys(n.detail) k where n.event_id = " +
      "t.id))",
  ],
  ["app.orders", `concat_ws(' ', sync_status, ${has("synced_at", "erp_document", "sync_error")})`],
  ["app.orders", `concat_ws(' ', ${has("acting_session_id", "routed_to")}, ${keys("credit_inputs")})`],
  ["app.shadow_alerts", `concat_ws(' ', channel, state, ${has("provider_id", "sent_at")})`],
  ["app.credit_approvals", `concat_ws(' ', outcome, ${keys("inputs")})`],
];

async function shapesOf(db: TestDb, where: Record<string, string>): Promise<string[]> {
  const all: string[] = [];
  for (const [table, shape] of shapes) {
    const rows = await db.rows<{ shape: string }>(
      `select distinct ${shape} as shape from ${table} t where ${where[table]} order by 1`,
    );
    all.push(...rows.map((row) => `${table.slice(4)} ${row.shape}`));
  }
  return all;
}

/**
 * Shapes that rows of an invented past have and rows of the functions have not, once these have done here what the past
 * tells of. `found`: how many shapes were compared. The database is that of seeded data, whichever; what is done in
 * it stays.
 */
export async function strayShapes(db: TestDb): Promise<{ stray: string[]; found: number }> {
  const mark = await db.value<number>("select max(id) from app.audit_events");
  const orders = await db.value<number>("select max(id) from app.orders");
  const past = (is: string): Record<string, string> => ({
    "app.audit_events": `id ${is} ${mark}`,
    "app.order_events": `order_id ${is} ${orders}`,
    "app.orders": `id ${is} ${orders}`,
    "app.shadow_alerts": `order_id ${is} ${orders}`,
    "app.credit_approvals": `order_id ${is} ${orders}`,
  });
  const invented = await shapesOf(db, past("<="));
  await doWhatThePastTells(db);
  const written = await shapesOf(db, past(">"));
  return { stray: invented.filter((one) => !written.includes(one)), found: invented.length };
}

/** Orders of every kind that the seeds invent, by the functions alone. */
async function doWhatThePastTells(db: TestDb) {
  const skus = await plenty(db);
  const own = async (who = people.budi) => {
    await db.fill(who, [skus[0]!, 6]);
    return db.order(who);
  };
  const move = (number: string, ...statuses: string[]) =>
    db.as(people.admin, async () => {
      for (const status of statuses) await db.rows("select app.move_order($1, $2, 'dicatat')", [number, status]);
    });
  await db.actFor(people.sari, "PTR-0001");
  const shadow = await db.buy(people.sari, [skus[1]!, 2]);
  await db.as(people.sari, () => db.rows("select app.end_acting()"));
  await tellOwner(db, shadow);
  await reachErp(db, shadow, "CONFIRMED");
  await move(shadow, "PROCESSING", "APPROVED", "SHIPPED", "COMPLETED");
  await move(await own(), "REJECTED");
  await move(await own(), "CANCELLED");
  await reachErp(db, await own(), "ERROR");
  const scarce = await own();
  await reachErp(db, scarce, "SHORT", { total: 0, credit: null, lines: [{ sku: skus[0], missing: 2, price: 0 }] });
  await db.as(people.admin, async () =>
    db.rows(
      `
        select app.resolve_reconciliation($1, 'PREORDER', '', '', (select checked_at from app.reconcile_results
          where order_id = (select id from app.orders where number = $1)))`,
      [scarce],
    ),
  );
  await db.rows("update app.partners set credit_limit = 0 where id = $1", [stores.maya]);
  await db.rows("select private.audit('LIMIT_CHANGED', 'partner', code) from app.partners where id = $1", [
    stores.maya,
  ]);
  for (const outcome of ["APPROVED", "REJECTED"]) {
    const number = await own(people.maya);
    await db.as(people.admin, () =>
      db.rows("select app.decide_credit($1, $2, 'diperiksa', (select total from app.orders where number = $1))", [
        number,
        outcome,
      ]),
    );
  }
  const shadowOver = await orderFor(db, people.agus, "PTR-0002", skus[2]!);
  await db.as(people.admin, () =>
    db.rows("select app.decide_credit($1, 'APPROVED', 'diperiksa', (select total from app.orders where number = $1))", [
      shadowOver,
    ]),
  );
  await db.as(people.admin, () => db.rows("select app.change_setting('stock.buffer.default', '4', 'dicoba')"));
}

/** Agus or Sari places an order for a store. */
export async function orderFor(db: TestDb, salesman: string, store: string, sku: string): Promise<string> {
  await db.actFor(salesman, store);
  const number = await db.buy(salesman, [sku, 2]);
  await db.as(salesman, () => db.rows("select app.end_acting()"));
  return number;
}

/** The worker hears of the mail provider that the mail to the owner is accepted. */
async function tellOwner(db: TestDb, number: string) {
  await db.rows(
    `
      update app.shadow_alerts set next_attempt_at = now() where order_id = (select id from app.orders
        where number = $1)`,
    [number],
  );
  await db.rows("select * from jobs.claim_alerts('EMAIL', 100)");
  await db.rows(
    `
      select jobs.settle_alert(order_id, 'EMAIL', generation, 'ACCEPTED', 'mail-1', 'because') from app.shadow_alerts
        where order_id = (select id from app.orders where number = $1) and channel = 'EMAIL'`,
    [number],
  );
}

/** The worker hears of the ERP what became of an order. */
export async function reachErp(
  db: TestDb,
  number: string,
  result: string,
  difference: object = {},
  documents = [`SO-${number.slice(4)}`],
) {
  const id = await db.value<number>("select id from app.orders where number = $1", [number]);
  await db.rows("update app.erp_syncs set ticket = ticket + 1, posted_at = now() where order_id = $1", [id]);
  await db.rows("select jobs.settle_sync($1, (select ticket from app.erp_syncs where order_id = $1), $2, $3, $4, $5)", [
    id,
    result,
    JSON.stringify({
      documents: result === "ERROR" ? [] : documents,
      total: 1,
      lines: [],
      credit: { ok: true, message: null },
    }),
    JSON.stringify(difference),
    result === "ERROR" ? "422: toko tidak dikenal" : null,
  ]);
}
