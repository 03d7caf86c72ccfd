-- The monthly review: the ten salesmen who acted for stores most often, and what an auditor decided about each.
--
-- The worker makes a review on the first of the month, with figures that stay as they are from then on, and sees to it
-- that none is forgotten: past its day, unsigned lines are an incident. Auditors sign, line by line and once;
-- staff reads. Nobody else writes, whatever path he takes: the triggers keep what was made and what was signed.
--
-- The row of the month is the lock, taken before its lines, its task and its incident: two workers meet at its key when
-- it is made, and the last signature never crosses the look at what is overdue.

-- A month whose review was made. The watermark: a run that was missed is caught up from the last of these.
create table app.review_months (
  month            date primary key check (extract(day from month) = 1),
  made_at          timestamptz not null,
  due_at           timestamptz not null,
  salesmen         smallint not null check (salesmen between 0 and 10),
  signed           smallint not null default 0 check (signed between 0 and salesmen),
  done_at          timestamptz,
  overdue_incident bigint references app.incidents on delete restrict,
  check ((signed = salesmen) = (done_at is not null))
);
comment on table app.review_months is
  'Months whose «Top 10 Agents by Impersonation Count» was made, and how far the auditor has come.';
create index review_months_open on app.review_months (due_at) where done_at is null;

call private.for_staff(array['review_months']);

-- A month is made once: its day does not move, lines do not come to it, and signatures do not go.
create function private.keep_review_month() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op <> 'UPDATE' or (new.month, new.made_at, new.due_at) is distinct from (old.month, old.made_at, old.due_at)
     or new.salesmen > old.salesmen or new.signed < old.signed then
    perform private.refuse('DENIED', 'a review does not change');
  end if;
  return new;
end $$;
create trigger _100_kept before update or delete on app.review_months
  for each row execute function private.keep_review_month();

create table app.salesman_reviews (
  month          date not null references app.review_months on delete restrict,
  rank           smallint not null check (rank between 1 and 10),
  salesman_id    uuid not null references app.accounts on delete restrict,
  code           text not null,
  name           text not null,
  impersonations integer not null check (impersonations > 0),
  stores         integer not null check (stores > 0),
  orders         integer not null check (orders >= 0),
  amount         bigint not null check (amount >= 0),
  hits           integer not null check (hits >= 0),
  disputes       integer not null check (disputes >= 0),
  suspensions    integer not null check (suspensions >= 0),
  decision       text check (decision in ('NO_ACTION', 'WATCH', 'COACHING', 'ESCALATE_HR')),
  note           text check (private.is_note(note, 500)),
  signed_by      text,
  signed_at      timestamptz,
  primary key (month, rank),
  unique (month, salesman_id),
  unique (month, code),
  check ((decision is null) = (note is null)
    and (decision is null) = (signed_by is null)
    and (decision is null) = (signed_at is null))
);
comment on table app.salesman_reviews is
  'A line of a monthly review: figures as they were when it was made, and what the auditor decided.';
create index on app.salesman_reviews (salesman_id, month desc);

call private.for_staff(array['salesman_reviews']);

-- Figures stay as they were made, and so does what was signed, whichever path writes. A line more than were made does
-- not fit in: the ranks of a month are taken.
create function private.keep_review() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_signature text[] := array['decision', 'note', 'signed_by', 'signed_at'];
begin
  if tg_op = 'INSERT' then
    if new.decision is not null or new.rank > (select salesmen from app.review_months where month = new.month) then
      perform private.refuse('DENIED', 'the month was made');
    end if;
  elsif tg_op <> 'UPDATE' or old.signed_at is not null
        or to_jsonb(new) - v_signature <> to_jsonb(old) - v_signature then
    perform private.refuse('DENIED', 'a review does not change');
  end if;
  return new;
end $$;
create trigger _110_kept before insert or update or delete on app.salesman_reviews
  for each row execute function private.keep_review();
create trigger _100_kept_truncate before truncate on app.salesman_reviews
  for each statement execute function private.keep_review();

-- The worker makes reviews, and tells of those that are overdue.

-- The end of the nth working day after a moment, Jakarta's days: Monday to Friday. Public holidays are not known here
-- and count as working days.
create function private.end_of_working_day(p_from timestamptz, p_days integer) returns timestamptz
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select (f.day + n + time '23:59') at time zone 'Asia/Jakarta'
    from (select (p_from at time zone 'Asia/Jakarta')::date as day) f, generate_series(1, 2 * p_days + 5) n
   where extract(isodow from f.day + n) < 6
   order by n offset p_days - 1 limit 1
$$;

-- Makes the reviews that are due at p_now: of each month over since its last day, from the 1st, 07:00 WIB, on. The
-- first one ever is of the month before the first run, if somebody acted then; missed ones are made up for, a year back
-- at most. Two workers at once meet at the key of the month. Returns how many were made.
create function private.make_reviews(p_now timestamptz) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_last date := date_trunc('month', (p_now at time zone 'Asia/Jakarta') - interval '7 hours') - interval '1 month';
  v_first date; v_month date; v_from timestamptz; v_to timestamptz; v_due timestamptz;
  v_salesmen integer; v_made integer := 0; v_name text;
begin
  select max(month) + interval '1 month' into v_first from app.review_months;
  v_first := greatest(coalesce(v_first, v_last), v_last - interval '11 months');
  for v_month in select generate_series(v_first, v_last, interval '1 month') loop
    v_from := v_month::timestamp at time zone 'Asia/Jakarta';
    v_to := (v_month + interval '1 month') at time zone 'Asia/Jakarta';
    continue when not exists (select from app.review_months)
              and not exists (select from app.acting_sessions where started_at >= v_from and started_at < v_to);
    v_due := private.end_of_working_day(p_now, 5);
    insert into app.review_months (month, made_at, due_at, salesmen) values (v_month, p_now, v_due, 10)
      on conflict do nothing;
    continue when not found;
    insert into app.salesman_reviews (month, rank, salesman_id, code, name,
        impersonations, stores, orders, amount, hits, disputes, suspensions)
      select v_month, row_number() over (order by s.impersonations desc, coalesce(o.amount, 0) desc, a.code),
             a.id, a.code, a.name, s.impersonations, s.stores, coalesce(o.orders, 0), coalesce(o.amount, 0),
             (select count(*) from app.abuse_hits h
               where h.salesman_id = a.id and h.at >= v_from and h.at < v_to),
             (select count(*) from app.disputes d
               where d.salesman_id = a.id and d.disputed_at >= v_from and d.disputed_at < v_to),
             (select count(*) from app.suspensions u
               where u.account_id = a.id and u.suspended_at >= v_from and u.suspended_at < v_to)
        from (select salesman_id, count(*) as impersonations, count(distinct partner_id) as stores
                from app.acting_sessions
               where started_at >= v_from and started_at < v_to group by salesman_id) s
        join app.accounts a on a.id = s.salesman_id
        left join (select placed_by, count(*) as orders, sum(total) as amount from app.orders
                    where acting_session_id is not null and created_at >= v_from and created_at < v_to
                    group by placed_by) o on o.placed_by = a.id
       order by 2 limit 10;
    get diagnostics v_salesmen = row_count;
    update app.review_months set salesmen = v_salesmen, done_at = case when v_salesmen = 0 then p_now end
     where month = v_month;
    v_name := to_char(v_month, 'YYYY-MM');
    perform private.audit('REVIEW_MADE', 'review', v_name, jsonb_build_object('salesmen', v_salesmen));
    v_made := v_made + 1;
    continue when v_salesmen = 0;
    perform private.open_task('SIGN_REVIEW', 'review/' || v_name, v_name, null, null, v_due - now(),
      jsonb_build_object('salesmen', v_salesmen));
    perform private.notify_role('AUDITOR', 'REVIEW_READY', 'review/' || v_name,
      jsonb_build_object('month', v_name, 'salesmen', v_salesmen, 'path', '/admin/reviews/' || v_name));
  end loop;
  return v_made;
end $$;

create function jobs.make_reviews() returns integer
language sql security definer set search_path = pg_catalog, pg_temp as $$ select private.make_reviews(now()) $$;
grant execute on function jobs.make_reviews to worker;

-- A review with unsigned lines after its day: an incident and a mail, once. The row of the month is locked, so the
-- last signature and this never cross.
create function private.sweep_reviews(p_now timestamptz) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.review_months; v_name text; v_incident bigint; v_found integer := 0; v_left jsonb;
begin
  for v in
    select * from app.review_months where done_at is null and due_at < p_now and overdue_incident is null
     order by month for update skip locked
  loop
    v_name := to_char(v.month, 'YYYY-MM');
    v_left := jsonb_build_object('month', v_name, 'salesmen', v.salesmen - v.signed,
      'path', '/admin/reviews/' || v_name);
    v_incident := private.open_incident(3, 'REVIEW_OVERDUE', 'review/' || v_name, v_name,
      jsonb_build_object('unsigned', v.salesmen - v.signed));
    update app.review_months set overdue_incident = v_incident where month = v.month;
    update app.tasks set incident_id = v_incident where dedup_key = 'review/' || v_name and done_at is null;
    perform private.notify_role('AUDITOR', 'REVIEW_OVERDUE', 'review-overdue/' || v_name, v_left);
    v_found := v_found + 1;
  end loop;
  return v_found;
end $$;

create function jobs.sweep_reviews() returns integer
language sql security definer set search_path = pg_catalog, pg_temp as $$ select private.sweep_reviews(now()) $$;
grant execute on function jobs.sweep_reviews to worker;

-- An auditor signs.

-- The auditor's word on one salesman's month. Errors: 28000, DENIED for all but auditors, DECISION, REASON_REQUIRED,
-- NOT_FOUND, STALE when it is signed. With the last line the task is done and the incident, if it came to that, closed.
create function app.sign_review(p_month date, p_code text, p_decision text, p_note text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_month app.review_months; v app.salesman_reviews; v_me text; v_name text := to_char(p_month, 'YYYY-MM');
begin
  perform private.assert_alive();
  perform private.assert_role('AUDITOR', 'only an auditor signs');
  if coalesce(p_decision, '') not in ('NO_ACTION', 'WATCH', 'COACHING', 'ESCALATE_HR') then
    perform private.refuse('DECISION', field => 'decision');
  end if;
  perform private.assert_note(p_note, 500);
  select * into v_month from app.review_months where month = p_month for no key update;
  select * into v from app.salesman_reviews where month = p_month and code = p_code for no key update;
  if not found then perform private.refuse('NOT_FOUND'); end if;
  if v.signed_at is not null then
    perform private.refuse('STALE', 'the line is signed',
      facts => jsonb_build_object('by', v.signed_by, 'decision', v.decision));
  end if;
  select code into v_me from app.accounts where id = private.viewer_id();
  update app.salesman_reviews set decision = p_decision, note = btrim(p_note), signed_by = v_me, signed_at = now()
   where month = p_month and code = p_code;
  update app.review_months set signed = signed + 1, done_at = case when signed + 1 = salesmen then now() end
   where month = p_month returning * into v_month;
  perform private.audit('REVIEW_SIGNED', 'review', v_name || '/' || p_code,
    jsonb_build_object('decision', p_decision, 'rank', v.rank), p_code);
  if v_month.done_at is not null then
    perform private.finish_task('review/' || v_name, 'SIGNED');
    perform private.close_incident(v_month.overdue_incident, 'SIGNED');
  end if;
end $$;
grant execute on function app.sign_review to authenticated;
