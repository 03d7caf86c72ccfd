-- What a person decided about the credit of an AMBER order, and what he saw when he did.
create table app.credit_approvals (
  order_id   bigint primary key,
  partner_id uuid not null,
  outcome    text not null check (outcome in ('APPROVED', 'REJECTED')),
  decided_at timestamptz not null default now(),
  decided_by text not null,
  bulk       boolean not null default false,
  note       text not null default '' check (length(note) <= 300),
  total      bigint not null check (total > 0),
  inputs     jsonb not null,
  foreign key (order_id, partner_id) references app.orders (id, partner_id) on delete restrict
);
comment on table app.credit_approvals is 'The decision on an AMBER order, with the credit figures of that moment; those of the order''s own moment are in orders.credit_inputs.';
create index on app.credit_approvals (partner_id, decided_at desc);
-- A decision moves the order on, so what waits is told by its light and status alone.
create index orders_awaiting_approval on app.orders (id) where credit_light = 'AMBER' and status in ('SUBMITTED', 'PROCESSING');
create index orders_awaiting_by_reason on app.orders ((credit_inputs ->> 'reason'), id) where credit_light = 'AMBER' and status in ('SUBMITTED', 'PROCESSING');
alter table app.credit_approvals enable row level security;
create policy live_session on app.credit_approvals as restrictive to authenticated using ((select private.live_session()) is not null);
create policy staff_reads on app.credit_approvals for select to authenticated using ((select private.viewer_is_staff()));
grant select on app.credit_approvals to authenticated;
