import type pg from "pg";
import { day, hour, minute, wibDate, wibMidnight, wibYear } from "./calendar.ts";
import type { Product } from "./catalogue.ts";
import { inventCalls } from "./erp-calls.ts";
import { circuitRows, longOutage, outagesOf } from "./erp-outages.ts";
import { admin, partners, secondAdmin } from "./people.ts";
import type { PastOrder } from "./past-order.ts";
import { Chance } from "./random.ts";
import { continueIds, insertRows, type Row } from "./rows.ts";
import { inventChecks, type PastCheck } from "./stock-checks.ts";

const iso = (at: number) => new Date(at).toISOString();

/**
 * What went before with the ERP: its calls, outages and pulls, the weekly duties, and the reconciliation after the long
 * outage.
 */
export async function writeErp(
  client: pg.ClientBase,
  products: Product[],
  orders: PastOrder[],
  now: number,
): Promise<void> {
  const chance = new Chance(8_086);
  const outages = outagesOf(
    now,
    orders.map(({ at }) => at),
  );
  await insertRows(client, "app.erp_circuit_events", circuitRows(outages));
  // Connected since the last of them: as new it would take the next outage for one that follows at once.
  await client.query("update app.erp_circuit set since = $1", [iso(outages.at(-1)!.until)]);
  await insertRows(
    client,
    "app.erp_call_stats",
    inventCalls(
      orders.flatMap(({ syncedAt }) => syncedAt ?? []),
      outages,
      now,
      chance,
    ),
  );
  await writePulls(client, products, inventChecks(products, now, chance), now, chance);
  await writeCheckpoints(client, now);
  await writeReconciliation(client, now);
}

/** Pulls of the Sundays' comparisons, some of today, and one that broke off. */
async function writePulls(
  client: pg.ClientBase,
  products: Product[],
  checks: PastCheck[],
  now: number,
  chance: Chance,
) {
  const size = { stock: products.length * 2, credit: partners.length };
  const pull = (feed: "stock" | "credit", at: number, reason: string | null = null) => ({ feed, at, reason });
  const pulls = [
    ...checks.flatMap(({ before, at }) => [pull("stock", before), pull("stock", at)]),
    pull("stock", now - 5 * hour, `1000 rows arrived where ${size.stock} were announced`),
    ...[50, 35, 20].flatMap((ago) => [pull("stock", now - ago * minute), pull("credit", now - ago * minute + 1_500)]),
  ];
  await insertRows(
    client,
    "app.feed_runs",
    pulls.map(({ feed, at, reason }, i): Row => ({
      id: i + 1,
      feed,
      at: iso(at),
      accepted: reason === null,
      snapshot: chance.uuid(),
      as_of: reason === null ? iso(at - 400) : null,
      rows: reason === null ? size[feed] : 1_000,
      reason,
      erp_taken_at: iso(at - 300),
      kept: false,
    })),
  );
  await continueIds(client, "app.feed_runs");
  await insertRows(
    client,
    "app.stock_checks",
    checks.map(({ row }, i) => ({ ...row, id: i + 1, old_snapshot: 2 * i + 1, new_snapshot: 2 * i + 2 })),
  );
  await continueIds(client, "app.stock_checks");
}

/** Four weeks of them; of that before the long outage was talked over nobody wrote anything down. */
async function writeCheckpoints(client: pg.ClientBase, now: number) {
  const today = wibMidnight(now, 0);
  const monday = wibMidnight(now, (new Date(today + 7 * hour).getUTCDay() + 6) % 7);
  const row = (weeksAgo: number, written_by: string, notes: string, points: string): Row => ({
    week: wibDate(monday - 7 * weeksAgo * day),
    attended: "Tim IT ERP, admin kantor pusat",
    notes,
    points,
    written_by,
    written_at: iso(monday - (7 * weeksAgo - 4) * day + 15 * hour),
  });
  await insertRows(client, "app.erp_checkpoints", [
    row(
      4,
      admin.code,
      "Kunci API diperbarui dan diuji. Batas jumlah order per detik tidak berubah.",
      "Nomor telepon jaga malam tim IT ERP belum ada",
    ),
    row(
      2,
      secondAdmin.code,
      "ERP mati satu pagi karena pembaruan server. Order yang menunggu masuk semua sesudahnya, satu kurang stok.",
      "Tim IT memberi tahu sehari sebelum pembaruan",
    ),
    row(
      1,
      admin.code,
      "API lancar. Backup malam pukul 02.00 sampai 04.00 membuatnya lambat, tanpa order yang hilang.",
      "",
    ),
  ]);
  await client.query(
    `
      update app.erp_watch set since = $1, asked_week = greatest(asked_week, $2::date),
        checked_week = greatest(checked_week, private.stock_week($3))`,
    [wibDate(monday - 28 * day), wibDate(monday), iso(now)],
  );
}

/**
 * The run after the long outage: everything as assumed (what stores had made a pre-order too), but for the order that
 * was short. Who took an order back before it got there was not looked up.
 */
async function writeReconciliation(client: pg.ClientBase, now: number) {
  const { until } = longOutage(now);
  const {
    rows: [run],
  } = await client.query<{ id: string }>(
    `
    insert into app.reconcile_runs (ref, started_by, actor, started_at, total, finished_at)
      select 'REC-' || $2::text || '-' || lpad(nextval('app.reconcile_numbers')::text, 5, '0'), 'BREAKER', 'SYSTEM',
        $1, 0, max(o.synced_at)
        from app.orders o where o.degraded and o.synced_at >= $1 having count(*) > 0 returning id`,
    [iso(until), wibYear(until)],
  );
  if (!run) return;
  await client.query(
    `
    insert into app.reconcile_results (order_id, run_id, result, assumed, erp, difference, checked_at, resolution,
      resolved_at, resolved_by)
      select o.id, $1, case when s.lines is null then 'CONFIRMED' else 'SHORT' end,
             jsonb_set(a.assumed, '{lines}',
               (select jsonb_agg(case when l ->> 'sku' in (select x ->> 'sku' from jsonb_array_elements(d.lines) x)
               then l || '{"preorder": 0}' else l end order by n)
               from jsonb_array_elements(a.assumed -> 'lines') with ordinality u (l, n))),
             jsonb_build_object('documents', jsonb_build_array(o.erp_document), 'total', o.total, 'credit',
               '{"ok": true, "message": null}'::jsonb, 'message', null,
               'lines', (select jsonb_agg(jsonb_build_object('sku', l.sku, 'quantity', l.quantity, 'confirmed',
                 l.quantity - l.preorder, 'unitPrice', l.unit_price) order by l.line_no)
                           from app.order_lines l where l.order_id = o.id)),
             jsonb_build_object('total', 0, 'lines', coalesce(s.lines, '[]'), 'credit', null),
             o.synced_at, case when s.lines is not null then 'PREORDER' end, d.at, case when s.lines is not null
               then $3::text end
        from app.orders o
        cross join lateral (select private.assumed(o.id) as assumed) a
        left join lateral (select e.at, e.detail -> 'lines' as lines from app.order_events e where e.order_id = o.id
          and e.kind = 'RECONCILED') d on true
        cross join lateral (
          select jsonb_agg(jsonb_build_object('sku', x ->> 'sku', 'missing', (x ->> 'to')::int - (x ->> 'from')::int,
          'price', 0)) as lines
                              from jsonb_array_elements(d.lines) x) s
       where o.degraded and o.synced_at >= $2
         and not exists (select from app.order_events e where e.order_id = o.id and e.kind in ('REJECTED', 'CANCELLED')
           and e.at < o.synced_at)`,
    [run.id, iso(until), secondAdmin.code],
  );
  await client.query(
    `
      update app.erp_syncs u set run_id = $1, posted_at = u.done_at from app.reconcile_results r where r.run_id = $1
        and r.order_id = u.order_id`,
    [run.id],
  );
  await client.query(
    `
      update app.reconcile_runs set total = (select count(*) from app.reconcile_results where run_id = $1)
        where id = $1`,
    [run.id],
  );
}

/** Puts what the ERP refused up for a decision by a person. */
export async function writeRefused(client: pg.Client): Promise<void> {
  await client.query(`
    insert into app.reconcile_results (order_id, result, assumed, erp, difference, error, checked_at)
    select o.id, 'ERROR', private.assumed(o.id),
      '{"documents": [], "total": null, "lines": [], "credit": null, "message": null}',
           '{"total": 0, "lines": [], "credit": null}', u.last_error, coalesce(u.done_at, now())
      from app.orders o
      join app.erp_syncs u on u.order_id = o.id
     where o.sync_status = 'FAILED' and o.status in ('SUBMITTED', 'PROCESSING', 'APPROVED') and u.done_at is not null
        on conflict (order_id) do nothing`);
}
