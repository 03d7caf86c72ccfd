-- What is known about the work of salesmen in other people's names: where each shadow order came from, what looked
-- wrong about it, what owners said, and who was shut out. The commands that fill these are in the files that follow.

-- Where a shadow order was placed from. Nobody reads this table: the case page does, through a function that notes who looked.
create table app.shadow_traces (
  order_id     bigint primary key references app.orders on delete restrict,
  salesman_id  uuid not null references app.accounts on delete restrict,
  partner_id   uuid not null references app.partners on delete restrict,
  at           timestamptz not null,
  assigned     boolean not null,
  basket       text,
  ip           text,
  user_agent   text,
  device       text,
  sent_device  text,
  place        jsonb,
  distance_km  numeric,
  verdict      text check (verdict in ('PLAUSIBLE', 'IMPLAUSIBLE', 'INDETERMINATE')),
  verdict_why  jsonb,
  inspected_at timestamptz
);
comment on table app.shadow_traces is 'Address, device and place of a shadow order, and whether the way from the last one was possible.';
comment on column app.shadow_traces.sent_device is 'What the browser sent with the order itself: none, or another number than that of the login, where somebody dropped or swapped the cookie.';
create index shadow_traces_due on app.shadow_traces (order_id) where inspected_at is null;
create index on app.shadow_traces (salesman_id, at desc);
create index on app.shadow_traces (partner_id, at desc);
create index on app.shadow_traces (device, at desc) where device is not null;
create index on app.shadow_traces (basket, at desc);

create table app.abuse_hits (
  id           bigint generated always as identity primary key,
  salesman_id  uuid not null references app.accounts on delete restrict,
  order_id     bigint references app.orders on delete restrict,
  at           timestamptz not null,
  rule_version integer not null,
  rule         text not null check (rule ~ '^[A-Z_]{3,40}$'),
  weight       integer not null check (weight between 0 and 100),
  geographic   boolean not null default false,
  inputs       jsonb not null
);
comment on table app.abuse_hits is 'A rule that fired, with what it saw. Rows are added and never changed.';
create index on app.abuse_hits (salesman_id, at desc);
create unique index abuse_hits_once on app.abuse_hits (order_id, rule) where order_id is not null;
create trigger append_only before update or delete on app.abuse_hits for each row execute function private.refuse_change();

create table app.disputes (
  order_id        bigint primary key references app.orders on delete restrict,
  partner_id      uuid not null references app.partners on delete restrict,
  salesman_id     uuid not null references app.accounts on delete restrict,
  via             text not null check (via in ('LINK', 'ORDER_PAGE')),
  note            text not null default '' check (length(note) <= 500),
  disputed_at     timestamptz not null default now(),
  incident_id     bigint references app.incidents on delete restrict,
  was_held        boolean not null,
  outcome         text check (outcome in ('OWNER_AGREES', 'MISTAKE', 'ABUSE')),
  resolution_note text check (length(resolution_note) <= 500),
  resolved_at     timestamptz,
  resolved_by     text,
  check ((outcome is null) = (resolved_at is null) and (outcome is null) = (resolved_by is null))
);
comment on table app.disputes is '«Bukan saya»: an owner who says that an order in his name is not his.';
create index on app.disputes (salesman_id, disputed_at desc);
create index on app.disputes (partner_id, disputed_at desc);
create index disputes_open on app.disputes (disputed_at) where outcome is null;

create table app.suspensions (
  id                bigint generated always as identity primary key,
  account_id        uuid not null references app.accounts on delete restrict,
  suspended_at      timestamptz not null default now(),
  suspended_by      text not null,
  reason            text not null check (length(btrim(reason)) between 3 and 200),
  lift_requested_at timestamptz,
  lift_requested_by text,
  lift_reason       text check (length(btrim(lift_reason)) between 3 and 200),
  lifted_at         timestamptz,
  lifted_by         text,
  check ((lift_requested_at is null) = (lift_requested_by is null) and (lift_requested_at is null) = (lift_reason is null)),
  check ((lifted_at is null) = (lifted_by is null)),
  check (lifted_at is null or lift_requested_at is not null),
  -- Four eyes, whatever code path lifts it.
  check (lifted_by <> lift_requested_by)
);
comment on table app.suspensions is 'Who was shut out, by whom and why; one admin asks to lift it and another one does.';
create unique index suspensions_one_open on app.suspensions (account_id) where lifted_at is null;
create index on app.suspensions (account_id, id desc);

alter table app.shadow_traces enable row level security;
alter table app.abuse_hits enable row level security;
alter table app.disputes enable row level security;
alter table app.suspensions enable row level security;
create policy live_session on app.shadow_traces as restrictive to authenticated using ((select private.live_session()) is not null);
create policy live_session on app.abuse_hits as restrictive to authenticated using ((select private.live_session()) is not null);
create policy live_session on app.disputes as restrictive to authenticated using ((select private.live_session()) is not null);
create policy live_session on app.suspensions as restrictive to authenticated using ((select private.live_session()) is not null);
create policy staff_reads on app.abuse_hits for select to authenticated using ((select private.viewer_is_staff()));
-- The owner himself, not the salesman who acts as him.
create policy owner_reads on app.disputes for select to authenticated
  using (partner_id = (select p.id from app.partners p where p.account_id = (select private.viewer_id())));
create policy staff_reads on app.disputes for select to authenticated using ((select private.viewer_is_staff()));
create policy staff_reads on app.suspensions for select to authenticated using ((select private.viewer_is_staff()));
-- No grant on shadow_traces.
grant select on app.abuse_hits, app.disputes, app.suspensions to authenticated;

-- Where a shadow order came from, whatever code path wrote it. What was bought and where the address lies is added by inspection.
-- The browser is that of the login: a cookie is its holder's to drop. What the request itself said stands beside it.
create function private.trace_shadow_order() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into app.shadow_traces (order_id, salesman_id, partner_id, at, assigned, ip, user_agent, device, sent_device)
    values (new.id, new.placed_by, new.partner_id, new.created_at,
      exists (select from app.assignments g where g.salesman_id = new.placed_by and g.partner_id = new.partner_id),
      left(private.request('ip'), 60), left(private.request('ua'), 200),
      coalesce((select d.device from private.login_devices d
                 where d.session_id = (private.claim('session_id'))::uuid and d.account_id = new.placed_by), left(private.request('device'), 60)),
      left(private.request('device'), 60));
  perform private.enqueue('order.shadow-placed.inspect', jsonb_build_object('orderId', new.id));
  return null;
end $$;
create trigger trace_shadow_order after insert on app.orders
  for each row when (new.acting_session_id is not null) execute function private.trace_shadow_order();
