-- The status page: whether one can order, and whether the ERP, mails and text messages go; in words for everybody.
--
-- Nothing here names a salesman, a store, a level or an error: who reads it may be anybody. What the services are is
-- computed from what is known anyway (the breaker, how long mails wait, maintenance, open incidents); the worker writes
-- each change down, which makes the history of 90 days. What people write about an incident for stores stands in a
-- table of its own, and is all that the page says of it.
--
-- Whoever wants to be told by mail asks, and gets one mail with a link until he has confirmed. His links are signed
-- here, like those of disputes.

create table app.public_updates (
  id          bigint generated always as identity primary key,
  incident_id bigint not null references app.incidents on delete restrict,
  at          timestamptz not null default clock_timestamp(),
  service     text not null check (service in ('ORDERING', 'ERP', 'MAIL', 'SMS')),
  -- How it is with the service by this. OK: it is over.
  state       text not null check (state in ('OK', 'DEGRADED', 'DOWN')),
  text_id     text not null check (private.is_note(text_id, 600)),
  text_en     text not null check (private.is_note(text_en, 600)),
  written_by  text not null
);
comment on table app.public_updates is
  'What staff tells stores about an incident, on the status page. Added to, never changed.';
create index on app.public_updates (incident_id, id);

call private.for_staff(array['public_updates']);

create trigger _010_append_only before update or delete on app.public_updates
  for each row execute function private.refuse_change();

-- Which service suffers from which cause: at SEV-1 it is down, at the others it is degraded.
create table private.status_causes (
  cause   text not null,
  service text not null check (service in ('ORDERING', 'ERP', 'MAIL', 'SMS')),
  primary key (cause, service)
);
alter table private.status_causes enable row level security;
insert into private.status_causes (cause, service) values ('ERP_DOWN', 'ORDERING'), ('ANSWERS_MIXED', 'ORDERING');

-- From when on a service was how. Kept for 100 days; its newest row stays.
create table private.status_changes (
  id      bigint generated always as identity primary key,
  service text not null,
  state   text not null check (state in ('OK', 'DEGRADED', 'DOWN')),
  at      timestamptz not null default now()
);
create index on private.status_changes (service, id desc);
alter table private.status_changes enable row level security;

create table private.status_subscribers (
  id           bigint generated always as identity primary key,
  email        text not null unique check (email = lower(btrim(email)) and length(email) <= 200),
  language     text not null check (language in ('id', 'en')),
  -- How often he was sent the link that confirms.
  asks         integer not null default 1,
  asked_at     timestamptz not null default now(),
  confirmed_at timestamptz
);
comment on table private.status_subscribers is
  'Who is told of the status by mail. Gone when he says so, or when he did not confirm for a week.';
alter table private.status_subscribers enable row level security;

insert into private.secrets (name, value)
  values ('status-link',
          sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())));

-- What the services are.

-- How a channel is whose oldest message waits since p_oldest (null: none waits), and that goes since p_resumed: late
-- while nothing gets through. One that waits alone, while others go, is a message in trouble and no channel.
create function private.channel_state(p_oldest timestamptz, p_resumed timestamptz, p_sent timestamptz) returns text
language sql stable set search_path = pg_catalog, pg_temp as $$
  select case
    when p_oldest is null then 'OK'
    when greatest(p_oldest, p_resumed, p_sent) < now() - interval '1 hour' then 'DOWN'
    when greatest(p_oldest, p_resumed, p_sent) < now() - interval '10 minutes' then 'DEGRADED'
    else 'OK' end
$$;

-- Of the owners' alerts by a channel: since when the oldest waits, and when the newest of the last hour went out.
create function private.alerts_by(p_channel text, out oldest timestamptz, out sent timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select (select min(created_at) from app.shadow_alerts where state = 'PENDING' and channel = p_channel),
         (select max(sent_at) from app.shadow_alerts
           where channel = p_channel and sent_at > now() - interval '1 hour')
$$;

-- Each service as it is now. `why` MAINTENANCE: it waits for that. SMS only where there is a gateway.
create function private.service_states() returns table (service text, state text, why text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  v_mode text := private.maintenance_mode();
  -- What waited for maintenance has waited since its end.
  v_resumed timestamptz := coalesce((select max(coalesce(ended_at, ends_at)) from app.maintenance
                                      where begun_at is not null and starts_at <= now()), '-infinity');
begin
  return query
    with known (service, state) as (
      select 'ORDERING', case when v_mode = 'FULL' then 'DOWN'
                              when v_mode = 'READ_ONLY' or private.is_degraded() then 'DEGRADED' else 'OK' end
      union all
      select 'ERP', case c.state when 'CLOSED' then case when private.is_degraded() then 'DEGRADED' else 'OK' end
                                 when 'OPEN' then 'DOWN' else 'DEGRADED' end
        from app.erp_circuit c
      union all
      select 'MAIL', private.channel_state(
        least((select min(m.created_at) from app.mails m where m.state = 'PENDING'), a.oldest), v_resumed,
        greatest((select max(m.sent_at) from app.mails m where m.sent_at > now() - interval '1 hour'), a.sent))
        from private.alerts_by('EMAIL') a
      union all
      select 'SMS', private.channel_state(a.oldest, v_resumed, a.sent)
        from private.alerts_by('SMS') a where exists (select from private.alert_channels where channel = 'SMS')
      union all
      select s.service, case i.severity when 1 then 'DOWN' else 'DEGRADED' end
        from app.incidents i join private.status_causes s on s.cause = i.cause
       where i.state not in ('RESOLVED', 'CLOSED')
      union all
      select u.service, u.state from private.open_updates() u),
    worst as (
      select k.service, max(array_position(array['OK', 'DEGRADED', 'DOWN'], k.state)) as rank
        from known k group by k.service)
    select w.service,
           case when v_mode <> 'OFF' and w.rank = 1 then 'DEGRADED'
                else (array['OK', 'DEGRADED', 'DOWN'])[w.rank] end,
           case when v_mode <> 'OFF' then 'MAINTENANCE' end
      from worst w order by array_position(array['ORDERING', 'ERP', 'MAIL', 'SMS'], w.service);
end $$;

-- The last word to stores about each service of an incident that goes on.
create function private.open_updates() returns setof app.public_updates
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select distinct on (u.incident_id, u.service) u.*
    from app.incidents i join app.public_updates u on u.incident_id = i.id
   where i.state not in ('RESOLVED', 'CLOSED')
   order by u.incident_id, u.service, u.id desc
$$;

-- Ninety letters of a service, the last is today in Jakarta: its worst state of the day (O, D, X), - for no record.
create function private.status_days(p_service text) returns text
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with spans as (
    select array_position(array['OK', 'DEGRADED', 'DOWN'], state) as rank, at,
           coalesce(lead(at) over (order by id), now()) as until
      from private.status_changes where service = p_service),
  days as (select (now() at time zone 'Asia/Jakarta')::date - ago as day from generate_series(0, 89) ago)
  select string_agg(coalesce((
           select substr('ODX', max(s.rank), 1) from spans s
            where s.at < (d.day + 1)::timestamp at time zone 'Asia/Jakarta'
              and s.until >= d.day::timestamp at time zone 'Asia/Jakarta'), '-'), '' order by d.day)
    from days d
$$;

-- All that the status page says, for everybody. Incidents: those that stores were told of, of the last 90 days.
create function app.read_status() returns jsonb
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select jsonb_build_object(
    'at', now(),
    'maintenance', app.read_maintenance(),
    'services', (select jsonb_agg(jsonb_build_object('service', s.service, 'state', s.state, 'why', s.why,
                                                     'days', private.status_days(s.service)))
                   from private.service_states() s),
    'incidents', coalesce((
      select jsonb_agg(jsonb_build_object('id', one.first, 'open', one.open, 'from', one.opened_at, 'until', one.ended,
                                          'updates', one.updates) order by one.open desc, one.first desc)
        from (select i.opened_at, min(u.id) as first,
                     exists (select from private.open_updates() o
                              where o.incident_id = i.id and o.state <> 'OK') as open,
                     least(i.resolved_at, max(u.at) filter (where u.state = 'OK')) as ended,
                     jsonb_agg(jsonb_build_object('id', u.id, 'at', u.at, 'service', u.service, 'state', u.state,
                                                  'textId', u.text_id, 'textEn', u.text_en) order by u.id desc)
                       as updates
                from app.incidents i join app.public_updates u on u.incident_id = i.id
               where u.at > now() - interval '90 days'
               group by i.id order by min(u.id) desc limit 50) one), '[]'))
$$;
grant execute on function app.read_status to anon;

-- What the worker does every few seconds: maintenance that begins or ends by the clock, and what changed since.
create function jobs.watch_status() returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform private.move_maintenance();
  -- One at a time; who comes second finds nothing changed.
  lock table private.status_changes in share row exclusive mode;
  insert into private.status_changes (service, state)
    select s.service, s.state from private.service_states() s
     where s.state is distinct from (select c.state from private.status_changes c where c.service = s.service
                                      order by c.id desc limit 1);
end $$;
grant execute on function jobs.watch_status to worker;

-- What goes: changes of more than 100 days ago (the last of each service stays), and who did not confirm for a week.
create function private.sweep_status() returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  delete from private.status_changes c
   where c.at < now() - interval '100 days'
     and exists (select from private.status_changes n where n.service = c.service and n.id > c.id
                    and n.at < now() - interval '100 days');
  delete from private.status_subscribers where confirmed_at is null and asked_at < now() - interval '7 days';
$$;

-- What people write for stores.

-- A word to stores about an incident: p_service, how it is with it, and what to know, in both languages. Said twice
-- is said once. Errors: 28000, DENIED for all but admins, NOT_FOUND, SERVICE and STATE of what is none, REASON_REQUIRED
-- and TOO_LONG of `textId` and `textEn`.
create function app.write_public_update(p_ref text, p_service text, p_state text, p_text_id text, p_text_en text)
returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_incident app.incidents; v_last app.public_updates; v app.public_updates;
begin
  perform private.assert_alive();
  perform private.assert_role('ADMIN', 'only an admin writes to stores');
  if coalesce(p_service, '') not in ('ORDERING', 'ERP', 'MAIL', 'SMS') then
    perform private.refuse('SERVICE', field => 'service');
  end if;
  if coalesce(p_state, '') not in ('OK', 'DEGRADED', 'DOWN') then
    perform private.refuse('STATE', field => 'state');
  end if;
  perform private.assert_note(p_text_id, 600, 'textId');
  perform private.assert_note(p_text_en, 600, 'textEn');
  select * into v_incident from app.incidents where ref = p_ref for update;
  if not found then perform private.refuse('NOT_FOUND', field => 'ref'); end if;
  select * into v_last from app.public_updates where incident_id = v_incident.id order by id desc limit 1;
  if (v_last.service, v_last.state, v_last.text_id, v_last.text_en)
     = (p_service, p_state, btrim(p_text_id), btrim(p_text_en)) then
    return;
  end if;
  insert into app.public_updates (incident_id, service, state, text_id, text_en, written_by)
    values (v_incident.id, p_service, p_state, btrim(p_text_id), btrim(p_text_en), private.actor()) returning * into v;
  perform private.audit('PUBLIC_UPDATE_WRITTEN', 'incident', p_ref,
    jsonb_build_object('update', v.id, 'service', p_service, 'state', p_state));
  perform private.tell_subscribers('STATUS_UPDATE', 'public-update/' || v.id,
    jsonb_build_object('service', p_service, 'state', p_state, 'textId', v.text_id, 'textEn', v.text_en));
end $$;
grant execute on function app.write_public_update to authenticated;

-- Who is told.

-- One mail to each who has confirmed, once per key.
create function private.tell_subscribers(p_kind text, p_key text, p_props jsonb) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  select private.notify(p_kind, p_key || '/' || s.id, s.email, s.language,
                        p_props || jsonb_build_object('subscriber', s.id))
    from (select * from private.status_subscribers where confirmed_at is not null order by id) s
$$;

-- `<id>.<signature>`: p_for is `confirm` or `leave`. The mail gets it when it is sent; it stands in no table.
create function private.status_token(p_for text, p_id bigint) returns text
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select p_id || '.' || rtrim(translate(encode(
           private.hmac_sha256(value, format('status/1 %s %s', p_for, p_id)), 'base64'), '+/', '-_'), '=')
    from private.secrets where name = 'status-link'
$$;

-- Of whom a token speaks; null when it was never signed for this. Hashes are compared: time tells nothing.
create function private.read_status_token(p_for text, p_token text) returns bigint
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare v_id bigint := (regexp_match(p_token, '^([1-9][0-9]{0,17})\.[A-Za-z0-9_-]{43}$'))[1]::bigint;
begin
  return case when sha256(convert_to(p_token, 'UTF8'))
                   = sha256(convert_to(private.status_token(p_for, v_id), 'UTF8')) then v_id end;
end $$;

-- What a mail says beside its props, known only when it goes out: the links of whom it is to.
create function private.mail_secrets(p_kind text, p_props jsonb) returns jsonb
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select case when p_kind = 'STATUS_CONFIRM'
              then jsonb_build_object('token', private.status_token('confirm', (p_props ->> 'subscriber')::bigint))
              when p_kind in ('MAINTENANCE', 'STATUS_UPDATE')
              then jsonb_build_object('token', private.status_token('leave', (p_props ->> 'subscriber')::bigint))
              else '{}' end
$$;

-- Asks to be told. Returns the seconds to wait, 0: taken, which says nothing about the address. The mail that confirms
-- goes to nobody who has confirmed, every ten minutes at most, and five times in all. In 15 minutes ten from an
-- address, 200 from everywhere. Errors: EMAIL of what is none.
create function app.subscribe_status(p_email text, p_language text, p_address text) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_email text := lower(btrim(p_email)); v_wait integer; v private.status_subscribers;
begin
  if coalesce(v_email, '') !~ '^[^@[:space:]]+@[^@[:space:]]+[.][^@[:space:]]+$' or length(v_email) > 200 then
    perform private.refuse('EMAIL', field => 'email');
  end if;
  v_wait := private.count_try(private.try_key('status', 'i', p_address), 10);
  if v_wait > 0 then return v_wait; end if;
  v_wait := private.count_try(private.try_key('status', 'g', ''), 200);
  if v_wait > 0 then return v_wait; end if;
  insert into private.status_subscribers as s (email, language)
    values (v_email, case when p_language = 'en' then 'en' else 'id' end)
    on conflict (email) do update set asks = s.asks + 1, asked_at = now(), language = excluded.language
      where s.confirmed_at is null and s.asks < 5 and s.asked_at < now() - interval '10 minutes'
    returning * into v;
  if v.id is not null then
    perform private.notify('STATUS_CONFIRM', format('status-confirm/%s/%s', v.id, v.asks), v.email, v.language,
      jsonb_build_object('subscriber', v.id));
  end if;
  return 0;
end $$;
grant execute on function app.subscribe_status to anon;

-- Whom a link speaks of, without doing anything: WAITING, CONFIRMED, GONE (left, or too late), FORGED.
create function app.read_status_link(p_for text, p_token text) returns text
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare v_id bigint := private.read_status_token(p_for, p_token);
begin
  if v_id is null then return 'FORGED'; end if;
  return coalesce((select case when confirmed_at is null then 'WAITING' else 'CONFIRMED' end
                     from private.status_subscribers where id = v_id), 'GONE');
end $$;
grant execute on function app.read_status_link to anon;

-- The link of the first mail: he is told from now on. Twice is once. CONFIRMED, GONE or FORGED.
create function app.confirm_status(p_token text) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_id bigint := private.read_status_token('confirm', p_token);
begin
  if v_id is null then return 'FORGED'; end if;
  update private.status_subscribers set confirmed_at = coalesce(confirmed_at, now())
   where id = v_id and (confirmed_at is not null or asked_at > now() - interval '7 days');
  return case when found then 'CONFIRMED' else 'GONE' end;
end $$;
grant execute on function app.confirm_status to anon;

-- The link of every other mail: he is forgotten, and what has not gone out to him does not. GONE or FORGED.
create function app.leave_status(p_token text) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_id bigint := private.read_status_token('leave', p_token); v_email text;
begin
  if v_id is null then return 'FORGED'; end if;
  delete from private.status_subscribers where id = v_id returning email into v_email;
  update app.mails set state = 'FAILED', last_error = 'UNSUBSCRIBED'
   where state = 'PENDING' and recipient = v_email and kind in ('MAINTENANCE', 'STATUS_UPDATE');
  return 'GONE';
end $$;
grant execute on function app.leave_status to anon;
