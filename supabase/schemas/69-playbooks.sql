-- Playbooks: what is done when something has gone wrong, step by step, in the company's own order and words.
--
-- Which playbooks and steps there are is data here, and so is which of them belongs to which cause; their words are in
-- app/playbooks, in both languages. A run is one time of going through a playbook: for an incident, or as a drill. In
-- it each step is ticked once, by whoever comes first; what is taken back is another row, and none goes.
--
-- Staff read all of it, admins run them. Locks: an incident before the runs that are for it.

create table app.playbooks (
  slug       text primary key check (slug ~ '^[a-z]+(-[a-z]+)*$'),
  position   smallint not null unique check (position > 0),
  -- As the company numbers those of its incident playbook.
  letter     text unique check (letter ~ '^[A-Z]$'),
  -- Practised once in so many days, counted from when there was one to practise.
  drill_days smallint not null default 90 check (drill_days > 0),
  since      timestamptz not null default now()
);
comment on table app.playbooks is 'The playbooks, in the order in which they are listed.';
insert into app.playbooks (slug, position, letter) values
  ('erp-heartattack', 1, 'A'),
  ('agent-abuse', 2, 'B'),
  ('whatsapp-link', 3, 'C'),
  ('kiamat-digital', 4, 'D'),
  ('database-restore', 5, null),
  ('key-rotation', 6, null),
  ('maintenance', 7, null),
  ('rollback', 8, null),
  ('data-deletion', 9, null);

create table app.playbook_steps (
  playbook text not null references app.playbooks,
  step     text not null check (step ~ '^[a-z]+(-[a-z]+)*$'),
  position smallint not null check (position > 0),
  primary key (playbook, step),
  unique (playbook, position)
);
comment on table app.playbook_steps is 'The steps of each playbook, in order.';
insert into app.playbook_steps (playbook, step, position)
  select s.playbook, t.step, t.position
    from (values
      ('erp-heartattack', array['degraded', 'bypass', 'snapshot', 'banner', 'bridge', 'reconcile', 'bypass-off']),
      ('agent-abuse', array['force-logout', 'suspend', 'trail', 'places', 'evidence']),
      ('whatsapp-link', array['copy', 'paste']),
      ('kiamat-digital', array['pack', 'paper', 'tell-salesmen', 'photos', 'restore']),
      ('database-restore', array['dashboard', 'backups', 'snapshot', 'restore', 'look-after']),
      ('key-rotation', array['regenerate', 'environment', 'redeploy', 'look-after']),
      ('maintenance', array['enable', 'tell', 'end']),
      ('rollback', array['instant', 'look-after', 'post-mortem']),
      ('data-deletion', array['routine', 'request', 'receipt'])) s (playbook, steps)
   cross join unnest(s.steps) with ordinality t (step, position);

-- What belongs to a cause, the first to take first. A cause with playbook D is a total outage: see
-- private.start_timers.
create table app.playbook_causes (
  cause    text not null check (cause ~ '^[A-Z_]{3,40}$'),
  playbook text not null references app.playbooks,
  position smallint not null default 1 check (position > 0),
  primary key (cause, playbook),
  unique (cause, position)
);
comment on table app.playbook_causes is 'Which playbooks are offered to an incident, by its cause.';
create index on app.playbook_causes (playbook);
insert into app.playbook_causes (cause, playbook, position) values
  ('ERP_DOWN', 'erp-heartattack', 1),
  ('STOCK_DRIFT', 'erp-heartattack', 1),
  ('ABUSE_SCORE', 'agent-abuse', 1),
  ('OWNER_DISPUTE', 'agent-abuse', 1),
  ('DATABASE_DOWN', 'maintenance', 1),
  ('DATABASE_DOWN', 'database-restore', 2),
  ('DATABASE_DOWN', 'kiamat-digital', 3),
  ('SITE_DOWN', 'rollback', 1),
  ('SITE_DOWN', 'maintenance', 2),
  ('SITE_DOWN', 'kiamat-digital', 3),
  ('AUDIT_BROKEN', 'database-restore', 1),
  ('LOGIN_CHANGED', 'key-rotation', 1),
  ('PRIVACY_LATE', 'data-deletion', 1);

-- For an incident, or (without one) a drill.
create table app.playbook_runs (
  id          bigint generated always as identity primary key,
  playbook    text not null references app.playbooks,
  incident_id bigint references app.incidents on delete restrict,
  started_at  timestamptz not null default now(),
  started_by  text not null,
  ended_at    timestamptz,
  ended_by    text,
  -- What came of it: of a drill whether it passed.
  result      text check (result in ('PASSED', 'FAILED', 'DONE')),
  note        text check (private.is_note(note, 500)),
  unique (id, playbook),
  check ((ended_at is null) = (ended_by is null) and (ended_at is null) = (result is null)),
  check ((result = 'DONE') = (incident_id is not null))
);
comment on table app.playbook_runs is 'Each time that a playbook is gone through: for an incident or as a drill.';
create unique index playbook_runs_one_open on app.playbook_runs (playbook, incident_id) nulls not distinct
  where ended_at is null;
create index on app.playbook_runs (playbook, id desc);
create index on app.playbook_runs (incident_id, id) where incident_id is not null;
create index playbook_runs_passed on app.playbook_runs (playbook, ended_at desc) where result = 'PASSED';

-- A step done, or (done = false) taken back: the newest such row of a step is how it stands. Without either (done is
-- null) it is a word about it, from somebody who is at it.
create table app.playbook_ticks (
  id       bigint generated always as identity primary key,
  run_id   bigint not null,
  playbook text not null,
  step     text not null,
  done     boolean,
  at       timestamptz not null default clock_timestamp(),
  actor    text not null,
  note     text check (note <> '' and length(note) <= 500),
  foreign key (run_id, playbook) references app.playbook_runs (id, playbook) on delete restrict,
  foreign key (playbook, step) references app.playbook_steps,
  constraint taken_back_with_a_word check (done is not false or private.is_note(note, 500) is true),
  check (done is not null or note is not null)
);
comment on table app.playbook_ticks is 'Who did which step of a run when, who took that back, and what was said of it.';
create index on app.playbook_ticks (run_id, step, id desc);

call private.for_staff(array['playbooks', 'playbook_steps', 'playbook_causes', 'playbook_runs', 'playbook_ticks']);

create trigger _010_append_only before update or delete on app.playbook_ticks
  for each row execute function private.refuse_change();
alter table app.playbook_ticks enable always trigger _010_append_only;
create constraint trigger _100_needs_audit after insert or update on app.playbook_runs
  deferrable initially deferred for each row execute function private.require_audit('playbook_run', 'id');
create constraint trigger _100_needs_audit after insert on app.playbook_ticks
  deferrable initially deferred for each row execute function private.require_audit('playbook_run', 'run_id');

-- Running one.

-- What happened in a run, in the story of its incident and in the trail.
create function private.tell_run(p_run app.playbook_runs, p_action text, p_did text, p_step text default null,
  p_note text default null) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.incidents;
begin
  select * into v from app.incidents where id = p_run.incident_id;
  if found then
    perform private.tell_incident(v.id, 'STEP', private.actor(), jsonb_strip_nulls(jsonb_build_object(
      'playbook', p_run.playbook, 'run', p_run.id, 'did', p_did, 'step', p_step, 'note', p_note)));
  end if;
  perform private.audit(p_action, 'playbook_run', p_run.id::text, jsonb_strip_nulls(jsonb_build_object(
    'playbook', p_run.playbook, 'step', p_step, 'incident', v.ref, 'result', p_run.result)), v.subject_code);
end $$;

-- Begins one, for the incident of that number or, without a number, as a drill; who begins it for an incident has
-- answered. One that is under way is gone on with: its number is returned. Errors: 28000, DENIED for all but admins,
-- NOT_FOUND of a playbook, NO_INCIDENT of a number that is none, INCIDENT_CLOSED.
create function app.start_playbook(p_slug text, p_incident text) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.incidents; v_run app.playbook_runs;
begin
  perform private.assert_alive();
  perform private.assert_role('ADMIN', 'only an admin runs a playbook');
  if not exists (select from app.playbooks where slug = p_slug) then perform private.refuse('NOT_FOUND'); end if;
  if p_incident is not null then
    select * into v from app.incidents where ref = upper(btrim(p_incident)) for update;
    if not found then perform private.refuse('NO_INCIDENT', field => 'incident'); end if;
    if v.state = 'CLOSED' then perform private.refuse('INCIDENT_CLOSED', field => 'incident'); end if;
  end if;
  insert into app.playbook_runs (playbook, incident_id, started_by) values (p_slug, v.id, private.actor())
    on conflict (playbook, incident_id) where ended_at is null do nothing
  returning * into v_run;
  if not found then
    return (select id from app.playbook_runs
             where playbook = p_slug and incident_id is not distinct from v.id and ended_at is null);
  end if;
  if v.state <> 'RESOLVED' then perform private.acknowledged(v, private.actor()); end if;
  perform private.tell_run(v_run, 'PLAYBOOK_STARTED', 'STARTED');
  return v_run.id;
end $$;
grant execute on function app.start_playbook to authenticated;

-- The run that an admin works on, locked after its incident. Errors: 28000, DENIED, NOT_FOUND, RUN_OVER.
create function private.admins_run(p_run bigint) returns app.playbook_runs
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.playbook_runs;
begin
  perform private.assert_role('ADMIN', 'only an admin runs a playbook');
  perform from app.incidents
    where id = (select incident_id from app.playbook_runs where id = p_run) for update;
  select * into v from app.playbook_runs where id = p_run for update;
  if not found then perform private.refuse('NOT_FOUND'); end if;
  if v.ended_at is not null then perform private.refuse('RUN_OVER'); end if;
  return v;
end $$;

-- How a step of a run stands: its newest row, none while nobody ticked it.
create function private.last_tick(p_run bigint, p_step text) returns app.playbook_ticks
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select * from app.playbook_ticks where run_id = p_run and step = p_step and done is not null
   order by id desc limit 1
$$;

-- The run, when it has this step and the word about it will do. Errors: those of private.admins_run, NOT_FOUND.
create function private.run_at_step(p_run bigint, p_step text, p_note text) returns app.playbook_runs
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.playbook_runs := private.admins_run(p_run);
begin
  if not exists (select from app.playbook_steps where playbook = v.playbook and step = p_step) then
    perform private.refuse('NOT_FOUND');
  end if;
  perform private.assert_note(p_note, 500, 'note-' || p_step, p_needed => false);
  return v;
end $$;

-- Ticks a step, with a word or without. Who sends the same again has done it; another comes too late. Errors: as above,
-- NOT_FOUND of a step, STEP_DONE {by}.
create function app.tick_step(p_run bigint, p_step text, p_note text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.playbook_runs; v_last app.playbook_ticks; v_note text := nullif(btrim(p_note), '');
begin
  perform private.assert_alive();
  v := private.run_at_step(p_run, p_step, p_note);
  v_last := private.last_tick(v.id, p_step);
  if v_last.done then
    if v_last.actor = private.actor() and v_last.note is not distinct from v_note then return; end if;
    perform private.refuse('STEP_DONE', facts => jsonb_build_object('by', v_last.actor));
  end if;
  insert into app.playbook_ticks (run_id, playbook, step, done, actor, note)
    values (v.id, v.playbook, p_step, true, private.actor(), v_note);
  perform private.tell_run(v, 'PLAYBOOK_STEP_DONE', 'DONE', p_step, v_note);
end $$;
grant execute on function app.tick_step to authenticated;

-- Keeps what was typed at a step, which stays as it is: whoever leaves the page for what the step asks finds it again.
-- Nothing of nothing, and the same twice is once. Errors: as above.
create function app.note_step(p_run bigint, p_step text, p_note text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.playbook_runs; v_note text := nullif(btrim(p_note), '');
begin
  perform private.assert_alive();
  v := private.run_at_step(p_run, p_step, p_note);
  if v_note is null or exists (
    select from (select * from app.playbook_ticks where run_id = v.id and step = p_step order by id desc limit 1) t
     where t.done is null and t.note = v_note and t.actor = private.actor())
  then
    return;
  end if;
  insert into app.playbook_ticks (run_id, playbook, step, actor, note)
    values (v.id, v.playbook, p_step, private.actor(), v_note);
  perform private.tell_run(v, 'PLAYBOOK_STEP_NOTED', 'NOTED', p_step, v_note);
end $$;
grant execute on function app.note_step to authenticated;

-- Takes a tick back, with the reason. Taken back twice is taken back once. Errors: as above.
create function app.untick_step(p_run bigint, p_step text, p_note text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.playbook_runs; v_last app.playbook_ticks;
begin
  perform private.assert_alive();
  v := private.admins_run(p_run);
  v_last := private.last_tick(v.id, p_step);
  if v_last.id is null then perform private.refuse('NOT_FOUND'); end if;
  perform private.assert_note(p_note, 500, 'reason-' || p_step);
  if not v_last.done then return; end if;
  insert into app.playbook_ticks (run_id, playbook, step, done, actor, note)
    values (v.id, v.playbook, p_step, false, private.actor(), btrim(p_note));
  perform private.tell_run(v, 'PLAYBOOK_STEP_UNDONE', 'UNDONE', p_step, btrim(p_note));
end $$;
grant execute on function app.untick_step to authenticated;

-- Ends a run, with what came of it: a drill has passed (each step was ticked) or failed, and one that passed does the
-- task. Errors: as above, RESULT of a drill without one, STEPS_LEFT.
create function app.end_playbook(p_run bigint, p_result text, p_note text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.playbook_runs;
begin
  perform private.assert_alive();
  v := private.admins_run(p_run);
  if v.incident_id is null and coalesce(p_result, '') not in ('PASSED', 'FAILED') then
    perform private.refuse('RESULT', field => 'result');
  end if;
  perform private.assert_note(p_note, 500, 'outcome');
  if v.incident_id is null and p_result = 'PASSED' and exists (
    select from app.playbook_steps s
     where s.playbook = v.playbook and (private.last_tick(v.id, s.step)).done is not true)
  then
    perform private.refuse('STEPS_LEFT', field => 'result');
  end if;
  update app.playbook_runs set ended_at = now(), ended_by = private.actor(), note = btrim(p_note),
         result = case when incident_id is null then p_result else 'DONE' end
   where id = v.id
  returning * into v;
  perform private.tell_run(v, 'PLAYBOOK_ENDED', 'ENDED', p_note => btrim(p_note));
  if v.result = 'PASSED' then perform private.finish_task('drill/' || v.playbook, 'PASSED'); end if;
end $$;
grant execute on function app.end_playbook to authenticated;

-- With an incident the runs for it are over.
create function private.end_runs() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.playbook_runs;
begin
  for v in
    update app.playbook_runs set ended_at = now(), ended_by = private.actor(), result = 'DONE'
     where incident_id = new.id and ended_at is null
    returning *
  loop
    perform private.tell_run(v, 'PLAYBOOK_ENDED', 'ENDED');
  end loop;
  return null;
end $$;
create trigger _200_ends_runs after update of state on app.incidents
  for each row when (new.state = 'CLOSED' and old.state <> 'CLOSED') execute function private.end_runs();

-- Drills.

-- A task for each playbook that nobody has practised with success for as long as it may go without. Returns how many.
create function private.ask_drills(p_now timestamptz) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v record; v_asked integer := 0;
begin
  for v in
    select p.slug, coalesce(r.ended_at, p.since) as last
      from app.playbooks p
      left join lateral (select ended_at from app.playbook_runs
                          where playbook = p.slug and result = 'PASSED' order by ended_at desc limit 1) r on true
     where coalesce(r.ended_at, p.since) < p_now - make_interval(days => p.drill_days)
       and not exists (select from app.tasks where dedup_key = 'drill/' || p.slug and done_at is null)
     order by p.position
  loop
    perform private.open_task('PLAYBOOK_DRILL', 'drill/' || v.slug, v.slug, null, null,
      private.end_of_working_day(p_now, 5) - now(), jsonb_build_object('last', v.last));
    v_asked := v_asked + 1;
  end loop;
  return v_asked;
end $$;

create function jobs.ask_drills() returns integer
language sql security definer set search_path = pg_catalog, pg_temp as $$ select private.ask_drills(now()) $$;
grant execute on function jobs.ask_drills to worker;
