-- Detectors: what is wrong is found by rules, before a store has to telephone. A rule is data: what it measures, from
-- which value on a look is bad, how many bad looks set it off, for how long all has to be well before it is over, which
-- incident it opens at which level, and the playbook to follow.
--
-- The worker looks every ten seconds, by the database's clock (jobs.look_at_detectors); any number of workers may, one
-- look at a time. A rule that cannot measure freezes: what was broken stays broken and what was well stays well,
-- because silence proves nothing; frozen for a quarter of an hour it is an incident itself. What a rule ended is
-- RESOLVED, never CLOSED. Two rules may have one incident (`key`), each at its level: it is over with the last of them.
--
-- What is down so far that nobody can look from here is seen by the watcher, a process without a database, and by a
-- service outside; they tell it afterwards (app.note_outage).

-- The rules.

create table app.detectors (
  name      text primary key check (name ~ '^[a-z]+(-[a-z]+)*$'),
  position  smallint not null unique check (position > 0),
  severity  smallint not null references app.incident_levels,
  cause     text not null check (cause ~ '^[A-Z_]{3,40}$'),
  -- Of its incident: one open incident per key.
  key       text not null,
  playbook  text not null references app.playbooks,
  -- The worker looks; or those outside tell.
  seen_by   text not null default 'WORKER' check (seen_by in ('WORKER', 'WATCHER')),
  unit      text not null check (unit in ('SHARE', 'COUNT', 'MINUTES', 'SECONDS', 'TIMES')),
  -- A look is bad from this value on.
  threshold numeric not null check (threshold > 0),
  -- So many bad looks of the last `looks` set it off.
  bad_looks smallint not null default 1 check (bad_looks > 0),
  looks     smallint not null default 1 check (looks between bad_looks and 30),
  -- So long all has to be well, with open eyes, until it is over.
  calm      interval not null default '10 minutes' check (calm >= '0'),
  -- False: something else knows when its incident is over.
  ends      boolean not null default true,
  -- What an admin may set it to.
  constraint threshold_makes_sense check (case unit
    when 'SHARE' then threshold between 0.01 and 1
    when 'COUNT' then threshold between 1 and 1000 and threshold = trunc(threshold)
    when 'MINUTES' then threshold between 1 and 1440
    when 'SECONDS' then threshold between 10 and 3600
    else threshold between 1 and 1000 end)
);
comment on table app.detectors is 'Rules by which incidents are found: what is measured, from when on it is bad.';
call private.for_staff(array['detectors']);
create constraint trigger _100_needs_audit after update on app.detectors
  deferrable initially deferred for each row execute function private.require_audit('detector', 'name');
insert into app.detectors
  (position, name, severity, cause, key, playbook, unit, threshold, bad_looks, looks, calm, seen_by, ends) values
  (1, 'database-down', 1, 'DATABASE_DOWN', 'database-down', 'maintenance', 'COUNT', 1, 1, 1, '0', 'WATCHER', true),
  (2, 'site-down', 1, 'SITE_DOWN', 'site-down', 'rollback', 'COUNT', 1, 1, 1, '0', 'WATCHER', true),
  (3, 'orders-failing', 1, 'ORDERS_FAILING', 'orders-failing', 'rollback', 'SHARE', 0.2, 1, 1, '10 minutes', 'WORKER',
   true),
  (4, 'order-failed', 2, 'ORDERS_FAILING', 'orders-failing', 'rollback', 'COUNT', 1, 1, 1, '10 minutes', 'WORKER',
   true),
  (5, 'order-cut', 3, 'ORDERS_FAILING', 'orders-failing', 'rollback', 'COUNT', 1, 1, 1, '10 minutes', 'WORKER', true),
  (6, 'journey-failing', 1, 'JOURNEY_FAILING', 'journey-failing', 'rollback', 'COUNT', 3, 1, 1, '3 minutes', 'WORKER',
   true),
  (7, 'sign-in-failing', 1, 'SIGN_IN_FAILING', 'sign-in-failing', 'rollback', 'SHARE', 0.5, 2, 3, '10 minutes',
   'WORKER', true),
  (8, 'lead-form-failing', 1, 'LEAD_FORM_BROKEN', 'lead-form', 'rollback', 'SHARE', 0.5, 1, 1, '10 minutes', 'WORKER',
   true),
  (9, 'lead-form-check', 1, 'LEAD_FORM_BROKEN', 'lead-form', 'rollback', 'COUNT', 3, 1, 1, '3 minutes', 'WORKER',
   true),
  (10, 'erp-dead', 1, 'ERP_DOWN', 'erp-down', 'erp-heartattack', 'MINUTES', 30, 1, 1, '0', 'WORKER', false),
  (11, 'erp-orders-failing', 1, 'ERP_DOWN', 'erp-down', 'erp-heartattack', 'COUNT', 1, 1, 1, '0', 'WORKER', false),
  (12, 'order-not-synced', 2, 'ORDER_NOT_SYNCED', 'order-not-synced', 'erp-heartattack', 'COUNT', 1, 1, 1, '1 minute',
   'WORKER', true),
  (13, 'orders-not-synced', 1, 'ORDER_NOT_SYNCED', 'order-not-synced', 'erp-heartattack', 'SHARE', 0.5, 1, 1,
   '10 minutes', 'WORKER', true),
  (14, 'order-waiting', 2, 'ORDER_WAITING', 'order-waiting', 'erp-heartattack', 'MINUTES', 15, 2, 2, '1 minute',
   'WORKER', true),
  (15, 'owner-not-told', 3, 'OWNER_NOT_TOLD', 'owner-not-told', 'agent-abuse', 'COUNT', 1, 1, 1, '1 minute', 'WORKER',
   true),
  (16, 'requests-failing', 2, 'REQUESTS_FAILING', 'requests-failing', 'rollback', 'SHARE', 0.05, 2, 3, '10 minutes',
   'WORKER', true),
  (17, 'requests-slow', 2, 'REQUESTS_SLOW', 'requests-slow', 'rollback', 'SHARE', 0.05, 2, 3, '10 minutes', 'WORKER',
   true),
  (18, 'stock-stuck', 2, 'STOCK_STUCK', 'stock-stuck', 'erp-heartattack', 'MINUTES', 30, 6, 6, '1 minute', 'WORKER',
   true),
  (19, 'credit-stuck', 2, 'CREDIT_UNUSABLE', 'credit-unusable', 'erp-heartattack', 'MINUTES', 60, 6, 6, '1 minute',
   'WORKER', true),
  (20, 'credit-amber-by-error', 2, 'CREDIT_UNUSABLE', 'credit-unusable', 'erp-heartattack', 'COUNT', 1, 1, 1,
   '10 minutes', 'WORKER', true),
  (21, 'clock-jump', 3, 'CLOCK_JUMPED', 'clock-jump', 'maintenance', 'SECONDS', 60, 1, 1, '10 minutes', 'WORKER', true),
  (22, 'detector-blind', 3, 'DETECTOR_BLIND', 'detector-blind', 'maintenance', 'COUNT', 1, 1, 1, '1 minute', 'WORKER',
   true),
  (23, 'web-down', 2, 'WEB_DOWN', 'web-down', 'rollback', 'COUNT', 1, 1, 1, '0', 'WATCHER', true),
  (24, 'worker-down', 2, 'WORKER_SILENT', 'worker-down', 'rollback', 'COUNT', 1, 1, 1, '0', 'WATCHER', true);

-- What a rule names is offered to its incident.
insert into app.playbook_causes (cause, playbook)
  select distinct cause, playbook from app.detectors d
   where not exists (select from app.playbook_causes c where c.cause = d.cause);

-- How each is at the moment.
create table app.detector_states (
  detector     text primary key references app.detectors,
  looked_at    timestamptz,
  -- FEW: too little went on to judge by. BLIND: nothing can be seen.
  sight        text not null default 'BLIND' check (sight in ('SEEN', 'FEW', 'BLIND')),
  blind_since  timestamptz not null default now(),
  measured_at  timestamptz,
  value        numeric,
  detail       jsonb not null default '{}',
  -- The last looks with open eyes, the newest last: 1 is bad.
  recent       text not null default '' check (recent ~ '^[01]{0,30}$'),
  broken_since timestamptz,
  calm         interval not null default '0',
  set_off_at   timestamptz,
  times        integer not null default 0
);
comment on table app.detector_states is 'What each detector saw last, and whether it is set off or cannot see.';
call private.for_staff(array['detector_states']);
insert into app.detector_states (detector) select name from app.detectors;

-- One look at a time; from when the last was.
create table private.detector_looks (
  one       boolean primary key default true check (one),
  looked_at timestamptz not null default '-infinity'
);
alter table private.detector_looks enable row level security;
insert into private.detector_looks default values;

-- What is told from outside.

-- A stretch in which the database, the site, one of its web processes or the worker was not there, as the watcher or a
-- service outside saw it.
create table app.outages (
  id          uuid primary key,
  source      text not null check (source in ('WATCHER', 'OUTSIDE')),
  what        text not null check (what in ('DATABASE', 'SITE', 'WEB', 'WORKER')),
  began_at    timestamptz not null,
  ended_at    timestamptz check (ended_at >= began_at),
  told_at     timestamptz not null default now(),
  incident_id bigint not null references app.incidents on delete restrict
);
comment on table app.outages is 'When the database, the site or a process was not there, as seen from outside.';
create index on app.outages (incident_id);
create index outages_open on app.outages (what) where ended_at is null;
call private.for_staff(array['outages']);

create table private.watch_reports (
  source text primary key check (source in ('WATCHER', 'OUTSIDE')),
  at     timestamptz not null default now()
);
comment on table private.watch_reports is 'When who watches from outside last said that he watches.';
alter table private.watch_reports enable row level security;

-- The journey that is tried each minute: how each try went.
create table app.journey_runs (
  id     bigint generated always as identity primary key,
  at     timestamptz not null default now(),
  kind   text not null check (kind in ('ORDER', 'LEAD')),
  ok     boolean not null,
  -- Where it ended.
  step   text not null check (step ~ '^[A-Z_]{3,30}$'),
  status smallint,
  ms     integer not null check (ms >= 0)
);
comment on table app.journey_runs is 'Each try of the journey that nobody makes: an order, a lead. Kept for 90 days.';
create index on app.journey_runs (kind, id desc);
create index on app.journey_runs (at);
call private.for_staff(array['journey_runs'], false);

-- From when on a rule is set off, as an admin sets it, in the figure that the page shows: a share in per cent. The next
-- look goes by it. Errors: 28000, DENIED for all but admins, DETECTOR of none, DETECTOR_FIXED of one that is told from
-- outside, THRESHOLD of a value out of bounds, REASON_REQUIRED.
create function app.set_threshold(p_detector text, p_value numeric, p_reason text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.detectors; v_value numeric;
begin
  perform private.assert_alive();
  perform private.assert_role('ADMIN', 'only an admin changes rules');
  select * into v from app.detectors where name = p_detector for update;
  if not found then perform private.refuse('DETECTOR', field => 'detector'); end if;
  if v.seen_by <> 'WORKER' then perform private.refuse('DETECTOR_FIXED', field => 'detector'); end if;
  v_value := case when v.unit = 'SHARE' then p_value / 100 else p_value end;
  if v_value is null then perform private.refuse('THRESHOLD', field => 'value'); end if;
  perform private.assert_note(p_reason, 200, 'reason');
  if v_value = v.threshold then return; end if;
  begin
    update app.detectors set threshold = v_value where name = v.name;
  exception when check_violation then
    perform private.refuse('THRESHOLD', field => 'value');
  end;
  perform private.audit('THRESHOLD_CHANGED', 'detector', v.name,
    p_words => jsonb_build_object('reason', btrim(p_reason)),
    p_before => jsonb_build_object('value', v.threshold), p_after => jsonb_build_object('value', v_value));
end $$;
grant execute on function app.set_threshold to authenticated;

-- Measuring.

create type private.measure as (detector text, sight text, value numeric, detail jsonb);

-- Requests of that time: all but files, signs of life and addresses of nobody; or those of some routes.
create function private.answers(p_from timestamptz, p_to timestamptz, p_method text default null,
  p_routes text[] default null)
returns table (requests bigint, failed bigint, slow bigint, cut bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select coalesce(sum(h.requests), 0)::bigint, coalesce(sum(h.failed), 0)::bigint, coalesce(sum(h.slow), 0)::bigint,
         coalesce(sum(h.cut), 0)::bigint
    from app.http_minutes h
   where h.minute >= p_from and h.minute < p_to and (p_method is null or h.method = p_method)
     and case when p_routes is null
              then private.is_waited_for(h.route)
              else h.route = any (p_routes) end
$$;

-- Below which the true share surely is not (Wilson, 95 %), however few were asked.
create function private.surely_at_least(p_bad bigint, p_all bigint) returns numeric
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select case when p_all = 0 then 0 else greatest(0,
    (p + 3.8416 / (2 * p_all) - 1.96 * sqrt(p * (1 - p) / p_all + 3.8416 / (4 * p_all * p_all))) / (1 + 3.8416 / p_all))
    end
    from (select p_bad::numeric / nullif(p_all, 0)) s (p)
$$;

-- Whether any web process has told what it answered during the last minute.
create function private.web_reports(p_now timestamptz) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (select from private.web_reported where at > p_now - interval '1 minute')
$$;

-- A share in both windows, the last whole minute and five of them: the lower of the two. Judged from twenty requests in
-- each on; where even 2 % are not sure, only what is sure.
create function private.share_of_both(p_bad1 bigint, p_all1 bigint, p_bad5 bigint, p_all5 bigint) returns numeric
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select case when p_all1 >= 20 and p_all5 >= 20
              then round(case when sure <= 0.02 then sure
                              else least(p_bad1::numeric / p_all1, p_bad5::numeric / p_all5) end, 4) end
    from private.surely_at_least(p_bad5, p_all5) sure
$$;

create function private.measure_requests(p_now timestamptz) returns setof private.measure
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  -- Processes tell every ten seconds: the last minute that all have told of.
  v_end timestamptz := date_trunc('minute', p_now - interval '15 seconds');
  one record; five record; v_failing numeric; v_slow numeric;
begin
  if not private.web_reports(p_now) then return; end if;
  select * into one from private.answers(v_end - interval '1 minute', v_end);
  select * into five from private.answers(v_end - interval '5 minutes', v_end);
  v_failing := private.share_of_both(one.failed, one.requests, five.failed, five.requests);
  v_slow := private.share_of_both(one.slow, one.requests, five.slow, five.requests);
  return next ('requests-failing', case when v_failing is null then 'FEW' else 'SEEN' end, v_failing,
    jsonb_build_object('requests', five.requests, 'failed', five.failed))::private.measure;
  return next ('requests-slow', case when v_slow is null then 'FEW' else 'SEEN' end, v_slow,
    jsonb_build_object('requests', five.requests, 'slow', five.slow))::private.measure;
end $$;

-- Forms that must not fail, in the last minutes with the one that runs.
create function private.measure_forms(p_now timestamptz) returns setof private.measure
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare v record; v_in record; v_refused bigint; v_accounts bigint; v_came bigint;
begin
  if not private.web_reports(p_now) then return; end if;
  select * into v from private.answers(p_now - interval '6 minutes', p_now, 'POST', '{/checkout,/api/orders}');
  return next ('orders-failing', 'SEEN',
    case when v.failed + v.cut >= 3 then round((v.failed + v.cut)::numeric / v.requests, 4) else 0 end,
    jsonb_build_object('requests', v.requests, 'failed', v.failed, 'cut', v.cut))::private.measure;
  return next ('order-failed', 'SEEN', v.failed, jsonb_build_object('failed', v.failed))::private.measure;
  return next ('order-cut', 'SEEN', v.cut, jsonb_build_object('cut', v.cut))::private.measure;

  select * into v from private.answers(p_now - interval '11 minutes', p_now, 'POST', '{/mitra,/api/leads}');
  return next ('lead-form-failing', 'SEEN',
    case when v.failed >= 2 then round(v.failed::numeric / v.requests, 4) else 0 end,
    jsonb_build_object('requests', v.requests, 'failed', v.failed))::private.measure;

  select * into v_in from private.answers(p_now - interval '6 minutes', p_now, 'POST', '{/login}');
  select count(*), count(distinct entity_key) into v_refused, v_accounts
    from private.recent_acts('SIGN_IN_REFUSED', p_now);
  select count(*) into v_came from private.recent_acts('DEVICE_NOTED', p_now);
  -- Nobody comes in at all, of ten accounts that tried: a password is right more often than that.
  return next ('sign-in-failing', 'SEEN',
    greatest(case when v_in.failed >= 3 then round(v_in.failed::numeric / v_in.requests, 4) else 0 end,
             case when v_came = 0 and v_accounts >= 10 then 1 else 0 end),
    jsonb_build_object('requests', v_in.requests, 'failed', v_in.failed, 'refused', v_refused,
      'came', v_came))::private.measure;
end $$;

-- Acts of this kind in the last five minutes, the newest 300.
create function private.recent_acts(p_action text, p_now timestamptz)
returns table (entity_key text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select e.entity_key
    from (select a.at, a.entity_key from app.audit_events a
           where a.action = p_action and a.at > p_now - interval '1 day'
           order by a.id desc limit 300) e
   where e.at > p_now - interval '5 minutes'
$$;

-- From when on the ERP has been away without a pause; null when the breaker is closed.
create function private.erp_away_since() returns timestamptz
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select case when (select state from app.erp_circuit) <> 'CLOSED' then coalesce(
    (select min(e.at) from app.erp_circuit_events e
      where e.id > coalesce((select max(id) from app.erp_circuit_events where state = 'CLOSED'), 0)),
    (select since from app.erp_circuit)) end
$$;

-- Orders that are in and do not get on.
create function private.measure_orders(p_now timestamptz) returns setof private.measure
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_closed_since timestamptz; v_failed bigint; v_synced bigint; v_waiting record;
begin
  select count(*), min(o.number) as first into v_waiting
    from app.orders o where o.sync_status = 'FAILED' and o.status not in ('REJECTED', 'CANCELLED');
  return next ('order-not-synced', 'SEEN', v_waiting.count,
    jsonb_build_object('orders', v_waiting.count, 'order', v_waiting.first))::private.measure;

  select count(*) filter (where e.kind = 'SYNC_FAILED'), count(*) filter (where e.kind = 'SYNCED')
    into v_failed, v_synced
    from (select at, kind from app.order_events order by id desc limit 2000) e
   where e.at > p_now - interval '15 minutes' and e.kind in ('SYNC_FAILED', 'SYNCED');
  return next ('orders-not-synced', 'SEEN',
    case when v_failed >= 3 then round(v_failed::numeric / (v_failed + v_synced), 4) else 0 end,
    jsonb_build_object('failed', v_failed, 'synced', v_synced))::private.measure;

  -- While the ERP is away, or the shop is closed, they have to wait.
  select greatest(c.since, (select max(coalesce(m.ended_at, m.ends_at)) from app.maintenance m
                             where m.begun_at is not null and m.starts_at <= p_now))
    into v_closed_since from app.erp_circuit c
   where c.state = 'CLOSED' and private.maintenance_mode() = 'OFF';
  select count(*), min(o.number) as first, min(o.created_at) as at into v_waiting
    from app.orders o join app.erp_syncs s on s.order_id = o.id
   where o.sync_status = 'PENDING_SYNC' and not o.held and s.done_at is null
     and o.status not in ('REJECTED', 'CANCELLED') and o.created_at < p_now - interval '5 minutes';
  return next ('order-waiting', case when v_closed_since is null then 'FEW' else 'SEEN' end,
    case when v_closed_since is null then null when v_waiting.at is null then 0
         else private.minutes(greatest(v_waiting.at, v_closed_since), p_now) end,
    jsonb_build_object('orders', v_waiting.count, 'order', v_waiting.first))::private.measure;

  select count(*), min(t.dedup_key) as first into v_waiting
    from app.tasks t where t.kind = 'PHONE_OWNER' and t.done_at is null;
  return next ('owner-not-told', 'SEEN', v_waiting.count,
    jsonb_build_object('orders', v_waiting.count, 'order', substr(v_waiting.first, length('phone-owner/') + 1))
    )::private.measure;
end $$;

create function private.minutes(p_from timestamptz, p_to timestamptz) returns numeric
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select case when p_from is not null then round(greatest(extract(epoch from p_to - p_from), 0) / 60, 2) end
$$;

-- The ERP, and what it last told us of stock and credit. While it is away that is one cause, and these wait for it.
create function private.measure_erp(p_now timestamptz) returns setof private.measure
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_away timestamptz := private.erp_away_since(); v_closed timestamptz; v_few text; v_orders bigint; v_failed bigint;
begin
  select since into v_closed from app.erp_circuit where state = 'CLOSED';
  v_few := case when v_closed is null then 'FEW' else 'SEEN' end;
  return next ('erp-dead', 'SEEN', coalesce(private.minutes(v_away, p_now), 0),
    jsonb_build_object('since', v_away))::private.measure;

  select count(*) into v_orders from app.reconcile_results r
   where r.retriable and r.resolution is null and r.checked_at >= v_away;
  select a.failed into v_failed
    from private.answers(date_trunc('minute', v_away + interval '1 minute'), p_now, 'POST',
                         '{/checkout,/api/orders}') a;
  return next ('erp-orders-failing', 'SEEN', case when v_away is null then 0 else v_orders + v_failed end,
    jsonb_build_object('since', v_away, 'orders', v_orders, 'failed', v_failed))::private.measure;

  return query
    select case f.name when 'stock' then 'stock-stuck' else 'credit-stuck' end, v_few,
           case when v_closed is not null then private.minutes(greatest(f.as_of, v_closed), p_now) end,
           jsonb_build_object('since', f.as_of)
      from app.feeds f;
  select count(*) into v_orders from (select * from app.orders order by id desc limit 500) o
   where o.created_at > p_now - interval '15 minutes' and o.credit_light = 'AMBER'
     and o.credit_inputs ->> 'reason' in ('NO_DATA', 'OLD_DATA');
  return next ('credit-amber-by-error', v_few, case when v_closed is not null then v_orders end,
    jsonb_build_object('orders', v_orders))::private.measure;
end $$;

-- What is tried and told: the journeys, and who watches from outside.
create function private.measure_told(p_now timestamptz) returns setof private.measure
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select ((case k.kind when 'ORDER' then 'journey-failing' else 'lead-form-check' end), 'SEEN',
          (select count(*) from app.journey_runs r
            where r.kind = k.kind and r.id > coalesce(
              (select max(g.id) from app.journey_runs g where g.kind = k.kind and g.ok), 0)
              and r.at > p_now - interval '1 hour'),
          (select jsonb_build_object('step', r.step, 'status', r.status) from app.journey_runs r
            where r.kind = k.kind order by r.id desc limit 1))::private.measure
    from (values ('ORDER'), ('LEAD')) k (kind)
   where exists (select from app.journey_runs r where r.kind = k.kind and r.at > p_now - interval '3 minutes')
     and private.maintenance_mode() = 'OFF'
  union all
  -- While the shop is closed nobody tries.
  select (d.name, 'FEW', null, '{}')::private.measure
    from app.detectors d
   where d.name in ('journey-failing', 'lead-form-check') and private.maintenance_mode() <> 'OFF'
  union all
  select (d.name, 'SEEN',
          (select count(*) from app.outages o
            where o.ended_at is null and lower(o.what) || '-down' = d.name),
          '{}')::private.measure
    from app.detectors d
   where d.seen_by = 'WATCHER'
     and exists (select from private.watch_reports w
                  where w.source = 'WATCHER' and w.at > p_now - interval '3 minutes')
  union all
  select ('detector-blind', 'SEEN', count(*), jsonb_build_object('blind', string_agg(s.detector, ' ')))::private.measure
    from app.detector_states s
   where s.sight = 'BLIND' and s.measured_at is not null and s.blind_since < p_now - interval '15 minutes'
$$;

-- Looking.

-- All that can be measured. What fails to be measured is not seen; the others are.
create function private.measure_all(p_now timestamptz) returns setof private.measure
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  begin return query select * from private.measure_requests(p_now); exception when others then
    raise warning 'not measured: %', sqlerrm; end;
  begin return query select * from private.measure_forms(p_now); exception when others then
    raise warning 'not measured: %', sqlerrm; end;
  begin return query select * from private.measure_orders(p_now); exception when others then
    raise warning 'not measured: %', sqlerrm; end;
  begin return query select * from private.measure_erp(p_now); exception when others then
    raise warning 'not measured: %', sqlerrm; end;
  begin return query select * from private.measure_told(p_now); exception when others then
    raise warning 'not measured: %', sqlerrm; end;
  begin return query select * from private.measure_budgets(p_now); exception when others then
    raise warning 'not measured: %', sqlerrm; end;
end $$;

-- What its incident says of a rule: which it is, and what it measured in which unit.
create function private.what_was_found(p_detector app.detectors, p_value numeric) returns jsonb
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select jsonb_build_object('detector', p_detector.name, 'value', p_value, 'unit', p_detector.unit)
$$;

-- Its incident, while a look is bad: opened once, counted again when more of it has happened, and opened anew when a
-- person called it over, it had its calm time to show so, and is not.
create function private.set_off(p_detector app.detectors, p_value numeric, p_detail jsonb, p_now timestamptz,
  p_again boolean) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.incidents;
begin
  if p_again then
    select * into v from app.incidents where dedup_key = p_detector.key order by id desc limit 1;
    if v.state in ('RESOLVED', 'CLOSED')
       and v.resolved_at > p_now - greatest(p_detector.calm, interval '5 minutes') then
      return;
    end if;
  end if;
  perform private.open_incident(p_detector.severity, p_detector.cause, p_detector.key, null,
    jsonb_strip_nulls(p_detail) || private.what_was_found(p_detector, p_value));
end $$;

-- All was well for long enough: its incident is over with the last rule that it has.
create function private.come_to_rest(p_detector app.detectors, p_value numeric) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not p_detector.ends or exists (
    select from app.detectors d join app.detector_states s on s.detector = d.name
     where d.key = p_detector.key and s.broken_since is not null)
  then
    return;
  end if;
  perform private.resolve_incident(p_detector.key,
    private.what_was_found(p_detector, p_value));
end $$;

-- What a rule is after one look. Only time that was watched from one good look to the next one counts as calm; without
-- sight all else stays as it was.
create function private.state_after(s app.detector_states, p_detector app.detectors, p_measure private.measure,
  p_now timestamptz) returns app.detector_states
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare v_was text := s.sight; v_bad boolean := p_measure.value >= p_detector.threshold;
begin
  s.sight := case when p_measure.value is not null then 'SEEN' when p_measure.sight = 'FEW' then 'FEW' else 'BLIND' end;
  if v_was <> 'BLIND' then s.blind_since := p_now; end if;
  if s.sight = 'SEEN' then
    s.calm := case when v_bad then '0' when v_was = 'SEEN'
                then s.calm + least(greatest(p_now - s.looked_at, '0'), interval '30 seconds') else s.calm end;
    s.recent := right(s.recent || v_bad::integer, p_detector.looks);
    s.measured_at := p_now;
    s.value := p_measure.value;
    s.detail := coalesce(p_measure.detail, '{}');
    if p_detector.seen_by <> 'WORKER' then null;
    elsif s.broken_since is null and length(replace(s.recent, '0', '')) >= p_detector.bad_looks then
      s.broken_since := p_now;
      s.set_off_at := p_now;
      s.times := s.times + 1;
    elsif s.broken_since is not null and not v_bad and s.calm >= p_detector.calm then
      s.broken_since := null;
      s.recent := '';
    end if;
  end if;
  s.looked_at := p_now;
  return s;
end $$;

-- What one look means for one rule, and for its incident.
create function private.weigh_look(p_detector app.detectors, p_measure private.measure, p_now timestamptz)
returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare s app.detector_states; n app.detector_states;
begin
  select * into s from app.detector_states where detector = p_detector.name for update;
  n := private.state_after(s, p_detector, p_measure, p_now);
  update app.detector_states set looked_at = n.looked_at, sight = n.sight, blind_since = n.blind_since,
         measured_at = n.measured_at, value = n.value, detail = n.detail, recent = n.recent, calm = n.calm,
         broken_since = n.broken_since, set_off_at = n.set_off_at, times = n.times
   where detector = p_detector.name;
  if s.broken_since is null and n.broken_since is not null then
    perform private.set_off(p_detector, n.value, n.detail, p_now, false);
  elsif s.broken_since is not null and n.broken_since is null then
    perform private.come_to_rest(p_detector, n.value);
  elsif n.broken_since is not null and n.sight = 'SEEN' and n.value >= p_detector.threshold
        and (p_detector.unit = 'COUNT' and n.value > s.value or not exists (
          select from app.incidents where dedup_key = p_detector.key and state not in ('RESOLVED', 'CLOSED')))
  then
    perform private.set_off(p_detector, n.value, n.detail, p_now, true);
  end if;
end $$;

-- One look of every rule. p_jump: by how many seconds the clock ran other than time did since the last look; null when
-- nobody knows. After a jump the others are not asked: what they would measure are times across it.
create function private.look(p_now timestamptz, p_jump double precision) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v record; v_jumped boolean := coalesce(abs(p_jump) >= 60, false);
begin
  perform private.weigh_look(d, ('clock-jump', case when p_jump is null then 'FEW' else 'SEEN' end,
      round(abs(p_jump)::numeric, 1), jsonb_build_object('seconds', round(p_jump::numeric)))::private.measure, p_now)
    from app.detectors d where d.name = 'clock-jump';
  if v_jumped then return; end if;
  for v in
    select d as detector, m as measure
      from app.detectors d left join private.measure_all(p_now) m on m.detector = d.name
     where d.name <> 'clock-jump' order by d.position
  loop
    perform private.weigh_look(v.detector, v.measure, p_now);
  end loop;
end $$;

-- The worker's look. p_last and p_elapsed: what this process was told of the time at its last look, and how many
-- seconds have passed for it since, by a clock that nobody sets; null at its first. Returns the time now. Nothing when
-- another one has just looked.
create function jobs.look_at_detectors(p_last timestamptz, p_elapsed double precision) returns timestamptz
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_now timestamptz := clock_timestamp(); v_last timestamptz;
begin
  select looked_at into v_last from private.detector_looks for update skip locked;
  if not found then return v_now; end if;
  -- A last look that is still to come is one from before our clock was set back.
  if v_last > v_now - interval '4 seconds' and v_last <= v_now then return v_now; end if;
  update private.detector_looks set looked_at = v_now;
  if v_last > v_now + interval '10 seconds' then perform private.wait_less(v_last - v_now); end if;
  perform private.look(v_now, extract(epoch from v_now - p_last) - p_elapsed);
  return v_now;
end $$;
grant execute on function jobs.look_at_detectors to worker;

-- How a journey went: the order (p_kind ORDER) or the lead (LEAD), up to which step, with what answer.
create function jobs.note_journey(p_kind text, p_ok boolean, p_step text, p_status integer, p_ms integer) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  insert into app.journey_runs (kind, ok, step, status, ms) values (p_kind, p_ok, p_step, p_status, p_ms)
$$;
grant execute on function jobs.note_journey to worker;
