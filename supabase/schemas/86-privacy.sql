-- What a person may ask of us about his data (UU PDP), and what is done when data leaked. Both have 72 hours.
--
-- Anybody asks by the form on the privacy page, or staff writes down who phoned or wrote: a copy of his data, a
-- correction, a restriction, to withdraw his consent, to be erased, or that a person looks again at what the system
-- decided by itself (a suspension). A person of ours finds out first that it is he; nothing is granted before, whatever
-- code path writes it. What was asked and answered is forgotten 90 days after; number, kind and moments stay.
--
-- Somebody whose lead is restricted is not worked on any more: not moved, not noted, not taken away in a file, not
-- called. Who withdraws his consent is erased, since there is no other ground to keep a lead.
--
-- Locks: the request before the leads, a lead before its timer, task and incident.

create sequence app.privacy_case_numbers;

create table app.privacy_cases (
  id           bigint generated always as identity primary key,
  ref          text not null unique check (ref ~ '^PDP-[0-9]{4}-[0-9]{5,9}$'),
  -- Minted with the form: sent twice, it is one.
  key          uuid not null unique,
  kind         text not null
    check (kind in ('ACCESS', 'CORRECTION', 'RESTRICTION', 'WITHDRAWAL', 'ERASURE', 'OBJECTION')),
  asked_by     text not null check (asked_by in ('FORM', 'EMAIL', 'WHATSAPP', 'PHONE_CALL', 'LETTER')),
  language     text not null default 'id' check (language in ('id', 'en')),
  name         text check (length(name) between 2 and 120),
  address_kind text not null check (address_kind in ('EMAIL', 'PHONE')),
  address      text check (length(address) <= 200),
  words        text check (private.is_note(words, 2000)),
  asked_at     timestamptz not null default now(),
  due_at       timestamptz not null,
  recorded_by  text not null,
  -- How a person of ours found out that it is he.
  proven_how   text check (proven_how in ('CALLED_BACK', 'ANSWERED_MAIL', 'DOCUMENT')),
  proven_note  text check (private.is_note(proven_note, 500)),
  proven_at    timestamptz,
  proven_by    text,
  copied_at    timestamptz,
  copied_by    text,
  outcome      text check (outcome in ('GRANTED', 'REFUSED')),
  answer       text check (private.is_note(answer, 2000)),
  done_at      timestamptz,
  done_by      text,
  leads        text[] not null default '{}',
  -- Of a restriction: when it ended again.
  lifted_at    timestamptz,
  lifted_by    text,
  forgotten_at timestamptz,
  check ((lifted_at is null) = (lifted_by is null)),
  check (lifted_at is null or (kind = 'RESTRICTION' and outcome = 'GRANTED') is true),
  check ((proven_at is null) = (proven_by is null) and (proven_at is null) = (proven_how is null)),
  check ((copied_at is null) = (copied_by is null) and (copied_at is null or proven_at is not null)),
  check ((done_at is null) = (done_by is null) and (done_at is null) = (outcome is null)),
  constraint granted_when_proven check (outcome is distinct from 'GRANTED' or proven_at is not null),
  constraint forgotten_is_empty check (
    case when forgotten_at is null then num_nulls(name, address, words) = 0
         else num_nonnulls(name, address, words, proven_note, answer) = 0 end),
  check (forgotten_at is null or done_at is not null)
);
comment on table app.privacy_cases is
  'What people ask about their data: due within 72 hours, granted only after a person found out who asks.';
create index privacy_cases_open on app.privacy_cases (due_at) where done_at is null;
create index on app.privacy_cases (kind, id desc);
create index privacy_cases_kept on app.privacy_cases (done_at) where forgotten_at is null;

-- Personal data leaked in an incident: what, when and how, and what is done, as the law asks for it in both letters.
create table app.breaches (
  incident_id bigint primary key references app.incidents on delete restrict,
  -- From then on the 72 hours run.
  known_at    timestamptz not null,
  due_at      timestamptz not null,
  data        text not null check (private.is_note(data, 1000)),
  happened    text not null check (private.is_note(happened, 1000)),
  measures    text not null check (private.is_note(measures, 1000)),
  persons     integer check (persons between 0 and 10000000),
  marked_at   timestamptz not null default now(),
  marked_by   text not null,
  changed_at  timestamptz not null default now(),
  changed_by  text not null,
  check (due_at = known_at + interval '72 hours')
);
comment on table app.breaches is 'Incidents in which personal data leaked, and what the letters say.';

create table app.breach_steps (
  incident_id bigint not null references app.breaches on delete restrict,
  step        text not null
    check (step in ('STOPPED', 'EXTENT', 'PROOF', 'AUTHORITY', 'PERSONS', 'PUBLIC', 'LEARNED')),
  done_at     timestamptz not null default now(),
  done_by     text not null,
  note        text not null check (private.is_note(note, 500)),
  primary key (incident_id, step)
);
comment on table app.breach_steps is 'What of the checklist of a leak is done, by whom, when.';

call private.for_staff(array['privacy_cases', 'breaches', 'breach_steps']);
create trigger _010_append_only before update or delete on app.breach_steps
  for each row execute function private.refuse_change();

-- Asking.

create function private.add_privacy_case(p_key uuid, p_kind text, p_by text, p_name text, p_address text, p_words text,
  p_language text, p_asked timestamptz, p_recorder text) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.privacy_cases; v_at jsonb := private.reachable_at(p_address);
begin
  if coalesce(p_kind, '') not in ('ACCESS', 'CORRECTION', 'RESTRICTION', 'WITHDRAWAL', 'ERASURE', 'OBJECTION') then
    perform private.refuse('PRIVACY_KIND', field => 'kind');
  end if;
  if (length(btrim(p_name)) between 2 and 120) is not true then
    perform private.refuse('PRIVACY_NAME', field => 'name');
  end if;
  if v_at is null then perform private.refuse('REACHABLE', field => 'address'); end if;
  perform private.assert_note(p_words, 2000, 'words');
  insert into app.privacy_cases (ref, key, kind, asked_by, language, name, address_kind, address, words, asked_at,
      due_at, recorded_by)
    values (private.numbered('PDP', nextval('app.privacy_case_numbers')), p_key, p_kind, p_by,
      case p_language when 'en' then 'en' else 'id' end, btrim(p_name), v_at ->> 'kind', v_at ->> 'address',
      btrim(p_words), p_asked, p_asked + interval '72 hours', p_recorder)
    on conflict (key) do nothing returning * into v;
  if not found then return (select ref from app.privacy_cases where key = p_key); end if;
  perform private.set_timer('PRIVACY', v.ref, v.due_at, true);
  perform private.open_task('ANSWER_PRIVACY', 'privacy/' || v.ref, v.ref, null, null, v.due_at - now());
  if v.address_kind = 'EMAIL' then
    perform private.notify('PRIVACY_ASKED', 'privacy-asked/' || v.ref, v.address, v.language,
      jsonb_build_object('ref', v.ref, 'kind', v.kind, 'askedAt', v.asked_at, 'dueAt', v.due_at));
  end if;
  perform private.audit('PRIVACY_ASKED', 'privacy', v.ref, jsonb_build_object('kind', v.kind, 'by', v.asked_by));
  return v.ref;
end $$;

-- By whoever it is, with the form on the privacy page. Returns its number; sent again, the same. Errors: PRIVACY_KIND,
-- PRIVACY_NAME, REACHABLE of address, REASON_REQUIRED and TOO_LONG of words, PRIVACY_LIMITED {seconds} when an address
-- of the Internet sent five, or one mail address or number three, in a quarter of an hour.
create function app.ask_privacy(p_key uuid, p_kind text, p_name text, p_address text, p_words text, p_language text)
returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_ref text; v_wait integer;
begin
  if private.live_session() is not null then perform private.assert_alive(); end if;
  if p_key is null then perform private.refuse('BAD_INPUT', field => 'key'); end if;
  select ref into v_ref from app.privacy_cases where key = p_key;
  if found then return v_ref; end if;
  v_ref := private.add_privacy_case(p_key, p_kind, 'FORM', p_name, p_address, p_words, p_language, now(), 'WEB');
  v_wait := private.count_try(private.try_key('privacy', 'i', private.request('ip')), 5);
  if v_wait = 0 then
    v_wait := private.count_try(private.try_key('privacy', 'a', private.reachable_at(p_address) ->> 'address'), 3);
  end if;
  -- What was written is taken back with the refusal.
  if v_wait > 0 then perform private.refuse('PRIVACY_LIMITED', facts => jsonb_build_object('seconds', v_wait)); end if;
  return v_ref;
end $$;
grant execute on function app.ask_privacy to anon, authenticated;

-- By an admin, for who phoned or wrote on that day (WIB). Errors: 28000, DENIED for all but admins, ASKED_BY,
-- ASKED_DAY, and those of the form.
create function app.record_privacy(p_key uuid, p_kind text, p_name text, p_address text, p_words text, p_by text,
  p_day date) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_today date := (now() at time zone 'Asia/Jakarta')::date;
begin
  perform private.assert_alive();
  perform private.assert_role('ADMIN', 'only an admin takes requests');
  if p_key is null then perform private.refuse('BAD_INPUT', field => 'key'); end if;
  if coalesce(p_by, '') not in ('EMAIL', 'WHATSAPP', 'PHONE_CALL', 'LETTER') then
    perform private.refuse('ASKED_BY', field => 'askedBy');
  end if;
  if p_day is null or p_day > v_today or p_day < v_today - 30 then
    perform private.refuse('ASKED_DAY', field => 'day');
  end if;
  return private.add_privacy_case(p_key, p_kind, p_by, p_name, p_address, p_words, 'id',
    least(now(), case when p_day = v_today then now() else p_day::timestamp at time zone 'Asia/Jakarta' end),
    private.actor());
end $$;
grant execute on function app.record_privacy to authenticated;

-- Answering, by an admin.

-- What of ours goes under the address of a request: leads, and accounts by sign-in or contact.
create function private.privacy_leads(p_case app.privacy_cases) returns setof app.leads
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select l.* from app.leads l
   where p_case.address_kind = 'PHONE' and l.phone = p_case.address
      or p_case.address_kind = 'EMAIL' and lower(l.email) = p_case.address
   order by l.id limit 200
$$;
create function private.privacy_accounts(p_case app.privacy_cases) returns setof app.accounts
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select a.* from app.accounts a
   where a.id in (
     select u.id from auth.users u where p_case.address_kind = 'EMAIL' and lower(u.email) = p_case.address
     union
     select p.account_id from app.partners p join app.partner_contacts c on c.partner_id = p.id
      where p_case.address_kind = 'EMAIL' and lower(c.owner_email) = p_case.address
         or p_case.address_kind = 'PHONE' and c.owner_whatsapp = p_case.address)
   order by a.code limit 20
$$;

-- For staff: [{kind: lead or account, code, name, automatic: suspended by the system and not let in again}]. Errors:
-- 28000, DENIED for all but staff, NOT_FOUND.
create function app.privacy_subjects(p_ref text)
returns table (kind text, code text, name text, automatic boolean)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare v app.privacy_cases;
begin
  perform private.assert_alive();
  if not private.viewer_is_staff() then perform private.refuse('DENIED', 'whom it is about is staff''s'); end if;
  select * into v from app.privacy_cases c where c.ref = p_ref;
  if not found then perform private.refuse('NOT_FOUND'); end if;
  return query
    select 'lead'::text, l.ref, l.business_name, false from private.privacy_leads(v) l
    union all
    select 'account', a.code, a.name, exists (
        select from app.suspensions s where s.account_id = a.id and s.score is not null and s.lifted_at is null)
      from private.privacy_accounts(v) a;
end $$;
grant execute on function app.privacy_subjects to authenticated;

-- The request that an admin is at, locked and open. Errors: DENIED for all but admins, NOT_FOUND, STALE {by} when it is
-- answered.
create function private.admins_privacy_case(p_ref text) returns app.privacy_cases
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.privacy_cases;
begin
  perform private.assert_role('ADMIN', 'only an admin answers');
  select * into v from app.privacy_cases where ref = p_ref for update;
  if not found then perform private.refuse('NOT_FOUND'); end if;
  if v.done_at is not null then
    perform private.refuse('STALE', 'it is answered', facts => jsonb_build_object('by', v.done_by));
  end if;
  return v;
end $$;

-- It is he: found out how, with a note. Errors: 28000, those of private.admins_privacy_case, PROVEN_HOW,
-- REASON_REQUIRED; STALE too when somebody did before.
create function app.prove_privacy(p_ref text, p_how text, p_note text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.privacy_cases;
begin
  perform private.assert_alive();
  v := private.admins_privacy_case(p_ref);
  if v.proven_at is not null then
    perform private.refuse('STALE', 'it is proven', facts => jsonb_build_object('by', v.proven_by));
  end if;
  if coalesce(p_how, '') not in ('CALLED_BACK', 'ANSWERED_MAIL', 'DOCUMENT') then
    perform private.refuse('PROVEN_HOW', field => 'how');
  end if;
  perform private.assert_note(p_note, 500);
  update app.privacy_cases set proven_how = p_how, proven_note = btrim(p_note), proven_at = now(),
         proven_by = private.actor()
   where id = v.id;
  perform private.audit('PRIVACY_PROVEN', 'privacy', p_ref, jsonb_build_object('how', p_how));
end $$;
grant execute on function app.prove_privacy to authenticated;

-- The copy of what we hold on who asked. Reading it is an act. Errors: 28000, those of private.admins_privacy_case,
-- NOT_PROVEN, NO_COPY_ASKED where something else was asked.
create function app.take_privacy_copy(p_ref text) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.privacy_cases;
begin
  perform private.assert_alive();
  v := private.admins_privacy_case(p_ref);
  if v.kind <> 'ACCESS' then perform private.refuse('NO_COPY_ASKED'); end if;
  if v.proven_at is null then perform private.refuse('NOT_PROVEN', 'a person finds out first that it is he'); end if;
  update app.privacy_cases set copied_at = now(), copied_by = private.actor() where id = v.id;
  perform private.audit('PRIVACY_COPIED', 'privacy', p_ref);
  return jsonb_build_object('number', v.ref, 'madeAt', now(), 'askedAs', v.name, 'under', v.address,
    'leads', (select coalesce(jsonb_agg(private.lead_copy(l)), '[]') from private.privacy_leads(v) l),
    'accounts', (select coalesce(jsonb_agg(private.account_copy(a)), '[]') from private.privacy_accounts(v) a))
    || private.address_copy(v);
end $$;
grant execute on function app.take_privacy_copy to authenticated;

-- What somebody told us or asked, with what he was answered.
create function private.report_copy(p_report app.reports) returns jsonb
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select jsonb_build_object('number', p_report.ref, 'at', p_report.sent_at, 'page', p_report.page,
    'words', p_report.words, 'answers', (
      select coalesce(jsonb_agg(jsonb_build_object('at', a.answered_at, 'words', a.words) order by a.id), '[]')
        from app.report_answers a where a.report_id = p_report.id))
$$;

-- What stands under an address itself, of whoever has no account: what he reported and was answered, whether he is told
-- of the status, what he asked about his data, and what was mailed there.
create function private.address_copy(p_case app.privacy_cases) returns jsonb
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select jsonb_build_object(
    'reports', (
      select coalesce(jsonb_agg(private.report_copy(r) order by r.id), '[]')
        from app.reports r where lower(r.email) = p_case.address),
    'onDuty', (
      select coalesce(jsonb_agg(jsonb_build_object('name', r.name, 'phone', r.phone, 'posts',
               (select coalesce(jsonb_agg(to_jsonb(d) - '{id,responder_id}'::text[]), '[]')
                  from app.rota d where d.responder_id = r.id))), '[]')
        from app.responders r where lower(r.email) = p_case.address),
    'statusNews', (
      select coalesce(jsonb_agg(jsonb_build_object('language', s.language, 'askedAt', s.asked_at,
               'confirmedAt', s.confirmed_at)), '[]')
        from private.status_subscribers s where s.email = p_case.address),
    'requests', (
      select coalesce(jsonb_agg(jsonb_build_object('number', c.ref, 'kind', c.kind, 'name', c.name, 'words', c.words,
               'askedAt', c.asked_at, 'answer', c.answer) order by c.id), '[]')
        from app.privacy_cases c where c.address = p_case.address),
    'mails', (
      select coalesce(jsonb_agg(jsonb_build_object('at', m.created_at, 'kind', m.kind) order by m.id), '[]')
        from app.mails m where lower(m.recipient) = p_case.address))
$$;

-- What a lead says of a person, and what was written about him.
create function private.lead_copy(p_lead app.leads) returns jsonb
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select (to_jsonb(p_lead) - '{id,content_key}'::text[]) || jsonb_build_object('history', (
    select coalesce(jsonb_agg(jsonb_build_object('at', e.at, 'kind', e.kind, 'state', e.state, 'note', e.note)
                              order by e.id), '[]')
      from app.lead_events e where e.lead_id = p_lead.id))
$$;

-- What Shadow Mode holds on a salesman: for which stores he acted, from where and with what, what rules and people made
-- of it. Who wrote of him is left out: that is about the writer. So is that an owner said «bukan saya», which he is
-- told nowhere.
create function private.shadow_copy(p_salesman uuid) returns jsonb
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select jsonb_build_object(
    'assignments', (
      select coalesce(jsonb_agg(jsonb_build_object('store', p.code, 'since', g.since) order by p.code), '[]')
        from app.assignments g join app.partners p on p.id = g.partner_id where g.salesman_id = p_salesman),
    'actedFor', (
      select coalesce(jsonb_agg(jsonb_build_object('store', p.code, 'reason', s.reason, 'from', s.started_at,
               'until', s.ended_at) order by s.started_at), '[]')
        from app.acting_sessions s join app.partners p on p.id = s.partner_id where s.salesman_id = p_salesman),
    'traces', (
      select coalesce(jsonb_agg(jsonb_build_object('order', o.number, 'at', t.at, 'address', t.ip,
               'program', t.user_agent, 'device', t.device, 'sentDevice', t.sent_device, 'place', t.place,
               'kmFromTheLast', t.distance_km, 'verdict', t.verdict) order by t.at), '[]')
        from app.shadow_traces t join app.orders o on o.id = t.order_id where t.salesman_id = p_salesman),
    'signs', (
      select coalesce(jsonb_agg(jsonb_build_object('at', h.at, 'rule', h.rule, 'weight', h.weight) order by h.id), '[]')
        from app.abuse_hits h where h.salesman_id = p_salesman and h.rule <> 'OWNER_DISPUTED'),
    'caseNotes', (
      select coalesce(jsonb_agg(jsonb_build_object('at', n.at, 'note', n.note) order by n.id), '[]')
        from app.case_notes n where n.salesman_id = p_salesman),
    'reviews', (
      select coalesce(jsonb_agg(jsonb_build_object('month', r.month, 'orders', r.orders, 'amount', r.amount,
               'decision', r.decision, 'note', r.note) order by r.month), '[]')
        from app.salesman_reviews r where r.salesman_id = p_salesman))
$$;

-- What tables hold on an account: himself, his store and how he is reached, his orders, what he reported, suspensions,
-- sign-ins that are open, what was mailed to him, and in how many rows of the trail he acts.
create function private.account_copy(p_account app.accounts) returns jsonb
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select jsonb_build_object(
    'account', jsonb_build_object('code', p_account.code, 'name', p_account.name, 'role', p_account.role,
      'status', p_account.status, 'language', p_account.language,
      'email', (select u.email from auth.users u where u.id = p_account.id)),
    'stores', (
      select coalesce(jsonb_agg(to_jsonb(p) - '{id,account_id}'::text[] || jsonb_build_object('contacts',
               (select to_jsonb(c) - 'partner_id' from app.partner_contacts c where c.partner_id = p.id))), '[]')
        from app.partners p where p.account_id = p_account.id),
    'orders', (
      select coalesce(jsonb_agg(jsonb_build_object('number', o.number, 'at', o.created_at, 'status', o.status,
               'total', o.total, 'placedBy', o.placed_by_name, 'note', o.note) order by o.id), '[]')
        from app.orders o
       where o.placed_by = p_account.id
          or o.partner_id in (select p.id from app.partners p where p.account_id = p_account.id)),
    'reports', (
      select coalesce(jsonb_agg(private.report_copy(r) order by r.id), '[]')
        from app.reports r where r.account_id = p_account.id),
    'disputes', (
      select coalesce(jsonb_agg(jsonb_build_object('order', o.number, 'at', d.disputed_at, 'words', d.note,
               'outcome', d.outcome) order by d.disputed_at), '[]')
        from app.disputes d join app.orders o on o.id = d.order_id join app.partners p on p.id = d.partner_id
       where p.account_id = p_account.id),
    'suspensions', (
      select coalesce(jsonb_agg(jsonb_build_object('from', s.suspended_at, 'reason', s.reason, 'score', s.score,
               'until', s.lifted_at) order by s.id), '[]')
        from app.suspensions s where s.account_id = p_account.id),
    'signIns', (
      select coalesce(jsonb_agg(jsonb_build_object('since', s.created_at, 'address', to_jsonb(s) ->> 'ip',
               'program', to_jsonb(s) ->> 'user_agent')), '[]')
        from auth.sessions s where s.user_id = p_account.id),
    'mails', (
      select coalesce(jsonb_agg(jsonb_build_object('at', m.created_at, 'kind', m.kind, 'to', m.recipient)
                                order by m.id), '[]')
        from app.mails m
       where lower(m.recipient) = (select lower(u.email) from auth.users u where u.id = p_account.id)),
    'actsInTrail', (select count(*) from app.audit_events e where e.actor_id = p_account.id))
    || case when p_account.role = 'SALESMAN' then private.shadow_copy(p_account.id) else '{}' end
$$;

-- What a lead says wrongly, by a request for it that is proven. p_field: business_name, contact_name, phone, city,
-- email. Errors: 28000, those of private.admins_privacy_case, NOT_PROVEN, NO_CORRECTION where something else was asked,
-- NOT_FOUND of a lead that is not his, CORRECTION of a field or value that does not fit.
create function app.correct_lead(p_ref text, p_lead text, p_field text, p_value text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.privacy_cases; v_lead app.leads; v_value text := btrim(p_value);
begin
  perform private.assert_alive();
  v := private.admins_privacy_case(p_ref);
  if v.kind <> 'CORRECTION' then perform private.refuse('NO_CORRECTION'); end if;
  if v.proven_at is null then perform private.refuse('NOT_PROVEN', 'a person finds out first that it is he'); end if;
  select * into v_lead from private.privacy_leads(v) l where l.ref = p_lead;
  if not found then perform private.refuse('NOT_FOUND'); end if;
  if coalesce(p_field, '') not in ('business_name', 'contact_name', 'phone', 'city', 'email') then
    perform private.refuse('CORRECTION', field => 'field');
  end if;
  if p_field = 'phone' then v_value := private.phone(v_value); end if;
  if v_value is null or v_value = '' then perform private.refuse('CORRECTION', field => 'value'); end if;
  begin
    execute format('update app.leads set %I = $1, changed_at = now(), changed_by = $2 where id = $3', p_field)
      using v_value, private.actor(), v_lead.id;
  exception when check_violation then
    perform private.refuse('CORRECTION', field => 'value');
  end;
  update app.privacy_cases set leads = array_remove(leads, p_lead) || p_lead where id = v.id;
  perform private.audit('LEAD_CORRECTED', 'lead', p_lead, jsonb_build_object('field', p_field, 'request', p_ref));
end $$;
grant execute on function app.correct_lead to authenticated;

-- What granting does by itself; the leads that it touched. An objection asks to let him in again, which another admin
-- does (app.lift_suspension).
create function private.grant_privacy(p_case app.privacy_cases, p_answer text) returns text[]
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.leads; v_refs text[] := p_case.leads; v_code text;
begin
  if p_case.kind = 'OBJECTION' then
    select a.code into v_code from private.privacy_accounts(p_case) a
      join app.suspensions s on s.account_id = a.id and s.score is not null and s.lifted_at is null
     where s.lift_requested_at is null limit 1;
    if not found then perform private.refuse('NO_SUSPENSION', field => 'outcome'); end if;
    perform app.request_lift(v_code, left(p_answer, 200));
  elsif p_case.kind in ('RESTRICTION', 'WITHDRAWAL', 'ERASURE') then
    for v in select * from private.privacy_leads(p_case) loop
      perform from app.leads where id = v.id for update;
      if p_case.kind = 'RESTRICTION' then
        perform private.restrict_lead(v);
      else
        perform private.erase_lead(v, case p_case.kind when 'WITHDRAWAL' then 'WITHDRAWN' else 'ERASED' end);
      end if;
      v_refs := v_refs || v.ref;
    end loop;
    -- Nobody is told of a restriction that restricts nothing.
    if p_case.kind = 'RESTRICTION' and v_refs = '{}' then
      perform private.refuse('NOTHING_HELD', field => 'outcome');
    end if;
    if p_case.kind <> 'RESTRICTION' then
      insert into private.erased_addresses (digest) values (private.address_digest(p_case.address))
        on conflict (digest) do update set erased_at = now();
    end if;
  end if;
  return v_refs;
end $$;

-- Nobody works on it from here on: what waited for it is over, and its mail to the sales inbox goes no more.
create function private.restrict_lead(p_lead app.leads) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform private.lead_answered(p_lead.ref, 'RESTRICTED');
  perform private.finish_task('open-account/' || p_lead.ref, 'RESTRICTED');
  update app.mails set state = 'FAILED', last_error = 'restricted'
   where dedup_key = 'lead/' || p_lead.ref and state = 'PENDING';
  update app.leads set restricted_at = coalesce(restricted_at, now()), changed_at = now(), changed_by = private.actor()
   where id = p_lead.id;
  perform private.audit('LEAD_RESTRICTED', 'lead', p_lead.ref);
end $$;

-- The answer, which goes out by mail where there is an address for it. Errors: 28000, those of
-- private.admins_privacy_case, OUTCOME, REASON_REQUIRED and TOO_LONG of answer, NOT_PROVEN, NO_COPY before the copy was
-- taken, NO_SUSPENSION where there is none by the system that could be lifted, NOTHING_HELD of a restriction without
-- leads.
create function app.answer_privacy(p_ref text, p_outcome text, p_words text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.privacy_cases; v_refs text[];
begin
  perform private.assert_alive();
  v := private.admins_privacy_case(p_ref);
  if coalesce(p_outcome, '') not in ('GRANTED', 'REFUSED') then
    perform private.refuse('OUTCOME', field => 'outcome');
  end if;
  perform private.assert_note(p_words, 2000, 'answer');
  v_refs := v.leads;
  if p_outcome = 'GRANTED' then
    if v.proven_at is null then perform private.refuse('NOT_PROVEN', field => 'outcome'); end if;
    if v.kind = 'ACCESS' and v.copied_at is null then perform private.refuse('NO_COPY', field => 'outcome'); end if;
    v_refs := private.grant_privacy(v, btrim(p_words));
  end if;
  update app.privacy_cases set outcome = p_outcome, answer = btrim(p_words), done_at = now(),
         done_by = private.actor(), leads = v_refs
   where id = v.id;
  update app.timers set met_at = now() where kind = 'PRIVACY' and about = v.ref and met_at is null and void_at is null;
  perform private.finish_task('privacy/' || v.ref, p_outcome);
  perform private.resolve_incident('privacy/' || v.ref);
  if v.address_kind = 'EMAIL' then
    perform private.notify('PRIVACY_ANSWERED', 'privacy-answered/' || v.ref, v.address, v.language,
      jsonb_build_object('ref', v.ref, 'kind', v.kind, 'outcome', p_outcome, 'answer', btrim(p_words),
        'askedAt', v.asked_at, 'doneAt', now()));
  end if;
  perform private.audit('PRIVACY_ANSWERED', 'privacy', v.ref, jsonb_build_object('kind', v.kind, 'outcome', p_outcome,
    'leads', cardinality(v_refs)));
end $$;
grant execute on function app.answer_privacy to authenticated;

-- Ends a restriction that was granted: his leads may be worked on again, and he is told why before anybody does. Where
-- his request is forgotten already, the address of the lead is the one to tell. Errors: 28000, DENIED for all but
-- admins, NOT_FOUND, NOT_RESTRICTED of what is none or has ended, REASON_REQUIRED and TOO_LONG of note.
create function app.lift_restriction(p_ref text, p_note text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.privacy_cases; v_leads app.leads[]; v_lead app.leads; v_to text;
begin
  perform private.assert_alive();
  perform private.assert_role('ADMIN', 'only an admin lifts a restriction');
  select * into v from app.privacy_cases where ref = p_ref for update;
  if not found then perform private.refuse('NOT_FOUND'); end if;
  perform from app.leads where ref = any (v.leads) order by id for update;
  v_leads := array(select l from app.leads l where l.ref = any (v.leads) and l.restricted_at is not null
                     and l.state <> 'ERASED' order by l.id);
  if (v.kind = 'RESTRICTION' and v.outcome = 'GRANTED' and v.lifted_at is null) is not true or v_leads = '{}' then
    perform private.refuse('NOT_RESTRICTED');
  end if;
  perform private.assert_note(p_note, 2000);
  foreach v_lead in array v_leads loop
    update app.leads set restricted_at = null, changed_at = now(), changed_by = private.actor() where id = v_lead.id;
    perform private.audit('LEAD_RELEASED', 'lead', v_lead.ref, jsonb_build_object('request', p_ref));
    v_to := coalesce(v_to, v_lead.email);
  end loop;
  update app.privacy_cases set lifted_at = now(), lifted_by = private.actor() where id = v.id;
  v_to := case when v.address_kind = 'EMAIL' then coalesce(v.address, v_to) else v_to end;
  if v_to is not null then
    perform private.notify('PRIVACY_LIFTED', 'privacy-lifted/' || p_ref, v_to, v.language,
      jsonb_build_object('ref', p_ref, 'why', btrim(p_note), 'doneAt', now()));
  end if;
  perform private.audit('RESTRICTION_LIFTED', 'privacy', p_ref, jsonb_build_object('leads', cardinality(v_leads)),
    p_words => jsonb_build_object('reason', btrim(p_note)));
end $$;
grant execute on function app.lift_restriction to authenticated;

-- Mails about it name him: they are forgotten here once they have gone out, or will not.
create trigger _110_forgets_privacy before update of state on app.mails
  for each row when (new.state <> 'PENDING' and new.kind in ('PRIVACY_ASKED', 'PRIVACY_ANSWERED', 'PRIVACY_LIFTED'))
  execute function private.forget_lead_mail();

-- Answered 90 days ago: number, kind and moments stay, and what tells of a person goes. By the worker, some at a time.
create function private.forget_privacy_cases() returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  update app.privacy_cases set name = null, address = null, words = null, proven_note = null, answer = null,
         forgotten_at = now()
   where id = any (array(
     select id from app.privacy_cases where forgotten_at is null and done_at < now() - interval '90 days'
      order by done_at limit 200 for update skip locked))
$$;

-- Data that leaked.

-- Marks an incident, or says anew what the letters say; when it was known is said once. p_known: within the last 30
-- days. Errors: 28000, DENIED for all but admins, NOT_FOUND, STALE when the incident is closed, KNOWN_AT, PERSONS,
-- REASON_REQUIRED and TOO_LONG of data, happened, measures.
create function app.mark_breach(p_ref text, p_known timestamptz, p_words text, p_happened text, p_measures text,
  p_persons integer) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.incidents; v_new boolean;
begin
  perform private.assert_alive();
  perform private.assert_role('ADMIN', 'only an admin says that data leaked');
  select * into v from app.incidents where ref = p_ref for update;
  if not found then perform private.refuse('NOT_FOUND'); end if;
  if v.state = 'CLOSED' then perform private.refuse('STALE', facts => jsonb_build_object('state', v.state)); end if;
  v_new := not exists (select from app.breaches where incident_id = v.id);
  if v_new and (p_known between now() - interval '30 days' and now()) is not true then
    perform private.refuse('KNOWN_AT', field => 'known');
  end if;
  if p_persons is not null and p_persons not between 0 and 10000000 then
    perform private.refuse('PERSONS', field => 'persons');
  end if;
  perform private.assert_note(p_words, 1000, 'data');
  perform private.assert_note(p_happened, 1000, 'happened');
  perform private.assert_note(p_measures, 1000, 'measures');
  insert into app.breaches as b (incident_id, known_at, due_at, data, happened, measures, persons, marked_by,
      changed_by)
    values (v.id, p_known, p_known + interval '72 hours', btrim(p_words), btrim(p_happened), btrim(p_measures),
      p_persons, private.actor(), private.actor())
    on conflict (incident_id) do update set data = excluded.data, happened = excluded.happened,
      measures = excluded.measures, persons = excluded.persons, changed_at = now(), changed_by = excluded.changed_by;
  if v_new then
    perform private.set_timer('BREACH_NOTICE', v.ref, p_known + interval '72 hours', true);
    perform private.open_task('NOTIFY_BREACH', 'breach/' || v.ref, v.ref, null, v.id,
      p_known + interval '72 hours' - now());
    perform private.tell_incident(v.id, 'NOTE', private.actor(), jsonb_build_object('note', 'DATA_LEAKED'));
  end if;
  perform private.audit('BREACH_MARKED', 'incident', v.ref, jsonb_build_object('new', v_new));
end $$;
grant execute on function app.mark_breach to authenticated;

-- A step of the checklist is done, once. Both letters sent end the 72 hours. Errors: 28000, DENIED for all but admins,
-- NOT_FOUND of an incident without a leak, BREACH_STEP, REASON_REQUIRED and TOO_LONG; STALE {by} when it is done.
create function app.do_breach_step(p_ref text, p_step text, p_note text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.breaches; v_by text;
begin
  perform private.assert_alive();
  perform private.assert_role('ADMIN', 'only an admin works on it');
  select b.* into v from app.breaches b join app.incidents i on i.id = b.incident_id
   where i.ref = p_ref for update of b;
  if not found then perform private.refuse('NOT_FOUND'); end if;
  if coalesce(p_step, '') not in ('STOPPED', 'EXTENT', 'PROOF', 'AUTHORITY', 'PERSONS', 'PUBLIC', 'LEARNED') then
    perform private.refuse('BREACH_STEP', field => 'step');
  end if;
  perform private.assert_note(p_note, 500);
  select done_by into v_by from app.breach_steps where incident_id = v.incident_id and step = p_step;
  if found then perform private.refuse('STALE', 'it is done', facts => jsonb_build_object('by', v_by)); end if;
  insert into app.breach_steps (incident_id, step, done_by, note)
    values (v.incident_id, p_step, private.actor(), btrim(p_note));
  perform private.audit('BREACH_STEP_DONE', 'incident', p_ref, jsonb_build_object('step', p_step));
  if (select count(*) from app.breach_steps
       where incident_id = v.incident_id and step in ('AUTHORITY', 'PERSONS')) = 2 then
    update app.timers set met_at = now()
     where kind = 'BREACH_NOTICE' and about = p_ref and met_at is null and void_at is null;
    perform private.finish_task('breach/' || p_ref, 'NOTIFIED');
    perform private.resolve_incident('privacy/' || p_ref);
  end if;
end $$;
grant execute on function app.do_breach_step to authenticated;
