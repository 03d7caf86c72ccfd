import sql, { type Sql } from "sql-template-tag";

/** What differs, with the names of the articles; of the lines no more than `most`. */
export const named = (most: Sql) => sql`
  jsonb_build_object('total', coalesce(r.difference -> 'total', '0'), 'credit', r.difference -> 'credit', 'partner',
    r.difference -> 'partner',
    'documents', coalesce(r.difference -> 'documents', '[]'), 'differing',
      jsonb_array_length(coalesce(r.difference -> 'lines', '[]')),
    'lines', (select coalesce(jsonb_agg(d || jsonb_build_object('name',
      jsonb_path_query_first(r.assumed, '$.lines[*] ? (@.sku == $sku).name', jsonb_build_object('sku', d -> 'sku')))),
      '[]')
                from (select d
                  from jsonb_array_elements(coalesce(r.difference -> 'lines', '[]')) d ${most}) d)) as difference`;
/** What the last decision about it changed. */
export const change = sql`
  (select e.detail from app.order_events e where e.order_id = o.id and e.kind = 'RECONCILED' order by e.id desc
    limit 1) as change`;
/** What was assumed, without its lines; of the credit decision no more than `figures`. */
export const assumedOf = (assumed: Sql, figures: Array<"reason" | "asOf" | "room" | "over">) => sql`
  ${assumed} - 'lines' || jsonb_build_object('credit', (select jsonb_object_agg(key, value)
    from jsonb_each(${assumed} -> 'credit') where key = any (${figures}))) as assumed`;
/** The owner's number, for whoever may tell him, once there is an outcome to tell. */
export const toTell = sql`
  case when (r.result = 'CONFIRMED' or r.resolution <> 'RETRY') and (select private.viewer_role()) = 'ADMIN'
    then c.owner_whatsapp end`;
/** What a list shows of a compared order. */
export const columns = (most: Sql) => sql`
  o.id, o.number, p.name as "storeName", p.code as "storeCode", o.created_at as "placedAt", o.total, o.status,
    o.sync_status as "syncStatus", o.held, o.degraded,
  r.result, r.checked_at as "checkedAt", r.checked_at::text as checked,
    ${assumedOf(sql`r.assumed`, ["reason", "asOf"])}, r.erp - 'lines' as erp, r.error,
  r.resolution, r.resolved_at as "resolvedAt", r.resolved_by as "resolvedBy", (${toTell}) is not null as reachable,
    s.language, ${change}, ${named(most)}`;
export const joined = sql`
  from app.reconcile_results r join app.orders o on o.id = r.order_id join app.partners p on p.id = o.partner_id
    join app.accounts s on s.id = p.account_id
  left join app.partner_contacts c on c.partner_id = o.partner_id`;
