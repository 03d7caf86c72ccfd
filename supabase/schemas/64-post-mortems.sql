-- What was learned: the post-mortem of an incident with its actions, and errors that are known by now.
--
-- Anybody of the admins writes it, another approves it; without an approved one no incident that was ever SEV-1 is
-- closed. Approved it is not changed any more, unless its incident is opened again: then it is a draft, to be approved
-- anew. An action has an owner and a day; one that is not done by then comes back as a task. No blame: it says what
-- happened and what is done about it.

create table app.post_mortems (
  incident_id  bigint primary key references app.incidents on delete restrict,
  state        text not null default 'DRAFT' check (state in ('DRAFT', 'SUBMITTED', 'APPROVED')),
  summary      text not null default '' check (length(summary) <= 2000),
  -- Impact: how long, which services, how many people, whether a promised time was missed.
  services     text not null default '' check (length(services) <= 500),
  people       text not null default '' check (length(people) <= 500),
  sla_breached boolean not null default false,
  began_at     timestamptz,
  ended_at     timestamptz check (ended_at >= began_at),
  timeline     text not null default '' check (length(timeline) <= 5000),
  whys         text[] not null default '{}' check (cardinality(whys) <= 5),
  root_cause   text not null default '' check (length(root_cause) <= 2000),
  went_well    text not null default '' check (length(went_well) <= 2000),
  went_wrong   text not null default '' check (length(went_wrong) <= 2000),
  lucky        text not null default '' check (length(lucky) <= 2000),
  written_by   text not null,
  written_at   timestamptz not null default now(),
  version      integer not null default 1,
  submitted_by text,
  submitted_at timestamptz,
  approved_by  text,
  approved_at  timestamptz,
  check ((state = 'APPROVED') = (approved_at is not null)),
  check ((approved_at is null) = (approved_by is null)),
  constraint somebody_else_approves check (approved_by <> written_by and approved_by <> submitted_by)
);
comment on table app.post_mortems is 'What was learned from an incident; approved by somebody else than its writers.';
create index post_mortems_open on app.post_mortems (written_at) where state <> 'APPROVED';

create table app.post_mortem_actions (
  id          bigint generated always as identity primary key,
  incident_id bigint not null references app.post_mortems on delete restrict,
  what        text not null check (private.is_note(what, 500)),
  owner       text not null check (length(btrim(owner)) between 1 and 80),
  due_on      date not null,
  priority    text not null check (priority in ('HIGH', 'MEDIUM', 'LOW')),
  dropped_at  timestamptz,
  done_at     timestamptz,
  done_by     text,
  note        text check (length(note) <= 500),
  tasked_at   timestamptz,
  check ((done_at is null) = (done_by is null)),
  check (done_at is null or dropped_at is null)
);
comment on table app.post_mortem_actions is 'What is done so that it does not happen again: by whom, until when.';
create index on app.post_mortem_actions (incident_id, id);
create index post_mortem_actions_due on app.post_mortem_actions (due_on)
  where done_at is null and dropped_at is null and tasked_at is null;

-- Errors that keep coming, until they are mended.
create table app.known_errors (
  id           bigint generated always as identity primary key,
  code         text not null unique check (code ~ '^KE-[0-9]{3,6}$'),
  -- Offered on incidents of this cause.
  cause        text not null check (cause ~ '^[A-Z_]{3,40}$'),
  sign         text not null check (private.is_note(sign, 500)),
  why          text not null check (private.is_note(why, 1000)),
  way_round    text not null check (private.is_note(way_round, 2000)),
  -- What the system watches for it: a detector's name, or words.
  rule         text not null default '' check (length(rule) <= 500),
  incident_id  bigint references app.incidents on delete restrict,
  written_by   text not null,
  written_at   timestamptz not null default now(),
  mended_at    timestamptz,
  mended_by    text,
  check ((mended_at is null) = (mended_by is null))
);
comment on table app.known_errors is 'Errors whose sign, cause and way round are known.';
create index known_errors_live on app.known_errors (cause, id) where mended_at is null;
create sequence app.known_error_numbers;

call private.for_staff(array['post_mortems', 'post_mortem_actions', 'known_errors']);

-- An approved one is what was approved, by hand too. It is a draft again, word for word, when its incident was opened
-- again after that.
create function private.approved_stays() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare v_moves text[] := '{state,version,submitted_by,submitted_at,approved_by,approved_at}';
begin
  if tg_op = 'UPDATE' and old.state = 'APPROVED' and not (
    new.state = 'DRAFT' and to_jsonb(new) - v_moves = to_jsonb(old) - v_moves
    and exists (select from app.incidents where id = old.incident_id and reopened_at >= old.approved_at))
  then
    perform private.refuse('DENIED', 'an approved post-mortem is not changed');
  end if;
  if new.state = 'APPROVED' and not private.post_mortem_is_whole(new) then
    perform private.refuse('UNFINISHED');
  end if;
  return new;
end $$;
create trigger _100_approved_stays before insert or update on app.post_mortems
  for each row execute function private.approved_stays();
alter table app.post_mortems enable always trigger _100_approved_stays;

-- What it takes: a root cause, a timeline, one action with owner and date.
create function private.post_mortem_is_whole(p app.post_mortems) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select private.is_note(p.summary, 2000) and private.is_note(p.root_cause, 2000) and private.is_note(p.timeline, 5000)
     and exists (select from app.post_mortem_actions where incident_id = p.incident_id and dropped_at is null)
$$;

-- Writing.

-- Saves a draft of it, whole, {summary, services, people, slaBreached, beganAt, endedAt, timeline, whys, rootCause,
-- wentWell, wentWrong, lucky}; p_version: the one the page showed, null for the first. What was submitted is a draft
-- again. Errors: 28000, DENIED for all but admins, NOT_FOUND, STALE {by} when somebody saved meanwhile or it is
-- approved, TOO_LONG, DAYS when it ended before it began.
create function app.save_post_mortem(p_ref text, p_version integer, p_words jsonb) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.incidents; v_old app.post_mortems; v_me text := private.actor(); v_field record; v_whys text[];
begin
  perform private.assert_alive();
  perform private.assert_role('ADMIN', 'only an admin writes post-mortems');
  select * into v from app.incidents where ref = p_ref for update;
  if not found then perform private.refuse('NOT_FOUND'); end if;
  for v_field in select * from (values ('summary', 2000), ('services', 500), ('people', 500), ('timeline', 5000),
      ('rootCause', 2000), ('wentWell', 2000), ('wentWrong', 2000), ('lucky', 2000)) as f(name, most) loop
    if length(p_words ->> v_field.name) > v_field.most then
      perform private.refuse('TOO_LONG', field => v_field.name);
    end if;
  end loop;
  if (p_words ->> 'endedAt')::timestamptz < (p_words ->> 'beganAt')::timestamptz then
    perform private.refuse('DAYS', field => 'endedAt');
  end if;
  v_whys := array(select left(btrim(w), 500) from jsonb_array_elements_text(coalesce(p_words -> 'whys', '[]')) w
                   where btrim(w) <> '' limit 5);
  select * into v_old from app.post_mortems where incident_id = v.id for update;
  if found and (v_old.state = 'APPROVED' or v_old.version is distinct from p_version)
     or not found and p_version > 0
  then
    perform private.refuse('STALE', 'somebody saved it meanwhile, or it is approved',
      facts => jsonb_build_object('by', v_old.written_by, 'state', v_old.state));
  end if;
  insert into app.post_mortems (incident_id, summary, services, people, sla_breached, began_at, ended_at, timeline,
      whys, root_cause, went_well, went_wrong, lucky, written_by)
    values (v.id, coalesce(btrim(p_words ->> 'summary'), ''), coalesce(btrim(p_words ->> 'services'), ''),
      coalesce(btrim(p_words ->> 'people'), ''), coalesce((p_words ->> 'slaBreached')::boolean, false),
      (p_words ->> 'beganAt')::timestamptz, (p_words ->> 'endedAt')::timestamptz,
      coalesce(btrim(p_words ->> 'timeline'), ''), v_whys, coalesce(btrim(p_words ->> 'rootCause'), ''),
      coalesce(btrim(p_words ->> 'wentWell'), ''), coalesce(btrim(p_words ->> 'wentWrong'), ''),
      coalesce(btrim(p_words ->> 'lucky'), ''), v_me)
    on conflict (incident_id) do update set
      state = 'DRAFT', summary = excluded.summary, services = excluded.services, people = excluded.people,
      sla_breached = excluded.sla_breached, began_at = excluded.began_at, ended_at = excluded.ended_at,
      timeline = excluded.timeline, whys = excluded.whys, root_cause = excluded.root_cause,
      went_well = excluded.went_well, went_wrong = excluded.went_wrong, lucky = excluded.lucky, written_by = v_me,
      written_at = now(), version = app.post_mortems.version + 1, submitted_by = null, submitted_at = null;
  perform private.audit('POST_MORTEM_SAVED', 'incident', p_ref);
  return (select version from app.post_mortems where incident_id = v.id);
end $$;
grant execute on function app.save_post_mortem to authenticated;

-- It was not over: what was learned from it is looked at anew, by whoever writes and whoever approves.
create function private.review_again(p_incident bigint) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  update app.post_mortems set state = 'DRAFT', submitted_by = null, submitted_at = null, approved_by = null,
         approved_at = null, version = version + 1
   where incident_id = p_incident and state <> 'DRAFT'
$$;

-- The post-mortem of an incident, locked after it, that may still be worked on. Errors: DENIED, NOT_FOUND, STALE.
create function private.open_post_mortem(p_ref text) returns app.post_mortems
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.post_mortems;
begin
  perform private.assert_role('ADMIN', 'only an admin writes post-mortems');
  perform from app.incidents where ref = p_ref for update;
  select p.* into v from app.post_mortems p join app.incidents i on i.id = p.incident_id where i.ref = p_ref
     for update of p;
  if not found then perform private.refuse('NOT_FOUND'); end if;
  if v.state = 'APPROVED' then
    perform private.refuse('STALE', 'it is approved',
      facts => jsonb_build_object('state', v.state, 'by', v.approved_by));
  end if;
  return v;
end $$;

-- An action of it: what, who, until when. What was submitted is a draft again. Errors: 28000, DENIED, NOT_FOUND (write
-- the post-mortem first), STALE, REASON_REQUIRED of what, OWNER, DUE_DAY when none is said, PRIORITY.
create function app.add_post_mortem_action(p_ref text, p_what text, p_owner text, p_due date, p_priority text)
returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.post_mortems;
begin
  perform private.assert_alive();
  v := private.open_post_mortem(p_ref);
  perform private.assert_note(p_what, 500, 'what');
  if coalesce(length(btrim(p_owner)), 0) not between 1 and 80 then
    perform private.refuse('OWNER', field => 'owner');
  end if;
  if p_due is null then perform private.refuse('DUE_DAY', field => 'due'); end if;
  if coalesce(p_priority, '') not in ('HIGH', 'MEDIUM', 'LOW') then
    perform private.refuse('PRIORITY', field => 'priority');
  end if;
  insert into app.post_mortem_actions (incident_id, what, owner, due_on, priority)
    values (v.incident_id, btrim(p_what), btrim(p_owner), p_due, p_priority);
  update app.post_mortems set state = 'DRAFT', submitted_by = null, submitted_at = null, version = version + 1
   where incident_id = v.incident_id;
  perform private.audit('POST_MORTEM_SAVED', 'incident', p_ref);
end $$;
grant execute on function app.add_post_mortem_action to authenticated;

-- Takes an action out of one that is not approved. Errors: 28000, DENIED, NOT_FOUND, STALE.
create function app.drop_post_mortem_action(p_ref text, p_action bigint) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.post_mortems;
begin
  perform private.assert_alive();
  v := private.open_post_mortem(p_ref);
  update app.post_mortem_actions set dropped_at = now()
   where id = p_action and incident_id = v.incident_id and dropped_at is null;
  if not found then perform private.refuse('NOT_FOUND'); end if;
  update app.post_mortems set state = 'DRAFT', submitted_by = null, submitted_at = null, version = version + 1
   where incident_id = v.incident_id;
  perform private.audit('POST_MORTEM_SAVED', 'incident', p_ref);
end $$;
grant execute on function app.drop_post_mortem_action to authenticated;

-- Hands it to somebody else to approve. Also UNFINISHED {missing: fields} without root cause, timeline,
-- summary, or one action.
create function app.submit_post_mortem(p_ref text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.post_mortems;
begin
  perform private.assert_alive();
  v := private.open_post_mortem(p_ref);
  if not private.post_mortem_is_whole(v) then
    perform private.refuse('UNFINISHED', facts => jsonb_build_object('missing', array_remove(array[
      case when private.is_note(v.summary, 2000) is not true then 'summary' end,
      case when private.is_note(v.timeline, 5000) is not true then 'timeline' end,
      case when private.is_note(v.root_cause, 2000) is not true then 'rootCause' end,
      case when not exists (select from app.post_mortem_actions
                             where incident_id = v.incident_id and dropped_at is null) then 'actions' end], null)));
  end if;
  update app.post_mortems set state = 'SUBMITTED', submitted_by = private.actor(), submitted_at = now()
   where incident_id = v.incident_id;
  perform private.audit('POST_MORTEM_SUBMITTED', 'incident', p_ref);
end $$;
grant execute on function app.submit_post_mortem to authenticated;

-- Approves what was submitted, as p_version. Errors: 28000, DENIED for all but admins, OWN_WORK for whoever wrote or
-- submitted it, NOT_FOUND, STALE when it is not submitted, approved, or another version than was seen.
create function app.approve_post_mortem(p_ref text, p_version integer) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.post_mortems; v_me text := private.actor(); v_incident app.incidents;
begin
  perform private.assert_alive();
  v := private.open_post_mortem(p_ref);
  if v.state <> 'SUBMITTED' or v.version is distinct from p_version then
    perform private.refuse('STALE', 'it is not submitted as it was seen',
      facts => jsonb_build_object('state', v.state));
  end if;
  if v_me in (v.written_by, v.submitted_by) then perform private.refuse('OWN_WORK'); end if;
  update app.post_mortems set state = 'APPROVED', approved_by = v_me, approved_at = now()
   where incident_id = v.incident_id;
  select * into v_incident from app.incidents where id = v.incident_id;
  perform private.stop_timers(v_incident, array['REVIEW']);
  perform private.finish_task('post-mortem/' || p_ref, 'APPROVED');
  perform private.tell_incident(v.incident_id, 'REVIEWED', v_me);
  perform private.audit('POST_MORTEM_APPROVED', 'incident', p_ref);
end $$;
grant execute on function app.approve_post_mortem to authenticated;

-- An action is done, with a word about it; its task too. Errors: 28000, DENIED for all but admins, NOT_FOUND, STALE,
-- REASON_REQUIRED.
create function app.finish_post_mortem_action(p_action bigint, p_note text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.post_mortem_actions;
begin
  perform private.assert_alive();
  perform private.assert_role('ADMIN', 'only an admin does them');
  select * into v from app.post_mortem_actions where id = p_action and dropped_at is null for update;
  if not found then perform private.refuse('NOT_FOUND'); end if;
  if v.done_at is not null then perform private.refuse('STALE', facts => jsonb_build_object('by', v.done_by)); end if;
  perform private.assert_note(p_note, 500);
  update app.post_mortem_actions set done_at = now(), done_by = private.actor(), note = btrim(p_note) where id = v.id;
  perform private.finish_task('post-mortem-action/' || v.id, p_note);
  perform private.audit('POST_MORTEM_ACTION_DONE', 'incident',
    (select ref from app.incidents where id = v.incident_id), jsonb_build_object('action', v.id));
end $$;
grant execute on function app.finish_post_mortem_action to authenticated;

-- Actions whose day is over come back as tasks, each once: how many.
create function jobs.chase_post_mortem_actions() returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v record; v_found integer := 0;
begin
  for v in
    select a.*, i.ref from app.post_mortem_actions a join app.incidents i on i.id = a.incident_id
     where a.done_at is null and a.dropped_at is null and a.tasked_at is null
       and a.due_on < (now() at time zone 'Asia/Jakarta')::date
     order by a.due_on limit 100 for update of a skip locked
  loop
    update app.post_mortem_actions set tasked_at = now() where id = v.id;
    perform private.open_task('POST_MORTEM_ACTION', 'post-mortem-action/' || v.id, v.ref, null, v.incident_id,
      interval '1 day', jsonb_build_object('incident', v.ref, 'action', v.id, 'what', v.what, 'owner', v.owner));
    v_found := v_found + 1;
  end loop;
  return v_found;
end $$;
grant execute on function jobs.chase_post_mortem_actions to worker;

-- Known errors.

-- Writes down what is known of an error, of an incident or of its own (p_ref null). Returns its code. Errors: 28000,
-- DENIED for all but admins, NOT_FOUND, CAUSE, REASON_REQUIRED of sign, why and way round.
create function app.add_known_error(p_ref text, p_cause text, p_sign text, p_why text, p_way_round text, p_rule text)
returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_incident bigint; v_code text;
begin
  perform private.assert_alive();
  perform private.assert_role('ADMIN', 'only an admin writes known errors');
  if p_ref is not null then
    select id into v_incident from app.incidents where ref = p_ref;
    if not found then perform private.refuse('NOT_FOUND'); end if;
  end if;
  if coalesce(p_cause, '') !~ '^[A-Z_]{3,40}$' then perform private.refuse('CAUSE', field => 'cause'); end if;
  perform private.assert_note(p_sign, 500, 'sign');
  perform private.assert_note(p_why, 1000, 'why');
  perform private.assert_note(p_way_round, 2000, 'wayRound');
  perform private.assert_note(p_rule, 500, 'rule', p_needed => false);
  insert into app.known_errors (code, cause, sign, why, way_round, rule, incident_id, written_by)
    select 'KE-' || lpad(n::text, greatest(3, length(n::text)), '0'), p_cause, btrim(p_sign), btrim(p_why),
           btrim(p_way_round), coalesce(btrim(p_rule), ''), v_incident, private.actor()
      from nextval('app.known_error_numbers') n
  returning code into v_code;
  perform private.audit('KNOWN_ERROR_ADDED', 'known_error', v_code, jsonb_build_object('cause', p_cause));
  return v_code;
end $$;
grant execute on function app.add_known_error to authenticated;

-- It is mended, and not offered any more. Errors: 28000, DENIED, NOT_FOUND, STALE.
create function app.mend_known_error(p_code text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.known_errors;
begin
  perform private.assert_alive();
  perform private.assert_role('ADMIN', 'only an admin writes known errors');
  select * into v from app.known_errors where code = p_code for update;
  if not found then perform private.refuse('NOT_FOUND'); end if;
  if v.mended_at is not null then
    perform private.refuse('STALE', facts => jsonb_build_object('by', v.mended_by));
  end if;
  update app.known_errors set mended_at = now(), mended_by = private.actor() where id = v.id;
  perform private.audit('KNOWN_ERROR_MENDED', 'known_error', p_code, jsonb_build_object('cause', v.cause));
end $$;
grant execute on function app.mend_known_error to authenticated;
