-- The alert: what tells the owner of a store that somebody placed an order in his name. It goes by more than one road:
-- e-mail always, SMS where a gateway serves it, and the telephone when those fail.
--
-- Checkout writes the e-mail's row in the transaction of the order, and no such order is committed without one
-- (private.require_alert). The worker claims what is due and settles what became of it; the provider's own events come
-- in through the web; an admin phones, or has a failed alert sent again. Staff reads, owners and salesmen do not.
-- Every try is kept, so that "who was told when" can be read years later.
--
-- What is sent twice under one key is one mail: so its content is frozen at the first try, and what may have gone out
-- is not tried for longer than the provider knows our key.
--
-- Locks: an order's alert, both channels by name (private.lock_alert), and after it the contacts of the store.

-- One row per order and channel.
create table app.shadow_alerts (
  order_id        bigint not null references app.orders on delete restrict,
  recipient       text not null,
  state           text not null default 'PENDING' check (state in ('PENDING', 'SENT', 'FAILED', 'BOUNCED')),
  attempts        integer not null default 0,
  next_attempt_at timestamptz not null default now(),
  last_error      text,
  provider_id     text,
  created_at      timestamptz not null default now(),
  sent_at         timestamptz,
  channel         text not null default 'EMAIL' check (channel in ('EMAIL', 'SMS')),
  -- Rises each time staff has it sent again: another mail, with another idempotency key.
  generation      integer not null default 1,
  -- Goes out as a tag and comes back with the provider's events, also for a mail whose answer we never heard.
  reference       uuid not null default gen_random_uuid() unique,
  -- Frozen at the first try: a retry under the same key has to be the same mail to the byte.
  content         jsonb,
  -- The claim that has not been settled yet. Due again with this set: whoever claimed it died in the middle.
  leased_at       timestamptz,
  -- The first try of this generation of which nobody knows whether the provider took it.
  uncertain_since timestamptz,
  -- The request that it comes of: private.request_id.
  request_id      text not null default private.request_id() check (request_id ~ '^[0-9a-f]{32}$'),
  primary key (order_id, channel),
  constraint shadow_alerts_sent_at_check check ((state in ('SENT', 'BOUNCED')) = (sent_at is not null))
);
comment on table app.shadow_alerts is
  'What tells the owner of an order placed in his name, by channel. The record; a job only wakes the sender.';
create index shadow_alerts_due on app.shadow_alerts (channel, next_attempt_at) where state = 'PENDING';
create index on app.shadow_alerts (channel, state, order_id desc);
create index on app.shadow_alerts (provider_id) where provider_id is not null;

alter table app.shadow_alerts enable row level security;
create policy live_session on app.shadow_alerts as restrictive to authenticated
  using ((select private.live_session()) is not null);
create policy staff_reads on app.shadow_alerts for select to authenticated using ((select private.viewer_is_staff()));
-- Two columns are nobody's: the reference would let its reader speak for the provider; the content is the order's.
grant select (order_id, channel, generation, recipient, state, attempts, next_attempt_at, last_error, provider_id,
    created_at, sent_at, leased_at, uncertain_since, request_id)
  on app.shadow_alerts to authenticated;

create trigger _030_not_deleted before delete on app.shadow_alerts for each statement execute function private.keep();
alter table app.shadow_alerts enable always trigger _030_not_deleted;
create trigger _040_not_truncated before truncate on app.shadow_alerts for each statement
  execute function private.keep();
alter table app.shadow_alerts enable always trigger _040_not_truncated;

-- The second channel, in the transaction of the first, whatever code path wrote that.
create function private.add_sms_alert() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into app.shadow_alerts (order_id, channel, recipient)
    select new.order_id, 'SMS', c.owner_whatsapp
      from app.orders o join app.partner_contacts c on c.partner_id = o.partner_id
     where o.id = new.order_id and exists (select from private.alert_channels where channel = 'SMS')
    on conflict do nothing;
  return null;
end $$;
create trigger _100_add_sms_alert after insert on app.shadow_alerts
  for each row when (new.channel = 'EMAIL' and new.state = 'PENDING') execute function private.add_sms_alert();

-- What the worker says it can send. Without a gateway nothing is written for it, so nothing waits for ever.
create table private.alert_channels (
  channel     text primary key check (channel in ('EMAIL', 'SMS')),
  declared_at timestamptz not null default now()
);

alter table private.alert_channels enable row level security;

-- The story of an alert: the sender's tries, what the provider's events said, what people did.
create table app.alert_attempts (
  id         bigint generated always as identity primary key,
  order_id   bigint not null references app.orders on delete restrict,
  channel    text not null check (channel in ('EMAIL', 'SMS', 'PHONE')),
  generation integer not null default 1,
  at         timestamptz not null default clock_timestamp(),
  outcome    text not null check (outcome in (
    'ACCEPTED', 'REFUSED', 'RETRY', 'AMBIGUOUS', 'GIVEN_UP',
    'DELIVERED', 'BOUNCED', 'COMPLAINED',
    'SENT_AGAIN', 'REACHED')),
  detail     text check (length(detail) <= 300),
  actor      text,
  note       text check (length(note) <= 500)
);
comment on table app.alert_attempts is
  'Who was told when: each try and what the provider said later. `detail` holds no address and no number.';
create index on app.alert_attempts (order_id, id);

call private.for_staff(array['alert_attempts']);

create trigger _010_append_only before update or delete on app.alert_attempts
  for each row execute function private.refuse_change();

-- What the provider told us by itself, each event once. Of mails that are not alerts too: those change nothing.
create table private.mail_events (
  event_id    text primary key check (length(event_id) <= 200),
  kind        text not null,
  provider_id text,
  reference   uuid,
  detail      text,
  at          timestamptz not null,
  received_at timestamptz not null default now(),
  applied     boolean not null default false
);
create index on private.mail_events (provider_id) where not applied;
create index on private.mail_events (received_at);

alter table private.mail_events enable row level security;

-- What each change of an alert leans on: its locks, its story, and whether somebody has to phone.

-- Locks an order's alert, both channels in the same order each time, so that what is decided on both is decided once.
create function private.lock_alert(p_order bigint) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform from app.shadow_alerts where order_id = p_order order by channel for update;
end $$;

-- Addresses and numbers taken out of what a provider said.
create function private.without_addresses(p_text text) returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select left(
    regexp_replace(
      regexp_replace(p_text, '[^\s"''<>`@]+@[^\s"''<>`@]+', '…@…', 'g'),
      '\+?\d[\d -]{6,}\d', '…', 'g'),
    300)
$$;

create function private.note_attempt(p_order bigint, p_channel text, p_outcome text, p_detail text default null,
  p_at timestamptz default clock_timestamp()) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  insert into app.alert_attempts (order_id, channel, generation, at, outcome, detail)
    select p_order, p_channel,
           coalesce((select generation from app.shadow_alerts where order_id = p_order and channel = p_channel), 1),
           p_at, p_outcome, private.without_addresses(p_detail)
$$;

-- Does somebody have to phone? When the e-mail is known not to have arrived, or nobody can know, unless the SMS was
-- accepted or the owner was phoned already. Asked after each change; the locks of lock_alert are held.
create function private.weigh_phoning(p_order bigint) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_order app.orders; v_key text; v_mail text; v_sms text;
begin
  select * into v_order from app.orders where id = p_order;
  v_key := 'phone-owner/' || v_order.number;
  select max(state) filter (where channel = 'EMAIL'), max(state) filter (where channel = 'SMS') into v_mail, v_sms
    from app.shadow_alerts where order_id = p_order;
  if v_mail in ('FAILED', 'BOUNCED') and v_sms is distinct from 'SENT' then
    if not exists (select from app.tasks where dedup_key = v_key and done_by <> 'SYSTEM')
       and not exists (select from app.alert_attempts where order_id = p_order and outcome = 'REACHED') then
      perform private.open_task('PHONE_OWNER', v_key,
        (select code from app.partners where id = v_order.partner_id), p_order, null, interval '4 hours',
        jsonb_build_object('order', v_order.number, 'email', v_mail, 'sms', v_sms));
    end if;
  elsif v_mail = 'SENT' or v_sms = 'SENT' then
    perform private.finish_task(v_key, case when v_mail = 'SENT' then 'EMAIL_ACCEPTED' else 'SMS_ACCEPTED' end)
      where exists (select from app.tasks where dedup_key = v_key and done_at is null);
  end if;
end $$;

create function private.fail_alert(p_order bigint, p_channel text, p_outcome text, p_detail text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update app.shadow_alerts set state = 'FAILED', leased_at = null, last_error = private.without_addresses(p_detail)
   where order_id = p_order and channel = p_channel;
  perform private.note_attempt(p_order, p_channel, p_outcome, p_detail);
  if p_channel = 'EMAIL' then
    insert into app.order_events (order_id, kind, actor) values (p_order, 'OWNER_NOT_REACHED', 'SYSTEM');
  end if;
  perform private.weigh_phoning(p_order);
end $$;

create function private.accept_alert(p_order bigint, p_channel text, p_provider_id text, p_detail text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update app.shadow_alerts
     set state = 'SENT', sent_at = now(), leased_at = null, uncertain_since = null, last_error = null,
         provider_id = coalesce(p_provider_id, provider_id)
   where order_id = p_order and channel = p_channel;
  perform private.note_attempt(p_order, p_channel, 'ACCEPTED', p_detail);
  insert into app.order_events (order_id, kind, actor)
    values (p_order, case p_channel when 'SMS' then 'OWNER_TOLD_SMS' else 'OWNER_TOLD' end, 'SYSTEM');
  perform private.weigh_phoning(p_order);
end $$;

-- Sending: the worker says what it can send, claims what is due, and settles what became of it.

-- Said by the worker when it starts. What waits for a channel that nobody serves any more waits no longer.
create function jobs.declare_channels(p_channels text[]) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_order bigint;
begin
  insert into private.alert_channels (channel) select c from unnest(p_channels) c
    on conflict (channel) do update set declared_at = now();
  delete from private.alert_channels where channel <> all (p_channels);
  for v_order in
    select order_id from app.shadow_alerts
     where channel = 'SMS' and state = 'PENDING' and not ('SMS' = any (p_channels)) order by order_id loop
    perform private.lock_alert(v_order);
    if exists (select from app.shadow_alerts where order_id = v_order and channel = 'SMS' and state = 'PENDING') then
      perform private.fail_alert(v_order, 'SMS', 'GIVEN_UP', 'NO_GATEWAY');
    end if;
  end loop;
end $$;
grant execute on function jobs.declare_channels to worker;

-- The alert as it is told, from what was stored with the order.
create function private.alert_content(p_order bigint) returns jsonb
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select jsonb_build_object(
           'store', p.name, 'storeCode', p.code, 'language', a.language, 'salesman', o.placed_by_name, 'salesmanCode',
           (select s.code from app.accounts s where s.id = o.placed_by), 'number', o.number, 'total', o.total,
           'placedAt', to_char(o.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
           'light', o.credit_light, 'degraded', o.degraded,
           'lines', (select coalesce(jsonb_agg(
                              jsonb_build_object('name', l.name, 'quantity', l.quantity, 'price', l.unit_price)
                              order by l.line_no), '[]')
                       from app.order_lines l where l.order_id = o.id))
    from app.orders o join app.partners p on p.id = o.partner_id join app.accounts a on a.id = p.account_id
   where o.id = p_order
$$;

-- Alerts of a channel that are due now, leased for two minutes by moving their next attempt: a worker that dies in the
-- middle leaves them to the next one. The provider knows our key for 24 hours; what may have gone out longer ago than
-- 23 is not sent again, since nobody could keep it from arriving twice: somebody phones.
create function jobs.claim_alerts(p_channel text, p_limit integer)
returns table (order_id bigint, generation integer, attempts integer, recipient text, reference uuid, content jsonb,
  token text, request_id text)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_order bigint; v app.shadow_alerts;
begin
  if private.maintenance_mode() <> 'OFF' then return; end if; -- It waits for the end.
  for v_order in
    select a.order_id from app.shadow_alerts a
     where a.channel = p_channel and a.state = 'PENDING' and a.next_attempt_at <= now()
       and coalesce(a.uncertain_since, a.leased_at) < now() - interval '23 hours'
     order by a.order_id limit p_limit loop
    perform private.lock_alert(v_order);
    if exists (select from app.shadow_alerts a
                where a.order_id = v_order and a.channel = p_channel and a.state = 'PENDING'
                  and a.next_attempt_at <= now()
                  and coalesce(a.uncertain_since, a.leased_at) < now() - interval '23 hours') then
      perform private.fail_alert(v_order, p_channel, 'GIVEN_UP', 'ARRIVAL_UNKNOWN');
    end if;
  end loop;
  for v in
    select a.* from app.shadow_alerts a
     where a.channel = p_channel and a.state = 'PENDING' and a.next_attempt_at <= now()
     order by a.next_attempt_at limit p_limit for update skip locked loop
    continue when coalesce(v.uncertain_since, v.leased_at) < now() - interval '23 hours'; -- Passed the hour just now.
    if v.leased_at is not null then
      perform private.note_attempt(v.order_id, p_channel, 'AMBIGUOUS', 'SENDER_ENDED', v.leased_at);
    end if;
    update app.shadow_alerts a
       set attempts = a.attempts + 1, next_attempt_at = now() + interval '2 minutes',
           uncertain_since = coalesce(a.uncertain_since, a.leased_at), leased_at = now(),
           content = coalesce(a.content, private.alert_content(a.order_id))
     where a.order_id = v.order_id and a.channel = p_channel returning a.* into v;
    return query
      select v.order_id, v.generation, v.attempts, v.recipient, v.reference, v.content,
             case p_channel when 'SMS' then private.dispute_code(v.order_id) else private.dispute_token(v.order_id) end,
             v.request_id;
  end loop;
end $$;
grant execute on function jobs.claim_alerts to worker;

-- What became of a try. ACCEPTED: the provider has it. REFUSED: it will never take it, because of the address. RETRY:
-- it did not take it this time. AMBIGUOUS: it may have. The last two come again, doubling from 10 s to an hour: for as
-- long as it takes, or, where it may have gone out, until claim_alerts gives it up.
create function jobs.settle_alert(p_order bigint, p_channel text, p_generation integer, p_outcome text,
  p_provider_id text, p_detail text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.shadow_alerts; v_event private.mail_events;
begin
  perform private.lock_alert(p_order);
  select * into v from app.shadow_alerts where order_id = p_order and channel = p_channel and generation = p_generation;
  if not found then return; end if; -- Sent again by staff since.
  perform private.go_on_for(v.request_id);
  if p_outcome = 'ACCEPTED' then
    if v.state in ('PENDING', 'FAILED') then
      perform private.accept_alert(p_order, p_channel, p_provider_id, p_detail);
    else
      update app.shadow_alerts set leased_at = null, provider_id = coalesce(provider_id, p_provider_id)
       where order_id = p_order and channel = p_channel;
    end if;
    for v_event in select * from private.mail_events where provider_id = p_provider_id and not applied order by at loop
      perform private.apply_mail_event(v_event, p_order);
    end loop;
  elsif v.state = 'PENDING' and p_outcome = 'REFUSED' then
    perform private.fail_alert(p_order, p_channel, 'REFUSED', p_detail);
  elsif v.state = 'PENDING' then
    update app.shadow_alerts
       set leased_at = null, last_error = private.without_addresses(p_detail),
           uncertain_since = case
             when p_outcome = 'AMBIGUOUS' then coalesce(uncertain_since, leased_at, now())
             else uncertain_since end,
           next_attempt_at = now() + least(interval '1 hour', interval '10 seconds' * power(2, least(attempts, 12) - 1))
     where order_id = p_order and channel = p_channel;
    perform private.note_attempt(p_order, p_channel, p_outcome, p_detail);
  end if;
end $$;
grant execute on function jobs.settle_alert to worker;

-- The provider's events: what it tells by itself after it took a mail.

-- An event about an e-mail of ours that we know. Events come late and in any order: a mail that bounced stays
-- bounced.
create function private.apply_mail_event(p_event private.mail_events, p_order bigint) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.shadow_alerts;
begin
  select * into v from app.shadow_alerts where order_id = p_order and channel = 'EMAIL';
  update private.mail_events set applied = true where event_id = p_event.event_id;
  if p_event.kind in ('SENT', 'DELIVERED', 'BOUNCED', 'COMPLAINED') and v.state in ('PENDING', 'FAILED') then
    perform private.accept_alert(p_order, 'EMAIL', p_event.provider_id, 'PROVIDER_TOLD');
  end if;
  if p_event.kind = 'DELIVERED' then
    perform private.note_attempt(p_order, 'EMAIL', 'DELIVERED', p_event.detail, p_event.at);
  elsif p_event.kind = 'DELAYED' and v.state <> 'BOUNCED' then
    perform private.note_attempt(p_order, 'EMAIL', 'RETRY', 'PROVIDER_DELAYED', p_event.at);
  elsif p_event.kind in ('BOUNCED', 'COMPLAINED', 'FAILED') then
    perform private.note_attempt(p_order, 'EMAIL',
      case p_event.kind when 'COMPLAINED' then 'COMPLAINED' else 'BOUNCED' end, p_event.detail, p_event.at);
    if v.state <> 'BOUNCED' then
      update app.shadow_alerts
         set state = 'BOUNCED', sent_at = coalesce(sent_at, p_event.at), leased_at = null,
             provider_id = coalesce(provider_id, p_event.provider_id),
             last_error = private.without_addresses(p_event.detail)
       where order_id = p_order and channel = 'EMAIL';
      insert into app.order_events (order_id, kind, actor) values (p_order, 'OWNER_NOT_REACHED', 'SYSTEM');
      perform private.weigh_phoning(p_order);
    end if;
  end if;
end $$;

-- What the provider tells of a mail, after the web has checked its signature. It changes something only for a mail
-- that we sent and know by the provider's id or by our own reference, which nobody else can guess. Says what it did.
create function app.note_mail_event(p_event text, p_kind text, p_provider_id text, p_at timestamptz,
  p_reference uuid default null, p_detail text default null) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_event private.mail_events; v_order bigint;
begin
  if p_kind is null or p_kind not in ('SENT', 'DELIVERED', 'DELAYED', 'BOUNCED', 'COMPLAINED', 'FAILED')
     or p_event is null then
    perform private.refuse('BAD_INPUT', field => 'kind');
  end if;
  delete from private.mail_events where event_id = any (array(
    select event_id from private.mail_events where received_at < now() - interval '30 days' limit 20));
  insert into private.mail_events (event_id, kind, provider_id, reference, detail, at)
    values (p_event, p_kind, left(p_provider_id, 200), p_reference, private.without_addresses(p_detail),
            least(p_at, now()))
    on conflict (event_id) do nothing returning * into v_event;
  if not found then return 'REPEATED'; end if;
  select order_id into v_order from app.shadow_alerts where reference = p_reference and channel = 'EMAIL';
  if v_order is null then
    select order_id into v_order from app.shadow_alerts where provider_id = p_provider_id and channel = 'EMAIL' limit 1;
  end if;
  if v_order is null then return 'UNKNOWN'; end if;
  perform private.lock_alert(v_order);
  perform private.apply_mail_event(v_event, v_order);
  return 'APPLIED';
end $$;
grant execute on function app.note_mail_event to anon;

-- What staff does about an alert that did not arrive: it phones, or has it sent again.

-- An admin reached the owner by telephone. Errors: 28000, DENIED for all but admins, NOT_FOUND, REASON_REQUIRED.
create function app.note_owner_phoned(p_number text, p_note text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_order app.orders; v_me app.accounts;
begin
  perform private.assert_alive();
  perform private.assert_role('ADMIN', 'only an admin notes this');
  select * into v_me from app.accounts where id = private.viewer_id();
  select o.* into v_order from app.orders o
   where o.number = p_number and exists (select from app.shadow_alerts a where a.order_id = o.id);
  if not found then perform private.refuse('NOT_FOUND'); end if;
  perform private.assert_note(p_note, 300);
  perform private.lock_alert(v_order.id);
  -- The same form once more, from a double tap.
  if exists (select from app.alert_attempts
              where order_id = v_order.id and outcome = 'REACHED' and actor = v_me.code
                and note = btrim(p_note) and at > now() - interval '1 minute') then
    return;
  end if;
  insert into app.alert_attempts (order_id, channel, outcome, actor, note)
    values (v_order.id, 'PHONE', 'REACHED', v_me.code, btrim(p_note));
  insert into app.order_events (order_id, kind, actor) values (v_order.id, 'OWNER_PHONED', v_me.name);
  perform private.finish_task('phone-owner/' || p_number, btrim(p_note));
  perform private.audit('OWNER_PHONED', 'order', p_number, '{}',
    (select code from app.partners where id = v_order.partner_id));
end $$;
grant execute on function app.note_owner_phoned to authenticated;

-- Enough of an address to see in the trail that it changed, and too little to use it.
create function private.masked(p_address text) returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select case when p_address like '%@%' then left(p_address, 1) || '***' || substr(p_address, strpos(p_address, '@'))
              else '***' || right(p_address, 3) end
$$;

-- Has a failed alert sent once more, to the address as it is corrected here: a mail of its own, with its own key.
-- Errors: 28000, DENIED for all but admins, NOT_FOUND, ADDRESS or PHONE, REASON_REQUIRED, STALE when it is on its way
-- or arrived, or when nobody serves its channel.
create function app.resend_alert(p_number text, p_channel text, p_address text, p_reason text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_order app.orders; v app.shadow_alerts; v_store text; v_before text; v_attempt bigint;
  v_address text := case p_channel when 'SMS' then private.phone(p_address) else btrim(coalesce(p_address, '')) end;
begin
  perform private.assert_alive();
  perform private.assert_role('ADMIN', 'only an admin sends again');
  select * into v_order from app.orders where number = p_number;
  perform private.lock_alert(v_order.id);
  select * into v from app.shadow_alerts where order_id = v_order.id and channel = p_channel;
  if not found then perform private.refuse('NOT_FOUND'); end if;
  perform private.assert_note(p_reason, 200, 'reason');
  if v_address is null then perform private.refuse('PHONE', field => 'address'); end if;
  if p_channel = 'EMAIL' and (v_address !~ '^[^@\s]+@[^@\s]+$' or length(v_address) > 254) then
    perform private.refuse('ADDRESS', field => 'address');
  end if;
  if v.state not in ('FAILED', 'BOUNCED')
     or not exists (select from private.alert_channels where channel = p_channel) then
    perform private.refuse('STALE', 'it is on its way, or nobody serves this channel');
  end if;
  select code into v_store from app.partners where id = v_order.partner_id;
  select case p_channel when 'SMS' then owner_whatsapp else owner_email end into v_before
    from app.partner_contacts where partner_id = v_order.partner_id for update;
  -- The reason stands in this row; the trail names the row.
  insert into app.alert_attempts (order_id, channel, generation, outcome, actor, note)
    values (v_order.id, p_channel, v.generation + 1, 'SENT_AGAIN',
            (select code from app.accounts where id = private.viewer_id()), btrim(p_reason))
    returning id into v_attempt;
  if v_before <> v_address then
    if p_channel = 'SMS' then
      update app.partner_contacts set owner_whatsapp = v_address where partner_id = v_order.partner_id;
    else
      update app.partner_contacts set owner_email = v_address where partner_id = v_order.partner_id;
    end if;
    perform private.audit('OWNER_CONTACT_CHANGED', 'partner', v_store,
      jsonb_build_object('channel', p_channel, 'attempt', v_attempt), v_store,
      p_words => jsonb_build_object('address', private.masked(v_before) || ' → ' || private.masked(v_address)));
  end if;
  update app.shadow_alerts
     set state = 'PENDING', generation = generation + 1, reference = gen_random_uuid(), recipient = v_address,
         attempts = 0, next_attempt_at = now(), sent_at = null, provider_id = null, last_error = null,
         leased_at = null, uncertain_since = null, request_id = private.request_id()
   where order_id = v_order.id and channel = p_channel;
  perform private.audit('ALERT_SENT_AGAIN', 'order', p_number,
    jsonb_build_object('channel', p_channel, 'attempt', v_attempt), v_store,
    jsonb_build_object('state', v.state, 'generation', v.generation),
    jsonb_build_object('state', 'PENDING', 'generation', v.generation + 1));
  perform private.enqueue('order.shadow-placed.alert', jsonb_build_object('orderId', v_order.id));
end $$;
grant execute on function app.resend_alert to authenticated;
