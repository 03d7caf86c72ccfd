-- When something goes wrong: an incident, its life and its story, and the tasks that people of staff get out of it. Its
-- timers are in 61-timers.sql, whom it is told to in 63-notifications.sql, what was learned in 64-post-mortems.sql.
--
-- Both go by a key: of an incident and of a task one is open per key, and whoever reports the same thing again adds to
-- the incident and finds the task that is there. So callers need not look first.
--
-- SEV-1 is the gravest, SEV-4 the least. By itself an incident only rises; a person may lower it, and its peak stays:
-- what was ever SEV-1 is not closed without an approved post-mortem. What ended by itself is RESOLVED by itself and
-- never CLOSED: that takes a person who has seen it. What comes again while it is RESOLVED goes on with the same one.
--
-- Staff read all of it. Only commands write; which state may follow which is data, and a trigger holds raw SQL to it
-- too. Locks: an order before its incident, an incident before its timers and notifications.

create sequence app.incident_numbers;

-- The steps of an incident's life, as the handbook has them: detect, classify, contain, resolve, review. `by_itself`:
-- the machinery may do it too.
create table app.incident_moves (
  act        text not null check (act in ('CLASSIFY', 'CONTAIN', 'RESOLVE', 'CLOSE', 'REOPEN')),
  from_state text not null,
  to_state   text not null,
  by_itself  boolean not null default false,
  primary key (act, from_state)
);
comment on table app.incident_moves is 'Which act leads an incident from which state to which.';
insert into app.incident_moves (act, from_state, to_state, by_itself) values
  ('CLASSIFY', 'DETECTED', 'CLASSIFIED', false),
  ('CLASSIFY', 'CLASSIFIED', 'CLASSIFIED', false),
  ('CLASSIFY', 'CONTAINED', 'CONTAINED', false),
  ('CONTAIN', 'DETECTED', 'CONTAINED', false),
  ('CONTAIN', 'CLASSIFIED', 'CONTAINED', false),
  ('RESOLVE', 'DETECTED', 'RESOLVED', true),
  ('RESOLVE', 'CLASSIFIED', 'RESOLVED', true),
  ('RESOLVE', 'CONTAINED', 'RESOLVED', true),
  ('CLOSE', 'RESOLVED', 'CLOSED', false),
  ('REOPEN', 'RESOLVED', 'CLASSIFIED', true),
  ('REOPEN', 'CLOSED', 'CLASSIFIED', false);

call private.for_staff(array['incident_moves']);

create table app.incidents (
  id              bigint generated always as identity primary key,
  ref             text not null unique check (ref ~ '^INC-[0-9]{4}-[0-9]{5,9}$'),
  severity        smallint not null check (severity between 1 and 4),
  peak_severity   smallint not null check (peak_severity between 1 and severity),
  state           text not null default 'DETECTED'
    check (state in ('DETECTED', 'CLASSIFIED', 'CONTAINED', 'RESOLVED', 'CLOSED')),
  cause           text not null check (cause ~ '^[A-Z_]{3,40}$'),
  dedup_key       text not null,
  subject_code    text,
  detail          jsonb not null default '{}',
  repeats         integer not null default 0,
  -- How often it was opened; timers count from opened_at the first time, from reopened_at after that.
  round           integer not null default 1,
  opened_at       timestamptz not null default now(),
  reopened_at     timestamptz,
  last_seen_at    timestamptz not null default now(),
  -- Somebody has said «Saya tangani»: nobody further is woken.
  acknowledged_at timestamptz,
  acknowledged_by text,
  -- Nobody answered in the time of its level, once and for all: a lower level later does not undo it.
  breached_at     timestamptz,
  contained_at    timestamptz,
  resolved_at     timestamptz,
  -- SYSTEM: it ended by itself.
  resolved_by     text,
  closed_at       timestamptz,
  check ((state = 'CLOSED') = (closed_at is not null)),
  check ((acknowledged_at is null) = (acknowledged_by is null)),
  check ((resolved_at is null) = (resolved_by is null)),
  check ((state in ('RESOLVED', 'CLOSED')) = (resolved_at is not null))
);
comment on table app.incidents is 'SEV-1 to SEV-4. One open incident per cause (dedup_key); repeats add to it.';
create unique index incidents_one_open on app.incidents (dedup_key) where state <> 'CLOSED';
create index on app.incidents (state, id desc);
create index on app.incidents (subject_code, id desc);
create index on app.incidents (cause, id desc);
create index incidents_open on app.incidents (severity, id desc) where state <> 'CLOSED';

call private.for_staff(array['incidents']);

-- Whoever writes it, by hand too: a state follows another only as app.incident_moves says, a peak and a breach stay,
-- and a SEV-1 is not closed before its post-mortem is approved.
create function private.keep_to_moves() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if new.state <> old.state and not exists (
    select from app.incident_moves where from_state = old.state and to_state = new.state)
  then
    perform private.refuse('STALE', format('an incident does not go from %s to %s', old.state, new.state));
  end if;
  if new.peak_severity > old.peak_severity then perform private.refuse('DENIED', 'a peak stays'); end if;
  if old.breached_at is not null and new.breached_at is distinct from old.breached_at then
    perform private.refuse('DENIED', 'a breach stays on record');
  end if;
  if new.state = 'CLOSED' and old.state <> 'CLOSED' and new.peak_severity = 1 and not exists (
    select from app.post_mortems
     where incident_id = new.id and state = 'APPROVED' and approved_at >= coalesce(new.reopened_at, approved_at))
  then
    perform private.refuse('POST_MORTEM');
  end if;
  return new;
end $$;
create trigger _100_keeps_to_moves before update of state, peak_severity, breached_at on app.incidents
  for each row execute function private.keep_to_moves();
alter table app.incidents enable always trigger _100_keeps_to_moves;

create table app.incident_events (
  id          bigint generated always as identity primary key,
  incident_id bigint not null references app.incidents on delete restrict,
  at          timestamptz not null default clock_timestamp(),
  kind        text not null
    check (kind in ('OPENED', 'SEEN_AGAIN', 'RAISED', 'LOWERED', 'ACKNOWLEDGED', 'CLASSIFIED', 'CONTAINED', 'RESOLVED',
                    'CLOSED', 'REOPENED', 'NOTE', 'ROLE', 'LINKED', 'BREACHED', 'ESCALATED', 'STEP', 'REVIEWED')),
  actor       text not null,
  detail      jsonb not null default '{}'
);
comment on table app.incident_events is 'What happened to an incident, in order.';
create index on app.incident_events (incident_id, id);

call private.for_staff(array['incident_events']);

-- The story stays as it was told, whoever writes. A note about a person who wants to be forgotten may go from it.
create function private.story_stays() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if (new.id, new.incident_id, new.at, new.kind, new.actor)
     is distinct from (old.id, old.incident_id, old.at, old.kind, old.actor)
     or new.detail not in (old.detail, old.detail - 'note') then
    perform private.refuse('DENIED', 'what happened to an incident is not rewritten');
  end if;
  return new;
end $$;
create trigger _100_story_stays before update on app.incident_events
  for each row execute function private.story_stays();
alter table app.incident_events enable always trigger _100_story_stays;

-- Who does what while it lasts. Somebody else takes a role over; the story has who had it before.
create table app.incident_roles (
  incident_id bigint not null references app.incidents on delete restrict,
  role        text not null check (role in ('COMMANDER', 'SCRIBE', 'LIAISON')),
  code        text not null,
  since       timestamptz not null default now(),
  primary key (incident_id, role)
);
comment on table app.incident_roles is 'Who leads an incident, who writes it down, who speaks with stores.';

call private.for_staff(array['incident_roles']);

-- What it touched: an order, an account, a store, by what people call it.
create table app.incident_links (
  incident_id bigint not null references app.incidents on delete restrict,
  kind        text not null check (kind in ('order', 'account', 'store', 'article', 'incident', 'page')),
  key         text not null check (length(key) between 1 and 200),
  linked_at   timestamptz not null default now(),
  linked_by   text not null,
  primary key (incident_id, kind, key)
);
comment on table app.incident_links is 'The orders, people and pages that an incident is about, besides its subject.';
create index on app.incident_links (kind, key);

call private.for_staff(array['incident_links']);

create table app.tasks (
  id           bigint generated always as identity primary key,
  kind         text not null
    check (kind in ('PHONE_OWNER', 'RESOLVE_DISPUTE', 'REVIEW_SALESMAN', 'STOP_ORDER_IN_ERP', 'CORRECT_IN_ERP',
                    'SIGN_REVIEW', 'ERP_CHECKPOINT', 'TELL_STORE', 'POST_MORTEM', 'POST_MORTEM_ACTION', 'ANSWER_LEAD',
                    'OPEN_ACCOUNT', 'ERASE_LEADS', 'PLAYBOOK_DRILL', 'ANSWER_PRIVACY', 'NOTIFY_BREACH')),
  dedup_key    text not null,
  subject_code text,
  order_id     bigint references app.orders on delete restrict,
  incident_id  bigint references app.incidents on delete restrict,
  detail       jsonb not null default '{}',
  opened_at    timestamptz not null default now(),
  due_at       timestamptz not null,
  done_at      timestamptz,
  done_by      text,
  note         text check (length(note) <= 500),
  -- What was found about a salesman's work is an answer to a task.
  decision     text check (decision in ('NO_ABUSE', 'WATCH', 'ABUSE')),
  check ((done_at is null) = (done_by is null)),
  check (decision is null or (kind = 'REVIEW_SALESMAN' and done_at is not null))
);
comment on table app.tasks is 'Something that a person of staff has to do. Done once, with a note.';
create unique index tasks_one_open on app.tasks (dedup_key) where done_at is null;
create index tasks_open on app.tasks (due_at, id) where done_at is null;
create index on app.tasks (subject_code, id desc);
create index on app.tasks (order_id) where order_id is not null;
create index tasks_to_phone on app.tasks (order_id) where kind = 'PHONE_OWNER' and done_at is null;
create index on app.tasks (incident_id) where incident_id is not null;
create index tasks_done on app.tasks (id desc) where done_at is not null;

call private.for_staff(array['tasks']);
