-- Timers: what is due when, of incidents and of whatever else has to be answered in time.
--
-- A timer is computed once, by the database's clock, when what it measures begins; it rings at most 30 seconds late
-- while one worker lives, each exactly once: what its ringing leads to is written in the same transaction as the fact
-- that it rang. Any number of workers may sweep; who finds an incident locked leaves its timers to the next sweep.
--
-- A timer ends as one of three: it rang (fired_at), what it asked for was done before (met_at), or nobody asks any more
-- (void_at: another level, re-opened). What rang stays on record.
--
-- SEV-1, SEV-2 and privacy count and ring by the calendar. SEV-3, SEV-4 and leads count by the calendar too, and what
-- they are late with rings at the next working hour: nobody is woken at night for a typo.

-- The four levels, as the playbook's matrix has them.
create table app.incident_levels (
  severity       smallint primary key check (severity between 1 and 4),
  respond_within interval not null,
  -- Whether it wakes people at any hour.
  at_any_hour    boolean not null,
  slack_channel  text not null check (slack_channel in ('critical', 'production', 'warning'))
);
comment on table app.incident_levels is 'SEV-1 to SEV-4: in what time somebody has to answer, and where it is told.';
insert into app.incident_levels values
  (1, '15 minutes', true, 'critical'),
  (2, '1 hour', true, 'production'),
  (3, '24 hours', false, 'warning'),
  (4, '48 hours', false, 'warning');

-- Who is told when nobody has answered: after how long since the opening, by which channel, which posts. The first step
-- of each level is its response time, which is then breached.
create table app.escalation_steps (
  severity smallint not null references app.incident_levels,
  step     smallint not null check (step > 0),
  after    interval not null check (after > interval '0'),
  channel  text not null check (channel in ('MAIL', 'SMS')),
  posts    text[] not null check (cardinality(posts) > 0),
  primary key (severity, step)
);
comment on table app.escalation_steps is 'Who is told next while an incident is not acknowledged.';
insert into app.escalation_steps values
  (1, 1, '15 minutes', 'MAIL', '{CTO,CIO,VP_SALES}'),
  (1, 2, '20 minutes', 'SMS', '{CTO,CIO,VP_SALES}'),
  (1, 3, '30 minutes', 'SMS', '{CTO,CIO,VP_SALES,ENG_LEAD,OPS_MANAGER}'),
  (1, 4, '60 minutes', 'SMS', '{CTO,CIO,VP_SALES,ENG_LEAD,OPS_MANAGER}'),
  (2, 1, '1 hour', 'MAIL', '{ENG_LEAD,OPS_MANAGER}'),
  (2, 2, '75 minutes', 'SMS', '{ENG_LEAD,OPS_MANAGER}'),
  (2, 3, '3 hours', 'SMS', '{ENG_LEAD,OPS_MANAGER,CTO}'),
  (3, 1, '24 hours', 'MAIL', '{SUPPORT}'),
  (3, 2, '48 hours', 'MAIL', '{SUPPORT,OPS_MANAGER}'),
  (4, 1, '48 hours', 'MAIL', '{HELPDESK}'),
  (4, 2, '96 hours', 'MAIL', '{HELPDESK,OPS_MANAGER}');

-- Days on which nobody works: Indonesia's public holidays, put here by the worker for this year and the next.
create table app.holidays (
  day     date primary key,
  name_id text not null,
  name_en text not null
);
comment on table app.holidays is 'Public holidays of Indonesia, from the worker''s calendar.';

call private.for_staff(array['incident_levels', 'escalation_steps', 'holidays'], p_kept => false);

create table app.timers (
  id          bigint generated always as identity primary key,
  kind        text not null
    check (kind in ('RESPOND', 'ESCALATE', 'MEND', 'BLACKOUT', 'REVIEW', 'LEAD', 'PRIVACY', 'BREACH_NOTICE')),
  -- Of what: the number of an incident, a lead, a request.
  about       text not null check (length(about) between 1 and 60),
  incident_id bigint references app.incidents on delete restrict,
  severity    smallint,
  step        smallint not null default 0,
  round       integer not null default 1,
  due_at      timestamptz not null,
  rings_at    timestamptz not null,
  fired_at    timestamptz,
  met_at      timestamptz,
  void_at     timestamptz,
  tries       integer not null default 0,
  last_error  text,
  check (rings_at >= due_at or tries > 0),
  check (num_nonnulls(met_at, void_at) <= 1),
  check (void_at is null or fired_at is null),
  unique nulls not distinct (about, kind, round, severity, step)
);
comment on table app.timers is 'What is due when, by the database''s clock; each rings once.';
create index timers_ringing on app.timers (rings_at)
  where fired_at is null and met_at is null and void_at is null;
create index on app.timers (incident_id, due_at) where incident_id is not null;
create index on app.timers (kind, due_at);

call private.for_staff(array['timers']);

-- What rang stays so, and a time that was promised is not moved: whoever writes it. It rings later only after a try
-- that failed.
create function private.timer_stays() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if new.due_at <> old.due_at or old.fired_at is not null and new.fired_at is distinct from old.fired_at
     or new.rings_at > old.rings_at and new.tries <= old.tries then
    perform private.refuse('DENIED', 'a timer is not moved, and what rang stays on record');
  end if;
  return new;
end $$;
create trigger _100_stays before update of due_at, fired_at, rings_at on app.timers
  for each row execute function private.timer_stays();
alter table app.timers enable always trigger _100_stays;

-- Working time.

-- Monday to Friday, 08.00 to 17.00 WIB, no public holiday.
create function private.is_working_time(p_at timestamptz) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select extract(isodow from w) <= 5 and extract(hour from w) between 8 and 16
     and not exists (select from app.holidays where day = w::date)
    from (select p_at at time zone 'Asia/Jakarta' as w) here
$$;

-- That moment, or the next one that is working time.
create function private.next_working_time(p_at timestamptz) returns timestamptz
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare v_day date;
begin
  if private.is_working_time(p_at) then return p_at; end if;
  for v_day in
    select d::date from generate_series((p_at at time zone 'Asia/Jakarta')::date,
                                        (p_at at time zone 'Asia/Jakarta')::date + 60, interval '1 day') d
  loop
    if v_day + time '08:00' > p_at at time zone 'Asia/Jakarta'
       and private.is_working_time((v_day + time '08:00') at time zone 'Asia/Jakarta') then
      return (v_day + time '08:00') at time zone 'Asia/Jakarta';
    end if;
  end loop;
  -- Sixty days without work is no calendar: then at once.
  return p_at;
end $$;

-- Starting and stopping.

-- A timer, once per what it is about, kind, round, level and step.
create function private.set_timer(p_kind text, p_about text, p_due timestamptz, p_any_hour boolean,
  p_incident bigint default null, p_severity integer default null, p_step integer default 0,
  p_round integer default 1) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  insert into app.timers (kind, about, incident_id, severity, step, round, due_at, rings_at)
    values (p_kind, p_about, p_incident, p_severity, p_step, p_round, p_due,
            case when p_any_hour then p_due else private.next_working_time(p_due) end)
    on conflict do nothing
$$;

-- Those of an incident's level, counted from its opening however late it got there: what is due already rings at once.
-- Those of other levels that have not rung are nobody's any more.
create function private.start_timers(p_incident app.incidents) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v app.incident_levels; v_step record;
  v_from timestamptz := coalesce(p_incident.reopened_at, p_incident.opened_at);
begin
  select * into v from app.incident_levels where severity = p_incident.severity;
  update app.timers set void_at = now()
   where incident_id = p_incident.id and kind in ('RESPOND', 'ESCALATE', 'MEND', 'BLACKOUT')
     and (severity, round) is distinct from (p_incident.severity, p_incident.round)
     and fired_at is null and met_at is null and void_at is null;
  -- Lowered and raised again: they count as before, those of the answer while nobody has given it.
  update app.timers set void_at = null
   where incident_id = p_incident.id and severity = p_incident.severity and round = p_incident.round
     and void_at is not null and (p_incident.acknowledged_at is null or kind in ('MEND', 'BLACKOUT'));
  if p_incident.acknowledged_at is null then
    perform private.set_timer('RESPOND', p_incident.ref, v_from + v.respond_within, v.at_any_hour, p_incident.id,
      v.severity, 0, p_incident.round);
    for v_step in select * from app.escalation_steps where severity = v.severity order by step loop
      perform private.set_timer('ESCALATE', p_incident.ref, v_from + v_step.after, v.at_any_hour, p_incident.id,
        v.severity, v_step.step, p_incident.round);
    end loop;
  end if;
  -- «Next day» of the handbook: mended by the end of the day after it began.
  if v.severity = 2 then
    perform private.set_timer('MEND', p_incident.ref,
      (((v_from at time zone 'Asia/Jakarta')::date + 2)::timestamp at time zone 'Asia/Jakarta'), true, p_incident.id, 2,
      0, p_incident.round);
  end if;
  -- Four hours of total outage: back to paper (playbook D).
  if v.severity = 1 and exists (
    select from app.playbook_causes where cause = p_incident.cause and playbook = 'kiamat-digital')
  then
    perform private.set_timer('BLACKOUT', p_incident.ref, v_from + interval '4 hours', true, p_incident.id, 1, 0,
      p_incident.round);
  end if;
end $$;

-- What they asked for has been done. What had rung by then stays late.
create function private.stop_timers(p_incident app.incidents, p_kinds text[]) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  update app.timers set met_at = now()
   where incident_id = p_incident.id and kind = any (p_kinds) and met_at is null and void_at is null
$$;

-- What was ever SEV-1 is reviewed within 14 days of its end.
create function private.start_review(p_incident app.incidents) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if p_incident.peak_severity > 1 then return; end if;
  perform private.set_timer('REVIEW', p_incident.ref, now() + interval '14 days', true, p_incident.id,
    p_round => p_incident.round);
  perform private.open_task('POST_MORTEM', 'post-mortem/' || p_incident.ref, p_incident.ref, null, p_incident.id,
    interval '14 days', jsonb_build_object('incident', p_incident.ref));
end $$;

-- Ringing.

-- What one timer leads to.
create function private.ring_timer(p_timer app.timers) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.incidents;
begin
  select * into v from app.incidents where id = p_timer.incident_id;
  case p_timer.kind
    when 'RESPOND' then
      update app.incidents set breached_at = coalesce(breached_at, now()) where id = v.id;
      perform private.tell_incident(v.id, 'BREACHED', 'SYSTEM',
        jsonb_build_object('kind', 'RESPOND', 'severity', p_timer.severity, 'due', p_timer.due_at));
    when 'ESCALATE' then
      perform private.escalate_incident(v, p_timer);
    when 'MEND', 'REVIEW', 'BLACKOUT' then
      perform private.tell_incident(v.id, 'BREACHED', 'SYSTEM',
        jsonb_build_object('kind', p_timer.kind, 'due', p_timer.due_at));
      perform private.notify_late(v, p_timer);
    when 'LEAD' then perform private.lead_is_late(p_timer.about);
    else perform private.privacy_is_late(p_timer.about, p_timer.kind);
  end case;
end $$;

-- Rings what is due, p_limit at most: how many rang. One that fails is tried again in a minute and holds up no other.
create function jobs.ring_timers(p_limit integer) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.timers; v_due bigint; v_rang integer := 0;
begin
  for v_due in
    select id from app.timers
     where fired_at is null and met_at is null and void_at is null and rings_at <= now()
     order by rings_at limit p_limit
  loop
    -- An incident before its timers, as everybody locks them.
    perform from app.incidents i join app.timers t on t.incident_id = i.id
      where t.id = v_due for update of i skip locked;
    if not found and exists (select from app.timers where id = v_due and incident_id is not null) then continue; end if;
    select * into v from app.timers
     where id = v_due and fired_at is null and met_at is null and void_at is null
       for update skip locked;
    if not found then continue; end if;
    begin
      update app.timers set fired_at = now(), last_error = null where id = v.id;
      perform private.ring_timer(v);
      v_rang := v_rang + 1;
    exception when others then
      update app.timers set tries = tries + 1, rings_at = now() + interval '1 minute', last_error = left(sqlerrm, 300)
       where id = v.id;
    end;
  end loop;
  return v_rang;
end $$;
grant execute on function jobs.ring_timers to worker;

-- Holidays of the worker's calendar: [{day, id, en}], for the years that it names.
create function jobs.keep_holidays(p_days jsonb) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  with given as (select * from jsonb_to_recordset(p_days) as d(day date, id text, en text)),
  gone as (
    delete from app.holidays h
     where extract(year from h.day) in (select extract(year from day) from given)
       and h.day not in (select day from given))
  insert into app.holidays (day, name_id, name_en) select day, id, en from given
    on conflict (day) do update set name_id = excluded.name_id, name_en = excluded.name_en
$$;
grant execute on function jobs.keep_holidays to worker;
