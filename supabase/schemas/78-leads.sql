-- Leads: who wants to become a partner, from the form to the hand-over, and how all that is known of him goes again.
--
-- A lead is stored and its mail to the sales inbox written in one transaction, once per key: the one that the sender
-- gave, or a digest of what he wrote and the day. Where the database was away, the web mailed it by itself under the
-- same key and kept it on its disk; it comes here later, with p_mailed, and the mail is not written again.
--
-- Somebody has to answer within 24 hours (timer LEAD); a request to be forgotten is done within 72 (timer PRIVACY).
-- Erasing empties every column that tells of a person, here and wherever words about him were written; the row stays,
-- with its number. Nothing of a lead is told to the audit trail but its number: what is sealed could not be forgotten,
-- so that a lead came in stands in app.lead_events alone, without the address of whoever sent it.
--
-- Locks: the request before its leads, a lead before its timer, task and incident.

create sequence app.lead_numbers;

create table app.leads (
  id                  bigint generated always as identity primary key,
  ref                 text not null unique check (ref ~ '^LEAD-[0-9]{4}-[0-9]{5,9}$'),
  -- By which it is known to be the same: see app.submit_lead. Of an erased one it is random.
  content_key         bytea not null unique check (length(content_key) = 32),
  state               text not null default 'NEW'
    check (state in ('NEW', 'CONTACTED', 'QUALIFIED', 'HANDED_OVER', 'CLOSED', 'ERASED')),
  language            text not null default 'id' check (language in ('id', 'en')),
  business_name       text check (length(business_name) between 2 and 120),
  contact_name        text check (length(contact_name) between 2 and 120),
  phone               text check (phone ~ '^628[1-9][0-9]{7,10}$'),
  city                text check (length(city) between 2 and 80),
  salon_type          text check (salon_type in ('SALON', 'BARBER', 'BRIDAL', 'UNISEX', 'OTHER')),
  email               text check (email ~ '^[^@[:space:]]+@[^@[:space:]]+[.][^@[:space:]]+$' and length(email) <= 200),
  chair_count         smallint check (chair_count between 1 and 50),
  specialization      text check (length(specialization) <= 200),
  current_brands_used text check (length(current_brands_used) <= 200),
  monthly_spend_range text check (monthly_spend_range in ('UNDER_5M', '5M_TO_20M', '20M_TO_50M', 'OVER_50M')),
  message             text check (length(message) <= 1000),
  -- When he agreed that we keep this and call him: with the form.
  consented_at        timestamptz not null,
  received_at         timestamptz not null,
  stored_at           timestamptz not null default now(),
  answered_at         timestamptz,
  changed_at          timestamptz not null default now(),
  changed_by          text,
  erased_at           timestamptz,
  -- He asked that nobody works on it: 86-privacy.sql.
  restricted_at       timestamptz,
  check ((state = 'ERASED') = (erased_at is not null)),
  constraint erased_is_empty check (
    case when state = 'ERASED'
         then num_nonnulls(business_name, contact_name, phone, city, salon_type, email, chair_count, specialization,
                           current_brands_used, monthly_spend_range, message) = 0
         else num_nulls(business_name, contact_name, phone, city, salon_type) = 0 end)
);
comment on table app.leads is 'Who wants to become a partner. Erased: the row stays and tells nothing of anybody.';
create index on app.leads (state, id desc);
-- By the whole and by its beginning: see app.look_up.
create index leads_phone on app.leads (phone text_pattern_ops) where phone is not null;
create index leads_email on app.leads (lower(email) text_pattern_ops) where email is not null;
create index leads_age on app.leads (received_at) where state <> 'ERASED';

-- What happened to a lead. Notes are words of people about a person: they go with the lead.
create table app.lead_events (
  id      bigint generated always as identity primary key,
  lead_id bigint not null references app.leads on delete restrict,
  at      timestamptz not null default clock_timestamp(),
  kind    text not null check (kind in ('RECEIVED', 'MOVED', 'NOTED', 'ERASED')),
  actor   text not null,
  state   text,
  note    text check (length(note) <= 500)
);
comment on table app.lead_events is 'The story of each lead; its notes go when the lead is erased.';
create index on app.lead_events (lead_id, id);

-- Somebody asks to be forgotten, by e-mail address or telephone number. Both go from here too when it is done; the
-- numbers of the leads stay, so that a restored backup can be made to forget them again.
create table app.privacy_requests (
  id          bigint generated always as identity primary key,
  ref         text not null unique check (ref ~ '^PRV-[0-9]{4}-[0-9]{5,9}$'),
  kind        text not null check (kind in ('EMAIL', 'PHONE')),
  address     text,
  -- How it was asked for, and so how we know that it is he.
  asked_by    text not null check (asked_by in ('EMAIL', 'WHATSAPP', 'PHONE_CALL', 'LETTER')),
  asked_at    timestamptz not null,
  due_at      timestamptz not null,
  recorded_at timestamptz not null default now(),
  recorded_by text not null,
  done_at     timestamptz,
  done_by     text,
  leads       text[] not null default '{}',
  check ((done_at is null) = (address is not null)),
  check ((done_at is null) = (done_by is null))
);
comment on table app.privacy_requests is 'Requests to be forgotten: due within 72 hours, done by an admin, once.';
create unique index privacy_requests_open on app.privacy_requests (address) where done_at is null;
create index on app.privacy_requests (due_at) where done_at is null;
create sequence app.privacy_numbers;

call private.for_staff(array['leads', 'lead_events', 'privacy_requests']);

create constraint trigger _100_lead_needs_audit after update of state on app.leads
  deferrable initially deferred for each row execute function private.require_audit('lead', 'ref');

-- What is forgotten stays so, whoever writes.
create function private.stays_erased() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if old.state = 'ERASED' and new is distinct from old then
    perform private.refuse('DENIED', 'an erased lead stays as it is');
  end if;
  return new;
end $$;
create trigger _110_stays_erased before update on app.leads for each row execute function private.stays_erased();
alter table app.leads enable always trigger _110_stays_erased;

-- A lead that was kept on the web's disk meanwhile must not come back: digests of what was erased, for a month.
create table private.erased_addresses (
  digest    bytea primary key,
  erased_at timestamptz not null default now()
);
comment on table private.erased_addresses is 'Digests of addresses and numbers that were erased, kept for 30 days.';
alter table private.erased_addresses enable row level security;

create function private.address_digest(p_address text) returns bytea
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select sha256(convert_to('erased:' || lower(p_address), 'UTF8'))
$$;

-- Mails about a lead name him: once they have gone out, or will not, what they said is forgotten here. A receipt's
-- recipient too; the sales inbox is no person.
create function private.forget_lead_mail() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  new.props := '{}';
  if new.kind <> 'LEAD_RECEIVED' then new.recipient := 'ERASED'; end if;
  return new;
end $$;
create trigger _100_forgets_lead before update of state on app.mails
  for each row when (new.state <> 'PENDING' and new.kind in ('LEAD_RECEIVED', 'LEADS_ERASED'))
  execute function private.forget_lead_mail();

-- Coming in.

create function private.numbered(p_prefix text, p_number bigint) returns text
language sql stable set search_path = pg_catalog, pg_temp as $$
  select p_prefix || '-' || to_char(now() at time zone 'Asia/Jakarta', 'YYYY') || '-'
    || lpad(p_number::text, greatest(5, length(p_number::text)), '0')
$$;

-- What is counted of a lead, within a quarter of an hour: so many from an address (a market hall may share one), so
-- many of a telephone number, and of an e-mail address. The seconds to wait, 0 to go on.
create function private.lead_wait(p_lead jsonb) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_wait integer;
  v_per_address integer := private.number_setting('api.leads_per_address');
  v_per_person integer := private.number_setting('api.leads_per_person');
begin
  v_wait := private.count_try(private.try_key('lead', 'i', private.request('ip')), v_per_address);
  if v_wait = 0 then
    v_wait := private.count_try(private.try_key('lead', 't', p_lead ->> 'phone_whatsapp'), v_per_person);
  end if;
  if v_wait = 0 and p_lead ->> 'email' is not null then
    v_wait := private.count_try(private.try_key('lead', 'e', lower(p_lead ->> 'email')), v_per_person);
  end if;
  return v_wait;
end $$;

-- Takes a lead, as the web has checked it. p_key: by which it is known; the same again is taken once and answered the
-- same. p_received, p_mailed: it came while the database was away, was mailed then, and is from the web's disk; it was
-- counted there. p_tried: it is rolled back, and takes no number. Returns the seconds that the sender has to wait, 0
-- when it is taken. Errors: BAD_INPUT.
create function private.take_lead(p_lead jsonb, p_key text, p_language text, p_received timestamptz, p_mailed boolean,
  p_tried boolean) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v app.leads; v_wait integer; v_ref text;
  v_key bytea := sha256(convert_to(p_key, 'UTF8'));
  v_at timestamptz := least(coalesce(p_received, now()), now());
begin
  if p_key is null or length(p_key) not between 8 and 300 then
    perform private.refuse('BAD_INPUT', field => 'key');
  end if;
  if exists (select from app.leads where content_key = v_key) then return 0; end if;
  if p_received is not null and exists (
    select from private.erased_addresses
     where erased_at >= v_at and digest in (private.address_digest(p_lead ->> 'phone_whatsapp'),
                                            private.address_digest(p_lead ->> 'email')))
  then
    return 0;
  end if;
  if p_received is null then
    v_wait := private.lead_wait(p_lead);
    if v_wait > 0 then return v_wait; end if;
  end if;
  v_ref := private.numbered('LEAD', case when p_tried then 0 else nextval('app.lead_numbers') end);
  begin
    insert into app.leads (ref, content_key, language, business_name, contact_name, phone, city, salon_type, email,
        chair_count, specialization, current_brands_used, monthly_spend_range, message, consented_at, received_at)
      select v_ref, v_key, coalesce(p_language, 'id'), x.business_name, x.contact_name, x.phone_whatsapp, x.city,
             x.salon_type, x.email, x.chair_count, x.specialization, x.current_brands_used, x.monthly_spend_range,
             x.message, v_at, v_at
        from jsonb_to_record(p_lead) as x(business_name text, contact_name text, phone_whatsapp text, city text,
               salon_type text, email text, chair_count smallint, specialization text, current_brands_used text,
               monthly_spend_range text, message text)
      on conflict (content_key) do nothing
      returning * into v;
  exception when check_violation then
    perform private.refuse('BAD_INPUT', 'the table has rules that the form has too', field => 'lead');
  end;
  if v.id is null then return 0; end if;
  insert into app.lead_events (lead_id, at, kind, actor, state) values (v.id, v_at, 'RECEIVED', 'WEB', 'NEW');
  perform private.set_timer('LEAD', v_ref, v_at + interval '24 hours', false);
  if not p_mailed then
    perform private.notify('LEAD_RECEIVED', 'lead/' || v_ref, 'SALES_INBOX', 'id',
      jsonb_strip_nulls(p_lead) || jsonb_build_object('ref', v_ref, 'path', '/admin/leads/' || v_ref),
      p_provider_key => 'lead/' || encode(v_key, 'hex'));
  end if;
  return 0;
end $$;
create function app.submit_lead(p_lead jsonb, p_key text, p_language text, p_received timestamptz default null,
  p_mailed boolean default false) returns integer
language sql security definer set search_path = pg_catalog, pg_temp as $$
  select private.take_lead(p_lead, p_key, p_language, p_received, p_mailed, false)
$$;
grant execute on function app.submit_lead to anon;

-- The same to the end, whatever waits for the commit too, and rolled back: for whoever wants to know whether leads are
-- taken.
create function app.try_lead(p_lead jsonb, p_key text, p_language text) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_wait integer;
begin
  v_wait := private.take_lead(p_lead, p_key, p_language, null, false, true);
  set constraints all immediate;
  raise exception using errcode = 'TRIED';
exception when sqlstate 'TRIED' then
  return v_wait;
end $$;
grant execute on function app.try_lead to anon;

-- Nobody has answered for 24 hours: a task, and an incident that is over with the answer.
create function private.lead_is_late(p_about text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_incident bigint;
begin
  if not exists (select from app.leads where ref = p_about and state = 'NEW') then return; end if;
  v_incident := private.open_incident(3, 'LEAD_LATE', 'lead/' || p_about, p_about);
  perform private.open_task('ANSWER_LEAD', 'lead/' || p_about, p_about, null, v_incident, interval '24 hours');
end $$;

-- A request to be forgotten, or whatever else the law gives 72 hours for, is late.
create function private.privacy_is_late(p_about text, p_kind text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if p_kind = 'PRIVACY' and not exists (
    select from app.privacy_requests where ref = p_about and done_at is null
    union all select from app.privacy_cases where ref = p_about and done_at is null)
  then
    return;
  end if;
  perform private.open_incident(2, 'PRIVACY_LATE', 'privacy/' || p_about, p_about);
end $$;

-- What waited for an answer has it: the timer, then the task, then the incident.
create function private.lead_answered(p_ref text, p_note text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update app.timers set met_at = now() where kind = 'LEAD' and about = p_ref and met_at is null and void_at is null;
  perform private.finish_task('lead/' || p_ref, p_note);
  perform private.resolve_incident('lead/' || p_ref);
end $$;

-- Working on it, by an admin.

-- The lead that an admin is at, locked. Errors: DENIED for all but admins, NOT_FOUND, STALE when it is erased,
-- RESTRICTED when its person wants nobody to work on it.
create function private.admins_lead(p_ref text) returns app.leads
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.leads;
begin
  perform private.assert_role('ADMIN', 'only an admin works on leads');
  select * into v from app.leads where ref = p_ref for update;
  if not found then perform private.refuse('NOT_FOUND'); end if;
  if v.state = 'ERASED' then
    perform private.refuse('STALE', 'it is erased', facts => jsonb_build_object('state', v.state));
  end if;
  if v.restricted_at is not null then
    perform private.refuse('RESTRICTED', 'its person wants nobody to work on it');
  end if;
  return v;
end $$;

-- On it goes: contacted, found fit, handed over, closed; what was closed may be taken up again.
create function private.lead_leads_on(p_from text, p_to text) returns boolean
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select case when p_from = 'CLOSED' then p_to = 'CONTACTED'
              else array_position(v, p_to) > array_position(v, p_from) end
    from (select array['NEW', 'CONTACTED', 'QUALIFIED', 'HANDED_OVER', 'CLOSED'] as v) states
$$;

-- p_seen: the state that the page showed. HANDED_OVER opens the task of whoever opens the account; CLOSED needs a note.
-- Errors: 28000, those of private.admins_lead, STALE {state, by} when somebody moved it since, OUT_OF_RANGE of state,
-- REASON_REQUIRED.
create function app.move_lead(p_ref text, p_state text, p_note text, p_seen text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.leads; v_note text := nullif(btrim(coalesce(p_note, '')), '');
begin
  perform private.assert_alive();
  v := private.admins_lead(p_ref);
  if p_seen is distinct from v.state then
    perform private.refuse('STALE', 'somebody moved it', facts =>
      jsonb_build_object('state', v.state, 'by', v.changed_by));
  end if;
  if private.lead_leads_on(v.state, p_state) is not true then
    perform private.refuse('OUT_OF_RANGE', field => 'state');
  end if;
  perform private.assert_note(v_note, 500, p_needed => p_state = 'CLOSED');
  update app.leads set state = p_state, changed_at = now(), changed_by = private.actor(),
         answered_at = coalesce(answered_at, now())
   where id = v.id;
  insert into app.lead_events (lead_id, kind, actor, state, note)
    values (v.id, 'MOVED', private.actor(), p_state, v_note);
  perform private.audit('LEAD_MOVED', 'lead', p_ref, jsonb_build_object('from', v.state, 'to', p_state));
  perform private.lead_answered(p_ref, 'ANSWERED');
  if p_state = 'HANDED_OVER' then
    perform private.open_task('OPEN_ACCOUNT', 'open-account/' || p_ref, p_ref, null, null, interval '2 days');
  elsif p_state = 'CLOSED' then
    perform private.finish_task('open-account/' || p_ref, 'LEAD_CLOSED');
  end if;
end $$;
grant execute on function app.move_lead to authenticated;

-- A note about it. Errors: 28000, those of private.admins_lead, REASON_REQUIRED.
create function app.note_lead(p_ref text, p_note text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.leads;
begin
  perform private.assert_alive();
  v := private.admins_lead(p_ref);
  perform private.assert_note(p_note, 500);
  insert into app.lead_events (lead_id, kind, actor, note) values (v.id, 'NOTED', private.actor(), btrim(p_note));
  perform private.audit('LEAD_NOTED', 'lead', p_ref);
end $$;
grant execute on function app.note_lead to authenticated;

-- Taking leads away as a file: a right of its own, which one admin gives another member of staff.

-- Errors: 28000, DENIED for all but admins, NOT_FOUND of whoever is no staff, OWN_RIGHT, REASON_REQUIRED. The same
-- again changes nothing.
create function app.allow_lead_export(p_code text, p_allowed boolean, p_reason text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.accounts;
begin
  perform private.assert_alive();
  perform private.assert_role('ADMIN', 'only an admin says who takes leads away');
  select * into v from app.accounts where code = p_code and role in ('ADMIN', 'AUDITOR') for no key update;
  if not found then perform private.refuse('NOT_FOUND'); end if;
  if v.id = private.viewer_id() then perform private.refuse('OWN_RIGHT'); end if;
  perform private.assert_note(p_reason, 200, 'reason');
  if v.may_export_leads = coalesce(p_allowed, false) then return; end if;
  update app.accounts set may_export_leads = coalesce(p_allowed, false) where id = v.id;
  perform private.audit('LEAD_EXPORT_RIGHT', 'account', p_code, p_target => p_code,
    p_after => jsonb_build_object('allowed', coalesce(p_allowed, false)),
    p_words => jsonb_build_object('reason', btrim(p_reason)));
end $$;
grant execute on function app.allow_lead_export to authenticated;

-- That leads were taken away: how many, whether there were more, by what they were filtered, in codes. Errors: 28000,
-- DENIED without the right.
create function app.note_leads_exported(p_format text, p_rows integer, p_cut boolean, p_filter jsonb) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform private.assert_alive();
  if not exists (select from app.accounts
                  where id = private.viewer_id() and role in ('ADMIN', 'AUDITOR') and may_export_leads) then
    perform private.refuse('DENIED', 'leads are taken away by whoever may');
  end if;
  perform private.audit('LEADS_EXPORTED', 'leads', null, jsonb_strip_nulls(
    jsonb_build_object('format', p_format, 'rows', p_rows, 'cut', p_cut)
    || coalesce((select jsonb_object_agg(f.key, f.value) from jsonb_each(p_filter) f
                  where f.key in ('search', 'state')), '{}')));
end $$;
grant execute on function app.note_leads_exported to authenticated;

-- Being forgotten.

-- Empties one lead and whatever was written about it. p_why: a code.
create function private.erase_lead(p_lead app.leads, p_why text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform private.lead_answered(p_lead.ref, 'ERASED');
  perform private.finish_task('open-account/' || p_lead.ref, 'ERASED');
  update app.tasks set note = 'ERASED'
   where subject_code = p_lead.ref and note is not null and kind in ('ANSWER_LEAD', 'OPEN_ACCOUNT');
  update app.incident_events set detail = detail - 'note'
   where incident_id in (select id from app.incidents where subject_code = p_lead.ref) and detail ? 'note';
  update app.mails set props = '{}', state = case state when 'PENDING' then 'FAILED' else state end,
         last_error = case state when 'PENDING' then 'erased' else last_error end
   where dedup_key = 'lead/' || p_lead.ref;
  update app.lead_events set note = null where lead_id = p_lead.id;
  update app.leads set state = 'ERASED', erased_at = now(), changed_at = now(), changed_by = private.actor(),
         content_key = sha256(convert_to(gen_random_uuid()::text, 'UTF8')), business_name = null, contact_name = null,
         phone = null, city = null, salon_type = null, email = null, chair_count = null, specialization = null,
         current_brands_used = null, monthly_spend_range = null, message = null
   where id = p_lead.id;
  insert into app.lead_events (lead_id, kind, actor, state) values (p_lead.id, 'ERASED', private.actor(), 'ERASED');
  perform private.audit('LEAD_ERASED', 'lead', p_lead.ref, jsonb_build_object('why', p_why));
end $$;

-- An address or number as it is compared: {kind, address}; null for what is neither.
create function private.reachable_at(p_address text) returns jsonb
language plpgsql immutable set search_path = pg_catalog, pg_temp as $$
declare v_phone text := private.phone(p_address);
begin
  if v_phone is not null then return jsonb_build_object('kind', 'PHONE', 'address', v_phone); end if;
  if length(btrim(p_address)) <= 200 and btrim(p_address) ~ '^[^@[:space:]]+@[^@[:space:]]+[.][^@[:space:]]+$' then
    return jsonb_build_object('kind', 'EMAIL', 'address', lower(btrim(p_address)));
  end if;
  return null;
end $$;

-- Writes down that somebody asks to be forgotten, on this day (WIB), in this way: due 72 hours after it began, or from
-- now when it is today. Returns its number; the number of the open one when it was written down before. Errors: 28000,
-- DENIED for all but admins, REACHABLE, ASKED_BY, ASKED_DAY of what lies ahead or more than 30 days back.
create function app.ask_erasure(p_address text, p_asked_by text, p_day date) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_at jsonb := private.reachable_at(p_address); v_today date := (now() at time zone 'Asia/Jakarta')::date;
  v app.privacy_requests; v_asked timestamptz;
begin
  perform private.assert_alive();
  perform private.assert_role('ADMIN', 'only an admin takes requests to be forgotten');
  if v_at is null then perform private.refuse('REACHABLE', field => 'address'); end if;
  if coalesce(p_asked_by, '') not in ('EMAIL', 'WHATSAPP', 'PHONE_CALL', 'LETTER') then
    perform private.refuse('ASKED_BY', field => 'askedBy');
  end if;
  if p_day is null or p_day > v_today or p_day < v_today - 30 then
    perform private.refuse('ASKED_DAY', field => 'day');
  end if;
  v_asked := least(now(), case when p_day = v_today then now()
                               else p_day::timestamp at time zone 'Asia/Jakarta' end);
  insert into app.privacy_requests (ref, kind, address, asked_by, asked_at, due_at, recorded_by)
    values (private.numbered('PRV', nextval('app.privacy_numbers')), v_at ->> 'kind', v_at ->> 'address', p_asked_by,
            v_asked, v_asked + interval '72 hours', private.actor())
    on conflict (address) where done_at is null do nothing
    returning * into v;
  if not found then
    return (select ref from app.privacy_requests where address = v_at ->> 'address' and done_at is null);
  end if;
  perform private.set_timer('PRIVACY', v.ref, v.due_at, true);
  perform private.open_task('ERASE_LEADS', 'erase/' || v.ref, v.ref, null, null, v.due_at - now());
  perform private.audit('ERASURE_ASKED', 'privacy', v.ref, jsonb_build_object('kind', v.kind, 'by', v.asked_by));
  return v.ref;
end $$;
grant execute on function app.ask_erasure to authenticated;

-- Does it: every lead under the address is emptied, and the request forgets the address itself. Where an e-mail address
-- is known a receipt goes to it, whose recipient is forgotten when it has gone out. Returns how many leads. Errors:
-- 28000, DENIED for all but admins, NOT_FOUND, STALE {by} when it is done.
create function app.erase_leads(p_ref text) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.privacy_requests; v_lead app.leads; v_refs text[] := '{}'; v_mail text; v_lang text := 'id';
begin
  perform private.assert_alive();
  perform private.assert_role('ADMIN', 'only an admin erases');
  select * into v from app.privacy_requests where ref = p_ref for update;
  if not found then perform private.refuse('NOT_FOUND'); end if;
  if v.done_at is not null then
    perform private.refuse('STALE', 'it is done', facts => jsonb_build_object('by', v.done_by));
  end if;
  if v.kind = 'EMAIL' then v_mail := v.address; end if;
  for v_lead in
    select * from app.leads
     where v.kind = 'PHONE' and phone = v.address or v.kind = 'EMAIL' and lower(email) = v.address
     order by id for update
  loop
    v_mail := coalesce(v_mail, v_lead.email);
    v_lang := v_lead.language;
    v_refs := v_refs || v_lead.ref;
    perform private.erase_lead(v_lead, 'ERASED');
  end loop;
  insert into private.erased_addresses (digest) values (private.address_digest(v.address))
    on conflict (digest) do update set erased_at = now();
  update app.privacy_requests set address = null, done_at = now(), done_by = private.actor(), leads = v_refs
   where id = v.id;
  update app.timers set met_at = now() where kind = 'PRIVACY' and about = v.ref and met_at is null and void_at is null;
  perform private.finish_task('erase/' || v.ref, 'ERASED');
  perform private.resolve_incident('privacy/' || v.ref);
  if v_mail is not null then
    perform private.notify('LEADS_ERASED', 'erased/' || v.ref, v_mail, v_lang,
      jsonb_build_object('ref', v.ref, 'leads', cardinality(v_refs), 'askedAt', v.asked_at, 'doneAt', now()));
  end if;
  perform private.audit('LEADS_ERASED', 'privacy', v.ref, jsonb_build_object('leads', cardinality(v_refs)));
  return cardinality(v_refs);
end $$;
grant execute on function app.erase_leads to authenticated;

-- Leads whose term is over (lead.retention_months): emptied by themselves, some at a time.
create function private.erase_old_leads() returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.leads;
begin
  delete from private.erased_addresses where erased_at < now() - interval '30 days';
  for v in
    select * from app.leads
     where state <> 'ERASED'
       and received_at < now() - make_interval(months => private.number_setting('lead.retention_months')::integer)
     order by received_at limit 200 for update skip locked
  loop
    perform private.erase_lead(v, 'TERM_ENDED');
  end loop;
end $$;
