-- The chain of the audit trail: what waits, what is linked, what is sealed, what is signed.
--
-- digest = sha256(private.audit_line(row)), hash = sha256(hash before || digest), the first before it being 32 zero
-- bytes. A seal is a batch of links; the worker signs it with a key that the database never sees. What it signs and
-- exports outside the database makes a rewritten or shortened chain visible even to somebody who owns the database.
--
-- Sealing, signing and checking are the worker's, through functions of `jobs`.

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

-- A finding about the trail: a SEV-1, and a mail to those who answer for it. One incident per kind; what goes on
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
-- says how far that reaches. agent and partner are the words of the prescribed line: the salesman and the store.
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
