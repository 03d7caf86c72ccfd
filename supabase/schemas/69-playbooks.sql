-- Playbooks: what is done when something has gone wrong, step by step, in the company's own order.
--
-- Which there are is data here; their words are in app/playbooks, in both languages.

create table app.playbooks (
  slug     text primary key check (slug ~ '^[a-z]+(-[a-z]+)*$'),
  position smallint not null unique check (position > 0),
  -- As the company numbers those of its incident playbook.
  letter   text unique check (letter ~ '^[A-Z]$')
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

alter table app.playbooks enable row level security;
create policy live_session on app.playbooks as restrictive to authenticated
  using ((select private.live_session()) is not null);
create policy staff_reads on app.playbooks for select to authenticated using ((select private.viewer_is_staff()));
grant select on app.playbooks to authenticated;

create trigger _030_not_deleted before delete on app.playbooks for each statement execute function private.keep();
create trigger _040_not_truncated before truncate on app.playbooks for each statement execute function private.keep();
alter table app.playbooks enable always trigger _030_not_deleted;
alter table app.playbooks enable always trigger _040_not_truncated;
