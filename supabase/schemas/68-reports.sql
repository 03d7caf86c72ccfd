-- «Laporkan masalah / Tanya»: the door for everybody, on every page. A problem is a SEV-3, a question a SEV-4: an
-- incident like any other, with its time to answer; the answer stands here and goes out by mail.
--
-- What was written and whose address it was stay here; the incident and the trail know its number alone. Whoever wrote
-- reads his own. One form is one report, however often it is sent.

-- A path up to the key of a letter's link: who reads it may not do what the link does.
create function private.without_link_key(p_path text) returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select regexp_replace(p_path, '^(/+(?:bukan-saya|b|status/+confirm|status/+unsubscribe))/.*$', '\1', 'i')
$$;

create table app.reports (
  id          bigint generated always as identity primary key,
  -- The number of its incident, which is the number of the report.
  ref         text not null unique,
  -- Minted with the form.
  key         uuid not null unique,
  kind        text not null check (kind in ('PROBLEM', 'QUESTION')),
  -- The page it was sent from: a path without its query, and without what makes the link of a letter a key.
  page        text not null check (page ~ '^/' and length(page) <= 200 and page = private.without_link_key(page)),
  order_id    bigint references app.orders on delete restrict,
  words       text not null check (private.is_note(words, 2000)),
  account_id  uuid references app.accounts on delete restrict,
  -- Who is no account of ours: where the answer goes.
  email       text check (length(email) <= 200),
  language    text not null default 'id' check (language in ('id', 'en')),
  sent_at     timestamptz not null default now(),
  incident_id bigint not null unique references app.incidents on delete restrict,
  check (num_nonnulls(account_id, email) = 1)
);
comment on table app.reports is 'Problems and questions that people sent from a page; each is an incident.';
create index on app.reports (account_id, id desc) where account_id is not null;
create index on app.reports (order_id) where order_id is not null;

create table app.report_answers (
  id          bigint generated always as identity primary key,
  report_id   bigint not null references app.reports on delete restrict,
  words       text not null check (private.is_note(words, 2000)),
  -- Staff reads who; whoever asked does not.
  answered_by text not null,
  answered_at timestamptz not null default now()
);
comment on table app.report_answers is 'What whoever asked was answered.';
create index on app.report_answers (report_id, id);

call private.for_staff(array['reports', 'report_answers']);
create policy writer_reads on app.reports for select to authenticated
  using (account_id = (select private.viewer_id()));
create policy writer_reads on app.report_answers for select to authenticated
  using (exists (select from app.reports r where r.id = report_id and r.account_id = (select private.viewer_id())));
-- Who of ours answered is staff's to know: app.answers_of_report tells it.
revoke select on app.report_answers from authenticated;
grant select (id, report_id, words, answered_at) on app.report_answers to authenticated;

-- Who wrote an answer, for staff. Errors: 28000, DENIED for all but staff.
create function app.answers_of_report(p_ref text)
returns table (words text, answered_by text, answered_at timestamptz)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform private.assert_alive();
  if not private.viewer_is_staff() then perform private.refuse('DENIED', 'who answered is staff''s'); end if;
  return query
    select a.words, a.answered_by, a.answered_at
      from app.report_answers a join app.reports r on r.id = a.report_id
     where r.ref = p_ref order by a.id;
end $$;
grant execute on function app.answers_of_report to authenticated;

-- Takes a problem or a question, from anybody; the number of its incident. A second time with the same key gives the
-- first one's number. Errors: REPORT_KIND, REASON_REQUIRED and TOO_LONG of words, EMAIL of a guest without an address,
-- REPORTS_LIMITED {seconds} when one account sent ten, or one address of guests five, in a quarter of an hour.
create function app.send_report(p_key uuid, p_kind text, p_page text, p_order text, p_words text, p_email text,
  p_language text) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_me uuid := case when private.live_session() is not null then private.viewer_id() end;
  v_ref text; v_wait integer; v_order bigint; v_incident bigint; v_page text;
begin
  if v_me is not null then perform private.assert_alive(); end if;
  select ref into v_ref from app.reports where key = p_key;
  if found then return v_ref; end if;
  if coalesce(p_kind, '') not in ('PROBLEM', 'QUESTION') then
    perform private.refuse('REPORT_KIND', field => 'kind');
  end if;
  perform private.assert_note(p_words, 2000, 'words');
  if v_me is null and (coalesce(btrim(p_email), '') !~ '^[^@[:space:]]+@[^@[:space:]]+[.][^@[:space:]]+$'
                       or length(p_email) > 200) then
    perform private.refuse('EMAIL', field => 'email');
  end if;
  v_wait := private.count_try(
    case when v_me is null then private.try_key('report', 'i', private.request('ip'))
         else private.try_key('report', 'a', v_me::text) end,
    case when v_me is null then 5 else 10 end);
  if v_wait > 0 then perform private.refuse('REPORTS_LIMITED', facts => jsonb_build_object('seconds', v_wait)); end if;
  -- Only an order that its sender may read is named.
  select o.id into v_order from app.orders o
   where o.number = p_order
     and (private.viewer_is_staff()
          or exists (select from app.partners p where p.id = o.partner_id and p.account_id = v_me)
          or o.placed_by = v_me);
  v_page := left(split_part(split_part(coalesce(p_page, '/'), '?', 1), '#', 1), 200);
  if v_page !~ '^/' then v_page := '/'; end if;
  v_page := private.without_link_key(v_page);
  v_incident := private.open_incident(case p_kind when 'PROBLEM' then 3 else 4 end,
    case p_kind when 'PROBLEM' then 'REPORTED' else 'ASKED' end, 'report/' || p_key,
    (select code from app.accounts where id = v_me));
  select ref into v_ref from app.incidents where id = v_incident;
  insert into app.reports (ref, key, kind, page, order_id, words, account_id, email, language, incident_id)
    values (v_ref, p_key, p_kind, v_page, v_order, btrim(p_words), v_me, case when v_me is null then btrim(p_email) end,
      case p_language when 'en' then 'en' else 'id' end, v_incident);
  if v_order is not null then perform private.link_incident(v_incident, 'order', p_order); end if;
  return v_ref;
end $$;
grant execute on function app.send_report to anon, authenticated;

-- Answers it, by an admin: whoever asked gets it by mail and reads it where he asked. Errors: 28000, DENIED for all but
-- admins, NOT_FOUND, STALE when the incident is closed, REASON_REQUIRED and TOO_LONG of words.
create function app.answer_report(p_ref text, p_words text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.incidents; v_report app.reports; v_answer bigint; v_email text;
begin
  perform private.assert_alive();
  perform private.assert_role('ADMIN', 'only an admin answers');
  select * into v from app.incidents where ref = p_ref for update;
  if not found then perform private.refuse('NOT_FOUND'); end if;
  select * into v_report from app.reports where incident_id = v.id;
  if not found then perform private.refuse('NOT_FOUND'); end if;
  if v.state = 'CLOSED' then perform private.refuse('STALE', facts => jsonb_build_object('state', v.state)); end if;
  perform private.assert_note(p_words, 2000, 'words');
  insert into app.report_answers (report_id, words, answered_by) values (v_report.id, btrim(p_words), private.actor())
    returning id into v_answer;
  perform private.acknowledged(v, private.actor());
  perform private.tell_incident(v.id, 'NOTE', private.actor(), jsonb_build_object('note', 'ANSWERED'));
  perform private.audit('REPORT_ANSWERED', 'incident', p_ref, '{}', v.subject_code);
  v_email := coalesce(v_report.email, (select u.email from auth.users u where u.id = v_report.account_id));
  perform private.notify('REPORT_ANSWERED', 'report-answer/' || v_answer, v_email,
    coalesce((select language from app.accounts where id = v_report.account_id), v_report.language),
    jsonb_build_object('ref', p_ref, 'asked', left(v_report.words, 300), 'answer', btrim(p_words),
      'path', case when v_report.account_id is null then '' else '/lapor' end), v_report.order_id);
end $$;
grant execute on function app.answer_report to authenticated;
