-- The outbox: mails that tell people what happened, other than the owner's alert.
--
-- A mail is written in the transaction of what it tells, so there is none of anything that did not happen; the row
-- is the record, and the job only wakes the worker, which sends it. A key makes it one mail, however often it is
-- asked for. The worker leases what is due for two minutes, tries again at growing distances, and gives up after a
-- week. Only staff read it; nobody inserts or updates here, the functions do.

create table app.mails (
  id              bigint generated always as identity primary key,
  dedup_key       text not null unique check (length(dedup_key) <= 200),
  kind            text not null check (kind ~ '^[A-Z_]{3,40}$'),
  recipient       text not null,
  language        text not null default 'id' check (language in ('id', 'en')),
  props           jsonb not null default '{}',
  state           text not null default 'PENDING' check (state in ('PENDING', 'SENT', 'FAILED')),
  attempts        integer not null default 0,
  next_attempt_at timestamptz not null default now(),
  last_error      text,
  provider_id     text,
  created_at      timestamptz not null default now(),
  sent_at         timestamptz,
  order_id        bigint references app.orders on delete restrict,
  -- Which transaction wrote it: what it told, it need not be told again.
  xid             xid8 not null default pg_current_xact_id(),
  -- By which the provider knows it, where somebody may have sent it under this key before the row was written.
  provider_key    text check (length(provider_key) <= 200),
  -- The request that it comes of: private.request_id.
  request_id      text not null default private.request_id() check (request_id ~ '^[0-9a-f]{32}$'),
  check ((state = 'SENT') = (sent_at is not null))
);
comment on table app.mails is
  'Mails to people about what happened, other than the owner''s alert. The row is the record; a job only wakes '
  'the sender.';
create index mails_due on app.mails (next_attempt_at) where state = 'PENDING';
create index mails_of_order on app.mails (order_id, id) where order_id is not null;

call private.for_staff(array['mails']);

-- Writing: to one address, to everybody of a role, to the owner of a store.

-- A mail to be written by the worker: emails/ has one template per kind, which gets p_props. Once per key.
-- p_order: the order that it is about, when there is one. p_recipient: an address, or SALES_INBOX: the worker knows it.
create function private.notify(p_kind text, p_key text, p_recipient text, p_language text, p_props jsonb,
                               p_order bigint default null, p_provider_key text default null) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into app.mails (kind, dedup_key, recipient, language, props, order_id, provider_key)
    values (p_kind, p_key, p_recipient, p_language, p_props, p_order, p_provider_key)
    on conflict (dedup_key) do nothing;
  if found then perform private.enqueue('mail.written.send', '{}'); end if;
end $$;

-- To each active account of a role, in its language; so the key is each one's own.
create function private.notify_role(p_role text, p_kind text, p_key text, p_props jsonb) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v record;
begin
  for v in
    select a.code, a.language, u.email
      from app.accounts a
      join auth.users u on u.id = a.id
     where a.role = p_role and a.status = 'ACTIVE'
     order by a.code
  loop
    perform private.notify(p_kind, p_key || '/' || v.code, v.email, v.language, p_props);
  end loop;
end $$;

-- To a store's owner, at the address among its contacts, in his language.
create function private.notify_owner(p_partner uuid, p_kind text, p_key text, p_props jsonb,
                                     p_order bigint default null) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  select private.notify(p_kind, p_key, c.owner_email, a.language, p_props, p_order)
    from app.partners p
    join app.accounts a on a.id = p.account_id
    join app.partner_contacts c on c.partner_id = p.id
   where p.id = p_partner
$$;

-- Sending: the worker claims what is due and says how it went.

-- Leased like the alerts: whoever does not settle a mail within two minutes has lost it to the next who asks. What a
-- store is told waits for the end of maintenance; p_stores false: the worker's own environment says that it is.
create function jobs.claim_mails(p_limit integer, p_stores boolean default true)
returns table (id bigint, kind text, recipient text, language text, props jsonb, attempts integer,
               created_at timestamptz, provider_key text, request_id text)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare v_stores boolean := p_stores and private.maintenance_mode() = 'OFF';
begin
  return query
    with due as (
      select n.id
        from app.mails n
       where n.state = 'PENDING' and n.next_attempt_at <= now()
         and (v_stores or not private.waits_for_maintenance(n.kind))
       order by n.next_attempt_at
       limit p_limit for update skip locked)
    update app.mails n set attempts = n.attempts + 1, next_attempt_at = now() + interval '2 minutes'
      from due where n.id = due.id
    returning n.id, n.kind, n.recipient, n.language, n.props || private.mail_secrets(n.kind, n.props), n.attempts,
              n.created_at, coalesce(n.provider_key, 'mail/' || n.id), n.request_id;
end $$;
grant execute on function jobs.claim_mails to worker;

-- ACCEPTED is sent and REFUSED is not tried again; anything else is, after ten seconds, twice that, and so on, up to an
-- hour. One that nobody took for a week is not news any more.
create function jobs.settle_mail(p_id bigint, p_outcome text, p_provider_id text, p_detail text) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  update app.mails set
    state = case when p_outcome = 'ACCEPTED' then 'SENT'
                 when p_outcome = 'REFUSED' or created_at < now() - interval '7 days' then 'FAILED'
                 else 'PENDING' end,
    provider_id = p_provider_id,
    last_error = private.without_addresses(p_detail),
    sent_at = case when p_outcome = 'ACCEPTED' then now() end,
    next_attempt_at = now() + least(interval '1 hour', interval '10 seconds' * power(2, least(attempts, 12) - 1))
   where id = p_id and state = 'PENDING'
$$;
grant execute on function jobs.settle_mail to worker;
