-- The audit trail as evidence: by month, append-only for everybody, and sealed into a hash chain.
--
-- A row is written in the transaction of its act (private.audit). A trigger queues it, and one sealer takes it from the
-- queue some seconds later: a transaction that commits late is in the queue when it commits, so none is skipped, and no
-- checkout waits for a lock of the chain. Rows hold codes; what people wrote stands beside them in audit.words.
--
-- digest = sha256(private.audit_line(row)), hash = sha256(hash before || digest), the first before it being 32 zero
-- bytes. A seal is a batch of links; the worker signs it with a key that the database never sees. What it signs and
-- exports outside the database makes a rewritten or shortened chain visible even to somebody who owns the database.
--
-- Sealing, signing and checking are the worker's, through functions of `jobs`. Only auditors read the trail, through
-- app.search_audit and as evidence: no run-time role has any right to the tables.

-- What a row may say.

-- Does it hold nothing that somebody could have written or be called? Every text in it is a code (ORDER_HELD, ADM-001),
-- a word of our own (store, stock.buffer.default), or has a digit and no blank in it (numbers, ids, dates, digests).
-- Names, addresses and sentences are none of these. It dissolves into the check that asks (a body bound at creation, no
-- search_path of its own).
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

-- Nobody selects from it, so nothing is granted: an auditor asks app.search_audit.
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
      'create trigger _020_append_only_truncate before truncate on audit.%I for each statement execute function private.refuse_change()',
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

-- The chain: what waits, what is linked, what is sealed, what is signed.

-- The queue of the sealer. A row that was taken away before its seal is missed here.
create table audit.unsealed (
  event_id  bigint primary key,
  at        timestamptz not null,
  -- Why it cannot be sealed: MISSING, its event is gone or was moved in time; DOUBLE, an event of this number was
  -- sealed before.
  broken    text check (broken in ('MISSING', 'DOUBLE')),
  -- Since when it waits, by the clock and not by what the row says: a queue that stands is told.
  queued_at timestamptz not null default clock_timestamp()
);
create index unsealed_broken on audit.unsealed (event_id) where broken is not null;

alter table audit.unsealed enable row level security;

-- Only the sealer takes from the queue. The owner can say that he is it, as he can switch the trigger off; nobody else
-- may delete here at all.
create function private.guard_seal_queue() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op <> 'DELETE' or current_setting('app.sealing', true) is distinct from pg_current_xact_id()::text then
    perform private.refuse('DENIED', 'only the sealer takes from ' || tg_table_name);
  end if;
  return null;
end $$;
create trigger _100_sealer_only before update or delete or truncate on audit.unsealed
  for each statement execute function private.guard_seal_queue();
alter table audit.unsealed enable always trigger _100_sealer_only;

-- The chain: digest = sha256(line), hash = sha256(hash before || digest); see private.audit_line.
create table audit.links (
  seq      bigint primary key check (seq > 0),
  event_id bigint not null unique,
  event_at timestamptz not null,
  digest   bytea not null check (length(digest) = 32),
  hash     bytea not null check (length(hash) = 32)
);

alter table audit.links enable row level security;

create trigger _010_append_only before update or delete on audit.links
  for each row execute function private.refuse_change();
create trigger _020_append_only_truncate before truncate on audit.links
  for each statement execute function private.refuse_change();
alter table audit.links enable always trigger _010_append_only;
alter table audit.links enable always trigger _020_append_only_truncate;

-- A batch of links: from which place to which, and the hash before it and at its end.
create table audit.seals (
  batch     bigint primary key check (batch > 0),
  first_seq bigint not null,
  last_seq  bigint not null unique check (last_seq >= first_seq),
  previous  bytea not null,
  head      bytea not null,
  sealed_at timestamptz not null default clock_timestamp(),
  -- True: after this seal nothing was waiting any more, so whatever is sealed later was not there yet.
  drained   boolean not null
);
create index on audit.seals (sealed_at);

alter table audit.seals enable row level security;

create trigger _010_append_only before update or delete on audit.seals
  for each row execute function private.refuse_change();
create trigger _020_append_only_truncate before truncate on audit.seals
  for each statement execute function private.refuse_change();
alter table audit.seals enable always trigger _010_append_only;
alter table audit.seals enable always trigger _020_append_only_truncate;

-- What only the holder of the signing key can make; the key is never in the database.
create table audit.signatures (
  batch     bigint primary key references audit.seals,
  key_id    text not null,
  signature bytea not null,
  signed_at timestamptz not null default clock_timestamp()
);

alter table audit.signatures enable row level security;

create trigger _010_append_only before update or delete on audit.signatures
  for each row execute function private.refuse_change();
create trigger _020_append_only_truncate before truncate on audit.signatures
  for each statement execute function private.refuse_change();
alter table audit.signatures enable always trigger _010_append_only;
alter table audit.signatures enable always trigger _020_append_only_truncate;

-- What is hashed of a row: every column, as text that depends on no setting of the session. It is also the line of an
-- export. Put together by hand: JSON functions with 17 keys take three times as long, and a verifier asks for every row
-- of the trail. It dissolves into the query that asks (a body bound at creation, no search_path of its own). Null for
-- no row. A JSON null for before or after, which no row may have, is not written like none.
create function private.audit_line(e app.audit_events) returns text
language sql stable
begin atomic
  select '{"at": "' || to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
    || '", "id": ' || e.id::text
    || ', "xid": "' || e.xid::text
    || '", "actor_id": ' || coalesce('"' || e.actor_id::text || '"', 'null')
    || ', "actor": ' || coalesce(to_json(e.actor_code)::text, 'null')
    || ', "partner_id": ' || coalesce('"' || e.partner_id::text || '"', 'null')
    || ', "target": ' || coalesce(to_json(e.target_code)::text, 'null')
    || ', "acting_session": ' || coalesce('"' || e.acting_session_id::text || '"', 'null')
    || ', "action": ' || coalesce(to_json(e.action)::text, 'null')
    || ', "entity": ' || coalesce(to_json(e.entity)::text, 'null')
    || ', "key": ' || coalesce(to_json(e.entity_key)::text, 'null')
    || ', "before": ' || coalesce(case when e.before = 'null' then 'NULL' else e.before::text end, 'null')
    || ', "after": ' || coalesce(case when e.after = 'null' then 'NULL' else e.after::text end, 'null')
    || ', "detail": ' || e.detail::text
    || ', "ip": ' || coalesce(to_json(e.ip)::text, 'null')
    || ', "user_agent": ' || coalesce(to_json(e.user_agent)::text, 'null')
    || ', "request": ' || coalesce(to_json(e.request_id)::text, 'null') || '}';
end;

-- One sealer at a time.

-- Whose turn it is to seal and to sign: a lease that ends by itself, with a number that no two turns share. A lock that
-- any login can take by a number of its own would let any login stop the sealer; this row nobody reaches but through
-- the functions of the sealer.
create table audit.turn (
  id     boolean primary key default true check (id),
  number bigint not null default 0,
  until  timestamptz not null default '-infinity'
);

alter table audit.turn enable row level security;

insert into audit.turn default values;

-- Whether somebody has the turn. None is longer than two minutes: what says so is from before a clock was put back.
create function private.audit_turn_taken(p_until timestamptz) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
  select p_until between clock_timestamp() and clock_timestamp() + interval '2 minutes'
$$;

-- The number of the turn that begins, or null when another has it.
create function jobs.take_audit_turn(p_seconds integer) returns bigint
language sql security definer set search_path = pg_catalog, pg_temp as $$
  update audit.turn t
     set number = t.number + 1, until = clock_timestamp() + make_interval(secs => least(p_seconds, 120))
    from (select f.id from audit.turn f where not private.audit_turn_taken(f.until) for update skip locked) f
   where t.id = f.id
  returning t.number
$$;
grant execute on function jobs.take_audit_turn to worker;

-- So many seconds more, or none: the turn ends. False when another took it meanwhile.
create function jobs.keep_audit_turn(p_turn bigint, p_seconds integer) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update audit.turn
     set until = case when p_seconds > 0 then clock_timestamp() + make_interval(secs => least(p_seconds, 120))
                      else '-infinity' end
   where number = p_turn;
  return found;
end $$;
grant execute on function jobs.keep_audit_turn to worker;

-- Sealing and signing.

-- A finding about the trail: a SEV-1, and a letter to those who answer for it. One incident per kind; what goes on
-- being broken adds to it once an hour. Returns the incident's number.
create function jobs.note_audit_broken(p_what text, p_seq bigint, p_event bigint, p_words text) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_key text := 'audit-broken/' || lower(p_what); v record; v_id bigint; v_props jsonb;
begin
  select ref, last_seen_at into v from app.incidents where dedup_key = v_key and state <> 'CLOSED';
  if found and v.last_seen_at > now() - interval '1 hour' then return v.ref; end if;
  v_id := private.open_incident(1, 'AUDIT_BROKEN', v_key, null,
    jsonb_strip_nulls(jsonb_build_object('what', p_what, 'seq', p_seq, 'event', p_event, 'words', left(p_words, 300))));
  select ref into v from app.incidents where id = v_id;
  v_props := jsonb_build_object('what', p_what, 'seq', coalesce(p_seq, 0), 'incident', v.ref);
  perform private.notify_role('ADMIN', 'AUDIT_BROKEN', 'audit-broken/' || v.ref, v_props);
  perform private.notify_role('AUDITOR', 'AUDIT_BROKEN', 'audit-broken/' || v.ref, v_props);
  return v.ref;
end $$;
grant execute on function jobs.note_audit_broken to worker;

-- Links the next p_limit queued rows and seals them as one batch: the seal as JSON, {"count": 0} when nothing waited,
-- null when another sealer is at work or the turn p_turn is over; without a turn, only while nobody has it. It takes no
-- lock that an act ever waits for: acts only add to the queue.
--
-- What is wrong is told in `broken` and opens an incident in the same transaction; the sound rows around it are sealed.
-- A row that says it is from more than an hour before a moment at which nothing was waiting was added later than it
-- says, and one from more than an hour ahead is not from then either: both are sealed as they are, and told.
create function jobs.seal_audit(p_limit integer, p_turn bigint default null) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp
  set enable_hashjoin = off set enable_mergejoin = off as $$
declare
  v_turn audit.turn; v_last audit.seals; v_drained_at timestamptz; v_seq bigint; v_first bigint; v_hash bytea;
  v_taken integer := 0; v record; v_what text; v_broken jsonb := '[]'; v_batch bigint; v_sealed_at timestamptz;
begin
  select * into v_turn from audit.turn for update skip locked;
  if not found or (p_turn is null and private.audit_turn_taken(v_turn.until)) or p_turn <> v_turn.number then
    return null;
  end if;
  select * into v_last from audit.seals order by batch desc limit 1;
  -- A clock that ran ahead and was put right is no reason to suspect what came after: the signer's clock is asked too.
  select least(s.sealed_at, g.signed_at, clock_timestamp()) into v_drained_at
    from audit.seals s left join audit.signatures g on g.batch = s.batch where s.drained order by s.batch desc limit 1;
  v_seq := coalesce(v_last.last_seq, 0);
  v_first := v_seq + 1;
  v_hash := coalesce(v_last.head, decode(repeat('00', 32), 'hex'));
  perform set_config('app.sealing', pg_current_xact_id()::text, true);
  for v in
    with taken as (
      delete from audit.unsealed u where u.event_id in (
        select q.event_id from audit.unsealed q where q.broken is null order by q.event_id limit p_limit)
      returning u.event_id, u.at, u.queued_at)
    select t.event_id, t.at, t.queued_at, sha256(convert_to(private.audit_line(e), 'UTF8')) as digest,
           case when l.seq is not null then 'DOUBLE' when e.id is null then 'MISSING' end as broken
      from taken t
      left join app.audit_events e on e.id = t.event_id and e.at = t.at
      left join audit.links l on l.event_id = t.event_id
     order by t.event_id
  loop
    v_taken := v_taken + 1;
    v_what := coalesce(v.broken, case when v.at > clock_timestamp() + interval '1 hour' then 'ROW_FUTURE'
                                      when v.at < v_drained_at - interval '1 hour' then 'ROW_BACKDATED' end);
    if v.broken is not null then
      insert into audit.unsealed (event_id, at, broken, queued_at) values (v.event_id, v.at, v.broken, v.queued_at);
    else
      v_seq := v_seq + 1;
      v_hash := sha256(v_hash || v.digest);
      insert into audit.links values (v_seq, v.event_id, v.at, v.digest, v_hash);
    end if;
    if v_what is not null and jsonb_array_length(v_broken) < 20 then
      v_broken := v_broken || jsonb_build_object('what', v_what, 'event', v.event_id,
        'seq', case when v.broken is null then v_seq end);
    end if;
  end loop;
  perform set_config('app.sealing', '', true);
  for v in select b ->> 'what' as what, (b ->> 'event')::bigint as event, (b ->> 'seq')::bigint as seq
             from jsonb_array_elements(v_broken) b loop
    perform jobs.note_audit_broken(v.what, v.seq, v.event, 'seen by the sealer');
  end loop;
  if v_seq < v_first then return jsonb_build_object('count', 0, 'broken', v_broken); end if;
  insert into audit.seals (batch, first_seq, last_seq, previous, head, drained)
    values (coalesce(v_last.batch, 0) + 1, v_first, v_seq,
            coalesce(v_last.head, decode(repeat('00', 32), 'hex')), v_hash, v_taken < p_limit)
    returning batch, sealed_at into v_batch, v_sealed_at;
  return jsonb_build_object('batch', v_batch, 'firstSeq', v_first, 'lastSeq', v_seq, 'count', v_seq - v_first + 1,
    'head', encode(v_hash, 'hex'), 'sealedAt', v_sealed_at, 'drained', v_taken < p_limit, 'broken', v_broken);
end $$;
grant execute on function jobs.seal_audit to worker;

-- Signed once: what is signed already stays as it is. Refused when the turn p_turn is over.
create function jobs.sign_seal(p_batch bigint, p_key_id text, p_signature text, p_signed_at timestamptz,
                               p_turn bigint default null) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if p_turn is not null then
    perform from audit.turn t where t.number = p_turn for share;
    if not found then perform private.refuse('STALE', 'another worker has the turn of the sealer'); end if;
  end if;
  insert into audit.signatures (batch, key_id, signature, signed_at)
    values (p_batch, p_key_id, decode(p_signature, 'hex'), p_signed_at) on conflict (batch) do nothing;
end $$;
grant execute on function jobs.sign_seal to worker;

-- What a verifier reads.

-- Where the chain ends, in one glance, so that links beyond the last seal are not a matter of timing; what of the queue
-- cannot be sealed, and what is next in it, since when.
create function jobs.audit_state() returns jsonb
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select jsonb_build_object(
    'linkSeq', coalesce((select max(l.seq) from audit.links l), 0),
    'sealSeq', coalesce((select max(s.last_seq) from audit.seals s), 0),
    'batch', coalesce((select max(s.batch) from audit.seals s), 0),
    'signedBatch', coalesce((select max(g.batch) from audit.signatures g), 0),
    'waiting', (select count(*) from (select from audit.unsealed u where u.broken is null limit 10000) w),
    'oldest', (
      select jsonb_build_object('event', u.event_id,
               'at', to_char(u.queued_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
        from audit.unsealed u where u.broken is null order by u.event_id limit 1),
    'broken', (
      select coalesce(jsonb_agg(b.event_id order by b.event_id), '[]') from (
        select u.event_id
          from (select q.event_id, q.at from audit.unsealed q
                 where q.broken is null order by q.event_id limit 10000) u
         where not exists (select from app.audit_events e where e.id = u.event_id and e.at = u.at)
        union all
        select q.event_id from audit.unsealed q where q.broken is not null limit 20) b),
    'now', to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
$$;
grant execute on function jobs.audit_state to worker;

-- A page of the chain. `line` is null when the event is gone. Rows are looked up one by one: left to itself, the
-- planner reads whole months for each page.
create function jobs.read_audit_chain(p_after bigint, p_limit integer)
returns table (seq bigint, event_id bigint, digest text, hash text, line text)
language sql stable security definer set search_path = pg_catalog, pg_temp
  set enable_hashjoin = off set enable_mergejoin = off as $$
  select l.seq, l.event_id, encode(l.digest, 'hex'), encode(l.hash, 'hex'), private.audit_line(e)
    from (select * from audit.links p where p.seq > p_after order by p.seq limit p_limit) l
    left join app.audit_events e on e.id = l.event_id and e.at = l.event_at
   order by l.seq
$$;
grant execute on function jobs.read_audit_chain to worker;

create function jobs.read_audit_seals(p_after bigint, p_limit integer)
returns table (batch bigint, first_seq bigint, last_seq bigint, previous text, head text, sealed_at text,
               drained boolean, key_id text, signature text, signed_at text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select s.batch, s.first_seq, s.last_seq, encode(s.previous, 'hex'), encode(s.head, 'hex'),
         to_char(s.sealed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), s.drained,
         g.key_id, encode(g.signature, 'hex'), to_char(g.signed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
    from audit.seals s
    left join audit.signatures g on g.batch = s.batch
   where s.batch > p_after
   order by s.batch limit p_limit
$$;
grant execute on function jobs.read_audit_seals to worker;

-- Rows of the trail that are neither in the chain nor in the queue, a stretch of p_limit rows at a time, from after
-- p_after or, for null, from the very first, whatever its number: `next` is where to go on, as text, null at the end. A
-- link before the first place of the chain is none.
create function jobs.audit_strays(p_after bigint, p_limit integer) returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare v_from bigint := coalesce(p_after + 1, -9223372036854775808); v_to bigint; v_last bigint;
begin
  -- The number p_limit rows on; at the end of the trail its last one.
  select max(s.id), case when count(*) = p_limit and max(s.id) < 9223372036854775807 then max(s.id) end
    into v_last, v_to
    from (select e.id from app.audit_events e where e.id >= v_from order by e.id limit p_limit) s;
  return jsonb_build_object('next', v_to::text, 'strays', (
    select coalesce(jsonb_agg(s.id order by s.id), '[]') from (
      select e.id from app.audit_events e
       where e.id >= v_from and e.id <= v_last
         and not exists (select from audit.links l
                          where l.event_id = e.id and l.event_at = e.at
                            and l.event_id >= v_from and l.event_id <= v_last and l.seq > 0)
         and not exists (select from audit.unsealed u where u.event_id = e.id and u.at = e.at)
       limit 100) s));
end $$;
grant execute on function jobs.audit_strays to worker;

-- Besides sealing: acts go to the log, the head goes to the auditors' mailboxes, and the chain is checked each day.

-- How far the worker has come with what it does besides sealing, to be shown. None of it is evidence, and the check
-- believes none of it.
create table audit.watch (
  id               boolean primary key default true check (id),
  logged_batch     bigint not null default 0,
  mailed_batch     bigint not null default 0,
  mailed_at        timestamptz,
  check_started_at timestamptz,
  check_batch      bigint not null default 0,
  check_findings   integer not null default 0,
  checked_at       timestamptz,
  checked_seq      bigint not null default 0,
  checked_findings integer not null default 0
);

alter table audit.watch enable row level security;

insert into audit.watch default values;

-- Acts in Shadow Mode of sealed batches that are not in the log yet, of up to p_limit batches; a row without an act
-- says how far that reaches.
create function jobs.acts_to_log(p_limit integer)
returns table (batch bigint, seq bigint, at timestamptz, agent text, partner text, action text)
language sql stable security definer set search_path = pg_catalog, pg_temp
  set enable_hashjoin = off set enable_mergejoin = off as $$
  with due as (
    select n.batch, n.first_seq, n.last_seq from audit.seals n, audit.watch w
     where n.batch > w.logged_batch order by n.batch limit p_limit)
  select s.batch, l.seq, e.at, coalesce(a.code, e.actor_code), coalesce(p.code, e.target_code), e.action
    from due s
    join audit.links l on l.seq between s.first_seq and s.last_seq
    join app.audit_events e on e.id = l.event_id and e.at = l.event_at and e.acting_session_id is not null
    left join app.partners p on p.id = e.partner_id
    -- Whose acting it was: an end may be of somebody else's doing (ACTING_ENDED).
    left join app.acting_sessions c on c.id = e.acting_session_id
    left join app.accounts a on a.id = c.salesman_id
  union all
  select max(s.batch), null, null, null, null, null from due s having max(s.batch) is not null
   order by 2 nulls last
$$;
grant execute on function jobs.acts_to_log to worker;

create function jobs.note_acts_logged(p_batch bigint) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  update audit.watch set logged_batch = p_batch where logged_batch < p_batch
$$;
grant execute on function jobs.note_acts_logged to worker;

-- The newest signed head to the auditors' mailboxes: when there is a new one, and six hours after the last.
create function jobs.mail_audit_head() returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v record;
begin
  update audit.watch w set mailed_at = now(), mailed_batch = g.batch
    from (select batch from audit.signatures order by batch desc limit 1) g
   where g.batch > w.mailed_batch and (w.mailed_at is null or w.mailed_at < now() - interval '6 hours');
  if not found then return false; end if;
  select s.batch, s.last_seq, encode(s.head, 'hex') as head, s.sealed_at, g.key_id,
         encode(g.signature, 'base64') as signature
    into v
    from audit.signatures g join audit.seals s on s.batch = g.batch order by g.batch desc limit 1;
  perform private.notify_role('AUDITOR', 'AUDIT_HEAD', 'audit-head/' || v.batch,
    jsonb_build_object('batch', v.batch, 'seq', v.last_seq, 'head', v.head, 'sealedAt', v.sealed_at,
      'keyId', v.key_id, 'signature', replace(v.signature, E'\n', '')));
  return true;
end $$;
grant execute on function jobs.mail_audit_head to worker;

-- What the daily check says of itself, to be shown. When it is due and how far it is, the worker alone knows.
create function jobs.begin_audit_check() returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  update audit.watch set check_started_at = now(), check_batch = 0, check_findings = 0
$$;
grant execute on function jobs.begin_audit_check to worker;

create function jobs.note_audit_check(p_batch bigint, p_findings integer) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  update audit.watch set check_batch = p_batch, check_findings = p_findings
$$;
grant execute on function jobs.note_audit_check to worker;

create function jobs.finish_audit_check(p_seq bigint, p_findings integer) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  update audit.watch
     set checked_at = now(), checked_seq = p_seq, checked_findings = p_findings,
         check_started_at = null, check_batch = 0, check_findings = 0
$$;
grant execute on function jobs.finish_audit_check to worker;

-- Reading the trail is an act too: that an auditor asked is written in the same transaction. Turning pages or asking
-- the same again within five minutes is one reading, so that the trail does not fill with its readers.

create function private.assert_auditor() returns void
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform private.assert_alive();
  if private.viewer_role() is distinct from 'AUDITOR' then
    perform private.refuse('DENIED', 'only an auditor reads the trail');
  end if;
end $$;

-- What was asked for, as it may stand in the trail: codes of the trail's own, and of anything else only that it was
-- asked for.
create function private.asked_of_audit(p_filter jsonb) returns jsonb
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select coalesce(jsonb_object_agg(f.key, case when known then to_jsonb(f.value) else 'true' end), '{}')
    from jsonb_each_text(p_filter) f
    cross join lateral (
      select case f.key
        when 'action' then exists (select from app.audit_events where action = f.value)
        when 'key' then private.says_codes(to_jsonb(f.value))
          and exists (select from app.audit_events where entity_key = f.value)
        when 'request' then exists (select from app.audit_events where request_id = f.value)
        else exists (select from app.accounts where code = f.value)
          or exists (select from app.partners where code = f.value) end as known) k
   where f.key in ('action', 'actor', 'target', 'key', 'request')
$$;

-- What people wrote about a row of the trail: {"reason", "note", "attended", "address"}, each where there is one, else
-- {}. It stands where it belongs, and the row names the place; what belongs nowhere else stands in audit.words. Whoever
-- may read the trail reads it here.
create function private.audit_words(e app.audit_events) returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return jsonb_strip_nulls(coalesce((select w.words from audit.words w where w.event_id = e.id), '{}')
    || coalesce(case e.action
      when 'ACTING_BEGUN' then (
        select jsonb_build_object('reason', s.reason) from app.acting_sessions s where s.id = e.acting_session_id)
      when 'ACCOUNT_SUSPENDED' then (
        select jsonb_build_object('reason', s.reason)
          from app.suspensions s where s.id = (e.detail ->> 'suspension')::bigint)
      when 'LIFT_REQUESTED' then (
        select jsonb_build_object('reason', s.lift_reason)
          from app.suspensions s where s.id = (e.detail ->> 'suspension')::bigint)
      when 'SUSPENSION_LIFTED' then (
        select jsonb_build_object('reason', s.lift_reason)
          from app.suspensions s where s.id = (e.detail ->> 'suspension')::bigint)
      when 'CASE_NOTED' then (
        select jsonb_build_object('note', n.note)
          from app.case_notes n where n.id = (e.detail ->> 'note')::bigint)
      when 'EVIDENCE_EXPORTED' then (
        select jsonb_build_object('reason', x.reason) from app.evidence_exports x where x.ref = e.entity_key)
      when 'ERP_CHECKPOINT_WRITTEN' then (
        select jsonb_build_object('attended', c.attended)
          from app.erp_checkpoints c where c.id = (e.detail ->> 'checkpoint')::bigint)
      when 'ALERT_SENT_AGAIN' then (
        select jsonb_build_object('reason', a.note)
          from app.alert_attempts a where a.id = (e.detail ->> 'attempt')::bigint)
      when 'OWNER_CONTACT_CHANGED' then (
        select jsonb_build_object('reason', a.note)
          from app.alert_attempts a where a.id = (e.detail ->> 'attempt')::bigint)
    end, '{}')); -- Where it is gone by retention too.
end $$;

-- The actions of which private.audit_words looks elsewhere than in audit.words.
create function private.worded_actions() returns text[]
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select array['ACTING_BEGUN', 'ACCOUNT_SUSPENDED', 'LIFT_REQUESTED', 'SUSPENSION_LIFTED', 'CASE_NOTED',
               'EVIDENCE_EXPORTED', 'ERP_CHECKPOINT_WRITTEN', 'ALERT_SENT_AGAIN', 'OWNER_CONTACT_CHANGED']
$$;

-- p_filter: any of action, actor, target, key, request. Newest first, from before the event p_before.
create function app.search_audit(p_filter jsonb, p_before bigint, p_limit integer)
returns table (id bigint, at timestamptz, actor_code text, actor_name text, target_code text, target_name text,
               action text, entity text, entity_key text, before jsonb, after jsonb, detail jsonb, ip text,
               user_agent text, request_id text, store_code text, store_name text, shadow boolean, seq bigint)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_filter jsonb := jsonb_strip_nulls(p_filter); v_asked jsonb; v_where text := ''; v_key text; v_test text;
begin
  perform private.assert_alive();
  perform private.assert_auditor();
  v_asked := private.asked_of_audit(v_filter);
  if not exists (select from app.audit_events e
                  where e.actor_id = private.viewer_id() and e.action = 'AUDIT_READ' and e.detail = v_asked
                    and e.at > now() - interval '5 minutes') then
    perform private.audit('AUDIT_READ', 'audit', null, v_asked);
  end if;
  -- Only what is asked for stands in the query, so that each search has the index that fits.
  for v_key, v_test in
    values ('action', 'e.action = %L'),
           ('actor', 'e.actor_id = (select id from app.accounts where code = %L)'),
           ('target', 'e.target_code = %L'),
           ('key', 'e.entity_key = %L'),
           ('request', 'e.request_id = %L')
  loop
    if v_filter ? v_key then v_where := v_where || ' and ' || format(v_test, v_filter ->> v_key); end if;
  end loop;
  if p_before is not null then v_where := v_where || format(' and e.id < %L::bigint', p_before); end if;
  return query execute format($query$
    select e.id, e.at, e.actor_code, a.name, e.target_code, coalesce(t.name, o.name), e.action, e.entity, e.entity_key,
      e.before, e.after,
           e.detail || private.audit_words(e.*::app.audit_events), e.ip, e.user_agent, e.request_id, p.code, p.name,
             e.acting_session_id is not null, l.seq
      from (select * from app.audit_events e where true %s order by e.id desc limit %s) e
      left join app.accounts a on a.id = e.actor_id left join app.partners p on p.id = e.partner_id
      left join app.accounts t on t.code = e.target_code left join app.partners o on o.code = e.target_code
      left join audit.links l on l.event_id = e.id
     order by e.id desc$query$, v_where, least(greatest(p_limit, 1), 200));
end $$;
grant execute on function app.search_audit to authenticated;

-- Which actions occur, and how the chain stands; nothing of what the rows say.
create function app.audit_overview() returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform private.assert_alive();
  perform private.assert_auditor();
  return (
    with recursive hop (action) as (
      (select action from app.audit_events order by action limit 1)
      union all
      select (select e.action from app.audit_events e where e.action > hop.action order by e.action limit 1)
        from hop where hop.action is not null)
    select jsonb_build_object(
      'actions', (select jsonb_agg(h.action) from (select action from hop where action is not null limit 200) h),
      'seal', (
        select jsonb_build_object('seq', s.last_seq, 'batch', s.batch, 'at', s.sealed_at, 'head', encode(s.head, 'hex'))
          from audit.seals s order by s.batch desc limit 1),
      'signed', (
        select jsonb_build_object('batch', g.batch, 'at', g.signed_at, 'keyId', g.key_id)
          from audit.signatures g order by g.batch desc limit 1),
      'waiting', (select count(*) from (select from audit.unsealed limit 1001) u),
      'check', (
        select jsonb_build_object('at', w.checked_at, 'seq', w.checked_seq, 'findings', w.checked_findings,
                 'running', w.check_started_at is not null)
          from audit.watch w)));
end $$;
grant execute on function app.audit_overview to authenticated;
