-- Settings: what staff may turn without a deploy.
--
-- A row says itself what its value may be: a number with bounds and a step, a switch, or one of some choices. The one
-- place where that is judged is private.fits_setting; the table asks it, and so does the command. A switch never stays
-- on without an end.
--
-- Only admins change a setting, by app.change_setting and one at a time (the row is the lock); staff reads the
-- table, and the rules of the business ask private.setting or private.number_setting. Each change stands in the audit
-- trail: a value cannot be committed without its row there.

-- Does a value fit its setting? A number lies on its step, counted from nothing; 1: whole numbers.
create function private.fits_setting(p_kind text, p_minimum numeric, p_maximum numeric, p_step numeric,
  p_choices text[], p_value jsonb) returns boolean
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select coalesce(case
    when jsonb_typeof(p_value) = 'boolean' then p_kind = 'boolean'
    when jsonb_typeof(p_value) = 'string' then p_kind = 'choice' and p_value #>> '{}' = any (p_choices)
    when jsonb_typeof(p_value) = 'number' then p_kind = 'number'
      and p_value::numeric between p_minimum and p_maximum and p_value::numeric % p_step = 0
    end, false)
$$;

create table app.settings (
  key        text primary key,
  value      jsonb not null,
  kind       text not null check (kind in ('number', 'boolean', 'choice')),
  minimum    numeric,
  maximum    numeric,
  step       numeric,
  choices    text[],
  reason     text,
  expires_at timestamptz,
  set_by     text,
  set_at     timestamptz not null default now(),
  constraint value_fits check (private.fits_setting(kind, minimum, maximum, step, choices, value)),
  constraint number_has_bounds check ((kind = 'number') = (minimum is not null and maximum >= minimum and step > 0)),
  constraint choice_has_choices check ((kind = 'choice') = (cardinality(choices) > 0)),
  -- What runs out is off again, which only a switch can be. It never stays on without an end, nor for longer than a day
  -- from when it was set.
  constraint switch_ends check (
    case when kind = 'boolean'
         then value <> 'true'::jsonb or expires_at is not null and expires_at <= set_at + interval '24 hours'
         else expires_at is null end)
);
comment on table app.settings is
  'What staff may turn without a deploy; each change is audited. A row says itself what its value may be.';

call private.for_staff(array['settings']);

-- The settings there are, with the values to begin with. They go in ahead of the trigger that asks for a row of the
-- trail: nobody has changed anything yet.
insert into app.settings (key, kind, value, minimum, maximum, step) values
  ('CREDIT_CHECK_BYPASS', 'boolean', 'false', null, null, null),
  ('erp.force_degraded', 'boolean', 'false', null, null, null),
  ('erp.sync_per_second', 'number', '5', 1, 50, 1),
  ('loyalty.multiplier.silver', 'number', '1.00', 0, 10, 0.01),
  ('loyalty.multiplier.gold', 'number', '1.20', 0, 10, 0.01),
  ('loyalty.multiplier.platinum', 'number', '1.50', 0, 10, 0.01),
  ('loyalty.point_rate', 'number', '10000', 1000, 1000000, 1),
  ('order.minimum_threshold', 'number', '500000', 0, 100000000, 1),
  -- No longer than the form says to whoever agrees to it: three years.
  ('lead.retention_months', 'number', '36', 1, 36, 1),
  ('stock.sync_interval_minutes', 'number', '15', 1, 240, 1),
  ('stock.buffer.default', 'number', '3', 0, 1000, 1),
  ('sla.reminder_hours', 'number', '18', 1, 720, 1),
  ('sla.escalation_hours', 'number', '24', 1, 720, 1),
  ('sla.timeout_hours', 'number', '48', 1, 720, 1);
insert into app.settings (key, kind, value, choices) values
  ('loyalty.rounding', 'choice', '"half_up"', '{half_up,down}');
insert into app.settings (key, kind, value, minimum, maximum, step) values
  ('api.leads_per_address', 'number', '20', 1, 1000, 1),
  ('api.leads_per_person', 'number', '5', 1, 100, 1),
  ('api.reads_per_minute', 'number', '600', 10, 100000, 1),
  ('api.beacons_per_minute', 'number', '120', 1, 10000, 1);
insert into app.settings (key, kind, value, minimum, maximum, step) values
  ('abuse.stores_per_hour', 'number', '8', 2, 100, 1),
  ('abuse.stores_own_factor', 'number', '3', 1, 20, 0.1),
  ('abuse.orders_robust_z', 'number', '6', 2, 100, 0.1),
  ('abuse.order_value_factor', 'number', '5', 1.5, 100, 0.1),
  ('abuse.order_value_floor', 'number', '5000000', 0, 999999999, 1),
  ('abuse.same_basket_stores', 'number', '4', 2, 100, 1),
  ('abuse.promotion_salesmen', 'number', '3', 1, 100, 1),
  ('abuse.drift_percent', 'number', '10', 1, 500, 0.1),
  ('abuse.drift_score', 'number', '2.6', 1, 50, 0.1),
  ('abuse.review_score', 'number', '60', 1, 1000, 1),
  ('abuse.suspend_score', 'number', '90', 1, 1000, 1);
create constraint trigger _100_setting_needs_audit after insert or update of value, expires_at on app.settings
  deferrable initially deferred for each row execute function private.require_audit('setting', 'key');

-- The value that holds now: an expired switch is off again by itself.
create function private.setting(p_key text) returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return (select case when expires_at <= now() then 'false'::jsonb else value end from app.settings where key = p_key);
end $$;

-- The same of a number: how everybody reads one. Whole where its step is.
create function private.number_setting(p_key text) returns numeric
language sql stable set search_path = pg_catalog, pg_temp as $$
  select (private.setting(p_key) #>> '{}')::numeric
$$;

-- p_seen: what the page showed, where there was one. Every change needs a reason; a switch that is turned on (the
-- bypass, say) needs an end as well, p_hours: 4 h unless said otherwise, 24 h at most. Errors: 28000, DENIED for all
-- but admins, NOT_FOUND unknown key, STALE {value, by} when somebody set another value since, REASON_REQUIRED,
-- HOURS_OUT_OF_RANGE, OUT_OF_RANGE of `value` with what it may be: {kind, minimum, maximum, step}.
create function app.change_setting(p_key text, p_value jsonb, p_reason text, p_hours numeric default null,
  p_seen jsonb default null) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_old app.settings;
  v_expires timestamptz;
begin
  perform private.assert_alive();
  perform private.assert_role('ADMIN', 'only an admin changes settings');
  select * into v_old from app.settings where key = p_key for update;
  if not found then perform private.refuse('NOT_FOUND'); end if;
  -- What it can never be is told before what it is by now: of a word for a number nobody was quicker.
  if not private.fits_setting(v_old.kind, v_old.minimum, v_old.maximum, v_old.step, v_old.choices, p_value) then
    perform private.refuse('OUT_OF_RANGE', field => 'value',
      facts => jsonb_build_object(
        'kind', v_old.kind, 'minimum', v_old.minimum, 'maximum', v_old.maximum, 'step', v_old.step));
  end if;
  if p_seen is not null and p_seen <> v_old.value and p_value is distinct from v_old.value then
    perform private.refuse('STALE', 'somebody else changed it meanwhile',
      facts => jsonb_build_object('value', v_old.value, 'by', v_old.set_by));
  end if;
  perform private.assert_note(p_reason, 200, 'reason');
  if v_old.kind = 'boolean' and p_value = 'true'::jsonb then
    if coalesce(p_hours, 4) not between 0.25 and 24 then
      perform private.refuse('HOURS_OUT_OF_RANGE', field => 'hours');
    end if;
    v_expires := now() + make_interval(mins => (coalesce(p_hours, 4) * 60)::int);
  end if;
  update app.settings
     set value = p_value, reason = p_reason, expires_at = v_expires, set_at = now(),
         set_by = (select code from app.accounts where id = private.viewer_id())
   where key = p_key;
  perform private.audit('SETTING_CHANGED', 'setting', p_key,
    p_words => jsonb_build_object('reason', btrim(p_reason)),
    p_before => jsonb_build_object('value', v_old.value, 'until', v_old.expires_at),
    p_after => jsonb_build_object('value', p_value, 'until', v_expires));
end $$;
grant execute on function app.change_setting to authenticated;
