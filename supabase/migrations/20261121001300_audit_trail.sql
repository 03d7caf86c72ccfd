-- The audit trail as evidence: by month, append-only for everybody, and sealed into a hash chain.
--
-- A row is written in the transaction of its act. A trigger queues it, and one sealer takes it from
-- the queue some seconds later: a transaction that commits late is in the queue when it commits, so none is
-- skipped, and no checkout waits for a lock of the chain. What the worker signs and exports outside
-- the database makes a rewritten or shortened chain visible even to somebody who owns the database.

create schema audit;
comment on schema audit is 'Months of the trail, its chain and its seals. No run-time role has any right here.';

alter table app.audit_events rename to audit_events_before;
alter index app.audit_events_pkey rename to audit_events_before_pkey;
drop index app.audit_events_actor_id_id_idx, app.audit_events_action_id_idx, app.audit_events_request_id_id_idx;

-- Does it hold nothing that somebody could have written or be called? Every text in it is a code (ORDER_HELD, ADM-001), a word of our own (store,
-- stock.buffer.default), or has a digit and no blank in it (numbers, ids, dates, digests). Names, addresses and sentences are none of these.
-- It dissolves into the check that asks (a body bound at creation, no search_path of its own).
create function private.says_codes(p jsonb) returns boolean
language sql immutable
begin atomic
  select not pg_catalog.jsonb_path_exists(p, '$.** ? (@.type() == "string" &&
    !(@ like_regex "^([A-Z][A-Z0-9_-]{0,79}|[a-z]+([._/-][a-z]+){0,9}|[A-Za-z0-9._:/+-]{0,80}[0-9][A-Za-z0-9._:/+-]{0,80})$"))');
end;

-- What another system calls something, as it may stand in the trail: not when it is more than a code.
create function private.as_code(p text) returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select case when private.says_codes(to_jsonb(p)) is not false then p else 'NO_CODE' end
$$;

create table app.audit_events (
  -- No number below the first, where nobody would look for it, and none that a verifier cannot count to.
  id                bigint generated always as identity check (id between 1 and 9007199254740991),
  at                timestamptz not null default clock_timestamp(),
  actor_id          uuid,
  actor_code        text,
  partner_id        uuid,
  target_code       text,
  acting_session_id uuid,
  action            text not null check (action ~ '^[A-Z_]{3,40}$'),
  entity            text,
  entity_key        text,
  before            jsonb check (jsonb_typeof(before) <> 'null'),
  after             jsonb check (jsonb_typeof(after) <> 'null'),
  detail            jsonb not null default '{}',
  ip                text,
  user_agent        text,
  request_id        text,
  xid               xid8 not null default pg_current_xact_id(),
  primary key (id, at),
  constraint says_codes_only check (private.says_codes(before) and private.says_codes(after) and private.says_codes(detail))
) partition by range (at);
comment on table app.audit_events is 'Who did what, to whom, from where, what it was before and after. Rows are added and never changed.';
create index on app.audit_events (actor_id, id desc);
create index on app.audit_events (target_code, id desc);
create index on app.audit_events (action, id desc);
create index on app.audit_events (request_id, id desc);
create index on app.audit_events (entity_key, id desc);
create index on app.audit_events (acting_session_id) where acting_session_id is not null;

alter table app.audit_events enable row level security;
create policy live_session on app.audit_events as restrictive to authenticated using ((select private.live_session()) is not null);
create policy auditor_reads on app.audit_events for select to authenticated
  using ((select private.viewer_role()) = 'AUDITOR');
grant select on app.audit_events to authenticated;

-- ALWAYS: a session that calls itself a replica is refused too. Whoever owns the table can still switch a trigger off;
-- that is what the chain is for.
create trigger append_only before update or delete on app.audit_events
  for each row execute function private.refuse_change();
alter table app.audit_events enable always trigger append_only;
create trigger append_only_truncate before truncate on app.audit_events
  for each statement execute function private.refuse_change();
alter table app.audit_events enable always trigger append_only_truncate;

-- Makes the months from that of p_from on, by the calendar of the business. There is no default partition: what falls into one
-- never expires. What triggers of the parent do not reach, a truncate and a read of the month itself, is closed for each.
create function private.ensure_audit_months(p_from date, p_months integer) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_month date; v_name text; v_made integer := 0;
begin
  for v_month in select generate_series(date_trunc('month', p_from), date_trunc('month', p_from) + make_interval(months => p_months - 1), interval '1 month') loop
    v_name := 'events_' || to_char(v_month, 'YYYY_MM');
    continue when to_regclass('audit.' || v_name) is not null;
    execute format('create table audit.%I partition of app.audit_events for values from (%L) to (%L)', v_name,
      v_month::text || ' 00:00+07', (v_month + interval '1 month')::date::text || ' 00:00+07');
    execute format('alter table audit.%I enable row level security', v_name);
    execute format('alter table audit.%I enable always trigger append_only', v_name);
    execute format('create trigger append_only_truncate before truncate on audit.%I for each statement execute function private.refuse_change()', v_name);
    execute format('alter table audit.%I enable always trigger append_only_truncate', v_name);
    v_made := v_made + 1;
  end loop;
  return v_made;
end $$;

-- Called each hour: two years ahead, so that a worker which is away for long stops nobody.
create function jobs.ensure_audit_months() returns integer
language sql security definer set search_path = pg_catalog, pg_temp as $$
  select private.ensure_audit_months((now() at time zone 'Asia/Jakarta')::date, 24)
$$;
grant execute on function jobs.ensure_audit_months to worker;

select private.ensure_audit_months((select least(coalesce(min(at), now()), now())::date from app.audit_events_before), 1);
select private.ensure_audit_months((now() at time zone 'Asia/Jakarta')::date - 365, 37);

-- The queue of the sealer. A row that was taken away before its seal is missed here.
create table audit.unsealed (
  event_id bigint primary key,
  at       timestamptz not null
);
-- The chain: digest = sha256(line), hash = sha256(hash before || digest); see private.audit_line.
create table audit.links (
  seq      bigint primary key check (seq > 0),
  event_id bigint not null unique,
  event_at timestamptz not null,
  digest   bytea not null check (length(digest) = 32),
  hash     bytea not null check (length(hash) = 32)
);
create table audit.seals (
  batch     bigint primary key check (batch > 0),
  first_seq bigint not null,
  last_seq  bigint not null unique check (last_seq >= first_seq),
  previous  bytea not null,
  head      bytea not null,
  sealed_at timestamptz not null default clock_timestamp()
);
-- What only the holder of the signing key can make; the key is never in the database.
create table audit.signatures (
  batch     bigint primary key references audit.seals,
  key_id    text not null,
  signature bytea not null,
  signed_at timestamptz not null default clock_timestamp()
);
alter table audit.unsealed enable row level security;
alter table audit.links enable row level security;
alter table audit.seals enable row level security;
alter table audit.signatures enable row level security;
do $$
declare v_table text;
begin
  foreach v_table in array array['links', 'seals', 'signatures'] loop
    execute format('create trigger append_only before update or delete on audit.%I for each row execute function private.refuse_change()', v_table);
    execute format('create trigger append_only_truncate before truncate on audit.%I for each statement execute function private.refuse_change()', v_table);
    execute format('alter table audit.%I enable always trigger append_only', v_table);
    execute format('alter table audit.%I enable always trigger append_only_truncate', v_table);
  end loop;
end $$;

create function private.queue_for_seal() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into audit.unsealed values (new.id, new.at);
  return null;
end $$;
create trigger queue_for_seal after insert on app.audit_events for each row execute function private.queue_for_seal();

insert into app.audit_events (at, actor_id, actor_code, partner_id, acting_session_id, action, entity, entity_key, detail, ip, user_agent, request_id)
  select at, actor_id, actor_code, partner_id, acting_session_id, action, entity, entity_key, detail, ip, user_agent, request_id
    from app.audit_events_before order by id;
drop table app.audit_events_before;

-- What is hashed of a row: every column, as text that depends on no setting of the session. It is also the line of an export.
create function private.audit_line(e app.audit_events) returns text
language sql stable set search_path = pg_catalog, pg_temp as $$
  select jsonb_build_object('id', e.id, 'at', to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    'actor_id', e.actor_id, 'actor', e.actor_code, 'partner_id', e.partner_id, 'target', e.target_code,
    'acting_session', e.acting_session_id, 'action', e.action, 'entity', e.entity, 'key', e.entity_key,
    'before', e.before, 'after', e.after, 'detail', e.detail, 'ip', e.ip, 'user_agent', e.user_agent,
    'request', e.request_id, 'xid', e.xid::text)::text
$$;

-- Words of people that belong to a row of the trail and stand nowhere else: {"reason": "…"}. Not in the row, which is sealed and stays: words may have to
-- go before it does, and nothing that is sealed changes then. Read through the trail alone: private.audit_words.
create table audit.words (
  event_id bigint primary key,
  at       timestamptz not null default now(),
  words    jsonb not null check (jsonb_typeof(words) = 'object' and words <> '{}')
);
comment on table audit.words is 'Reasons and notes to rows of the trail, beside it, where no other table has them.';
alter table audit.words enable row level security;

-- One line of the trail, in the transaction of the act it tells about. p_target: the code of whom it was done to; in Shadow Mode
-- the store, unless said otherwise. Values are ids and codes: see private.says_codes. p_words: what somebody wrote about it, to stand beside the row, where it
-- stands in no table of its own. Whoever has no login is the
-- system when it is the worker or the owner, and nobody when it is a guest. p_acting: the acting session that the row is about, when it is over.
drop function private.audit(text, text, text, jsonb);
create function private.audit(p_action text, p_entity text, p_key text, p_detail jsonb default '{}', p_target text default null,
                              p_before jsonb default null, p_after jsonb default null, p_acting uuid default null, p_words jsonb default null) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_viewer uuid := private.viewer_id();
  v_acting uuid := coalesce(p_acting, private.viewer_acting());
  v_partner uuid := case when p_acting is null then private.viewer_partner() else (select partner_id from app.acting_sessions where id = p_acting) end;
  v_event bigint;
begin
  insert into app.audit_events (actor_id, actor_code, partner_id, target_code, acting_session_id, action, entity, entity_key,
                                before, after, detail, ip, user_agent, request_id)
  values (v_viewer,
          case when v_viewer is not null then (select code from app.accounts where id = v_viewer)
               when session_user <> 'web' then 'SYSTEM' end,
          v_partner, coalesce(p_target, case when v_acting is not null then (select code from app.partners where id = v_partner) end),
          v_acting, p_action, p_entity, p_key, p_before, p_after, p_detail,
          left(private.request('ip'), 60), left(private.request('ua'), 200), left(private.request('id'), 60))
  returning id into v_event;
  if jsonb_strip_nulls(p_words) <> '{}' then insert into audit.words (event_id, words) values (v_event, jsonb_strip_nulls(p_words)); end if;
end $$;
