-- The audit trail (append-only) and the settings that the office may turn.

create table app.audit_events (
  id                bigint generated always as identity primary key,
  at                timestamptz not null default clock_timestamp(),
  actor_id          uuid,
  actor_code        text,
  partner_id        uuid,
  acting_session_id uuid,
  action            text not null check (action ~ '^[A-Z_]{3,40}$'),
  entity            text,
  entity_key        text,
  detail            jsonb not null default '{}',
  ip                text,
  user_agent        text,
  request_id        text
);
comment on table app.audit_events is 'Who did what, for whom, from where. Rows are added and never changed.';
create index on app.audit_events (actor_id, id desc);
create index on app.audit_events (action, id desc);
create index on app.audit_events (request_id, id desc);

alter table app.audit_events enable row level security;
create policy live_session on app.audit_events as restrictive to authenticated using ((select private.live_session()) is not null);
create policy auditor_reads on app.audit_events for select to authenticated
  using ((select private.viewer_role()) = 'AUDITOR');
grant select on app.audit_events to authenticated;

create function private.refuse_change() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  raise exception 'the audit trail is append-only' using errcode = 'DNIED';
end $$;
create trigger append_only before update or delete on app.audit_events
  for each row execute function private.refuse_change();
create trigger append_only_truncate before truncate on app.audit_events
  for each statement execute function private.refuse_change();

-- One line of the trail, in the transaction of the act it tells about. Values in
-- detail must not be personal data in clear.
create function private.audit(p_action text, p_entity text, p_key text, p_detail jsonb default '{}') returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into app.audit_events (actor_id, actor_code, partner_id, acting_session_id, action, entity, entity_key, detail,
                                ip, user_agent, request_id)
  values (private.viewer_id(), (select code from app.accounts where id = private.viewer_id()), private.viewer_partner(),
          private.viewer_acting(), p_action, p_entity, p_key, p_detail,
          private.request('ip'), left(private.request('ua'), 200), private.request('id'));
end $$;

create table app.settings (
  key        text primary key,
  value      jsonb not null,
  kind       text not null check (kind in ('number', 'boolean')),
  minimum    numeric,
  maximum    numeric,
  reason     text,
  expires_at timestamptz,
  set_by     text,
  set_at     timestamptz not null default now()
);
comment on table app.settings is 'What the office may turn without a deploy; each change is audited.';
insert into app.settings (key, kind, value, minimum, maximum) values
  ('CREDIT_CHECK_BYPASS', 'boolean', 'false', null, null),
  ('erp.force_degraded', 'boolean', 'false', null, null),
  ('erp.push_per_second', 'number', '5', 1, 50),
  ('loyalty.multiplier.silver', 'number', '1.00', 0, 10),
  ('loyalty.multiplier.gold', 'number', '1.20', 0, 10),
  ('loyalty.multiplier.platinum', 'number', '1.50', 0, 10),
  ('loyalty.point_rate', 'number', '10000', 1000, 1000000),
  ('order.minimum_threshold', 'number', '500000', 0, 100000000),
  ('stock.sync_interval_minutes', 'number', '15', 1, 240),
  ('stock.buffer.default', 'number', '3', 0, 1000);

alter table app.settings enable row level security;
create policy live_session on app.settings as restrictive to authenticated using ((select private.live_session()) is not null);
create policy staff_reads on app.settings for select to authenticated using ((select private.viewer_is_staff()));
grant select on app.settings to authenticated;

-- The value that holds now: an expired boolean is false again by itself.
create function private.setting(p_key text) returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return (select case when expires_at <= now() then 'false'::jsonb else value end from app.settings where key = p_key);
end $$;

-- Errors: DNIED for all but admins, NTFND unknown key, INVAL with the field at fault.
-- A bypass needs a reason and an end: 4 h unless said otherwise, 24 h at most.
create function app.change_setting(p_key text, p_value jsonb, p_reason text, p_hours numeric default null) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_old app.settings;
  v_expires timestamptz;
begin
  perform private.assert_alive();
  if private.viewer_role() is distinct from 'ADMIN' then
    perform private.refuse('DNIED', 'only an admin changes settings');
  end if;
  select * into v_old from app.settings where key = p_key for update;
  if not found then perform private.refuse('NTFND', 'no such setting'); end if;
  if length(btrim(coalesce(p_reason, ''))) < 3 or length(p_reason) > 200 then
    perform private.refuse('INVAL', 'a reason is needed', '{"field":"reason"}');
  end if;
  if jsonb_typeof(p_value) is distinct from v_old.kind
     or (v_old.kind = 'number' and ((p_value::text)::numeric < v_old.minimum or (p_value::text)::numeric > v_old.maximum)) then
    perform private.refuse('INVAL', 'the value is out of range', '{"field":"value"}');
  end if;
  if v_old.kind = 'boolean' and p_value = 'true'::jsonb then
    if coalesce(p_hours, 4) not between 0.25 and 24 then
      perform private.refuse('INVAL', 'between a quarter of an hour and a day', '{"field":"hours"}');
    end if;
    v_expires := now() + make_interval(mins => (coalesce(p_hours, 4) * 60)::int);
  end if;
  update app.settings
     set value = p_value, reason = p_reason, expires_at = v_expires, set_at = now(),
         set_by = (select code from app.accounts where id = private.viewer_id())
   where key = p_key;
  perform private.audit('SETTING_CHANGED', 'setting', p_key,
    jsonb_build_object('from', v_old.value, 'to', p_value, 'reason', p_reason, 'until', v_expires));
end $$;
grant execute on function app.change_setting to authenticated;
