-- The audit trail as evidence: by month, append-only for everybody, and sealed into a hash chain.
--
-- A row is written in the transaction of its act (private.audit). A trigger queues it, and one sealer takes it from the
-- queue some seconds later: a transaction that commits late is in the queue when it commits, so none is skipped, and no
-- checkout waits for a lock of the chain. Rows hold codes; what people wrote stands beside them in audit.words.
--
-- The chain stands in 16-audit-chain.sql. Only auditors read the trail, through app.search_audit (17-audit-reading.sql)
-- and as evidence: no run-time role has any right to the tables.

-- What a row may say.

-- Does it hold nothing that somebody could have written or be called? Every text in it is a code (ORDER_HELD, ADM-001),
-- a word of our own (store, stock.buffer.default), or has a digit and no blank in it (numbers, ids, dates, digests).
-- Names, addresses and sentences are none of these. It dissolves into the check that asks (a body bound at creation, no
-- search_path of its own).
create function private.says_codes(p jsonb) returns boolean
language sql immutable
begin atomic
  select not pg_catalog.jsonb_path_exists(p, '$.** ? (@.type() == "string" &&
    !(@ like_regex "^([A-Z][A-Z0-9_-]{0,79}|[a-z]+([._/-][a-z]+){0,9}'
    '|[A-Za-z0-9._:/+-]{0,80}[0-9][A-Za-z0-9._:/+-]{0,80})$"))');
end;

-- What another system calls something, as it may stand in the trail: not when it is more than a code.
create function private.as_code(p text) returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select case when private.says_codes(to_jsonb(p)) is not false then p else 'NO_CODE' end
$$;

-- The trail.

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
  constraint says_codes_only
    check (private.says_codes(before) and private.says_codes(after) and private.says_codes(detail))
) partition by range (at);
comment on table app.audit_events is
  'Who did what, to whom, from where, what it was before and after. Rows are added and never changed.';
create index on app.audit_events (actor_id, id desc);
create index on app.audit_events (target_code, id desc);
create index on app.audit_events (action, id desc);
create index on app.audit_events (request_id, id desc);
create index on app.audit_events (entity_key, id desc);
create index on app.audit_events (acting_session_id) where acting_session_id is not null;

-- No login may select from it: an auditor asks app.search_audit and takes evidence packages, the worker reads the
-- chain by jobs.read_audit_chain.
alter table app.audit_events enable row level security;
create policy live_session on app.audit_events as restrictive to authenticated
  using ((select private.live_session()) is not null);

-- ALWAYS: a session that calls itself a replica is refused too. Whoever owns the table can still switch a trigger off;
-- that is what the chain is for.
create trigger _010_append_only before update or delete on app.audit_events
  for each row execute function private.refuse_change();
alter table app.audit_events enable always trigger _010_append_only;
create trigger _020_append_only_truncate before truncate on app.audit_events
  for each statement execute function private.refuse_change();
alter table app.audit_events enable always trigger _020_append_only_truncate;

create function private.queue_for_seal() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into audit.unsealed values (new.id, new.at);
  return null;
end $$;
create trigger _100_queue_for_seal after insert on app.audit_events
  for each row execute function private.queue_for_seal();

-- Makes the months from that of p_from on, by the calendar of the business. There is no default partition: what falls
-- into one never expires. What triggers of the parent do not reach, a truncate and a read of the month itself, is
-- closed for each.
--
-- A month is made on its own and then attached: `create … partition of` would lock the whole trail, and every
-- checkout with it, while it waits for whoever reads.
create function private.ensure_audit_months(p_from date, p_months integer) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_month date; v_name text; v_made integer := 0;
begin
  for v_month in
    select generate_series(date_trunc('month', p_from),
                           date_trunc('month', p_from) + make_interval(months => p_months - 1), interval '1 month')
  loop
    v_name := 'events_' || to_char(v_month, 'YYYY_MM');
    continue when to_regclass('audit.' || v_name) is not null;
    execute format('create table audit.%I (like app.audit_events including defaults including constraints)', v_name);
    execute format('alter table audit.%I enable row level security', v_name);
    execute format('alter table app.audit_events attach partition audit.%I for values from (%L) to (%L)', v_name,
      v_month::text || ' 00:00+07', (v_month + interval '1 month')::date::text || ' 00:00+07');
    execute format('alter table audit.%I enable always trigger _010_append_only', v_name);
    execute format(
      'create trigger _020_append_only_truncate before truncate on audit.%I for each statement '
      'execute function private.refuse_change()',
      v_name);
    execute format('alter table audit.%I enable always trigger _020_append_only_truncate', v_name);
    v_made := v_made + 1;
  end loop;
  return v_made;
end $$;

-- Called each hour: two years ahead, so that a worker which is away for long stops nobody.
create function jobs.ensure_audit_months() returns integer
language sql security definer set search_path = pg_catalog, pg_temp as $$
  select private.ensure_audit_months((now() at time zone 'Asia/Jakarta')::date, 24)
$$;
-- Whoever would have to wait tries again an hour later; two years are made ahead.
alter function jobs.ensure_audit_months() set lock_timeout = '2s';
grant execute on function jobs.ensure_audit_months to worker;

-- To begin with, a year back as well.
select private.ensure_audit_months((now() at time zone 'Asia/Jakarta')::date - 365, 37);

-- Writing to the trail.

-- Words of people that belong to a row of the trail and stand nowhere else: {"reason": "…"}. Not in the row, which is
-- sealed and stays: words may have to go before it does, and nothing that is sealed changes then. Read through the
-- trail alone: private.audit_words.
create table audit.words (
  event_id bigint primary key,
  at       timestamptz not null default now(),
  words    jsonb not null check (jsonb_typeof(words) = 'object' and words <> '{}')
);
comment on table audit.words is 'Reasons and notes to rows of the trail, beside it, where no other table has them.';

alter table audit.words enable row level security;

-- Words to the trail go by retention; the row that they belong to stays as it was sealed.
create trigger _030_not_deleted before delete on audit.words for each statement execute function private.keep();
alter table audit.words enable always trigger _030_not_deleted;
create trigger _040_not_truncated before truncate on audit.words for each statement execute function private.keep();
alter table audit.words enable always trigger _040_not_truncated;
create trigger _100_not_rewritten before update on audit.words for each row execute function private.refuse_change();

-- One line of the trail, in the transaction of the act it tells about. Values are ids and codes: see
-- private.says_codes. p_target: the code of whom it was done to; in Shadow Mode the store, unless said otherwise.
-- p_acting: the acting session that the row is about, when it is over. p_words: what somebody wrote about it, to stand
-- beside the row, where it stands in no table of its own. Whoever has no login is the system when it is the worker or
-- the owner, and nobody when it is a guest.
create function private.audit(p_action text, p_entity text, p_key text, p_detail jsonb default '{}',
                              p_target text default null, p_before jsonb default null, p_after jsonb default null,
                              p_acting uuid default null, p_words jsonb default null) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_viewer uuid := private.viewer_id();
  v_acting uuid := coalesce(p_acting, private.viewer_acting());
  v_partner uuid := case when p_acting is null then private.viewer_partner()
                         else (select partner_id from app.acting_sessions where id = p_acting) end;
  v_event bigint;
begin
  insert into app.audit_events (actor_id, actor_code, partner_id, target_code, acting_session_id, action, entity,
                                entity_key, before, after, detail, ip, user_agent, request_id)
  values (v_viewer,
          case when v_viewer is not null then (select code from app.accounts where id = v_viewer)
               when session_user <> 'web' then 'SYSTEM' end,
          v_partner,
          coalesce(p_target, case when v_acting is not null
                                  then (select code from app.partners where id = v_partner) end),
          v_acting, p_action, p_entity, p_key, p_before, p_after, p_detail,
          left(private.request('ip'), 60), left(private.request('ua'), 200), left(private.request('id'), 60))
  returning id into v_event;
  if jsonb_strip_nulls(p_words) <> '{}' then
    insert into audit.words (event_id, words) values (v_event, jsonb_strip_nulls(p_words));
  end if;
end $$;

-- Was something about this entity written to the trail by this very transaction? A change that is rolled back to a
-- savepoint takes its row with it.
--
-- No code path skips the trail: a table that matters asks this of its rows when the transaction ends, so that what
-- matters cannot be committed without its row, written by whichever function or by hand. (By hand:
-- `select private.audit('ORDER_MOVED', 'order', 'ORD-…')` in the same transaction.)
create function private.require_audit() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_key text := to_jsonb(new) ->> tg_argv[1];
begin
  if not exists (select from app.audit_events e
                  where e.entity_key = v_key and e.entity = tg_argv[0] and e.xid = pg_current_xact_id()
                    and e.at >= transaction_timestamp()) then
    raise exception '% % was changed without a row in the audit trail', tg_argv[0], v_key using errcode = '23514';
  end if;
  return null;
end $$;
