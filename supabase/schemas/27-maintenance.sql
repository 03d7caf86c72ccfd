-- Maintenance: the shop is closed for a while (FULL), or is only looked at (READ_ONLY).
--
-- Planned, begun and ended by the clock of the database; a change is a command of an admin. One at a time, and never
-- without an end: at most 24 hours from its beginning or from when it was last changed. What holds now is computed from
-- the times, so no process has to move anything for it to begin or end; private.move_maintenance only writes down that
-- it did and tells who asked to be told, once per step.
--
-- The environment of a process comes first (MAINTENANCE_MODE), for when there is no database to ask: see
-- app/status/maintenance.ts.
--
-- Meanwhile what goes to others waits: orders to the ERP, mails and messages to stores. The claims ask for that
-- themselves (jobs.claim_sync, claim_alerts, claim_mails).

create table app.maintenance (
  id        bigint generated always as identity primary key,
  mode      text not null check (mode in ('READ_ONLY', 'FULL')),
  starts_at timestamptz not null,
  ends_at   timestamptz not null,
  text_id   text not null check (private.is_note(text_id, 400)),
  text_en   text not null check (private.is_note(text_en, 400)),
  -- For staff; visitors read the texts.
  reason    text not null check (private.is_note(reason, 200)),
  state     text not null default 'PLANNED' check (state in ('PLANNED', 'RUNNING', 'ENDED', 'CANCELLED')),
  version   integer not null default 1,
  set_by    text not null,
  set_at    timestamptz not null default now(),
  begun_at  timestamptz,
  ended_at  timestamptz,
  constraint ends_in_time check (ends_at > starts_at and ends_at <= greatest(starts_at, set_at) + interval '24 hours'),
  check ((state in ('ENDED', 'CANCELLED')) = (ended_at is not null)),
  check (begun_at is not null or state in ('PLANNED', 'CANCELLED'))
);
comment on table app.maintenance is 'When the shop is closed or only looked at, why, and what visitors are told.';
create unique index maintenance_one_open on app.maintenance ((true)) where state in ('PLANNED', 'RUNNING');
create index maintenance_ended on app.maintenance (ended_at desc) where begun_at is not null;

call private.for_staff(array['maintenance']);
create constraint trigger _100_maintenance_needs_audit after insert or update on app.maintenance
  deferrable initially deferred for each row execute function private.require_audit('maintenance', 'id');

-- What holds now, by the clock: OFF, READ_ONLY or FULL.
create function private.maintenance_mode() returns text
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select coalesce((select mode from app.maintenance
                    where state in ('PLANNED', 'RUNNING') and starts_at <= now() and ends_at > now()), 'OFF')
$$;

-- A mail that waits while the shop is closed: about a store's orders. What people need to sign in, what staff is told
-- and what is told of the maintenance itself goes on.
create function private.waits_for_maintenance(p_kind text) returns boolean
language sql immutable parallel safe set search_path = pg_catalog, pg_temp
return p_kind in ('ORDER_RECEIVED', 'ORDER_CHANGED', 'ORDER_RECONCILED', 'DISPUTE_RECEIVED', 'DISPUTE_RESOLVED');

-- What every web process asks every other second: what holds now, and the next that is planned. For everybody.
create function app.read_maintenance() returns jsonb
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select jsonb_build_object(
    'mode', private.maintenance_mode(),
    'period', (
      select jsonb_build_object('mode', mode, 'from', starts_at, 'until', ends_at, 'id', text_id, 'en', text_en)
        from app.maintenance where state in ('PLANNED', 'RUNNING') and ends_at > now()))
$$;
grant execute on function app.read_maintenance to anon;

-- One line of the trail, and one mail to each confirmed subscriber. p_step: ANNOUNCED, CHANGED, CANCELLED, BEGUN or
-- ENDED.
create function private.tell_maintenance(p app.maintenance, p_step text, p_reason text default null,
  p_before jsonb default null) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform private.audit('MAINTENANCE_CHANGED', 'maintenance', p.id::text, jsonb_build_object('step', p_step),
    p_before => p_before, p_words => jsonb_build_object('reason', btrim(p_reason)),
    p_after => jsonb_build_object('mode', p.mode, 'from', p.starts_at, 'until', p.ends_at));
  perform private.tell_subscribers('MAINTENANCE', format('maintenance/%s/%s/%s', p.id, p_step, p.version),
    jsonb_build_object('step', p_step, 'mode', p.mode, 'from', p.starts_at, 'until', p.ends_at, 'textId', p.text_id,
      'textEn', p.text_en));
end $$;

-- Writes down that it began or ended by the clock. Whoever comes second finds it done.
create function private.move_maintenance() returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.maintenance;
begin
  select * into v from app.maintenance where state in ('PLANNED', 'RUNNING') for update;
  if v.state = 'PLANNED' and v.starts_at <= now() then
    update app.maintenance set state = 'RUNNING', begun_at = now() where id = v.id returning * into v;
    -- Over before anybody looked: that it began is no news any more.
    if v.ends_at > now() then perform private.tell_maintenance(v, 'BEGUN'); end if;
  end if;
  if v.state = 'RUNNING' and v.ends_at <= now() then
    update app.maintenance set state = 'ENDED', ended_at = now() where id = v.id returning * into v;
    perform private.tell_maintenance(v, 'ENDED');
  end if;
end $$;

-- Plans one (p_id null) or changes the one that is open; from null or past: from now on. p_version: the one that was
-- shown. Errors: 28000, DENIED for all but admins, MODE of `mode`, WHEN_ENDS of `until` (it has to end, later than it
-- begins and now, within 24 hours), REASON_REQUIRED and TOO_LONG of `textId`, `textEn` and `reason`, MAINTENANCE_OPEN
-- when another is planned or running, STALE when it was changed or ended since, NOT_FOUND.
create function app.set_maintenance(p_id bigint, p_version integer, p_mode text, p_from timestamptz,
  p_until timestamptz, p_text_id text, p_text_en text, p_reason text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v app.maintenance; v_from timestamptz := greatest(coalesce(p_from, now()), now());
  v_me text; v_before jsonb;
begin
  perform private.assert_alive();
  perform private.assert_role('ADMIN', 'only an admin closes the shop');
  if coalesce(p_mode, '') not in ('READ_ONLY', 'FULL') then perform private.refuse('MODE', field => 'mode'); end if;
  perform private.assert_note(p_text_id, 400, 'textId');
  perform private.assert_note(p_text_en, 400, 'textEn');
  perform private.assert_note(p_reason, 200, 'reason');
  perform private.move_maintenance();
  v_me := private.actor();
  if p_id is null then
    if p_until is null or p_until <= v_from or p_until > v_from + interval '24 hours' then
      perform private.refuse('WHEN_ENDS', field => 'until');
    end if;
    begin
      insert into app.maintenance (mode, starts_at, ends_at, text_id, text_en, reason, set_by)
        values (p_mode, v_from, p_until, btrim(p_text_id), btrim(p_text_en), btrim(p_reason), v_me) returning * into v;
    exception when unique_violation then
      perform private.refuse('MAINTENANCE_OPEN');
    end;
    if v.starts_at <= now() then
      update app.maintenance set state = 'RUNNING', begun_at = now() where id = v.id returning * into v;
    end if;
    perform private.tell_maintenance(v, case v.state when 'RUNNING' then 'BEGUN' else 'ANNOUNCED' end, p_reason);
    return;
  end if;
  select * into v from app.maintenance where id = p_id for update;
  if not found then perform private.refuse('NOT_FOUND'); end if;
  if v.state not in ('PLANNED', 'RUNNING') or v.version is distinct from p_version then
    perform private.refuse('STALE', 'it was changed or ended meanwhile');
  end if;
  -- When it began is past.
  if v.state = 'RUNNING' then v_from := v.starts_at; end if;
  if p_until is null or p_until <= greatest(v_from, now())
     or p_until > greatest(v_from, now()) + interval '24 hours' then
    perform private.refuse('WHEN_ENDS', field => 'until');
  end if;
  v_before := jsonb_build_object('mode', v.mode, 'from', v.starts_at, 'until', v.ends_at);
  update app.maintenance
     set mode = p_mode, starts_at = v_from, ends_at = p_until, text_id = btrim(p_text_id), text_en = btrim(p_text_en),
         reason = btrim(p_reason), version = version + 1, set_by = v_me, set_at = now()
   where id = p_id returning * into v;
  perform private.tell_maintenance(v, 'CHANGED', p_reason, v_before);
  perform private.move_maintenance(); -- Moved to now.
end $$;
grant execute on function app.set_maintenance to authenticated;

-- Ends the one that runs, cancels the one that is planned. Errors: 28000, DENIED for all but admins, REASON_REQUIRED,
-- NOT_FOUND, STALE.
create function app.end_maintenance(p_id bigint, p_version integer, p_reason text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.maintenance;
begin
  perform private.assert_alive();
  perform private.assert_role('ADMIN', 'only an admin opens the shop');
  perform private.assert_note(p_reason, 200, 'reason');
  perform private.move_maintenance();
  select * into v from app.maintenance where id = p_id for update;
  if not found then perform private.refuse('NOT_FOUND'); end if;
  if v.state not in ('PLANNED', 'RUNNING') or v.version is distinct from p_version then
    perform private.refuse('STALE', 'it was changed or ended meanwhile');
  end if;
  update app.maintenance
     set state = case v.state when 'RUNNING' then 'ENDED' else 'CANCELLED' end, ended_at = now(),
         version = version + 1, set_by = private.actor(), set_at = now()
   where id = p_id returning * into v;
  perform private.tell_maintenance(v, v.state, p_reason);
end $$;
grant execute on function app.end_maintenance to authenticated;
