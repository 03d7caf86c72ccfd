-- Notifications: how people of ours hear of an incident. By Slack, by mail and by SMS, each falling back to the next.
--
-- Like every outbox: the row is written in the transaction of what it tells and is the record; workers lease what is
-- due, send it, and say how it went. A lease has a ticket, so that one who comes back late settles nothing. Slack knows
-- no idempotency key: nothing is lost, and a message may come twice only after an answer that never arrived.
--
-- Nobody is flooded: an incident's opening is one message however often its cause is seen again, and of one cause a
-- Slack channel hears at most once in 30 minutes, but for a graver level, which is another channel.

-- Posts, people and who has which post when.

create table app.posts (
  post text primary key check (post ~ '^[A-Z_]{2,20}$'),
  rank smallint not null unique
);
comment on table app.posts is 'The posts that the escalation matrix names.';
insert into app.posts values ('CTO', 1), ('CIO', 2), ('VP_SALES', 3), ('ENG_LEAD', 4), ('OPS_MANAGER', 5),
  ('SUPPORT', 6), ('HELPDESK', 7), ('PRIVACY', 8);

create table app.responders (
  id       bigint generated always as identity primary key,
  name     text not null check (length(btrim(name)) between 1 and 80),
  email    text not null check (email ~ '^[^@[:space:]]+@[^@[:space:]]+[.][^@[:space:]]+$' and length(email) <= 200),
  phone    text check (phone ~ '^628[1-9][0-9]{7,10}$'),
  language text not null default 'id' check (language in ('id', 'en')),
  active   boolean not null default true
);
comment on table app.responders is 'People who are told of incidents; they need no account here.';
create unique index responders_email on app.responders (lower(email)) where active;

-- Who has a post, from one day to another, both included, in WIB. Several may have it at once: all are told.
create table app.rota (
  id           bigint generated always as identity primary key,
  post         text not null references app.posts,
  responder_id bigint not null references app.responders on delete restrict,
  from_day     date not null,
  to_day       date check (to_day >= from_day),
  ended_at     timestamptz
);
comment on table app.rota is 'Who has which post from when to when.';
create index on app.rota (post, from_day) where ended_at is null;
create index on app.rota (responder_id);

create table app.notifications (
  id              bigint generated always as identity primary key,
  dedup_key       text not null unique check (length(dedup_key) <= 200),
  incident_id     bigint references app.incidents on delete restrict,
  kind            text not null check (kind ~ '^[A-Z_]{3,40}$'),
  channel         text not null check (channel in ('SLACK', 'MAIL', 'SMS')),
  -- A Slack channel, or the number of a responder; of an admin without a post, his code.
  target          text not null,
  -- Mail and SMS: where to, as it was when this was written.
  address         text,
  language        text not null default 'id' check (language in ('id', 'en')),
  facts           jsonb not null default '{}',
  state           text not null default 'PENDING' check (state in ('PENDING', 'SENT', 'FAILED', 'REPLACED')),
  attempts        integer not null default 0,
  ticket          bigint not null default 0,
  next_attempt_at timestamptz not null default now(),
  last_error      text,
  provider_id     text,
  -- The one that did not get through, for which this one stands.
  replaces        bigint references app.notifications on delete restrict,
  created_at      timestamptz not null default now(),
  first_try_at    timestamptz,
  sent_at         timestamptz,
  -- The request that it comes of: private.request_id.
  request_id      text not null default private.request_id() check (request_id ~ '^[0-9a-f]{32}$'),
  check ((state = 'SENT') = (sent_at is not null)),
  check ((channel = 'SLACK') = (address is null))
);
comment on table app.notifications is
  'What people of ours are told about incidents, by channel. The record; a job only wakes the sender.';
create index notifications_due on app.notifications (channel, next_attempt_at) where state = 'PENDING';
create index on app.notifications (incident_id, id) where incident_id is not null;
create index notifications_late on app.notifications (created_at) where state = 'PENDING';

call private.for_staff(array['posts', 'responders', 'rota', 'notifications']);

-- What the worker can send by. Without Slack an incident is told by mail from the start.
create table private.notification_channels (
  channel     text primary key check (channel in ('SLACK', 'MAIL', 'SMS')),
  declared_at timestamptz not null default now()
);
alter table private.notification_channels enable row level security;

create function jobs.declare_notification_channels(p_channels text[]) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  delete from private.notification_channels where channel <> all (p_channels);
  insert into private.notification_channels (channel) select unnest(p_channels) on conflict do nothing;
end $$;
grant execute on function jobs.declare_notification_channels to worker;

-- The same for staff, who look at why nobody was told. Nothing for everybody else.
create function app.notification_channels() returns table (channel text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform private.assert_alive();
  return query select c.channel from private.notification_channels c where private.viewer_is_staff() order by c.channel;
end $$;
grant execute on function app.notification_channels to authenticated;

-- Writing.

-- Who has one of these posts today; nobody there: every admin. One row per person, however many posts he has.
create function private.on_duty(p_posts text[])
returns table (target text, name text, email text, phone text, language text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with today as (select (now() at time zone 'Asia/Jakarta')::date as day),
  people as (
    select distinct on (r.id) r.id::text as target, r.name, r.email, r.phone, r.language
      from app.rota o join app.responders r on r.id = o.responder_id, today
     where o.post = any (p_posts) and o.ended_at is null and r.active
       and today.day >= o.from_day and today.day <= coalesce(o.to_day, today.day)
     order by r.id)
  select * from people
  union all
  select a.code, a.name, u.email, null, a.language
    from app.accounts a join auth.users u on u.id = a.id
   where a.role = 'ADMIN' and a.status = 'ACTIVE' and not exists (select from people)
$$;

create function private.notification(p_incident bigint, p_kind text, p_key text, p_channel text, p_target text,
  p_address text, p_language text, p_facts jsonb, p_replaces bigint default null) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into app.notifications (incident_id, kind, dedup_key, channel, target, address, language, facts, replaces)
    values (p_incident, p_kind, p_key, p_channel, p_target, p_address, p_language, p_facts, p_replaces)
    on conflict (dedup_key) do nothing;
  if not found then return; end if;
  case p_channel
    when 'SLACK' then perform private.enqueue('incident.changed.slack', '{}');
    when 'MAIL' then perform private.enqueue('incident.changed.mail', '{}');
    else perform private.enqueue('incident.changed.sms', '{}');
  end case;
end $$;

-- To each who is on duty, by mail or by SMS; who has no telephone number, by mail.
create function private.notify_duty(p_incident app.incidents, p_kind text, p_key text, p_channel text, p_posts text[],
  p_facts jsonb, p_replaces bigint default null) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v record; v_channel text;
begin
  for v in select * from private.on_duty(p_posts) loop
    v_channel := case when p_channel = 'SMS' and v.phone is not null
                       and exists (select from private.notification_channels where channel = 'SMS')
                      then 'SMS' else 'MAIL' end;
    perform private.notification(p_incident.id, p_kind, p_key || '/' || v_channel || '/' || v.target, v_channel,
      v.target, case v_channel when 'SMS' then v.phone else v.email end, v.language, p_facts, p_replaces);
  end loop;
end $$;

create function private.incident_facts(p_incident app.incidents) returns jsonb
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select jsonb_build_object('ref', p_incident.ref, 'severity', p_incident.severity, 'cause', p_incident.cause,
    'subject', p_incident.subject_code, 'openedAt', p_incident.opened_at, 'state', p_incident.state,
    'acknowledgedBy', p_incident.acknowledged_by)
$$;

-- An incident has been opened, raised, re-opened or resolved: told in the Slack channel of its level, or by mail to who
-- is on duty where there is no Slack. Of one cause and level each hears at most once in 30 minutes, however it comes
-- and goes, and of an end only where it heard of the beginning.
create function private.notify_incident(p_incident app.incidents, p_kind text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v app.incident_levels; v_facts jsonb := private.incident_facts(p_incident);
  v_key text := format('%s/%s/%s/%s', p_incident.ref, p_kind, p_incident.round, p_incident.severity);
begin
  select * into v from app.incident_levels where severity = p_incident.severity;
  if p_incident.severity = 4 or exists (
    select from app.notifications n join app.incidents i on i.id = n.incident_id
     where i.dedup_key = p_incident.dedup_key and (n.facts ->> 'severity')::integer = p_incident.severity
       and n.kind in ('OPENED', 'RAISED', 'REOPENED', 'RESOLVED')
       -- What is still to come was written before our clock was set back.
       and n.created_at between now() - interval '30 minutes' and now()
       and (p_kind <> 'RESOLVED' or n.kind = 'RESOLVED'))
  then
    return;
  end if;
  if p_kind = 'RESOLVED' and not exists (
    select from app.notifications where incident_id = p_incident.id and target = v.slack_channel)
  then
    return;
  end if;
  if exists (select from private.notification_channels where channel = 'SLACK') then
    perform private.notification(p_incident.id, p_kind, v_key, 'SLACK', v.slack_channel, null, 'id', v_facts);
  elsif p_incident.severity <= 2 and p_kind <> 'RESOLVED' then
    perform private.notify_duty(p_incident, p_kind, v_key, 'MAIL', private.first_posts(p_incident.severity), v_facts);
  end if;
end $$;

create function private.first_posts(p_severity integer) returns text[]
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select posts from app.escalation_steps where severity = p_severity and step = 1
$$;

-- Nobody has answered: the next who are to know.
create function private.escalate_incident(p_incident app.incidents, p_timer app.timers) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.escalation_steps;
begin
  select * into v from app.escalation_steps where severity = p_timer.severity and step = p_timer.step;
  perform private.tell_incident(p_incident.id, 'ESCALATED', 'SYSTEM',
    jsonb_build_object('step', v.step, 'channel', v.channel, 'posts', array_to_string(v.posts, ', ')));
  perform private.notify_duty(p_incident, 'ESCALATED', format('timer/%s', p_timer.id), v.channel, v.posts,
    private.incident_facts(p_incident) || jsonb_build_object('step', v.step, 'dueAt', p_timer.due_at));
end $$;

-- A time other than that of the answer is over: to those who answer for its level. «Back to paper notes» goes by every
-- road there is: who is on the way reads no mail.
create function private.notify_late(p_incident app.incidents, p_timer app.timers) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_kind text := 'LATE_' || p_timer.kind; v_key text := format('timer/%s', p_timer.id);
  v_posts text[] := private.first_posts(least(p_incident.severity, 2));
  v_facts jsonb := private.incident_facts(p_incident) || jsonb_build_object('dueAt', p_timer.due_at);
begin
  perform private.notify_duty(p_incident, v_kind, v_key, 'MAIL', v_posts, v_facts);
  if p_timer.kind <> 'BLACKOUT' then return; end if;
  perform private.notify_duty(p_incident, v_kind, v_key, 'SMS', v_posts, v_facts);
  if exists (select from private.notification_channels where channel = 'SLACK') then
    perform private.notification(p_incident.id, v_kind, v_key || '/SLACK', 'SLACK',
      (select slack_channel from app.incident_levels where severity = p_incident.severity), null, 'id', v_facts);
  end if;
end $$;

-- Who is on duty, by an admin.

-- A person to be told, new (p_id null) or changed. Errors: 28000, DENIED for all but admins, NOT_FOUND, NAME, EMAIL and
-- PHONE of what is none, TAKEN when an active one has the address.
create function app.save_responder(p_id bigint, p_name text, p_email text, p_phone text, p_language text,
  p_active boolean) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_phone text := private.phone(p_phone); v_id bigint := p_id;
begin
  perform private.assert_alive();
  perform private.assert_role('ADMIN', 'only an admin says who is told');
  if coalesce(length(btrim(p_name)), 0) not between 1 and 80 then
    perform private.refuse('NAME', field => 'name');
  end if;
  if coalesce(btrim(p_email), '') !~ '^[^@[:space:]]+@[^@[:space:]]+[.][^@[:space:]]+$' or length(p_email) > 200 then
    perform private.refuse('EMAIL', field => 'email');
  end if;
  if btrim(coalesce(p_phone, '')) <> '' and v_phone is null then
    perform private.refuse('PHONE', field => 'phone');
  end if;
  begin
    if p_id is null then
      insert into app.responders (name, email, phone, language, active)
        values (btrim(p_name), btrim(p_email), v_phone, coalesce(p_language, 'id'), coalesce(p_active, true))
      returning id into v_id;
    else
      update app.responders set name = btrim(p_name), email = btrim(p_email), phone = v_phone,
             language = coalesce(p_language, 'id'), active = coalesce(p_active, true)
       where id = p_id;
      if not found then perform private.refuse('NOT_FOUND'); end if;
    end if;
  exception when unique_violation then
    perform private.refuse('TAKEN', field => 'email');
  end;
  perform private.audit('RESPONDER_SAVED', 'responder', v_id::text,
    jsonb_build_object('active', coalesce(p_active, true)));
  return v_id;
end $$;
grant execute on function app.save_responder to authenticated;

-- Gives a person a post for some days. Errors: 28000, DENIED, PERSON of who is not on the list or not active, POST of
-- what is none, DAYS when the last is before the first.
create function app.put_on_duty(p_responder bigint, p_post text, p_from date, p_to date) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform private.assert_alive();
  perform private.assert_role('ADMIN', 'only an admin says who is told');
  if not exists (select from app.posts where post = p_post) then
    perform private.refuse('POST', field => 'post');
  end if;
  if p_from is null or p_to < p_from then perform private.refuse('DAYS', field => 'to'); end if;
  if not exists (select from app.responders where id = p_responder and active) then
    perform private.refuse('PERSON', field => 'responder');
  end if;
  insert into app.rota (post, responder_id, from_day, to_day) values (p_post, p_responder, p_from, p_to);
  perform private.audit('DUTY_CHANGED', 'responder', p_responder::text,
    jsonb_build_object('post', p_post, 'from', p_from, 'to', p_to));
end $$;
grant execute on function app.put_on_duty to authenticated;

-- Takes one line off the rota. Said twice is said once. Errors: 28000, DENIED, NOT_FOUND.
create function app.end_duty(p_rota bigint) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.rota;
begin
  perform private.assert_alive();
  perform private.assert_role('ADMIN', 'only an admin says who is told');
  select * into v from app.rota where id = p_rota for update;
  if not found then perform private.refuse('NOT_FOUND'); end if;
  if v.ended_at is not null then return; end if;
  update app.rota set ended_at = now() where id = p_rota;
  perform private.audit('DUTY_CHANGED', 'responder', v.responder_id::text,
    jsonb_build_object('post', v.post, 'ended', true));
end $$;
grant execute on function app.end_duty to authenticated;

-- Sending.

-- What is due by this channel, leased for 30 seconds: who does not settle it by then has lost it to the next.
create function jobs.claim_notifications(p_channel text, p_limit integer)
returns table (id bigint, ticket bigint, kind text, target text, address text, language text, facts jsonb,
               attempts integer, created_at timestamptz, request_id text)
language sql security definer set search_path = pg_catalog, pg_temp as $$
  with due as (
    select n.id from app.notifications n
     where n.state = 'PENDING' and n.channel = p_channel and n.next_attempt_at <= now()
     order by n.next_attempt_at limit p_limit for update skip locked)
  update app.notifications n
     set attempts = n.attempts + 1, ticket = n.ticket + 1, first_try_at = coalesce(n.first_try_at, clock_timestamp()),
         next_attempt_at = now() + interval '30 seconds'
    from due where n.id = due.id
  returning n.id, n.ticket, n.kind, n.target, n.address, n.language, n.facts, n.attempts, n.created_at,
            n.request_id
$$;
grant execute on function jobs.claim_notifications to worker;

-- How long a channel is tried before the next one takes over.
create function private.patience(p_channel text) returns interval
language sql immutable set search_path = pg_catalog, pg_temp
return case p_channel when 'SLACK' then interval '45 seconds' when 'MAIL' then interval '5 minutes'
                      else interval '1 hour' end;

-- How a try went: ACCEPTED is sent, REFUSED goes to the next channel at once, anything else is tried again after 5
-- seconds, twice that and so on, up to 5 minutes (or p_after, when the provider said so), until this channel's patience
-- is over. Nothing for a ticket that is not the newest.
create function jobs.settle_notification(p_id bigint, p_ticket bigint, p_outcome text, p_provider_id text,
  p_detail text, p_after integer default null) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.notifications; v_next timestamptz;
begin
  select * into v from app.notifications where id = p_id and ticket = p_ticket and state = 'PENDING' for update;
  if not found then return; end if;
  perform private.go_on_for(v.request_id);
  if p_outcome = 'ACCEPTED' then
    update app.notifications set state = 'SENT', sent_at = clock_timestamp(), provider_id = p_provider_id,
           last_error = null
     where id = p_id;
    return;
  end if;
  v_next := now() + coalesce(make_interval(secs => p_after),
    least(interval '5 minutes', interval '5 seconds' * power(2, least(v.attempts, 10) - 1)));
  if p_outcome = 'REFUSED' or v_next > v.created_at + private.patience(v.channel) then
    update app.notifications set last_error = private.without_addresses(p_detail) where id = p_id;
    perform private.fall_back(v);
  else
    update app.notifications set next_attempt_at = v_next, last_error = private.without_addresses(p_detail)
     where id = p_id;
  end if;
end $$;
grant execute on function jobs.settle_notification to worker;

-- The next channel for what did not get through: Slack, mail, SMS. After the last there is none: FAILED, which the
-- auditor of notifications finds.
create function private.fall_back(p_notification app.notifications) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.incidents; v_person record; v_phone text; v_key text := 'instead/' || p_notification.id;
begin
  select * into v from app.incidents where id = p_notification.incident_id;
  if p_notification.channel = 'SLACK' then
    update app.notifications set state = 'REPLACED' where id = p_notification.id;
    perform private.notify_duty(v, p_notification.kind, v_key, 'MAIL',
      coalesce(private.first_posts((p_notification.facts ->> 'severity')::integer), '{SUPPORT}'),
      p_notification.facts, p_notification.id);
    return;
  end if;
  if p_notification.channel = 'MAIL' and exists (select from private.notification_channels where channel = 'SMS') then
    select phone into v_phone from app.responders where id::text = p_notification.target and active;
    if v_phone is not null then
      update app.notifications set state = 'REPLACED' where id = p_notification.id;
      perform private.notification(p_notification.incident_id, p_notification.kind, v_key, 'SMS', p_notification.target,
        v_phone, p_notification.language, p_notification.facts, p_notification.id);
      return;
    end if;
  end if;
  update app.notifications set state = 'FAILED' where id = p_notification.id;
end $$;

-- SEV-1 does not wait for a worker: the web process whose transaction opened it takes that row, and that row alone, and
-- tries Slack at once. The ticket is drawn, so that nobody settles what he did not take.
create function app.claim_urgent_notification()
returns table (id bigint, ticket bigint, kind text, target text, language text, facts jsonb, created_at timestamptz)
language sql security definer set search_path = pg_catalog, pg_temp as $$
  with due as (
    select n.id from app.notifications n
     where n.state = 'PENDING' and n.channel = 'SLACK' and n.target = 'critical' and n.attempts = 0
       and n.created_at > now() - interval '1 minute'
     order by n.id limit 1 for update skip locked)
  update app.notifications n
     set attempts = 1, ticket = (random() * 9e15)::bigint, first_try_at = clock_timestamp(),
         next_attempt_at = now() + interval '10 seconds'
    from due where n.id = due.id
  returning n.id, n.ticket, n.kind, n.target, n.language, n.facts, n.created_at
$$;
grant execute on function app.claim_urgent_notification to anon;

create function app.settle_urgent_notification(p_id bigint, p_ticket bigint, p_outcome text, p_detail text)
returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  select jobs.settle_notification(p_id, p_ticket, p_outcome, null, p_detail)
    from app.notifications where id = p_id and channel = 'SLACK' and target = 'critical' and attempts = 1
$$;
grant execute on function app.settle_urgent_notification to anon;

-- Auditing: each minute somebody proves that nothing was forgotten.

-- What is wrong, none for a proof: timers that should have rung 30 seconds ago, those that rang and told nobody,
-- notifications that nobody sent or that failed on every channel.
create function jobs.audit_notifications() returns table (finding text, about text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  (select 'TIMER_LATE', t.about from app.timers t
    where t.fired_at is null and t.met_at is null and t.void_at is null and t.rings_at < now() - interval '30 seconds'
    order by t.rings_at limit 20)
  union all
  (select 'TIMER_UNTOLD', t.about from app.timers t
    where t.fired_at between now() - interval '1 day' and now() - interval '10 seconds' and t.kind = 'ESCALATE'
      and not exists (select from app.notifications n where n.dedup_key like 'timer/' || t.id || '/%'
                        and n.incident_id = t.incident_id)
    order by t.fired_at limit 20)
  union all
  (select 'NOTIFICATION_LATE', n.dedup_key from app.notifications n
    where n.state = 'PENDING' and n.created_at < now() - private.patience(n.channel) - interval '1 minute'
    order by n.created_at limit 20)
  union all
  (select 'NOTIFICATION_FAILED', n.dedup_key from app.notifications n
    where n.state = 'FAILED' and n.created_at > now() - interval '1 hour'
    order by n.id limit 20)
  union all
  (select 'INCIDENT_UNTIMED', i.ref from app.incidents i
    where i.state not in ('RESOLVED', 'CLOSED') and i.severity <= 2 and i.acknowledged_at is null
      and not exists (select from app.timers t where t.incident_id = i.id and t.kind = 'RESPOND' and t.round = i.round
                        and t.void_at is null)
    limit 20)
$$;
grant execute on function jobs.audit_notifications to worker;

-- What the auditor found: told as an incident of its own, once while it is open. Nothing: that one is over.
create function jobs.note_notifications_broken(p_findings jsonb) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if jsonb_array_length(p_findings) = 0 then
    perform private.resolve_incident('notifications-broken');
    return;
  end if;
  perform private.open_incident(2, 'NOTIFICATIONS_BROKEN', 'notifications-broken', null,
    jsonb_build_object('findings', jsonb_array_length(p_findings), 'first', p_findings -> 0 ->> 'finding',
      'about', p_findings -> 0 ->> 'about'));
end $$;
grant execute on function jobs.note_notifications_broken to worker;
