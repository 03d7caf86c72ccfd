-- The worker's counter. `worker` holds no table right at all: functions of schema `jobs`, here and where their subject is, are
-- the whole of its power. supabase/tests/grants.test.ts lists each.

-- Orders due for the ERP, leased for a minute, oldest first.
create function jobs.claim_pushes(p_limit integer)
returns table (order_id bigint, attempts integer, document jsonb)
language sql security definer set search_path = pg_catalog, pg_temp as $$
  with due as (
    select p.order_id from app.erp_pushes p
     where p.done_at is null and p.next_attempt_at <= now()
     order by p.next_attempt_at, p.order_id limit p_limit for update skip locked)
  update app.erp_pushes p set attempts = p.attempts + 1, next_attempt_at = now() + interval '1 minute'
    from due, app.orders o, app.partners s
   where p.order_id = due.order_id and o.id = p.order_id and s.id = o.partner_id
  returning o.id, p.attempts, jsonb_build_object(
    'reference', o.number, 'partner', s.code, 'placed_at', o.created_at, 'total', o.total, 'credit', o.credit_light,
    'lines', (select jsonb_agg(jsonb_build_object('sku', l.sku, 'quantity', l.quantity, 'unit_price', l.unit_price)
                               order by l.line_no) from app.order_lines l where l.order_id = o.id))
$$;

-- The ERP holds the order under this document, whoever put it there.
create function jobs.settle_push_done(p_order bigint, p_document text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update app.erp_pushes set done_at = now(), last_error = null where order_id = p_order and done_at is null;
  update app.orders set sync_status = 'SYNCED', synced_at = now(), sync_error = null, erp_document = p_document
   where id = p_order and sync_status <> 'SYNCED';
  if found then
    insert into app.order_events (order_id, kind, actor, detail)
      values (p_order, 'SYNCED', 'sistem', jsonb_build_object('document', p_document));
  end if;
end $$;

-- Not this time. p_final: the ERP answered no (its own words in p_error); otherwise it
-- did not answer, and the order stays PENDING_SYNC and due again p_seconds from now.
create function jobs.settle_push_failed(p_order bigint, p_error text, p_final boolean, p_seconds integer) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update app.erp_pushes set last_error = left(p_error, 300),
    done_at = case when p_final then now() end, next_attempt_at = now() + make_interval(secs => p_seconds)
   where order_id = p_order and done_at is null;
  if found and p_final then
    update app.orders set sync_status = 'FAILED', sync_error = left(p_error, 300) where id = p_order;
    insert into app.order_events (order_id, kind, actor, detail)
      values (p_order, 'SYNC_FAILED', 'sistem', jsonb_build_object('error', left(p_error, 300)));
  end if;
end $$;

-- Letters and orders not delivered yet: for whoever watches (docs/operations.md).
create function jobs.pending_counts() returns table (alerts bigint, pushes bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select (select count(*) from app.shadow_alerts where state = 'PENDING'),
         (select count(*) from app.erp_pushes where done_at is null)
$$;

create function jobs.reject_feed(p_feed text, p_snapshot text, p_reason text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into app.feed_runs (feed, accepted, snapshot, reason) values (p_feed, false, p_snapshot, left(p_reason, 300));
  update app.feeds set last_tried_at = now(), last_error = left(p_reason, 300) where name = p_feed;
end $$;

create function private.accept_feed(p_feed text, p_snapshot text, p_as_of timestamptz, p_rows integer) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_id bigint;
begin
  insert into app.feed_runs (feed, accepted, snapshot, as_of, rows) values (p_feed, true, p_snapshot, p_as_of, p_rows)
    returning id into v_id;
  update app.feeds set snapshot_id = v_id, as_of = p_as_of, row_count = p_rows, last_tried_at = now(), last_error = null
   where name = p_feed;
  return v_id;
end $$;

-- The safety buffer of DOMAIN section 2: by how many orders wanted the article in 30 days.
create function private.stock_buffers() returns table (product_id bigint, buffer integer)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select p.id, case when coalesce(s.orders, 0) > 50 then ceil(s.pieces / 30.0 * 3)::integer
                    when coalesce(s.orders, 0) < 10 then 2
                    else private.number_setting('stock.buffer.default')::integer end
    from app.products p
    left join (select l.product_id, count(*) as orders, sum(l.quantity) as pieces
                 from app.order_lines l join app.orders o on o.id = l.order_id
                where o.created_at >= now() - interval '30 days' and o.status not in ('REJECTED', 'CANCELLED')
                group by l.product_id) s on s.product_id = p.id
$$;

-- A complete stock snapshot [{sku, warehouse, quantity}] goes live, or is refused whole:
-- returns null, or the reason. Ages come from the database clock: as_of is never later
-- than now, and never earlier than the pull began (p_started).
create function jobs.apply_stock(p_snapshot text, p_started timestamptz, p_rows jsonb) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_reason text; v_count integer; v_last integer; v_as_of timestamptz := least(p_started, now());
begin
  drop table if exists pg_temp.incoming_stock; -- Never somebody else's of that name: that fails here.
  create temporary table incoming_stock (sku text, warehouse text, quantity numeric) on commit drop;
  insert into pg_temp.incoming_stock select r.sku, r.warehouse, r.quantity
    from jsonb_to_recordset(p_rows) as r (sku text, warehouse text, quantity numeric);
  select count(*) into v_count from pg_temp.incoming_stock;
  select row_count into v_last from app.feeds where name = 'stock' for update;
  v_reason := case
    when v_count = 0 then 'empty'
    when v_last is not null and abs(v_count - v_last) > v_last * 0.3 then 'row count ' || v_count || ' against ' || v_last || ' before'
    when exists (select from pg_temp.incoming_stock where not coalesce(quantity >= 0 and quantity <= 1000000000 and quantity = trunc(quantity), false)) then 'a quantity is not a whole number >= 0'
    when exists (select from pg_temp.incoming_stock group by sku, warehouse having count(*) > 1) then 'an article twice'
    when exists (select from pg_temp.incoming_stock i where not exists (select from app.products p where p.sku = i.sku)) then 'an unknown article'
    when exists (select distinct warehouse from app.stock_levels except select warehouse from pg_temp.incoming_stock) then 'a warehouse is missing'
  end;
  if v_reason is not null then
    perform jobs.reject_feed('stock', p_snapshot, v_reason);
    return v_reason;
  end if;
  -- All stock rows, in the order in which a checkout takes them; after this no checkout is half-way.
  perform from app.product_stock order by product_id for update;
  delete from app.stock_levels;
  insert into app.stock_levels select p.id, i.warehouse, i.quantity::integer
    from pg_temp.incoming_stock i join app.products p on p.sku = i.sku;
  perform private.accept_feed('stock', p_snapshot, v_as_of, v_count);
  update app.product_stock s set quantity = coalesce(n.quantity, 0), buffer = n.buffer, held = coalesce(n.held, 0)
    from (select b.product_id, b.buffer,
                 (select sum(l.quantity) from app.stock_levels l where l.product_id = b.product_id)::integer as quantity,
                 h.pieces as held
            from private.stock_buffers() b
            left join (select l.product_id, sum(l.quantity - l.preorder)::integer as pieces
                         from app.orders o join app.order_lines l on l.order_id = o.id
                        where o.status not in ('REJECTED', 'CANCELLED')
                          and (o.sync_status <> 'SYNCED' or o.synced_at >= v_as_of)
                        group by l.product_id) h on h.product_id = b.product_id) n
   where s.product_id = n.product_id
     and (s.quantity, s.buffer, s.held) is distinct from (coalesce(n.quantity, 0), n.buffer, coalesce(n.held, 0));
  return null;
end $$;

-- The same for credit: [{partner, outstanding}], whole rupiah.
create function jobs.apply_credit(p_snapshot text, p_started timestamptz, p_rows jsonb) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_reason text; v_count integer; v_last integer; v_as_of timestamptz := least(p_started, now());
begin
  drop table if exists pg_temp.incoming_credit; -- Never somebody else's of that name: that fails here.
  create temporary table incoming_credit (partner text, outstanding numeric) on commit drop;
  insert into pg_temp.incoming_credit select r.partner, r.outstanding
    from jsonb_to_recordset(p_rows) as r (partner text, outstanding numeric);
  select count(*) into v_count from pg_temp.incoming_credit;
  select row_count into v_last from app.feeds where name = 'credit' for update;
  v_reason := case
    when v_count = 0 then 'empty'
    when v_last is not null and abs(v_count - v_last) > v_last * 0.3 then 'row count ' || v_count || ' against ' || v_last || ' before'
    when exists (select from pg_temp.incoming_credit where not coalesce(outstanding >= 0 and outstanding <= 1000000000000000 and outstanding = trunc(outstanding), false)) then 'an amount is not a whole number >= 0'
    when exists (select from pg_temp.incoming_credit group by partner having count(*) > 1) then 'a store twice'
    when exists (select from pg_temp.incoming_credit i where not exists (select from app.partners p where p.code = i.partner)) then 'an unknown store'
  end;
  if v_reason is not null then
    perform jobs.reject_feed('credit', p_snapshot, v_reason);
    return v_reason;
  end if;
  perform from app.partner_credit order by partner_id for update;
  update app.partner_credit c set outstanding = n.outstanding
    from (select p.id, i.outstanding::bigint as outstanding from app.partners p
            left join pg_temp.incoming_credit i on i.partner = p.code) n
   where c.partner_id = n.id and c.outstanding is distinct from n.outstanding;
  perform private.accept_feed('credit', p_snapshot, v_as_of, v_count);
  return null;
end $$;

create function jobs.record_circuit(p_state text, p_failures integer, p_error text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update app.erp_circuit set state = p_state, since = now(), failures = p_failures, last_error = left(p_error, 300)
   where state <> p_state;
  if found then
    insert into app.erp_circuit_events (state, error) values (p_state, left(p_error, 300));
  end if;
end $$;

create function jobs.note_erp_ok() returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  update app.erp_circuit set last_ok_at = now(), failures = 0
$$;

-- When each feed was last good and how often it should be, for the schedule.
create function jobs.feed_ages() returns table (feed text, age_seconds double precision, interval_seconds double precision)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select name, extract(epoch from now() - as_of), private.number_setting('stock.sync_interval_minutes') * 60
    from app.feeds
$$;

create function jobs.push_rate() returns numeric
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select private.number_setting('erp.push_per_second')
$$;

-- Housekeeping: tries of yesterday, and carts untouched for 30 days.
create function jobs.sweep_leftovers() returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  delete from private.sign_in_tries where started < now() - interval '1 day';
  delete from app.carts where ctid = any (array(
    select ctid from app.carts where updated_at < now() - interval '30 days' limit 500 for update skip locked));
$$;

grant execute on all functions in schema jobs to worker;
