-- When something goes wrong: an incident, the tasks that people get out of it, and the letters that tell them.

create sequence app.incident_numbers;
create table app.incidents (
  id            bigint generated always as identity primary key,
  ref           text not null unique check (ref ~ '^INC-[0-9]{4}-[0-9]{5,9}$'),
  severity      smallint not null check (severity between 1 and 4),
  peak_severity smallint not null check (peak_severity between 1 and severity),
  state         text not null default 'DETECTED' check (state in ('DETECTED', 'CLASSIFIED', 'CONTAINED', 'RESOLVED', 'CLOSED')),
  cause         text not null check (cause ~ '^[A-Z_]{3,40}$'),
  dedup_key     text not null,
  subject_code  text,
  detail        jsonb not null default '{}',
  repeats       integer not null default 0,
  opened_at     timestamptz not null default now(),
  last_seen_at  timestamptz not null default now(),
  closed_at     timestamptz,
  check ((state = 'CLOSED') = (closed_at is not null))
);
comment on table app.incidents is 'SEV-1 to SEV-4. One open incident per cause (dedup_key); repeats add to it.';
create unique index incidents_one_open on app.incidents (dedup_key) where state <> 'CLOSED';
create index on app.incidents (state, id desc);
create index on app.incidents (subject_code, id desc);

create table app.incident_events (
  id          bigint generated always as identity primary key,
  incident_id bigint not null references app.incidents on delete restrict,
  at          timestamptz not null default clock_timestamp(),
  kind        text not null check (kind in ('OPENED', 'SEEN_AGAIN', 'RAISED', 'NOTE', 'CLOSED')),
  actor       text not null,
  detail      jsonb not null default '{}'
);
comment on table app.incident_events is 'What happened to an incident, in order.';
create index on app.incident_events (incident_id, id);

create table app.tasks (
  id           bigint generated always as identity primary key,
  kind         text not null check (kind in ('PHONE_OWNER', 'RESOLVE_DISPUTE', 'REVIEW_AGENT', 'STOP_ORDER_IN_ERP', 'SIGN_REVIEW')),
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
  check ((done_at is null) = (done_by is null))
);
comment on table app.tasks is 'Something that a person of the office has to do. Done once, with a note.';
create unique index tasks_one_open on app.tasks (dedup_key) where done_at is null;
create index tasks_open on app.tasks (due_at, id) where done_at is null;
create index on app.tasks (subject_code, id desc);
create index on app.tasks (order_id) where order_id is not null;

create table app.notices (
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
  check ((state = 'SENT') = (sent_at is not null))
);
comment on table app.notices is 'Letters to people about what happened, other than the owner''s alert. The row is the record; a job only wakes the sender.';
create index notices_due on app.notices (next_attempt_at) where state = 'PENDING';
create index notices_of_order on app.notices (order_id, id) where order_id is not null;

create table app.order_holds (
  id          bigint generated always as identity primary key,
  order_id    bigint not null references app.orders on delete restrict,
  reason      text not null check (reason in ('DISPUTED', 'AGENT_SUSPENDED', 'STORE_SUSPENDED')),
  placed_at   timestamptz not null default now(),
  placed_by   text not null,
  released_at timestamptz,
  released_by text,
  note        text check (length(note) <= 500),
  check ((released_at is null) = (released_by is null))
);
comment on table app.order_holds is 'Why an order does not go on. It goes on when every hold is released.';
create unique index order_holds_one_open on app.order_holds (order_id, reason) where released_at is null;
create index on app.order_holds (order_id);
alter table app.orders add column held boolean not null default false;
create index orders_held on app.orders (id desc) where held;
grant select (held) on app.orders to authenticated;

alter table app.incidents enable row level security;
alter table app.incident_events enable row level security;
alter table app.tasks enable row level security;
alter table app.notices enable row level security;
alter table app.order_holds enable row level security;
create policy live_session on app.incidents as restrictive to authenticated using ((select private.live_session()) is not null);
create policy live_session on app.incident_events as restrictive to authenticated using ((select private.live_session()) is not null);
create policy live_session on app.tasks as restrictive to authenticated using ((select private.live_session()) is not null);
create policy live_session on app.notices as restrictive to authenticated using ((select private.live_session()) is not null);
create policy live_session on app.order_holds as restrictive to authenticated using ((select private.live_session()) is not null);
create policy staff_reads on app.incidents for select to authenticated using ((select private.viewer_is_staff()));
create policy staff_reads on app.incident_events for select to authenticated using ((select private.viewer_is_staff()));
create policy staff_reads on app.tasks for select to authenticated using ((select private.viewer_is_staff()));
create policy staff_reads on app.notices for select to authenticated using ((select private.viewer_is_staff()));
-- That an order is held is a column of the order; who said why is the office's.
create policy staff_reads on app.order_holds for select to authenticated using ((select private.viewer_is_staff()));
grant select on app.incidents, app.incident_events, app.tasks, app.notices, app.order_holds to authenticated;

-- Opens an incident, or adds to the one that is open under this key; a graver level raises it. Returns its id.
create function private.open_incident(p_severity integer, p_cause text, p_key text, p_subject text, p_detail jsonb default '{}') returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.incidents; v_actor text;
begin
  v_actor := coalesce((select code from app.accounts where id = private.viewer_id()), 'SYSTEM');
  loop
    select * into v from app.incidents where dedup_key = p_key and state <> 'CLOSED' for update;
    exit when found;
    insert into app.incidents (ref, severity, peak_severity, cause, dedup_key, subject_code, detail)
      select 'INC-' || to_char(now() at time zone 'Asia/Jakarta', 'YYYY') || '-' || lpad(n::text, greatest(5, length(n::text)), '0'),
             p_severity, p_severity, p_cause, p_key, p_subject, p_detail
        from nextval('app.incident_numbers') as n
      on conflict (dedup_key) where state <> 'CLOSED' do nothing
      returning * into v;
    if found then
      insert into app.incident_events (incident_id, kind, actor, detail) values (v.id, 'OPENED', v_actor, p_detail);
      perform private.audit('INCIDENT_OPENED', 'incident', v.ref, jsonb_build_object('severity', p_severity, 'cause', p_cause), p_subject);
      return v.id;
    end if;
  end loop;
  update app.incidents set repeats = repeats + 1, last_seen_at = now(),
    severity = least(severity, p_severity), peak_severity = least(peak_severity, p_severity) where id = v.id;
  insert into app.incident_events (incident_id, kind, actor, detail)
    values (v.id, case when p_severity < v.severity then 'RAISED' else 'SEEN_AGAIN' end, v_actor,
            p_detail || jsonb_build_object('severity', p_severity));
  return v.id;
end $$;

-- A task, once while one under this key is open. Returns the open one's id.
create function private.open_task(p_kind text, p_key text, p_subject text, p_order bigint, p_incident bigint, p_due interval,
                                  p_detail jsonb default '{}') returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_id bigint;
begin
  insert into app.tasks (kind, dedup_key, subject_code, order_id, incident_id, due_at, detail)
    values (p_kind, p_key, p_subject, p_order, p_incident, now() + p_due, p_detail)
    on conflict (dedup_key) where done_at is null do nothing returning id into v_id;
  return coalesce(v_id, (select id from app.tasks where dedup_key = p_key and done_at is null));
end $$;

-- For commands that do what a task asked for: whoever is at work has done it.
create function private.finish_task(p_key text, p_note text) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  update app.tasks set done_at = now(), note = left(p_note, 500),
         done_by = coalesce((select code from app.accounts where id = private.viewer_id()), 'SYSTEM')
   where dedup_key = p_key and done_at is null
$$;

-- A letter to be written by the worker: emails/ has one template per kind, which gets p_props. Once per key.
-- p_order: the order that it is about, when there is one.
create function private.notify(p_kind text, p_key text, p_recipient text, p_language text, p_props jsonb, p_order bigint default null) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into app.notices (kind, dedup_key, recipient, language, props, order_id)
    values (p_kind, p_key, p_recipient, p_language, p_props, p_order) on conflict (dedup_key) do nothing;
  if found then perform private.enqueue('notice.written.send', '{}'); end if;
end $$;

create function private.notify_role(p_role text, p_kind text, p_key text, p_props jsonb) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v record;
begin
  for v in select a.code, a.language, u.email from app.accounts a join auth.users u on u.id = a.id where a.role = p_role and a.status = 'ACTIVE' order by a.code loop
    perform private.notify(p_kind, p_key || '/' || v.code, v.email, v.language, p_props);
  end loop;
end $$;

create function private.notify_owner(p_partner uuid, p_kind text, p_key text, p_props jsonb, p_order bigint default null) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  select private.notify(p_kind, p_key, c.owner_email, a.language, p_props, p_order)
    from app.partners p join app.accounts a on a.id = p.account_id join app.partner_contacts c on c.partner_id = p.id where p.id = p_partner
$$;

-- Stops an order where it stands. True when it is held now; what has been shipped or has ended cannot be.
-- An order that the ERP has already becomes a task: somebody has to stop it there.
create function private.hold_order(p_order bigint, p_reason text, p_actor text) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.orders;
begin
  select * into v from app.orders where id = p_order for update;
  if v.status not in ('SUBMITTED', 'PROCESSING', 'APPROVED') then return false; end if;
  insert into app.order_holds (order_id, reason, placed_by) values (p_order, p_reason, p_actor)
    on conflict (order_id, reason) where released_at is null do nothing;
  if not found then return true; end if;
  update app.orders set held = true where id = p_order and not held;
  -- Why stands in order_holds: this history is read by the salesman too.
  insert into app.order_events (order_id, kind, actor) values (p_order, 'HELD', p_actor);
  perform private.audit('ORDER_HELD', 'order', v.number, jsonb_build_object('reason', p_reason), null,
    jsonb_build_object('held', v.held), jsonb_build_object('held', true));
  if v.sync_status = 'SYNCED' then
    perform private.open_task('STOP_ORDER_IN_ERP', 'stop-in-erp/' || v.number, v.number, v.id, null, interval '1 hour',
      jsonb_build_object('document', v.erp_document));
  end if;
  return true;
end $$;

-- Takes one hold away; the order goes on when it was the last.
create function private.release_order(p_order bigint, p_reason text, p_actor text, p_note text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.orders;
begin
  select * into v from app.orders where id = p_order for update;
  update app.order_holds set released_at = now(), released_by = p_actor, note = left(p_note, 500)
   where order_id = p_order and reason = p_reason and released_at is null;
  if not found then return; end if;
  update app.orders set held = exists (select from app.order_holds where order_id = p_order and released_at is null) where id = p_order
    returning held into v.held;
  insert into app.order_events (order_id, kind, actor) values (p_order, 'RELEASED', p_actor);
  perform private.audit('ORDER_RELEASED', 'order', v.number, jsonb_build_object('reason', p_reason), null,
    jsonb_build_object('held', true), jsonb_build_object('held', v.held));
  if not v.held then
    perform private.finish_task('stop-in-erp/' || v.number, 'released');
    perform private.enqueue('order.placed.push', jsonb_build_object('orderId', p_order));
  end if;
end $$;

-- A held order is refused or cancelled, and otherwise stays: whichever path moves it.
create function private.keep_held() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if new.status not in ('REJECTED', 'CANCELLED') then
    perform private.refuse('STALE', 'the order is held', jsonb_build_object('status', old.status, 'held', true));
  end if;
  return new;
end $$;
create trigger held_stays before update of status on app.orders
  for each row when (old.held and new.status is distinct from old.status) execute function private.keep_held();

-- As before, without the orders that are held.
create or replace function jobs.claim_pushes(p_limit integer)
returns table (order_id bigint, attempts integer, document jsonb)
language sql security definer set search_path = pg_catalog, pg_temp as $$
  with due as (
    select p.order_id from app.erp_pushes p
     where p.done_at is null and p.next_attempt_at <= now()
       and not (select h.held from app.orders h where h.id = p.order_id)
     order by p.next_attempt_at, p.order_id limit p_limit for update skip locked)
  update app.erp_pushes p set attempts = p.attempts + 1, next_attempt_at = now() + interval '1 minute'
    from due, app.orders o, app.partners s
   where p.order_id = due.order_id and o.id = p.order_id and s.id = o.partner_id
  returning o.id, p.attempts, jsonb_build_object(
    'reference', o.number, 'partner', s.code, 'placed_at', o.created_at, 'total', o.total, 'credit', o.credit_light,
    'lines', (select jsonb_agg(jsonb_build_object('sku', l.sku, 'quantity', l.quantity, 'unit_price', l.unit_price)
                               order by l.line_no) from app.order_lines l where l.order_id = o.id))
$$;

-- The queue of notifications, filled to p_usage (0 to 1). One listener in an open transaction keeps everything that was sent since from being
-- let go; full, nobody can notify any more. From a twentieth on that is an incident, once while it is open.
create function private.note_notifications(p_usage double precision) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if p_usage < 0.05 or exists (select from app.incidents where dedup_key = 'notifications' and state <> 'CLOSED') then return; end if;
  perform private.open_incident(3, 'NOTIFICATIONS_FULL', 'notifications', null, jsonb_build_object('full', round(p_usage::numeric * 100)));
end $$;

-- The web was answered as somebody else than it had asked as: something between it and Postgres mixes up whose answers are whose.
create function app.note_mixed_answers() returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if exists (select from app.incidents where dedup_key = 'answers-mixed' and state <> 'CLOSED' and last_seen_at > now() - interval '1 minute') then return; end if;
  perform private.open_incident(1, 'ANSWERS_MIXED', 'answers-mixed', null);
end $$;
grant execute on function app.note_mixed_answers to anon;

-- Says how full it is. To ask is also to let go of what everybody has heard, which nobody else does while it is full.
create function jobs.watch_notifications() returns double precision
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_usage double precision := pg_notification_queue_usage();
begin
  perform private.note_notifications(v_usage);
  return v_usage;
end $$;
grant execute on function jobs.watch_notifications to worker;
