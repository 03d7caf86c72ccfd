-- Abuse of Shadow Mode: what looks wrong about orders in stores' names, and what that leads to.
--
-- A rule that fires is a hit, kept with what it saw and with the limit it was compared with. A score is the sum of the
-- rules that fired, each counted once within its time. It raises a review; it shuts somebody out only when two signs
-- say so that have nothing to do with places. Signs are of moments (how fast, from where and with what; what was
-- ordered, for whom, and whether it comes again and again) or of weeks (orders that grow slowly): 83-abuse-signs.sql.
--
-- Every sign is judged as of the moment of the order, so a late inspection sees what a prompt one would have seen, and
-- looking for signs locks nothing that a checkout needs. Locks: an inspection takes the salesman's turn
-- (private.abuse_turns) before it judges, and his account after that, only where he is shut out.
--
-- The worker inspects each order and sweeps every five minutes; «Bukan saya» (67-disputes.sql) adds its hit in its
-- own transaction. Staff read the rules and the hits; the tables in private are nobody's to read.

-- The rules, and the thresholds of staff.

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
  made_at    timestamptz not null default now(),
  primary key (version, rule),
  check (not (geographic and decides))
);
comment on table app.abuse_rules is
  'What a sign of abuse weighs and how long it counts. A change is a new version: rows are added and never edited.';

call private.for_staff(array['abuse_rules']);

create trigger _010_append_only before update or delete on app.abuse_rules
  for each row execute function private.refuse_change();
create trigger _020_append_only_truncate before truncate on app.abuse_rules
  for each statement execute function private.refuse_change();

insert into app.abuse_rules (version, rule, weight, geographic, decides, counts_for, parameters) values
  (1, 'STORES_PER_HOUR', 40, false, true, '3 days', '{"historyOrders": 100}'),
  -- The same haste that STORES_PER_HOUR sees: the two of them are not two signs.
  (1, 'ORDERS_PER_HOUR', 20, false, false, '1 day', '{"historyHours": 10, "smallestSpread": 0.5}'),
  (1, 'OUTSIDE_ASSIGNMENT', 25, false, true, '14 days', '{}'),
  (1, 'ORDER_VALUE', 20, false, true, '3 days', '{"historyOrders": 4, "readAtMost": 400}'),
  -- The same while such orders are common in the region, yesterday and today: before a feast everybody buys more.
  (1, 'SEASON_VALUE', 2, false, false, '3 days',
    '{"days": 2, "daysWhenFew": 7, "commonFrom": 0.01, "leastOrders": 50}'),
  -- The same with a package that other salesmen sell too.
  (1, 'PROMOTED_VALUE', 2, false, false, '3 days', '{}'),
  (1, 'SAME_BASKET', 25, false, true, '3 days', '{}'),
  -- The same basket, while other salesmen sell it too: an offer of these days, most likely.
  (1, 'PROMOTED_BASKET', 2, false, false, '3 days', '{}'),
  (1, 'IMPLAUSIBLE_TRAVEL', 15, true, false, '3 days', '{}'),
  (1, 'OWNER_DISPUTED', 30, false, true, '30 days', '{}'),
  (1, 'NEW_DEVICE', 10, false, false, '3 days', '{}'),
  (1, 'SHARED_DEVICE', 20, false, true, '30 days', '{"readAtMost": 600}'),
  -- The same with so many that it is a computer of an office rather than two accounts of one person.
  (1, 'OFFICE_DEVICE', 2, false, false, '30 days', '{"others": 3}'),
  -- One such sign happens to honest people; the same one again and again does not. By rule: on how many days, in how
  -- many orders, within how many days. SEASON_VALUE: large orders of any kind, more than `beyond` and `timesTrade`
  -- times what the others' orders lead to expect.
  (1, 'REPEATED', 40, false, false, '14 days',
    '{"STORES_PER_HOUR": {"days": 3, "orders": 3, "within": 14}, "SAME_BASKET": {"days": 3, "orders": 3, "within": 14},
    "OUTSIDE_ASSIGNMENT": {"days": 2, "orders": 3, "within": 14}, "ORDER_VALUE": {"days": 2, "orders": 3, "within": 28},
    "SEASON_VALUE": {"days": 2, "orders": 4, "within": 14, "beyond": 3.5, "timesTrade": 2.5},
    "OWNER_DISPUTED": {"days": 1, "orders": 2, "within": 14},
      "SHARED_DEVICE": {"handoverDays": 4}}'),
  -- Weeks instead of moments: no other rule can see it, so it has to be enough for a person to look; never for more.
  (1, 'SLOW_DRIFT', 60, false, false, '14 days',
    '{"recentDays": 28, "gapDays": 14, "baseDays": 48, "leastBaseDays": 21, "leastStores": 12,
    "seasonDays": 4, "orderBound": 1.5, "storeBound": 1}');

-- The thresholds with which staff begins stand in the trail, like every change of them.
select private.audit('SETTING_CHANGED', 'setting', key, p_before => '{"value": null, "until": null}',
    p_after => jsonb_build_object('value', value, 'until', null))
  from app.settings where key >= 'abuse.' and key < 'abuse/';

-- The newest version is the one that counts.
create function private.abuse_version() returns integer
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select max(version) from app.abuse_rules
$$;

-- What an inspection compares with, read once: staff's thresholds and the parameters of the rules,
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

call private.for_staff(array['abuse_hits']);

create trigger _010_append_only before update or delete on app.abuse_hits
  for each row execute function private.refuse_change();

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
      where a.id = p_salesman and k.kind = 'REVIEW_SALESMAN'),
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
-- incident are open per salesman, one mail goes out per incident and level, and a suspension is not repeated.
create function private.act_on_score(p_salesman uuid, p_order bigint, p_at timestamptz) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v jsonb := private.abuse_score(p_salesman, p_at);
  v_settings jsonb := private.abuse_settings();
  v_score integer := (v ->> 'score')::integer;
  v_who app.accounts; v_severity integer; v_incident bigint; v_ref text; v_rules jsonb;
begin
  if v_score < (v_settings ->> 'review_score')::numeric then return; end if;
  select * into v_who from app.accounts where id = p_salesman;
  v_severity := case when private.must_suspend(v, v_settings) then 2 else 3 end;
  v_incident := private.open_incident(v_severity, 'ABUSE_SCORE', 'abuse-score/' || v_who.code, v_who.code, v);
  select ref into v_ref from app.incidents where id = v_incident;
  perform private.open_task('REVIEW_SALESMAN', 'review-salesman/' || v_who.code, v_who.code, p_order, v_incident,
    interval '1 day', v);
  perform private.notify_role('ADMIN', 'SALESMAN_FLAGGED', 'salesman-flagged/' || v_ref || '/' || v_severity,
    jsonb_build_object('salesman', v_who.name, 'code', v_who.code, 'score', v_score, 'severity', v_severity,
      'incident', v_ref, 'path', '/admin/cases/' || v_who.code));
  if v_severity = 2 and v_who.status = 'ACTIVE' then
    v_rules := jsonb_path_query_array(v, '$.rules[*].rule'); -- The heaviest first.
    perform private.suspend(p_salesman, null, 'SYSTEM', jsonb_build_object('score', v_score, 'rules', v_rules));
  end if;
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
  perform private.go_on_for((select u.request_id from app.erp_syncs u where u.order_id = p_order));
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
                         where k.dedup_key = 'review-salesman/' || a.code and k.done_at is null)
            or private.must_suspend(private.abuse_score(a.id), private.abuse_settings()))
     order by 1
  loop
    perform private.take_abuse_turn(v.salesman_id);
    perform private.act_on_score(v.salesman_id, null, now());
  end loop;
  return v_done;
end $$;
grant execute on function jobs.sweep_abuse to worker;
