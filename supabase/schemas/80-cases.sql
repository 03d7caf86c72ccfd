-- Forensics: what is known about the work of salesmen in other people's names, and one page on which a salesman's case
-- can be read. Who reads it is noted.
--
-- This room keeps where each shadow order came from and what staff notes down. A case also shows what looked wrong
-- (app.abuse_hits), what owners said (app.disputes) and when he was shut out (app.suspensions); each of these is
-- written in a room of its own.
--
-- A trace is written with its order, by a trigger on app.orders. The worker adds where the address lies and whether the
-- way from the order before was possible; the inspection of the order adds what was bought. The worker leases the
-- traces that it looks at, and skips those that somebody holds.

-- Where a shadow order was placed from. Nobody reads this table: the case page does, through a function that notes who
-- looked.
create table app.shadow_traces (
  order_id     bigint primary key references app.orders on delete restrict,
  salesman_id  uuid not null references app.accounts on delete restrict,
  partner_id   uuid not null references app.partners on delete restrict,
  at           timestamptz not null,
  assigned     boolean not null,
  basket       text,
  ip           text,
  user_agent   text,
  device       text,
  sent_device  text,
  place        jsonb,
  distance_km  numeric,
  verdict      text check (verdict in ('PLAUSIBLE', 'IMPLAUSIBLE', 'INDETERMINATE')),
  verdict_why  jsonb,
  inspected_at timestamptz,
  tries        integer not null default 0,
  next_try_at  timestamptz not null default now()
);
comment on table app.shadow_traces is
  'Address, device and place of a shadow order, and whether the way from the last one was possible.';
comment on column app.shadow_traces.sent_device is
  'What the browser sent with the order itself: none, or another number than that of the login, where somebody '
  'dropped or swapped the cookie.';
create index shadow_traces_due on app.shadow_traces (order_id) where inspected_at is null;
create index on app.shadow_traces (salesman_id, at desc);
create index on app.shadow_traces (partner_id, at desc);
create index on app.shadow_traces (device, at desc) where device is not null;
create index on app.shadow_traces (basket, at desc);
create index on app.shadow_traces (at);
-- Looked at is what has a verdict and went through the rules: a sweep may have run the rules on an order first, because
-- they do not wait for places. Each salesman's orders come one after the other, since the way from the last one is
-- looked at.
create index shadow_traces_next on app.shadow_traces (salesman_id, at, order_id)
  where (verdict is null or inspected_at is null) and tries < 3;
create index shadow_traces_stuck on app.shadow_traces (next_try_at)
  where (verdict is null or inspected_at is null) and tries >= 3;
create index shadow_traces_placed on app.shadow_traces (salesman_id, at desc) where place is not null;
create index shadow_traces_implausible on app.shadow_traces (salesman_id, at desc) where verdict = 'IMPLAUSIBLE';

-- No grant.
alter table app.shadow_traces enable row level security;
create policy live_session on app.shadow_traces as restrictive to authenticated
  using ((select private.live_session()) is not null);

create trigger _030_not_deleted before delete on app.shadow_traces for each statement execute function private.keep();
create trigger _040_not_truncated before truncate on app.shadow_traces for each statement
  execute function private.keep();
alter table app.shadow_traces enable always trigger _030_not_deleted;
alter table app.shadow_traces enable always trigger _040_not_truncated;

-- What people of staff write down about a salesman's case.
create table app.case_notes (
  id          bigint generated always as identity primary key,
  salesman_id uuid not null references app.accounts on delete restrict,
  at          timestamptz not null default now(),
  author      text not null,
  note        text not null check (private.is_note(note, 1000))
);
comment on table app.case_notes is 'Notes on a salesman''s case. Rows are added and never changed.';
create index on app.case_notes (salesman_id, at desc);

call private.for_staff(array['case_notes']);

create trigger _010_append_only before update or delete on app.case_notes
  for each row execute function private.refuse_change();
create trigger _020_append_only_truncate before truncate on app.case_notes
  for each statement execute function private.refuse_change();

-- The worker looks where an order came from.

-- Shadow orders to look at, leased for a minute: of each salesman the oldest alone, with where he was before. A pass
-- that fails is tried again later and later; after three it keeps the ones behind it waiting no longer.
create function jobs.claim_traces(p_limit integer)
returns table (order_id bigint, number text, at timestamptz, ip text,
  store_latitude double precision, store_longitude double precision, previous jsonb, request_id text)
language sql security definer set search_path = pg_catalog, pg_temp as $$
  with recursive head (salesman_id, order_id) as (
    (select t.salesman_id, t.order_id from app.shadow_traces t
      where (t.verdict is null or t.inspected_at is null) and t.tries < 3
      order by t.salesman_id, t.at, t.order_id limit 1)
    union all
    select n.salesman_id, n.order_id from head h cross join lateral (
      select t.salesman_id, t.order_id from app.shadow_traces t
       where (t.verdict is null or t.inspected_at is null) and t.tries < 3 and t.salesman_id > h.salesman_id
       order by t.salesman_id, t.at, t.order_id limit 1) n),
  due as (
    select t.order_id from app.shadow_traces t
     where (t.verdict is null or t.inspected_at is null) and t.next_try_at <= now()
       and t.order_id = any (array(
         (select h.order_id from head h)
         union all
         (select s.order_id from app.shadow_traces s
           where (s.verdict is null or s.inspected_at is null) and s.tries >= 3 and s.next_try_at <= now()
           order by s.next_try_at limit p_limit)))
     order by t.order_id limit p_limit for update skip locked),
  leased as (
    update app.shadow_traces t
       set tries = t.tries + 1, next_try_at = now() + interval '1 minute' * power(2, least(t.tries, 6))
      from due, app.orders o, app.partners p
     where t.order_id = due.order_id and o.id = t.order_id and p.id = t.partner_id
    returning t.order_id, t.salesman_id, o.number, t.at, t.ip, p.latitude, p.longitude)
  select l.order_id, l.number, l.at, l.ip, l.latitude, l.longitude,
         (select jsonb_build_object('order', po.number, 'at', b.at, 'latitude', b.place -> 'latitude',
                   'longitude', b.place -> 'longitude', 'radiusKm', b.place -> 'radiusKm')
            from app.shadow_traces b join app.orders po on po.id = b.order_id
           where b.salesman_id = l.salesman_id and b.place is not null and b.at <= l.at and b.order_id <> l.order_id
           order by b.at desc limit 1),
         (select u.request_id from app.erp_syncs u where u.order_id = l.order_id)
    from leased l
   order by l.order_id
$$;
grant execute on function jobs.claim_traces to worker;

-- What was found out about the address. Said again it changes nothing that a rule has looked at.
create function jobs.settle_trace(p_order bigint, p_place jsonb, p_distance_km numeric, p_verdict text, p_why jsonb)
returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  update app.shadow_traces set place = p_place, distance_km = p_distance_km, verdict = p_verdict, verdict_why = p_why
   where order_id = p_order and (verdict is null or inspected_at is null)
$$;
grant execute on function jobs.settle_trace to worker;

-- Staff looks for a salesman, reads his case and writes down what it makes of it.

-- Salesmen who have ordered in stores' names, by score or by their last such order, with what the last thirty days
-- hold. No address and no place is in it, so looking at the list is not noted. p_with: null, HITS, DISPUTES,
-- IMPLAUSIBLE or SUSPENDED.
create function app.list_cases(p_with text default null, p_by text default 'SCORE',
  p_after_value numeric default null, p_after_code text default null) returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare v_since timestamptz := now() - interval '30 days'; v_cases jsonb;
begin
  perform private.assert_alive();
  if not private.viewer_is_staff() then perform private.refuse('DENIED', 'cases are staff''s'); end if;
  return (
    with known as materialized (
      select a.id, a.code, a.name, a.status, l.at as last_at,
             case when h.any_hit then coalesce((private.abuse_score(a.id) ->> 'score')::numeric, 0) else 0 end as score,
             exists (select from app.abuse_hits x where x.salesman_id = a.id and x.at >= v_since) as hits,
             exists (select from app.disputes d where d.salesman_id = a.id and d.disputed_at >= v_since) as disputes,
             exists (select from app.shadow_traces i
                      where i.salesman_id = a.id and i.verdict = 'IMPLAUSIBLE' and i.at >= v_since) as implausible
        from app.accounts a
       cross join lateral (
         select t.at from app.shadow_traces t where t.salesman_id = a.id order by t.at desc limit 1) l
       cross join lateral (select exists (select from app.abuse_hits x where x.salesman_id = a.id) as any_hit) h
       where a.role = 'SALESMAN'),
    page as (
      select k.*, case when p_by = 'RECENT' then extract(epoch from k.last_at) else k.score end as value
        from known k
       where case p_with when 'HITS' then k.hits when 'DISPUTES' then k.disputes when 'IMPLAUSIBLE' then k.implausible
                         when 'SUSPENDED' then k.status = 'SUSPENDED' else true end),
    shown as (
      select * from page
       where p_after_code is null or value < p_after_value or (value = p_after_value and code > p_after_code)
       order by value desc, code limit 26)
    select jsonb_build_object(
        'cases', coalesce(jsonb_agg(jsonb_build_object(
            'code', s.code, 'name', s.name, 'status', s.status, 'score', s.score, 'value', s.value,
            'lastAt', s.last_at,
            'orders', (select count(*) from app.shadow_traces t where t.salesman_id = s.id and t.at >= v_since),
            'implausible', (select count(*) from app.shadow_traces t
                             where t.salesman_id = s.id and t.verdict = 'IMPLAUSIBLE' and t.at >= v_since),
            'hits', (select count(*) from app.abuse_hits x where x.salesman_id = s.id and x.at >= v_since),
            'disputes', (select count(*) from app.disputes d where d.salesman_id = s.id and d.disputed_at >= v_since))
          order by s.value desc, s.code), '[]'),
        'counts', (select jsonb_build_object('ALL', count(*), 'HITS', count(*) filter (where hits),
                            'DISPUTES', count(*) filter (where disputes),
                            'IMPLAUSIBLE', count(*) filter (where implausible),
                            'SUSPENDED', count(*) filter (where status = 'SUSPENDED'))
                     from known))
      from shown s);
end $$;
grant execute on function app.list_cases to authenticated;

-- One shadow order as its case shows it. `sharedWith`: other salesmen whose orders came from the same browser.
create function private.case_order(p_order bigint) returns jsonb
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select jsonb_build_object(
      'number', o.number, 'at', t.at, 'total', o.total, 'status', o.status, 'held', o.held,
      'reason', s.reason, 'session', s.started_at,
      'store', jsonb_build_object('code', p.code, 'name', p.name, 'city', p.city,
        'latitude', p.latitude, 'longitude', p.longitude),
      'assigned', t.assigned, 'ip', t.ip, 'userAgent', t.user_agent, 'device', t.device,
      'sharedWith', (select coalesce(jsonb_agg(x.code), '[]') from (
        select distinct a.code from app.shadow_traces d join app.accounts a on a.id = d.salesman_id
         where d.device = t.device and d.salesman_id <> t.salesman_id
         order by a.code limit 5) x),
      'place', t.place, 'distanceKm', t.distance_km, 'verdict', t.verdict, 'why', t.verdict_why)
    from app.shadow_traces t
    join app.orders o on o.id = t.order_id
    join app.partners p on p.id = t.partner_id
    left join app.acting_sessions s on s.id = o.acting_session_id
   where t.order_id = p_order
$$;

-- What else happened from p_from on and before p_until.
create function private.case_events(p_salesman uuid, p_from timestamptz, p_until timestamptz) returns jsonb
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with sessions as (
    select s.started_at as at, jsonb_build_object('at', s.started_at, 'endedAt', s.ended_at,
             'endedReason', s.ended_reason, 'reason', s.reason, 'store', p.name, 'storeCode', p.code) as event
      from app.acting_sessions s join app.partners p on p.id = s.partner_id
     where s.salesman_id = p_salesman and s.started_at >= p_from and s.started_at < p_until
     order by s.started_at desc limit 101),
  hits as (
    select h.at, jsonb_build_object('at', h.at, 'rule', h.rule, 'version', h.rule_version, 'weight', h.weight,
             'geographic', h.geographic, 'inputs', h.inputs, 'order', o.number) as event
      from app.abuse_hits h left join app.orders o on o.id = h.order_id
     where h.salesman_id = p_salesman and h.at >= p_from and h.at < p_until
     order by h.at desc limit 101),
  disputes as (
    select d.disputed_at as at, jsonb_build_object('at', d.disputed_at, 'order', o.number, 'store', p.name,
             'via', d.via, 'note', d.note, 'outcome', d.outcome, 'resolvedAt', d.resolved_at,
             'resolvedBy', d.resolved_by, 'resolution', d.resolution_note) as event
      from app.disputes d join app.orders o on o.id = d.order_id join app.partners p on p.id = d.partner_id
     where d.salesman_id = p_salesman and d.disputed_at >= p_from and d.disputed_at < p_until
     order by d.disputed_at desc limit 101),
  suspensions as (
    select s.suspended_at as at, jsonb_build_object('at', s.suspended_at, 'by', s.suspended_by,
             'reason', coalesce(to_jsonb(s.reason), s.score), 'liftedAt', s.lifted_at, 'liftedBy', s.lifted_by,
             'liftReason', s.lift_reason) as event
      from app.suspensions s
     where s.account_id = p_salesman and s.suspended_at >= p_from and s.suspended_at < p_until
     order by s.suspended_at desc limit 101),
  notes as (
    select n.at, jsonb_build_object('at', n.at, 'author', n.author, 'note', n.note) as event
      from app.case_notes n
     where n.salesman_id = p_salesman and n.at >= p_from and n.at < p_until
     order by n.at desc limit 101),
  kinds (kind, events) as (
    select 'sessions', array(select event from sessions) union all
    select 'hits', array(select event from hits) union all
    select 'disputes', array(select event from disputes) union all
    select 'suspensions', array(select event from suspensions) union all
    select 'notes', array(select event from notes))
  select jsonb_object_agg(k.kind, to_jsonb(k.events[1:100]))
      || jsonb_build_object('cut', coalesce(jsonb_agg(k.kind) filter (where cardinality(k.events) > 100), '[]'))
    from kinds k
$$;

-- One salesman's case, twenty shadow orders at a time, newest first, with everything else that happened in the same
-- stretch of time (a hundred of each kind at most; `cut` names the kinds that have more). Who opens it is noted in the
-- trail, in the same transaction, once per reader and case in five minutes: each further page of one reading would say
-- nothing new. p_before: the order with which the page before this one ended. Errors: DENIED for all but staff,
-- NOT_FOUND no such salesman.
create function app.open_case(p_code text, p_before bigint default null) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_viewer uuid := private.viewer_id();
  v app.accounts; v_orders jsonb; v_next bigint; v_from timestamptz; v_until timestamptz;
  v_limits jsonb := private.abuse_settings();
begin
  perform private.assert_alive();
  if not private.viewer_is_staff() then perform private.refuse('DENIED', 'cases are staff''s'); end if;
  select * into v from app.accounts where code = p_code and role = 'SALESMAN';
  if not found then perform private.refuse('NOT_FOUND'); end if;
  if not exists (select from app.audit_events e
                  where e.actor_id = v_viewer and e.action = 'CASE_READ' and e.entity_key = p_code
                    and e.at > now() - interval '5 minutes') then
    perform private.audit('CASE_READ', 'account', p_code, jsonb_build_object('before', p_before), p_code);
  end if;

  v_until := coalesce((select t.at from app.shadow_traces t where t.order_id = p_before and t.salesman_id = v.id),
    'infinity');
  with page as (
    select t.* from app.shadow_traces t
     where t.salesman_id = v.id and (t.at, t.order_id) < (v_until, coalesce(p_before, 0))
     order by t.at desc, t.order_id desc limit 21),
  counted as (select p.*, row_number() over (order by p.at desc, p.order_id desc) as place_in_list from page p)
  select coalesce(jsonb_agg(private.case_order(c.order_id) order by c.at desc, c.order_id desc)
           filter (where c.place_in_list <= 20), '[]'),
         case when count(*) > 20 then min(c.order_id) filter (where c.place_in_list = 20) end,
         case when count(*) > 20 then min(c.at) filter (where c.place_in_list <= 20) else '-infinity' end
    into v_orders, v_next, v_from
    from counted c;

  return jsonb_build_object(
      'salesman', jsonb_build_object('code', v.code, 'name', v.name, 'status', v.status, 'since', v.created_at,
        'stores', (select count(*) from app.assignments g where g.salesman_id = v.id)),
      'score', private.abuse_score(v.id),
      'limits', jsonb_build_object('review', v_limits -> 'review_score', 'suspend', v_limits -> 'suspend_score'),
      'totals', (select jsonb_build_object('days', 90, 'orders', count(*), 'amount', coalesce(sum(o.total), 0),
                          'stores', count(distinct t.partner_id),
                          'plausible', count(*) filter (where t.verdict = 'PLAUSIBLE'),
                          'implausible', count(*) filter (where t.verdict = 'IMPLAUSIBLE'),
                          'indeterminate', count(*) filter (where t.verdict = 'INDETERMINATE'),
                          'waiting', count(*) filter (where t.verdict is null),
                          'disputes', (select count(*) from app.disputes d
                                        where d.salesman_id = v.id and d.disputed_at >= now() - interval '90 days'))
                   from app.shadow_traces t join app.orders o on o.id = t.order_id
                  where t.salesman_id = v.id and t.at >= now() - interval '90 days'),
      'orders', v_orders, 'next', v_next)
    || private.case_events(v.id, v_from, v_until);
end $$;
grant execute on function app.open_case to authenticated;

-- Errors: DENIED for all but staff, NOT_FOUND no such salesman, REASON_REQUIRED.
create function app.add_case_note(p_code text, p_note text) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_salesman uuid; v_note bigint;
begin
  perform private.assert_alive();
  if not private.viewer_is_staff() then perform private.refuse('DENIED', 'cases are staff''s'); end if;
  select id into v_salesman from app.accounts where code = p_code and role = 'SALESMAN';
  if not found then perform private.refuse('NOT_FOUND'); end if;
  perform private.assert_note(p_note, 1000);
  insert into app.case_notes (salesman_id, author, note)
    values (v_salesman, (select code from app.accounts where id = private.viewer_id()), btrim(p_note))
    returning id into v_note;
  -- The words stay where the case is: the trail names them.
  perform private.audit('CASE_NOTED', 'account', p_code, jsonb_build_object('note', v_note), p_code);
  return v_note;
end $$;
grant execute on function app.add_case_note to authenticated;
