-- Which browser a salesman's login was made with. Afterwards he may drop the cookie: his orders carry the number of the login all the same.

create table private.login_devices (
  session_id uuid primary key,
  account_id uuid not null references app.accounts on delete cascade,
  device     text not null,
  at         timestamptz not null default now()
);
comment on table private.login_devices is 'The number of the browser that a salesman signed in with, for as long as the login lasts.';
alter table private.login_devices enable row level security;
