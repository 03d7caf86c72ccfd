/** Articles up to $1, each after one of the catalogue. */
export const bigProducts = `
  with made as (
    insert into app.products (sku, brand_id, category_id, name, description_id, description_en, unit, picture)
    select 'ALF-' || lpad(n::text, greatest(4, length(n::text)), '0'), t.brand_id, t.category_id, t.name || ' Seri '
      || (n - 1) / 600,
           t.description_id, t.description_en, t.unit, t.picture
      from generate_series(601, $1::int) n join app.products t on t.sku = 'ALF-' || lpad((1 + (n - 1) % 600)::text, 4,
        '0')
    on conflict (sku) do nothing
    returning id, sku)
  insert into app.prices (product_id, tier, price, volume_minimum, volume_price)
  select made.id, c.tier, c.price, c.volume_minimum, c.volume_price
    from made join app.products t on t.sku = 'ALF-' || lpad((1 + (right(made.sku, -4)::int - 1) % 600)::text, 4, '0')
    join app.prices c on c.product_id = t.id`;

const salesmen = 100;

/**
 * Stores up to $1 as of $2, each after one of the demo's, and a hundred salesmen who look after them. All sign in
 * with the password of the demo: its hash is copied.
 */
export const bigPartners = `
  with wanted as (
    select gen_random_uuid() as id, 'SLS-' || (1000 + n) as code, 'SALESMAN' as role, 'Sales ' || n as name,
      null::int as n
      from generate_series(1, ${salesmen}) n
    union all
    select gen_random_uuid(), 'PTR-' || lpad(n::text, greatest(4, length(n::text)), '0'), 'PARTNER',
           case t.salon_type when 'BARBER' then 'Barber ' when 'BRIDAL' then 'Rias ' else 'Salon ' end || t.city || ' '
             || n, n
      from generate_series(41, $1::int) n join app.partners t on t.code = 'PTR-' || lpad((1 + n % 39)::text, 4, '0')),
  missing as materialized (select w.* from wanted w where not exists (select from app.accounts a
    where a.code = w.code)),
  logins as (
    insert into auth.users (id, aud, role, email, encrypted_password, email_confirmed_at, raw_app_meta_data,
      raw_user_meta_data,
                            is_sso_user, is_anonymous, created_at, updated_at)
    select m.id, 'authenticated', 'authenticated', lower(m.code) || '@demo.test', u.encrypted_password, $2::timestamptz,
           u.raw_app_meta_data, jsonb_build_object('name', m.name), false, false, $2::timestamptz, $2::timestamptz
      from missing m cross join auth.users u where u.email = 'budi@demo.test'),
  known as (
    insert into auth.identities (id, user_id, provider, provider_id, identity_data, created_at, updated_at)
    select id, id, 'email', id::text, jsonb_build_object('sub', id, 'email', lower(code) || '@demo.test'),
      $2::timestamptz, $2::timestamptz
      from missing),
  people as (
    insert into app.accounts (id, code, role, name, created_at) select id, code, role, name,
      $2::timestamptz - interval '800 days' from missing),
  stores as (
    insert into app.partners (account_id, code, name, tier, region_code, city, salon_type, chairs, specialisation,
      latitude, longitude,
                              credit_limit, created_at)
    select m.id, m.code, m.name, x.tier, t.region_code, t.city, t.salon_type, t.chairs, t.specialisation,
           t.latitude + (m.n % 41 - 20) / 1000.0, t.longitude + (m.n % 37 - 18) / 1000.0,
           case x.tier when 'PLATINUM' then 100000000 when 'GOLD' then 25000000 else 8000000 end,
             $2::timestamptz - interval '800 days'
      from missing m join app.partners t on t.code = 'PTR-' || lpad((1 + m.n % 39)::text, 4, '0')
      cross join lateral (select case when m.n % 20 = 0 then 'PLATINUM' when m.n % 4 = 1 then 'GOLD'
        else 'SILVER' end as tier) x
    returning id, code),
  reached as (
    insert into app.partner_contacts (partner_id, owner_email, owner_whatsapp)
    select id, lower(code) || '@demo.test', '628135' || lpad(right(code, -4), 7, '0') from stores)
  insert into app.assignments (salesman_id, partner_id)
  select s.id, p.id from stores p
    join (select id, code from missing where role = 'SALESMAN' union all select id, code from app.accounts
      where role = 'SALESMAN') s
      on s.code = 'SLS-' || (1001 + right(p.code, -4)::int % ${salesmen})`;

/** Per connection: numbered stores and articles to draw from, tables for a batch, and the function that makes one. */
export const pickers = `
  create temporary table pick_store as
    select (row_number() over (order by p.code))::int as n, p.id as partner_id, p.account_id, p.name, p.tier,
      p.credit_limit, d.id as route,
           c.owner_email, s.id as salesman_id, s.name as salesman
      from app.partners p join app.sub_distributors d on d.region_code = p.region_code and d.active
      join app.partner_contacts c on c.partner_id = p.id
      join lateral (select a.id, a.name from app.assignments g join app.accounts a on a.id = g.salesman_id
                     where g.partner_id = p.id order by a.code limit 1) s on true;
  create temporary table pick_article as
    select (dense_rank() over (order by md5(p.sku)))::int as n, p.id as product_id, p.sku, p.name, p.unit, c.tier,
      c.price, m.price as market
      from app.products p join app.prices c on c.product_id = p.id join app.prices m on m.product_id = p.id
        and m.tier = 'SILVER';
  analyze pick_store; analyze pick_article;

  create temporary table batch_order (id bigint, number text, at timestamptz, age interval, fate float8, shadow uuid,
    pieces int,
    start int, step int, store pick_store, status text, total bigint, market bigint, points int);
  create temporary table batch_line (order_id bigint, line_no int, partner_id uuid, product_id bigint, sku text,
    name text, unit text, quantity int,
    unit_price bigint, market_price bigint);

  create function pg_temp.big_batch(p_from int, p_until int, p_now timestamptz, p_all int) returns void
    language plpgsql as $$
  declare
    v_stores int := (select count(*) from pick_store);
    v_articles int := (select max(n) from pick_article);
    v_ids regclass := pg_get_serial_sequence('app.orders', 'id');
  begin
    truncate batch_order, batch_line;
    -- The popular stores and articles by a power law; the numbers rise with time.
    insert into batch_order
      select s.id, 'ORD-' || to_char(s.at at time zone 'Asia/Jakarta', 'YYYY') || '-'
        || lpad(s.seq::text, greatest(6, length(s.seq::text)), '0'),
             s.at, p_now - s.at, s.fate, s.shadow, s.pieces, s.start, s.step, k,
             case when s.fate < 0.03 then 'CANCELLED' when s.fate < 0.04 then 'REJECTED'
               when p_now - s.at > interval '5 days' then 'COMPLETED'
                  when p_now - s.at > interval '2 days' then 'SHIPPED' when p_now - s.at > interval '1 day'
                    then 'APPROVED'
                  when p_now - s.at > interval '6 hours' then 'PROCESSING' else 'SUBMITTED' end, null, null, null
        from (select nextval(v_ids) as id, nextval('app.order_numbers') as seq,
                     p_now - interval '5 minutes' - interval '730 days' * sqrt(1 - g / p_all::float8) as at,
                     random() as fate, case when random() < 0.1 then gen_random_uuid() end as shadow,
                     1 + floor(random() * 5)::int as pieces, floor(v_articles * power(random(), 3))::int as start,
                     1 + floor(random() * 97)::int as step, 1 + floor(v_stores * power(random(), 2))::int as store
                from generate_series(p_from + 1, p_until) g) s
        join pick_store k on k.n = s.store;
    analyze batch_order;
    insert into batch_line
      select o.id, l, (o.store).partner_id, a.product_id, a.sku, a.name, a.unit, q, a.price, a.market
        from batch_order o cross join generate_series(1, 5) l
        join pick_article a on a.n = 1 + (o.start + l * o.step) % v_articles and a.tier = (o.store).tier
        cross join lateral (select 1 + ((o.start + l * 7) % case (o.store).tier when 'SILVER' then 4 when 'GOLD' then 8
          else 16 end) as q) x
       where l <= o.pieces;
    update batch_order o set total = t.total, market = t.market, points = case when t.total < 500000 then 0
             else div(2 * t.total * case (o.store).tier when 'SILVER' then 100 when 'GOLD' then 120
               else 150 end + 1000000, 2000000) end
      from (select order_id, sum(quantity * unit_price) as total, sum(quantity * market_price) as market
        from batch_line group by 1) t
     where t.order_id = o.id;

    insert into app.acting_sessions (id, salesman_id, partner_id, session_id, reason, started_at, expires_at, ended_at,
      ended_reason)
      select shadow, (store).salesman_id, (store).partner_id, shadow, 'Kunjungan rutin ke toko',
        at - interval '9 minutes',
             at + interval '51 minutes', at + interval '1 minute', 'BY_HAND' from batch_order where shadow is not null;
    insert into app.orders (id, number, partner_id, placed_by, placed_by_name, acting_session_id, status, sync_status,
      synced_at, erp_document,
        credit_light, credit_inputs, tier, market_total, total, points, routed_to, routed_at, checkout_key,
          cart_digest, created_at)
      overriding system value
      select id, number, (store).partner_id, case when shadow is null then (store).account_id
        else (store).salesman_id end,
             case when shadow is null then (store).name else (store).salesman end, shadow, status, 'SYNCED',
               at + interval '20 seconds',
             'SO' || right(number, -3), 'GREEN',
             jsonb_build_object('light', 'GREEN', 'reason', 'WITHIN_LIMIT', 'limit', (store).credit_limit, 'ours', 0,
               'erp', 0,
               'room', (store).credit_limit, 'total', total, 'over', 0, 'asOf', at - interval '5 minutes'),
             (store).tier, market, total, points, (store).route, at, gen_random_uuid(), md5(number), at
        from batch_order order by id;
    insert into app.shadow_alerts (order_id, recipient, state, attempts, provider_id, next_attempt_at, created_at,
      sent_at)
      select id, (store).owner_email, 'SENT', 1, number, at, at, at + interval '4 seconds' from batch_order
        where shadow is not null;
    insert into app.order_lines (order_id, line_no, partner_id, product_id, sku, name, unit, quantity,
      unit_price, market_price)
      select * from batch_line order by order_id, line_no;
    insert into app.erp_syncs (order_id, attempts, next_attempt_at, done_at) select id, 1, at,
      at + interval '20 seconds' from batch_order order by id;
    with told as (insert into app.order_events (order_id, at, kind, actor, detail)
      select id, e.at, e.kind, e.actor, e.detail
        from batch_order o
        cross join lateral (values (o.at, 'PLACED', case when o.shadow is null then (o.store).name
          else (o.store).salesman end,
                                    jsonb_build_object('shadow', o.shadow is not null, 'light', 'GREEN')),
                                   (least(o.at + interval '2 days', p_now), o.status, 'Admin HQ', '{}')) e (at, kind,
                                     actor, detail)
       where e.kind <> 'SUBMITTED' order by id, e.at returning id, kind)
    insert into app.order_event_notes (event_id, detail) select id, '{"note": ""}' from told where kind <> 'PLACED';
    insert into app.invoices (number, order_id, partner_id, amount, paid, status, issued_at, due_on)
      select 'INV-' || right(number, -4), id, (store).partner_id, total, case when paid then total else 0 end,
             case when paid then 'PAID' else 'UNPAID' end, at + interval '6 hours',
             (at + interval '6 hours' + term)::date
        from batch_order
        cross join lateral (select case (store).tier when 'GOLD' then interval '14 days' when 'PLATINUM'
          then interval '30 days' else interval '0' end as term) t
        cross join lateral (select age > term + interval '2 days' as paid) p
       where status in ('APPROVED', 'SHIPPED', 'COMPLETED') order by id;
    insert into app.points_ledger (partner_id, order_id, kind, points, at)
      select i.partner_id, i.order_id, 'EARNED', b.points, i.issued_at
        from batch_order b join app.invoices i on i.order_id = b.id and i.status = 'PAID'
       where b.points > 0 order by b.id;
  end $$;`;

export const bigBatch = "select pg_temp.big_batch($1, $2, $3, $4)";
