-- Abuse of Shadow Mode: what looks wrong about orders in stores' names, and what that leads to.
--
-- A rule that fires is a hit, kept with what it saw and with the limit it was compared with. A score is the sum of the
-- rules that fired, each counted once within its time. It raises a review; it shuts somebody out only when two signs
-- say so that have nothing to do with places. Signs are of moments (how fast, from where and with what; what was
-- ordered, for whom, and whether it comes again and again) or of weeks (orders that grow slowly).
--
-- Every sign is judged as of the moment of the order, so a late inspection sees what a prompt one would have seen, and
-- looking for signs locks nothing that a checkout needs. Locks: an inspection takes the salesman's turn
-- (private.abuse_turns) before it judges, and his account after that, only where he is shut out.
--
-- The worker inspects each order and sweeps every five minutes; «Bukan saya» (67-disputes.sql) adds its hit in its
-- own transaction. Staff read the rules and the hits; the tables in private are nobody's to read.

-- The rules, and the thresholds of the office.

create table app.abuse_rules (
  version    integer not null check (version > 0),
  rule       text not null check (rule ~ '^[A-Z_]{3,40}$'),
  weight     integer not null check (weight between 0 and 100),
  geographic boolean not null default false,
  -- May stand as one of the two signs that a suspension needs. Not what is weak by itself, nor what only counts other
  -- signs.
  decides    boolean not null,
  counts_for interval not null check (counts_for <= interval '30 days'),
  parameters jsonb not null default '{}',
  -- For the reason of a suspension, which the salesman and the office read.
  words      text not null check (length(words) between 3 and 60),
  made_at    timestamptz not null default now(),
  primary key (version, rule),
  check (not (geographic and decides))
);
comment on table app.abuse_rules is
  'What a sign of abuse weighs and how long it counts. A change is a new version: rows are added and never edited.';

alter table app.abuse_rules enable row level security;
create policy live_session on app.abuse_rules as restrictive to authenticated
  using ((select private.live_session()) is not null);
create policy staff_reads on app.abuse_rules for select to authenticated using ((select private.viewer_is_staff()));
grant select on app.abuse_rules to authenticated;

create trigger _010_append_only before update or delete on app.abuse_rules
  for each row execute function private.refuse_change();
create trigger _020_append_only_truncate before truncate on app.abuse_rules
  for each statement execute function private.refuse_change();
create trigger _030_not_deleted before delete on app.abuse_rules for each statement execute function private.keep();
create trigger _040_not_truncated before truncate on app.abuse_rules for each statement execute function private.keep();
alter table app.abuse_rules enable always trigger _030_not_deleted;
alter table app.abuse_rules enable always trigger _040_not_truncated;

insert into app.abuse_rules (version, rule, weight, geographic, decides, counts_for, parameters, words) values
  (1, 'STORES_PER_HOUR', 40, false, true, '3 days', '{"historyOrders": 100}', 'terlalu banyak toko dalam 60 menit'),
  -- The same haste that STORES_PER_HOUR sees: the two of them are not two signs.
  (1, 'ORDERS_PER_HOUR', 20, false, false, '1 day', '{"historyHours": 10, "smallestSpread": 0.5}',
    'order jauh lebih cepat dari kebiasaannya'),
  (1, 'OUTSIDE_ASSIGNMENT', 25, false, true, '14 days', '{}', 'toko di luar tugasnya'),
  (1, 'ORDER_VALUE', 20, false, true, '3 days', '{"historyOrders": 4, "readAtMost": 400}',
    'nilai order jauh di atas kebiasaan toko'),
  -- The same while such orders are common in the region, yesterday and today: before a feast everybody buys more.
  (1, 'SEASON_VALUE', 2, false, false, '3 days',
    '{"days": 2, "daysWhenFew": 7, "commonFrom": 0.01, "leastOrders": 50}', 'nilai order besar di musim ramai'),
  -- The same with a package that other salesmen sell too.
  (1, 'PROMOTED_VALUE', 2, false, false, '3 days', '{}', 'paket promo bernilai besar'),
  (1, 'SAME_BASKET', 25, false, true, '3 days', '{}', 'keranjang yang sama di banyak toko'),
  -- The same basket, while other salesmen sell it too: an offer of these days, most likely.
  (1, 'PROMOTED_BASKET', 2, false, false, '3 days', '{}', 'paket promo di banyak toko'),
  (1, 'IMPLAUSIBLE_TRAVEL', 15, true, false, '3 days', '{}', 'jarak yang tidak masuk akal'),
  (1, 'OWNER_DISPUTED', 30, false, true, '30 days', '{}', 'pemilik toko menyangkal order'),
  (1, 'NEW_DEVICE', 10, false, false, '3 days', '{}', 'perangkat baru'),
  (1, 'SHARED_DEVICE', 20, false, true, '30 days', '{"readAtMost": 600}', 'satu perangkat dipakai dua salesman'),
  -- The same with so many that it is a computer of an office rather than two accounts of one person.
  (1, 'OFFICE_DEVICE', 2, false, false, '30 days', '{"others": 3}', 'komputer yang dipakai satu kantor'),
  -- One such sign happens to honest people; the same one again and again does not. By rule: on how many days, in how
  -- many orders, within how many days. SEASON_VALUE: large orders of any kind, more than `beyond` and `timesTrade`
  -- times what the others' orders lead to expect.
  (1, 'REPEATED', 40, false, false, '14 days',
    '{"STORES_PER_HOUR": {"days": 3, "orders": 3, "within": 14}, "SAME_BASKET": {"days": 3, "orders": 3, "within": 14},
    "OUTSIDE_ASSIGNMENT": {"days": 2, "orders": 3, "within": 14}, "ORDER_VALUE": {"days": 2, "orders": 3, "within": 28},
    "SEASON_VALUE": {"days": 2, "orders": 4, "within": 14, "beyond": 3.5, "timesTrade": 2.5},
    "OWNER_DISPUTED": {"days": 1, "orders": 2, "within": 14},
      "SHARED_DEVICE": {"handoverDays": 4}}', 'tanda yang sama berulang kali'),
  -- Weeks instead of moments: no other rule can see it, so it has to be enough for a person to look; never for more.
  (1, 'SLOW_DRIFT', 60, false, false, '14 days',
    '{"recentDays": 28, "gapDays": 14, "baseDays": 48, "leastBaseDays": 21, "leastStores": 12,
    "seasonDays": 4, "orderBound": 1.5, "storeBound": 1}', 'order naik pelan-pelan di banyak toko');

-- The thresholds with which the office begins stand in the trail, like every change of them.
select private.audit('SETTING_CHANGED', 'setting', key, p_before => '{"value": null, "until": null}',
    p_after => jsonb_build_object('value', value, 'until', null))
  from app.settings where key >= 'abuse.' and key < 'abuse/';

-- The newest version is the one that counts.
create function private.abuse_version() returns integer
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select max(version) from app.abuse_rules
$$;

-- What an inspection compares with, read once: the office's thresholds and the parameters of the rules,
-- {"stores_per_hour": 8, ..., "rules": {"ORDER_VALUE": {...}, ...}}.
create function private.abuse_settings() returns jsonb
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select jsonb_object_agg(substr(key, 7), value)
         || jsonb_build_object('rules', (select jsonb_object_agg(rule, parameters) from app.abuse_rules
                                          where version = private.abuse_version()))
    from app.settings where key >= 'abuse.' and key < 'abuse/'
$$;

-- Hits, and what they add up to.

create table app.abuse_hits (
  id           bigint generated always as identity primary key,
  salesman_id  uuid not null references app.accounts on delete restrict,
  order_id     bigint references app.orders on delete restrict,
  at           timestamptz not null,
  rule_version integer not null,
  rule         text not null check (rule ~ '^[A-Z_]{3,40}$'),
  weight       integer not null check (weight between 0 and 100),
  geographic   boolean not null default false,
  inputs       jsonb not null
);
comment on table app.abuse_hits is 'A rule that fired, with what it saw. Rows are added and never changed.';
create index on app.abuse_hits (salesman_id, at desc);
create unique index abuse_hits_once on app.abuse_hits (order_id, rule) where order_id is not null;
create index on app.abuse_hits (rule, at desc);
create index on app.abuse_hits (at desc);

alter table app.abuse_hits enable row level security;
create policy live_session on app.abuse_hits as restrictive to authenticated
  using ((select private.live_session()) is not null);
create policy staff_reads on app.abuse_hits for select to authenticated using ((select private.viewer_is_staff()));
grant select on app.abuse_hits to authenticated;

create trigger _010_append_only before update or delete on app.abuse_hits
  for each row execute function private.refuse_change();
create trigger _030_not_deleted before delete on app.abuse_hits for each statement execute function private.keep();
create trigger _040_not_truncated before truncate on app.abuse_hits for each statement execute function private.keep();
alter table app.abuse_hits enable always trigger _030_not_deleted;
alter table app.abuse_hits enable always trigger _040_not_truncated;

-- A rule that fired, with the weight it has now. Once per order and rule; true when it is new. p_at: the moment that
-- the sign is about, where that is not now.
create function private.add_abuse_hit(p_salesman uuid, p_order bigint, p_rule text, p_inputs jsonb,
  p_at timestamptz default null) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into app.abuse_hits (salesman_id, order_id, at, rule_version, rule, weight, geographic, inputs)
    select p_salesman, p_order, coalesce(p_at, now()), r.version, r.rule, r.weight, r.geographic, p_inputs
      from app.abuse_rules r where r.version = private.abuse_version() and r.rule = p_rule
    on conflict (order_id, rule) where order_id is not null do nothing;
  return found;
end $$;

-- Since when signs count: a person has looked at all before, and closed the review or lifted the suspension.
create function private.abuse_reviewed_at(p_salesman uuid) returns timestamptz
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select greatest(
    (select max(k.done_at) from app.tasks k join app.accounts a on a.code = k.subject_code
      where a.id = p_salesman and k.kind = 'REVIEW_AGENT'),
    (select max(s.lifted_at) from app.suspensions s where s.account_id = p_salesman))
$$;

-- The sum of the rules that fired, each once, while its time lasts: {score, version, signals, since, rules: [{rule,
-- weight, hits, lastAt, geographic, decides}]}. What the owner took back does not count, nor what a person has judged
-- already; what was inspected only after that does, whenever it happened.
create function private.abuse_score(p_salesman uuid, p_at timestamptz default now()) returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare v_since timestamptz := private.abuse_reviewed_at(p_salesman);
begin
  return (
    with counted as (
      select h.rule, max(h.weight) as weight, count(*) as hits, max(h.at) as last_at,
             bool_or(r.geographic) as geographic, bool_or(r.decides) as decides
        from app.abuse_hits h join app.abuse_rules r on r.version = h.rule_version and r.rule = h.rule
       where h.salesman_id = p_salesman and h.at <= p_at
         and h.at > p_at - interval '30 days' and h.at > p_at - r.counts_for
         and (v_since is null or h.at > v_since
              or h.rule <> 'OWNER_DISPUTED'
                 and exists (select from app.shadow_traces t
                              where t.order_id = h.order_id and t.inspected_at > v_since))
         and not (h.rule = 'OWNER_DISPUTED'
                  and exists (select from app.disputes d
                               where d.order_id = h.order_id and d.outcome in ('OWNER_AGREES', 'MISTAKE')))
       group by h.rule)
    select jsonb_build_object('score', coalesce(sum(weight), 0), 'version', private.abuse_version(), 'since', v_since,
             'signals', count(*) filter (where decides and not geographic),
             'rules', coalesce(jsonb_agg(jsonb_build_object(
                 'rule', rule, 'weight', weight, 'hits', hits, 'lastAt', last_at,
                 'geographic', geographic, 'decides', decides) order by weight desc, rule), '[]'))
      from counted);
end $$;

-- Is a score one that shuts out?
create function private.must_suspend(p_score jsonb, p_settings jsonb) returns boolean
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select (p_score ->> 'score')::numeric >= (p_settings ->> 'suspend_score')::numeric
    and (p_score ->> 'signals')::integer >= 2
$$;

-- What a score leads to: a review and an incident, or being shut out at once. Safe to repeat: one review and one
-- incident are open per salesman, one letter goes out per incident and level, and a suspension is not repeated.
create function private.act_on_score(p_salesman uuid, p_order bigint, p_at timestamptz) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v jsonb := private.abuse_score(p_salesman, p_at);
  v_settings jsonb := private.abuse_settings();
  v_score integer := (v ->> 'score')::integer;
  v_who app.accounts; v_severity integer; v_incident bigint; v_ref text; v_reason text;
begin
  if v_score < (v_settings ->> 'review_score')::numeric then return; end if;
  select * into v_who from app.accounts where id = p_salesman;
  v_severity := case when private.must_suspend(v, v_settings) then 2 else 3 end;
  v_incident := private.open_incident(v_severity, 'ABUSE_SCORE', 'abuse-score/' || v_who.code, v_who.code, v);
  select ref into v_ref from app.incidents where id = v_incident;
  perform private.open_task('REVIEW_AGENT', 'review-agent/' || v_who.code, v_who.code, p_order, v_incident,
    interval '1 day', v);
  perform private.notify_role('ADMIN', 'AGENT_FLAGGED', 'agent-flagged/' || v_ref || '/' || v_severity,
    jsonb_build_object('salesman', v_who.name, 'code', v_who.code, 'score', v_score, 'severity', v_severity,
      'incident', v_ref, 'path', '/admin/cases/' || v_who.code));
  if v_severity = 2 and v_who.status = 'ACTIVE' then
    select 'Skor ' || v_score || ': ' || string_agg(r.words, ', ' order by s.weight desc, s.rule) into v_reason
      from jsonb_to_recordset(v -> 'rules') as s (rule text, weight integer)
      join app.abuse_rules r on r.version = (v ->> 'version')::integer and r.rule = s.rule;
    perform private.suspend(p_salesman, left(v_reason, 200), 'SYSTEM');
  end if;
end $$;

-- Signs of a moment: how fast, from where and with what.

-- Days are those of Jakarta's calendar, whatever zone the server keeps.
create function private.wib_day(p_at timestamptz) returns date
language sql stable set search_path = pg_catalog, pg_temp as $$ select (p_at at time zone 'Asia/Jakarta')::date $$;

-- How a salesman worked in the 90 days before a day; reckoned when it is first asked for. An aid, not a record: a hit
-- keeps what it used.
create table private.abuse_habits (
  salesman_id uuid not null references app.accounts on delete cascade,
  day         date not null,
  orders      integer not null,
  stores_p99  numeric,
  hours       integer not null,
  median      numeric,
  spread      numeric,
  primary key (salesman_id, day)
);

alter table private.abuse_habits enable row level security;

-- stores_p99: 99th percentile of the distinct stores in the 60 minutes up to each order; median and spread (median
-- absolute deviation) of the orders in those hours of the clock that had any.
create function private.habits_of(p_salesman uuid, p_day date) returns private.abuse_habits
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v private.abuse_habits; v_until timestamptz := p_day::timestamp at time zone 'Asia/Jakarta';
begin
  select * into v from private.abuse_habits where salesman_id = p_salesman and day = p_day;
  if found then return v; end if;
  insert into private.abuse_habits
    with mine as (
      select at, array_agg(partner_id) over (order by at range between '60 minutes' preceding and current row) as near
        from app.shadow_traces where salesman_id = p_salesman and at >= v_until - interval '90 days' and at < v_until),
    paces as (select (select count(distinct p) from unnest(near) p) as stores from mine),
    hours as (select count(*) as n from mine group by date_trunc('hour', at)),
    middle as (
      select percentile_cont(0.5) within group (order by n)::numeric as median, count(*)::integer as hours
        from hours)
    select p_salesman, p_day, (select count(*) from mine),
           (select percentile_disc(0.99) within group (order by stores) from paces),
           m.hours, m.median,
           (select percentile_cont(0.5) within group (order by abs(n - m.median))::numeric from hours)
      from middle m
    on conflict do nothing;
  select * into v from private.abuse_habits where salesman_id = p_salesman and day = p_day;
  return v;
end $$;

-- Too many stores, or orders, in 60 minutes. His habits are asked for only when they could matter.
create function private.pace_signs(t app.shadow_traces, s jsonb) returns table (rule text, inputs jsonb)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_stores integer; v_orders integer; v_z numeric; v private.abuse_habits;
  v_store_rule jsonb := s #> '{rules,STORES_PER_HOUR}';
  v_order_rule jsonb := s #> '{rules,ORDERS_PER_HOUR}';
  v_least numeric := (v_order_rule ->> 'smallestSpread')::numeric;
begin
  select count(distinct x.partner_id), count(*) into v_stores, v_orders from app.shadow_traces x
   where x.salesman_id = t.salesman_id and x.at > t.at - interval '60 minutes' and x.at <= t.at;
  if v_stores > (s ->> 'stores_own_factor')::numeric
     or v_orders > 1 + (s ->> 'orders_robust_z')::numeric * v_least / 0.6745 then
    v := private.habits_of(t.salesman_id, private.wib_day(t.at));
  end if;
  if v_stores >= (s ->> 'stores_per_hour')::numeric
     or v.orders >= (v_store_rule ->> 'historyOrders')::integer
        and v_stores > (s ->> 'stores_own_factor')::numeric * v.stores_p99 then
    rule := 'STORES_PER_HOUR';
    inputs := jsonb_strip_nulls(jsonb_build_object('stores', v_stores, 'limit', s -> 'stores_per_hour',
      'p99', v.stores_p99, 'factor', s -> 'stores_own_factor'));
    return next;
  end if;
  v_z := 0.6745 * (v_orders - v.median) / greatest(v.spread, v_least);
  if v.hours >= (v_order_rule ->> 'historyHours')::integer and v_z > (s ->> 'orders_robust_z')::numeric then
    rule := 'ORDERS_PER_HOUR';
    inputs := jsonb_build_object('orders', v_orders, 'median', v.median, 'spread', v.spread, 'z', round(v_z, 1),
      'limit', s -> 'orders_robust_z');
    return next;
  end if;
end $$;

-- A way that nobody travels that fast, a browser that is new to him, a browser that others use.
create function private.device_signs(t app.shadow_traces, s jsonb) returns table (rule text, inputs jsonb)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_others integer; v_handovers integer; v_days integer;
  v_rule jsonb := s #> '{rules,SHARED_DEVICE}';
  v_office jsonb := s #> '{rules,OFFICE_DEVICE}';
begin
  if t.verdict = 'IMPLAUSIBLE' then
    rule := 'IMPLAUSIBLE_TRAVEL';
    -- The way from his order before, which the verdict is about. How far the store is, is another matter.
    inputs := coalesce((
      select jsonb_strip_nulls(jsonb_build_object('from', w -> 'order', 'distanceKm', w -> 'distanceKm',
               'leastKm', w -> 'leastKm', 'minutes', w -> 'minutes', 'kmh', w -> 'kmh'))
        from (select t.verdict_why -> 'travel' as w) way where jsonb_typeof(w) = 'object'), '{}');
    return next;
  end if;
  -- None, where there were some before, is as strange as another one.
  if not exists (select from app.shadow_traces x
                  where x.device = t.device and x.salesman_id = t.salesman_id
                    and x.at < t.at and x.at >= t.at - interval '90 days')
     and exists (select from app.shadow_traces x
                  where x.salesman_id = t.salesman_id
                    and x.at < t.at and x.at >= t.at - interval '90 days' and x.device is not null) then
    rule := 'NEW_DEVICE';
    inputs := '{}';
    return next;
  end if;

  with used as (
    select x.salesman_id, x.at, x.order_id from app.shadow_traces x
     where x.device = t.device and x.at > t.at - interval '30 days' and x.at <= t.at
     order by x.at desc limit (v_rule ->> 'readAtMost')::integer),
  passed as (select salesman_id, at, salesman_id <> lag(salesman_id) over (order by at, order_id) as handover from used)
  select count(distinct salesman_id) - 1, count(*) filter (where handover),
         count(distinct private.wib_day(at)) filter (where handover)
    into v_others, v_handovers, v_days from passed;
  if v_others > 0 then
    rule := case when v_others >= (v_office ->> 'others')::integer then 'OFFICE_DEVICE' else 'SHARED_DEVICE' end;
    inputs := jsonb_build_object('others', v_others, 'handovers', v_handovers, 'handoverDays', v_days, 'days', 30);
    return next;
  end if;
end $$;

-- Seasons: what the others of the region order, and whether he is well ahead of them.

-- Shadow orders of a day that is over, by region, and how many of them were very large: what the others' trade is like
-- just now. Counted when it is first asked for. An aid, not a record: a hit keeps what it used.
create table private.abuse_trade (
  day         date not null,
  region_code text not null,
  orders      integer not null,
  large       integer not null,
  primary key (day, region_code)
);

alter table private.abuse_trade enable row level security;

-- Shadow orders of a region between two moments, by all, by one salesman, or by all but him; and how many of them were
-- very large.
create function private.count_trade(p_region text, p_from timestamptz, p_until timestamptz, p_only uuid, p_but uuid,
  orders out bigint, large out bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select (select count(*) from app.shadow_traces x join app.partners p on p.id = x.partner_id
           where x.at >= p_from and x.at <= p_until and p.region_code = p_region
             and (p_only is null or x.salesman_id = p_only) and (p_but is null or x.salesman_id <> p_but)),
         (select count(*)
            from app.abuse_hits h join app.shadow_traces x on x.order_id = h.order_id
            join app.partners p on p.id = x.partner_id
           where h.at >= p_from and h.at <= p_until and h.rule in ('ORDER_VALUE', 'SEASON_VALUE')
             and p.region_code = p_region
             and (p_only is null or h.salesman_id = p_only) and (p_but is null or h.salesman_id <> p_but))
$$;

-- What the other salesmen of a region ordered on these calendar days, the last of which is not over yet. Whole days are
-- read from their sums, since a season makes this question frequent.
create function private.trade_of_others(p_salesman uuid, p_region text, p_days integer, p_at timestamptz,
  orders out bigint, large out bigint)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_today date := private.wib_day(p_at); v_day date;
  v_start timestamptz := v_today::timestamp at time zone 'Asia/Jakarta';
  v_from timestamptz := (v_today - p_days + 1)::timestamp at time zone 'Asia/Jakarta';
begin
  for v_day in
    select d::date from generate_series(v_today - p_days + 1, v_today - 1, interval '1 day') d
     where not exists (select from private.abuse_trade c where c.day = d::date)
  loop
    insert into private.abuse_trade (day, region_code, orders, large)
      select v_day, r.code, c.orders, c.large
        from app.regions r,
             private.count_trade(r.code, v_day::timestamp at time zone 'Asia/Jakarta',
               (v_day + 1)::timestamp at time zone 'Asia/Jakarta' - interval '1 microsecond', null, null) c
      on conflict do nothing;
  end loop;
  select past.orders + today.orders - his.orders, past.large + today.large - his.large into orders, large
    from (select coalesce(sum(c.orders), 0) as orders, coalesce(sum(c.large), 0) as large from private.abuse_trade c
           where c.region_code = p_region and c.day >= v_today - p_days + 1 and c.day < v_today) past,
         private.count_trade(p_region, v_start, p_at, null, p_salesman) today,
         private.count_trade(p_region, v_from, v_start - interval '1 microsecond', p_salesman, null) his;
end $$;

-- How often certain rules fired for him within so many days, and on how many of them; from his last review on at the
-- earliest.
create function private.count_hits(p_salesman uuid, p_rules text[], p_days integer, p_at timestamptz,
  days out bigint, orders out bigint, since out timestamptz)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  since := greatest(p_at - make_interval(days => p_days), private.abuse_reviewed_at(p_salesman));
  select count(distinct private.wib_day(h.at)), count(*) into days, orders from app.abuse_hits h
   where h.salesman_id = p_salesman and h.rule = any (p_rules) and h.at > since and h.at <= p_at;
end $$;

-- Has he had far more very large orders than a season explains? As many as the others' share of them leads to expect,
-- times a factor, and some beyond. Null, or what was counted.
create function private.ahead_of_season(p_salesman uuid, p_region text, p_at timestamptz) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v jsonb; n record; v_mine bigint; v_expected numeric;
begin
  select r.parameters -> 'SEASON_VALUE' into v from app.abuse_rules r
   where r.version = private.abuse_version() and r.rule = 'REPEATED';
  n := private.count_hits(p_salesman, array['ORDER_VALUE', 'SEASON_VALUE'], (v ->> 'within')::integer, p_at);
  if n.days < (v ->> 'days')::integer or n.orders < (v ->> 'orders')::integer then return null; end if;
  select count(*) into v_mine from app.shadow_traces x
   where x.salesman_id = p_salesman and x.at > n.since and x.at <= p_at;
  select v_mine * o.large::numeric / greatest(o.orders, 1) into v_expected
    from private.trade_of_others(p_salesman, p_region, (v ->> 'within')::integer, p_at) o;
  if n.orders <= (v ->> 'beyond')::numeric + v_expected * (v ->> 'timesTrade')::numeric then return null; end if;
  return jsonb_build_object('of', 'ORDER_VALUE', 'days', n.days, 'orders', n.orders, 'expected', round(v_expected, 1));
end $$;

-- Signs of a moment: what was ordered, and for whom.

-- How many other salesmen sold this very basket within 7 days.
create function private.other_sellers(t app.shadow_traces) returns bigint
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select count(distinct x.salesman_id) from app.shadow_traces x
   where x.basket = t.basket and x.at > t.at - interval '7 days' and x.at <= t.at and x.salesman_id <> t.salesman_id
$$;

-- An order many times larger than the store's own. A package that others sell too is the office's doing. Where many of
-- the others' orders of today and yesterday are as large, it is the season, unless he is well ahead of it.
create function private.value_sign(t app.shadow_traces, s jsonb) returns table (rule text, inputs jsonb)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_total bigint; v_median numeric; v_count integer; v_region text; v_sellers bigint; v_orders bigint; v_large bigint;
  v_rule jsonb := s #> '{rules,ORDER_VALUE}'; v_season jsonb := s #> '{rules,SEASON_VALUE}';
begin
  select o.total into v_total from app.orders o where o.id = t.order_id;
  if v_total <= (s ->> 'order_value_floor')::numeric then return; end if;
  select percentile_cont(0.5) within group (order by b.total), count(*) into v_median, v_count
    from (select o.total from app.orders o
           where o.partner_id = t.partner_id and o.id < t.order_id and o.created_at >= t.at - interval '90 days'
             and o.status not in ('REJECTED', 'CANCELLED')
           order by o.id desc limit (v_rule ->> 'readAtMost')::integer) b;
  if v_count < (v_rule ->> 'historyOrders')::integer
     or v_total <= v_median * (s ->> 'order_value_factor')::numeric then
    return;
  end if;
  inputs := jsonb_build_object('total', v_total, 'median', round(v_median), 'orders', v_count,
    'factor', s -> 'order_value_factor', 'floor', s -> 'order_value_floor');
  v_sellers := private.other_sellers(t);
  if v_sellers >= (s ->> 'promotion_salesmen')::numeric then
    rule := 'PROMOTED_VALUE';
    inputs := inputs || jsonb_build_object('sellers', v_sellers);
    return next;
    return;
  end if;
  select p.region_code into v_region from app.partners p where p.id = t.partner_id;
  select o.orders, o.large into v_orders, v_large
    from private.trade_of_others(t.salesman_id, v_region, (v_season ->> 'days')::integer, t.at) o;
  if v_orders < (v_season ->> 'leastOrders')::integer then
    select o.orders, o.large into v_orders, v_large
      from private.trade_of_others(t.salesman_id, v_region, (v_season ->> 'daysWhenFew')::integer, t.at) o;
  end if;
  rule := case
    when v_orders >= (v_season ->> 'leastOrders')::integer
      and v_large >= v_orders * (v_season ->> 'commonFrom')::numeric
      and private.ahead_of_season(t.salesman_id, v_region, t.at) is null
    then 'SEASON_VALUE' else 'ORDER_VALUE' end;
  inputs := inputs || jsonb_build_object('othersLarge', v_large, 'othersOrders', v_orders);
  return next;
end $$;

-- A store that is not his, an order that is too large, the same basket in many stores.
create function private.order_signs(t app.shadow_traces, s jsonb) returns table (rule text, inputs jsonb)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_stores bigint; v_sellers bigint;
begin
  if not t.assigned then
    rule := 'OUTSIDE_ASSIGNMENT';
    inputs := (select jsonb_build_object('store', p.code) from app.partners p where p.id = t.partner_id);
    return next;
  end if;

  return query select v.rule, v.inputs from private.value_sign(t, s) v;

  select count(distinct x.partner_id) into v_stores from app.shadow_traces x
   where x.salesman_id = t.salesman_id and x.at > t.at - interval '24 hours' and x.at <= t.at and x.basket = t.basket;
  if v_stores >= (s ->> 'same_basket_stores')::numeric then
    v_sellers := private.other_sellers(t);
    rule := case when v_sellers >= (s ->> 'promotion_salesmen')::numeric then 'PROMOTED_BASKET' else 'SAME_BASKET' end;
    inputs := jsonb_build_object('stores', v_stores, 'limit', s -> 'same_basket_stores', 'sellers', v_sellers,
      'lines', (select count(*) from app.order_lines l where l.order_id = t.order_id));
    return next;
  end if;
end $$;

-- The same sign again and again.

-- Has this sign come often enough in these weeks to be more than chance? Null, or what was counted. What was put down
-- to the season does not count, unless he is well ahead of the season.
create function private.repeated_sign(p_salesman uuid, p_partner uuid, p_rule text, p_inputs jsonb,
  p_at timestamptz) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v jsonb; n record;
begin
  select r.parameters -> p_rule into v from app.abuse_rules r
   where r.version = private.abuse_version() and r.rule = 'REPEATED';
  if v is null then return null; end if;
  if v ? 'handoverDays' then
    return case when (p_inputs ->> 'handoverDays')::integer >= (v ->> 'handoverDays')::integer
      then jsonb_build_object('of', p_rule, 'handovers', p_inputs -> 'handovers',
        'days', p_inputs -> 'handoverDays') end;
  end if;
  if p_rule <> 'SEASON_VALUE' then
    n := private.count_hits(p_salesman, array[p_rule], (v ->> 'within')::integer, p_at);
    if n.days >= (v ->> 'days')::integer and n.orders >= (v ->> 'orders')::integer then
      return jsonb_build_object('of', p_rule, 'days', n.days, 'orders', n.orders);
    end if;
  end if;
  return case when p_rule in ('ORDER_VALUE', 'SEASON_VALUE')
    then private.ahead_of_season(p_salesman,
      (select p.region_code from app.partners p where p.id = p_partner), p_at) end;
end $$;

-- Owners' «Bukan saya» again and again.
create function private.add_repeated_dispute(d app.disputes) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_again jsonb := private.repeated_sign(d.salesman_id, d.partner_id, 'OWNER_DISPUTED', '{}', clock_timestamp());
begin
  if v_again is not null then
    perform private.add_abuse_hit(d.salesman_id, d.order_id, 'REPEATED', v_again, d.disputed_at);
  end if;
end $$;

-- Weeks instead of moments: orders that grow slowly.

-- On which days slow changes were looked for.
create table private.abuse_days (day date primary key, measured_at timestamptz not null default now());

alter table private.abuse_days enable row level security;

-- Whose orders grow, over his stores, by more than orders in the same region do. Each recent order is compared with
-- what this salesman took from the same store some weeks before (mean of the logarithms), and with what such orders of
-- the region were in the same days (median), so that leave, new stores and seasons cancel out; packages that many sell
-- are left out. No order and no store counts for more than a bound. Row counts cannot be guessed here, and every join
-- is of many with many: hence hashes. excess: the mean over his stores, weighed by how many orders it rests on; error:
-- its standard error.
create function private.drift_until(p_until timestamptz)
returns table (salesman_id uuid, stores bigint, excess double precision, error double precision, trade double precision)
language sql stable security definer set search_path = pg_catalog, pg_temp set enable_nestloop = off as $$
  with r as (
    select p_until - make_interval(days => (p ->> 'recentDays')::integer) as recent,
           p_until - make_interval(days => (p ->> 'recentDays')::integer + (p ->> 'gapDays')::integer) as before,
           p_until - make_interval(days => (p ->> 'recentDays')::integer + (p ->> 'gapDays')::integer
                                           + (p ->> 'baseDays')::integer) as base,
           make_interval(days => (p ->> 'leastBaseDays')::integer) as least_base,
           (p ->> 'leastStores')::integer as least_stores, (p ->> 'seasonDays')::integer as season_days,
           (p ->> 'orderBound')::double precision as order_bound, (p ->> 'storeBound')::double precision as store_bound,
           private.number_setting('abuse.promotion_salesmen') as sellers
      from (select a.parameters as p from app.abuse_rules a
             where a.version = private.abuse_version() and a.rule = 'SLOW_DRIFT') one),
  sold as materialized (
    select t.salesman_id, t.partner_id, t.at, t.basket, t.at >= r.recent as is_recent,
           ln(greatest(o.total, 1)::double precision) as size
      from r, app.shadow_traces t join app.orders o on o.id = t.order_id
     where (t.at >= r.base and t.at < r.before or t.at >= r.recent and t.at < p_until)
       and o.status not in ('REJECTED', 'CANCELLED')),
  known as (
    select s.salesman_id from r, sold s group by s.salesman_id having min(s.at) < max(r.before - r.least_base)),
  packages as (
    select s.basket from r, sold s where s.basket is not null
     group by s.basket having count(distinct s.salesman_id) > max(r.sellers)),
  own as materialized (
    select s.* from sold s join known using (salesman_id)
     where not exists (select from packages k where k.basket = s.basket)),
  bases as (
    select s.salesman_id, s.partner_id, avg(s.size) as size, count(*) as orders from own s where not s.is_recent
     group by s.salesman_id, s.partner_id having count(*) > 1),
  changes as materialized (
    select s.salesman_id, s.partner_id, p.region_code,
           floor(extract(epoch from p_until - s.at) / 86400 / r.season_days) as days,
           s.size - b.size as change, b.orders as base
      from r, own s join bases b using (salesman_id, partner_id) join app.partners p on p.id = s.partner_id
     where s.is_recent),
  everywhere as (
    select days, percentile_cont(0.5) within group (order by change) as change from changes group by days),
  regions as (
    select days, region_code, percentile_cont(0.5) within group (order by change) as change from changes
     group by days, region_code having count(distinct salesman_id) >= 5),
  by_store as (
    select c.salesman_id, c.partner_id, avg(coalesce(g.change, e.change)) as trade,
           1 / (1.0 / count(*) + 1.0 / max(c.base)) as weight,
           greatest(-max(r.store_bound), least(max(r.store_bound),
             avg(greatest(-r.order_bound, least(r.order_bound, c.change - coalesce(g.change, e.change)))))) as change
      from r, changes c join everywhere e using (days)
      left join regions g on g.days = c.days and g.region_code = c.region_code
     group by c.salesman_id, c.partner_id),
  means as (
    select b.*, sum(b.weight * b.change) over mine / sum(b.weight) over mine as excess
      from by_store b window mine as (partition by b.salesman_id))
  select m.salesman_id, count(*), max(m.excess),
         sqrt(sum((m.weight * (m.change - m.excess)) ^ 2)) / sum(m.weight), avg(m.trade)
    from r, means m group by m.salesman_id having count(*) >= max(r.least_stores)
$$;

-- Growth in the logarithm as people say it.
create function private.as_percent(p_growth double precision) returns numeric
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select round(((exp(p_growth) - 1) * 100)::numeric)
$$;

-- Once a day: whose growth beyond the region's is almost certainly more than the limit, that is, still above it less
-- some standard errors. The weeks that follow tell the same story, so a hit once a week is enough; and weeks that a
-- person has judged are not held against anybody again.
create function private.measure_drift(p_day date) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  s jsonb := private.abuse_settings(); v record; v_new integer := 0;
  v_until timestamptz := p_day::timestamp at time zone 'Asia/Jakarta';
  v_errors double precision := (s ->> 'drift_score')::double precision;
begin
  insert into private.abuse_days (day) values (p_day) on conflict do nothing;
  for v in
    select d.*, d.excess - v_errors * d.error as least from private.drift_until(v_until) d
     where d.excess - v_errors * d.error > ln(1 + (s ->> 'drift_percent')::numeric / 100)
       and not exists (select from app.abuse_hits h
                        where h.salesman_id = d.salesman_id and h.rule = 'SLOW_DRIFT'
                          and h.at > v_until - case when private.abuse_reviewed_at(d.salesman_id) > h.at
                                                 then interval '42 days' else interval '7 days' end
                          and h.at <= v_until)
     order by d.salesman_id
  loop
    perform private.add_abuse_hit(v.salesman_id, null, 'SLOW_DRIFT', jsonb_build_object(
      'stores', v.stores, 'days', s #> '{rules,SLOW_DRIFT,recentDays}', 'percent', private.as_percent(v.excess),
      'leastPercent', private.as_percent(v.least), 'tradePercent', private.as_percent(v.trade),
      'errors', s -> 'drift_score', 'limitPercent', s -> 'drift_percent'), v_until);
    perform private.act_on_score(v.salesman_id, null, v_until);
    v_new := v_new + 1;
  end loop;
  return v_new;
end $$;

-- The looks themselves: at one order, and every five minutes.

-- One look at a salesman at a time: two of his orders are judged one after the other, or neither would see the sum. A
-- row, since an advisory lock is anybody's who may log in.
create table private.abuse_turns (salesman_id uuid primary key references app.accounts on delete cascade);

alter table private.abuse_turns enable row level security;

create function private.take_abuse_turn(p_salesman uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into private.abuse_turns values (p_salesman) on conflict do nothing;
  perform from private.abuse_turns where salesman_id = p_salesman for update;
end $$;

-- The same for whoever must not wait for a look: false where one is under way.
create function private.try_abuse_turn(p_salesman uuid) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp set lock_timeout = '500ms' as $$
begin
  perform private.take_abuse_turn(p_salesman);
  return true;
exception when lock_not_available then
  return false;
end $$;

-- Looks at one shadow order: what was in it, which rules fire, and what follows. Safe to repeat. Returns how many hits
-- are new.
create function jobs.inspect_order(p_order bigint) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  t app.shadow_traces; s jsonb := private.abuse_settings(); v record; v_again jsonb; v_new integer := 0;
begin
  select * into t from app.shadow_traces where order_id = p_order;
  if not found then return 0; end if;
  perform private.take_abuse_turn(t.salesman_id);
  update app.shadow_traces x
     set inspected_at = coalesce(x.inspected_at, clock_timestamp()),
         basket = coalesce(x.basket, (
           select md5(string_agg(l.product_id || ':' || l.quantity, ',' order by l.product_id, l.quantity))
             from app.order_lines l where l.order_id = p_order))
   where x.order_id = p_order returning x.* into t;
  for v in
    select * from private.pace_signs(t, s)
    union all
    select * from private.order_signs(t, s)
    union all
    select * from private.device_signs(t, s)
  loop
    continue when not private.add_abuse_hit(t.salesman_id, p_order, v.rule, v.inputs, t.at);
    v_new := v_new + 1;
    v_again := private.repeated_sign(t.salesman_id, t.partner_id, v.rule, v.inputs, t.at);
    if v_again is not null and private.add_abuse_hit(t.salesman_id, p_order, 'REPEATED', v_again, t.at) then
      v_new := v_new + 1;
    end if;
  end loop;
  if v_new > 0 then perform private.act_on_score(t.salesman_id, p_order, t.at); end if;
  return v_new;
end $$;
grant execute on function jobs.inspect_order to worker;

-- Every 5 minutes, and when the worker starts: orders whose wake-up was lost, what owners said, slow changes once a
-- day, and whoever is above a line that was not acted on. It takes nothing back: only a person does.
create function jobs.sweep_abuse() returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v record; v_dispute app.disputes; v_done integer := 0; v_today date := private.wib_day(now());
begin
  for v in
    select order_id from app.shadow_traces
     where inspected_at is null and at < now() - interval '2 minutes' order by order_id limit 500
  loop
    begin
      perform jobs.inspect_order(v.order_id);
      v_done := v_done + 1;
    exception when others then
      raise warning 'shadow order % was not inspected: %', v.order_id, sqlerrm; -- The others are not to wait for it.
    end;
  end loop;

  for v_dispute in
    select d.* from app.disputes d
     where d.disputed_at > now() - interval '30 days'
       and d.outcome is distinct from 'OWNER_AGREES' and d.outcome is distinct from 'MISTAKE'
  loop
    perform private.add_abuse_hit(v_dispute.salesman_id, v_dispute.order_id, 'OWNER_DISPUTED', '{}',
      v_dispute.disputed_at);
    perform private.add_repeated_dispute(v_dispute);
  end loop;

  if not exists (select from private.abuse_days where day = v_today) then
    perform private.measure_drift(v_today);
    delete from private.abuse_habits where day < v_today - 100;
    delete from private.abuse_trade where day < v_today - 100;
    delete from private.abuse_days where day < v_today - 400;
  end if;

  for v in
    select distinct h.salesman_id
      from app.abuse_hits h join app.accounts a on a.id = h.salesman_id and a.status = 'ACTIVE'
     where h.at > now() - interval '30 days'
       and (not exists (select from app.tasks k
                         where k.dedup_key = 'review-agent/' || a.code and k.done_at is null)
            or private.must_suspend(private.abuse_score(a.id), private.abuse_settings()))
     order by 1
  loop
    perform private.take_abuse_turn(v.salesman_id);
    perform private.act_on_score(v.salesman_id, null, now());
  end loop;
  return v_done;
end $$;
grant execute on function jobs.sweep_abuse to worker;
