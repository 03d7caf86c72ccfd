-- Evidence for HR and legal: what the trail holds about one salesman in one period, up to one signed place in the
-- chain.
--
-- A scope (salesman, days, place in the chain) is fixed the first time somebody asks for it: which rows of the trail
-- belong to it, and how his orders, his hits and the words beside those rows read then. Whoever asks for the same scope
-- later gets the same bytes; what was added since, the export's own rows in the trail too, lies beyond the place in the
-- chain.
--
-- An auditor asks for an export of a scope, opens a download of it and reads it page by page; both acts are told to the
-- trail. Staff see who asked about whom, and why. What a scope holds is read through the pages alone.

-- What was fixed.

create table audit.evidence_scopes (
  id          bigint generated always as identity primary key,
  account_id  uuid not null references app.accounts on delete restrict,
  code        text not null,
  name        text not null,
  period_from date not null,
  period_to   date not null check (period_to >= period_from),
  up_to_seq   bigint not null,
  up_to_batch bigint not null references audit.seals,
  public_key  text,
  frozen_at   timestamptz not null default now(),
  unique (account_id, period_from, period_to, up_to_seq)
);
comment on table audit.evidence_scopes is
  'What an export covers, and the keys that its signatures were checked with when it was fixed.';

alter table audit.evidence_scopes enable row level security;

create trigger _010_append_only before update or delete on audit.evidence_scopes
  for each row execute function private.refuse_change();
create trigger _020_append_only_truncate before truncate on audit.evidence_scopes
  for each statement execute function private.refuse_change();

-- Which rows of the trail belong to a scope, by their place in the chain.
create table audit.evidence_rows (
  scope_id bigint not null references audit.evidence_scopes,
  seq      bigint not null references audit.links,
  primary key (scope_id, seq)
);

alter table audit.evidence_rows enable row level security;

create trigger _010_append_only before update or delete on audit.evidence_rows
  for each row execute function private.refuse_change();
create trigger _020_append_only_truncate before truncate on audit.evidence_rows
  for each statement execute function private.refuse_change();

create table audit.evidence_lines (
  scope_id bigint not null references audit.evidence_scopes,
  kind     text not null check (kind in ('ORDER', 'HIT', 'WORDS')),
  n        integer not null,
  line     text not null,
  primary key (scope_id, kind, n)
);
comment on table audit.evidence_lines is
  'Orders, hits and what people wrote beside rows of the trail change later; here they stay as they were read for '
  'this scope.';

alter table audit.evidence_lines enable row level security;

create trigger _010_append_only before update or delete on audit.evidence_lines
  for each row execute function private.refuse_change();
create trigger _020_append_only_truncate before truncate on audit.evidence_lines
  for each statement execute function private.refuse_change();

-- Who asked for it, and who took it away.

create sequence app.evidence_numbers;
create table app.evidence_exports (
  id           bigint generated always as identity unique,
  ref          text primary key check (ref ~ '^EXP-[0-9]{4}-[0-9]{5,9}$'),
  scope_id     bigint not null references audit.evidence_scopes,
  subject_code text not null,
  subject_name text not null,
  period_from  date not null,
  period_to    date not null,
  reason       text not null check (private.is_note(reason, 200)),
  requested_id uuid not null references app.accounts on delete restrict,
  requested_by text not null,
  requested_at timestamptz not null default now(),
  first_seq    bigint not null,
  first_batch  bigint not null,
  up_to_seq    bigint not null,
  up_to_batch  bigint not null,
  audit_rows   integer not null,
  order_rows   integer not null,
  hit_rows     integer not null,
  chain_rows   bigint not null,
  sha256       text check (sha256 ~ '^[0-9a-f]{64}$'),
  bytes        bigint,
  completed_at timestamptz,
  check ((sha256 is null) = (completed_at is null) and (bytes is null) = (completed_at is null))
);
comment on table app.evidence_exports is
  'Who asked for evidence about whom, and why. Size and sum are those of the first complete download.';
create index on app.evidence_exports (subject_code, id desc);

call private.for_staff(array['evidence_exports']);

-- A download is told to the trail before its first row is read; the pages ask for it.
create table audit.evidence_downloads (
  id         bigint generated always as identity primary key,
  ref        text not null references app.evidence_exports,
  session_id uuid not null,
  at         timestamptz not null default now()
);
create index on audit.evidence_downloads (ref, session_id, at desc);

alter table audit.evidence_downloads enable row level security;

create trigger _010_append_only before update or delete on audit.evidence_downloads
  for each row execute function private.refuse_change();
create trigger _020_append_only_truncate before truncate on audit.evidence_downloads
  for each statement execute function private.refuse_change();

-- Fixing a scope: of the trail, the orders and the hits one row more is taken than an export may have, so that too much
-- is seen.

-- A moment as text that depends on no setting of the session.
create function private.utc_text(p_at timestamptz) returns text
language sql stable set search_path = pg_catalog, pg_temp as $$
  select to_char(p_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
$$;

-- Up to where in the chain: the first signed batch that was sealed well after the period had ended (a row that commits
-- late comes minutes late at most), or the latest signed one while there is none.
create function private.evidence_end(p_end timestamptz) returns audit.seals
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare v audit.seals;
begin
  select s.* into v from audit.seals s join audit.signatures g on g.batch = s.batch
   where s.sealed_at >= p_end + interval '5 minutes' order by s.sealed_at, s.batch limit 1;
  if not found then
    select s.* into v from audit.signatures g join audit.seals s on s.batch = g.batch order by g.batch desc limit 1;
  end if;
  return v;
end $$;

-- The rows of the trail about a salesman: what he did, what was done to him, to his acting sessions and to his shadow
-- orders.
create function private.freeze_trail(p_scope audit.evidence_scopes, p_start timestamptz, p_end timestamptz)
returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_account uuid := p_scope.account_id;
  v_code text := p_scope.code;
  v_rows integer;
begin
  insert into audit.evidence_rows (scope_id, seq)
    select p_scope.id, l.seq
      from (select e.id from app.audit_events e where e.actor_id = v_account and e.at >= p_start and e.at < p_end
            union
            select e.id from app.audit_events e where e.target_code = v_code and e.at >= p_start and e.at < p_end
            union
            select e.id from app.audit_events e
             where e.entity_key = v_code and e.entity = 'account' and e.at >= p_start and e.at < p_end
            union
            select e.id from app.acting_sessions s join app.audit_events e on e.acting_session_id = s.id
             where s.salesman_id = v_account and e.at >= p_start and e.at < p_end
            union
            select e.id from app.orders o join app.audit_events e on e.entity_key = o.number and e.entity = 'order'
             where o.placed_by = v_account and o.acting_session_id is not null
               and e.at >= p_start and e.at < p_end) found
      join audit.links l on l.event_id = found.id
     where l.seq <= p_scope.up_to_seq
     limit 300001;
  get diagnostics v_rows = row_count;
  return v_rows;
end $$;

-- His shadow orders of the period, each with its trace, verdict, alerts by channel, dispute and holds. Without
-- addresses of owners.
create function private.freeze_orders(p_scope audit.evidence_scopes, p_start timestamptz, p_end timestamptz)
returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_rows integer;
begin
  insert into audit.evidence_lines (scope_id, kind, n, line)
    select p_scope.id, 'ORDER', row_number() over (order by o.id), jsonb_build_object(
        'number', o.number, 'placedAt', private.utc_text(o.created_at), 'store', p.code, 'storeName', p.name,
        'total', o.total, 'marketTotal', o.market_total, 'tier', o.tier, 'credit', o.credit_light,
        'degraded', o.degraded, 'status', o.status, 'held', o.held, 'sync', o.sync_status,
        'erpDocument', o.erp_document, 'actingSession', o.acting_session_id, 'actingReason', s.reason,
        'lines', (
          select jsonb_agg(jsonb_build_object('sku', l.sku, 'name', l.name, 'quantity', l.quantity,
                   'preorder', l.preorder, 'unitPrice', l.unit_price) order by l.line_no)
            from app.order_lines l where l.order_id = o.id),
        'trace', case when t.order_id is not null then jsonb_build_object(
          'assigned', t.assigned, 'basket', t.basket, 'ip', t.ip, 'userAgent', t.user_agent, 'device', t.device,
          'sentDevice', t.sent_device, 'place', t.place, 'distanceKm', t.distance_km, 'verdict', t.verdict,
          'why', t.verdict_why, 'inspectedAt', private.utc_text(t.inspected_at)) end,
        'alerts', (
          select jsonb_agg(jsonb_build_object('channel', a.channel, 'state', a.state, 'attempts', a.attempts,
                   'sentAt', private.utc_text(a.sent_at)) order by a.channel)
            from app.shadow_alerts a where a.order_id = o.id),
        'dispute', case when d.order_id is not null then jsonb_build_object(
          'via', d.via, 'note', d.note, 'disputedAt', private.utc_text(d.disputed_at), 'outcome', d.outcome,
          'resolutionNote', d.resolution_note, 'resolvedAt', private.utc_text(d.resolved_at),
          'resolvedBy', d.resolved_by) end,
        'holds', (
          select jsonb_agg(jsonb_build_object('reason', h.reason, 'placedAt', private.utc_text(h.placed_at),
                   'placedBy', h.placed_by, 'releasedAt', private.utc_text(h.released_at),
                   'releasedBy', h.released_by, 'note', h.note) order by h.id)
            from app.order_holds h where h.order_id = o.id))::text
      from app.orders o
      join app.partners p on p.id = o.partner_id
      left join app.acting_sessions s on s.id = o.acting_session_id
      left join app.shadow_traces t on t.order_id = o.id
      left join app.disputes d on d.order_id = o.id
     where o.placed_by = p_scope.account_id and o.acting_session_id is not null
       and o.created_at >= p_start and o.created_at < p_end
     limit 20001;
  get diagnostics v_rows = row_count;
  return v_rows;
end $$;

-- The rules that fired about him in the period, each with what it saw.
create function private.freeze_hits(p_scope audit.evidence_scopes, p_start timestamptz, p_end timestamptz)
returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_rows integer;
begin
  insert into audit.evidence_lines (scope_id, kind, n, line)
    select p_scope.id, 'HIT', row_number() over (order by h.at, h.id), jsonb_build_object(
        'id', h.id, 'at', private.utc_text(h.at), 'order', o.number, 'rule', h.rule, 'ruleVersion', h.rule_version,
        'weight', h.weight, 'geographic', h.geographic, 'inputs', h.inputs)::text
      from app.abuse_hits h
      left join app.orders o on o.id = h.order_id
     where h.salesman_id = p_scope.account_id and h.at >= p_start and h.at < p_end
     limit 20001;
  get diagnostics v_rows = row_count;
  return v_rows;
end $$;

-- What people wrote beside the rows of the trail, which hold none of it: seq is the row's place in the chain.
create function private.freeze_words(p_scope audit.evidence_scopes, p_start timestamptz, p_end timestamptz) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into audit.evidence_lines (scope_id, kind, n, line)
    -- Few of many rows have words: those are found first.
    with worded as materialized (
      select e.id from app.audit_events e
       where e.action = any (private.worded_actions()) and e.at >= p_start and e.at < p_end
      union
      select w.event_id from audit.words w),
    mine as materialized (
      select r.seq, l.event_id, l.event_at
        from worded
        join audit.links l on l.event_id = worded.id
        join audit.evidence_rows r on r.seq = l.seq and r.scope_id = p_scope.id),
    found as materialized (
      select m.seq, e.action, e.entity_key, private.audit_words(e) as words
        from mine m
        join app.audit_events e on e.id = m.event_id and e.at = m.event_at)
    select p_scope.id, 'WORDS', row_number() over (order by f.seq),
           (jsonb_build_object('seq', f.seq, 'action', f.action, 'key', f.entity_key) || f.words)::text
      from found f where f.words <> '{}';
end $$;

-- The scope as it was fixed, or fixed now. Two who ask at once get the same one: the second waits at the unique key.
create function private.evidence_scope(p_subject app.accounts, p_from date, p_to date, p_key text)
returns audit.evidence_scopes
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v audit.evidence_scopes;
  v_start timestamptz := p_from::timestamp at time zone 'Asia/Jakarta';
  v_end timestamptz := (p_to + 1)::timestamp at time zone 'Asia/Jakarta';
  v_seal audit.seals;
begin
  v_seal := private.evidence_end(v_end);
  if v_seal.batch is null then perform private.refuse('NOT_SIGNED_YET'); end if;
  insert into audit.evidence_scopes (account_id, code, name, period_from, period_to, up_to_seq, up_to_batch, public_key)
    values (p_subject.id, p_subject.code, p_subject.name, p_from, p_to, v_seal.last_seq, v_seal.batch, p_key)
    on conflict do nothing returning * into v;
  if not found then
    select * into v from audit.evidence_scopes s
     where s.account_id = p_subject.id and s.period_from = p_from and s.period_to = p_to
       and s.up_to_seq = v_seal.last_seq;
    return v;
  end if;
  if private.freeze_trail(v, v_start, v_end) > 300000
     or private.freeze_orders(v, v_start, v_end) > 20000
     or private.freeze_hits(v, v_start, v_end) > 20000 then
    perform private.refuse('EXPORT_TOO_LARGE');
  end if;
  perform private.freeze_words(v, v_start, v_end);
  return v;
end $$;

-- Asking for an export.

-- Where the stretch of the chain begins: with the batch before that of its first row, whose head the reader can check
-- too.
create function private.evidence_start(p_scope audit.evidence_scopes) returns audit.seals
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with first as (
    select s.batch from audit.seals s
     where s.last_seq >= coalesce((select min(r.seq) from audit.evidence_rows r where r.scope_id = p_scope.id),
                                  p_scope.up_to_seq)
     order by s.last_seq limit 1)
  select s.* from audit.seals s, first where s.batch in (first.batch - 1, first.batch) order by s.batch limit 1
$$;

-- Asks for evidence about a salesman: the days by Jakarta's calendar, both included. Returns the reference of the
-- export. p_key: the public key(s) that signatures are checked with, for the package.
create function app.begin_export(p_code text, p_from date, p_to date, p_reason text, p_key text default null)
returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_subject app.accounts;
  v_scope audit.evidence_scopes;
  v_first audit.seals;
  v_export app.evidence_exports;
  v_ref text;
begin
  perform private.assert_alive();
  perform private.assert_role('AUDITOR', 'only an auditor exports evidence');
  select * into v_subject from app.accounts where code = p_code and role = 'SALESMAN';
  if not found then perform private.refuse('NOT_FOUND'); end if;
  if p_from is null then perform private.refuse('DAY', field => 'from'); end if;
  if p_to is null or p_to < p_from or p_to - p_from >= 400 or p_to > (now() at time zone 'Asia/Jakarta')::date then
    perform private.refuse('PERIOD', field => 'to');
  end if;
  perform private.assert_note(p_reason, 200, 'reason');
  v_scope := private.evidence_scope(v_subject, p_from, p_to, left(p_key, 4000));
  v_first := private.evidence_start(v_scope);
  select 'EXP-' || to_char(now() at time zone 'Asia/Jakarta', 'YYYY') || '-'
         || lpad(n::text, greatest(5, length(n::text)), '0')
    into v_ref from nextval('app.evidence_numbers') as n;
  insert into app.evidence_exports (ref, scope_id, subject_code, subject_name, period_from, period_to, reason,
                                    requested_id, requested_by, first_seq, first_batch, up_to_seq, up_to_batch,
                                    audit_rows, order_rows, hit_rows, chain_rows)
    select v_ref, v_scope.id, v_scope.code, v_scope.name, p_from, p_to, btrim(p_reason), a.id, a.code,
           v_first.first_seq, v_first.batch, v_scope.up_to_seq, v_scope.up_to_batch,
           (select count(*) from audit.evidence_rows r where r.scope_id = v_scope.id),
           (select count(*) from audit.evidence_lines l where l.scope_id = v_scope.id and l.kind = 'ORDER'),
           (select count(*) from audit.evidence_lines l where l.scope_id = v_scope.id and l.kind = 'HIT'),
           v_scope.up_to_seq - v_first.first_seq + 1
      from app.accounts a where a.id = private.viewer_id()
    returning * into v_export;
  perform private.audit('EVIDENCE_EXPORTED', 'evidence', v_ref,
    jsonb_build_object('from', p_from, 'to', p_to, 'upToSeq', v_export.up_to_seq, 'rows', v_export.audit_rows),
    v_export.subject_code);
  return v_ref;
end $$;
grant execute on function app.begin_export to authenticated;

-- Downloading it, page by page.

-- Opens a download for an hour, for the login that asks: the auditor's own export, within a day of its request.
create function app.begin_download(p_ref text) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.evidence_exports;
begin
  perform private.assert_alive();
  perform private.assert_role('AUDITOR', 'only an auditor downloads evidence');
  select * into v from app.evidence_exports where ref = p_ref;
  if not found then perform private.refuse('NOT_FOUND'); end if;
  if v.requested_id <> private.viewer_id() then perform private.refuse('DENIED', 'an export of somebody else'); end if;
  if v.requested_at < now() - interval '24 hours' then
    perform private.refuse('EXPORT_OLD');
  end if;
  insert into audit.evidence_downloads (ref, session_id) values (p_ref, (private.claim('session_id'))::uuid);
  perform private.audit('EVIDENCE_DOWNLOADED', 'evidence', p_ref,
    jsonb_build_object('from', v.period_from, 'to', v.period_to, 'upToSeq', v.up_to_seq), v.subject_code);
  return (
    select jsonb_build_object(
        'code', s.code, 'name', s.name, 'from', s.period_from, 'to', s.period_to,
        'frozenAt', private.utc_text(s.frozen_at),
        'firstBatch', v.first_batch, 'lastBatch', v.up_to_batch, 'firstSeq', v.first_seq, 'lastSeq', v.up_to_seq,
        'previous', encode(f.previous, 'hex'), 'head', encode(l.head, 'hex'), 'publicKey', s.public_key,
        'auditRows', v.audit_rows, 'orderRows', v.order_rows, 'hitRows', v.hit_rows, 'chainRows', v.chain_rows,
        'wordRows', (select count(*) from audit.evidence_lines w where w.scope_id = s.id and w.kind = 'WORDS'))
      from audit.evidence_scopes s
      join audit.seals f on f.batch = v.first_batch
      join audit.seals l on l.batch = v.up_to_batch
     where s.id = v.scope_id);
end $$;
grant execute on function app.begin_download to authenticated;

-- The export that this login is downloading right now. Every page asks again: an auditor who is shut out gets no
-- further.
create function private.opened_export(p_ref text) returns app.evidence_exports
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare v app.evidence_exports;
begin
  perform private.assert_role('AUDITOR', 'only an auditor downloads evidence');
  select x.* into v from app.evidence_exports x
   where x.ref = p_ref and x.requested_id = private.viewer_id()
     and exists (select from audit.evidence_downloads d
                  where d.ref = p_ref and d.session_id = (private.claim('session_id'))::uuid
                    and d.at > now() - interval '1 hour');
  if not found then perform private.refuse('DENIED', 'no download of this export is open'); end if;
  return v;
end $$;

-- Rows of the trail as they were hashed, in the order of the chain. The settings keep to look-ups by key, of which a
-- page needs few.
create function app.export_audit_page(p_ref text, p_after bigint, p_limit integer) returns table (seq bigint, line text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp
  set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off as $$
declare v_scope bigint;
begin
  perform private.assert_alive();
  v_scope := (private.opened_export(p_ref)).scope_id;
  return query
    select r.seq, private.audit_line(e)
      from (select x.seq from audit.evidence_rows x
             where x.scope_id = v_scope and x.seq > p_after
             order by x.seq limit least(p_limit, 5000)) r
      join audit.links l on l.seq = r.seq
      join app.audit_events e on e.id = l.event_id and e.at = l.event_at
     order by r.seq;
end $$;
grant execute on function app.export_audit_page to authenticated;

-- Orders, hits or words as they were fixed. p_kind: ORDER, HIT or WORDS.
create function app.export_lines_page(p_ref text, p_kind text, p_after integer, p_limit integer)
returns table (n integer, line text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare v_scope bigint;
begin
  perform private.assert_alive();
  v_scope := (private.opened_export(p_ref)).scope_id;
  return query
    select x.n, x.line from audit.evidence_lines x
     where x.scope_id = v_scope and x.kind = p_kind and x.n > p_after
     order by x.n limit least(p_limit, 5000);
end $$;
grant execute on function app.export_lines_page to authenticated;

-- Place and digest of every row of the stretch, whoever it is about, as the lines of a file: a page is one text.
create function app.export_chain_page(p_ref text, p_after bigint, p_limit integer)
returns table (last_seq bigint, rows bigint, lines text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare v_export app.evidence_exports;
begin
  perform private.assert_alive();
  v_export := private.opened_export(p_ref);
  return query
    select max(l.seq), count(*), string_agg(l.seq || ',' || encode(l.digest, 'hex') || E'\r\n', '' order by l.seq)
      from (select x.seq, x.digest from audit.links x
             where x.seq > greatest(p_after, v_export.first_seq - 1) and x.seq <= v_export.up_to_seq
             order by x.seq limit least(p_limit, 20000)) l
    having count(*) > 0;
end $$;
grant execute on function app.export_chain_page to authenticated;

-- The seals of the stretch. A signature that came later than that of the last batch is none of this scope's.
create function app.export_seals_page(p_ref text, p_after bigint, p_limit integer)
returns table (batch bigint, line text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare v_export app.evidence_exports;
begin
  perform private.assert_alive();
  v_export := private.opened_export(p_ref);
  return query
    select s.batch, jsonb_build_object(
        'batch', s.batch, 'firstSeq', s.first_seq, 'lastSeq', s.last_seq, 'previous', encode(s.previous, 'hex'),
        'head', encode(s.head, 'hex'), 'sealedAt', private.utc_text(s.sealed_at), 'keyId', g.key_id,
        'signature', replace(encode(g.signature, 'base64'), E'\n', ''))::text
      from audit.seals s
      left join audit.signatures g on g.batch = s.batch
        and g.signed_at <= (select z.signed_at from audit.signatures z where z.batch = v_export.up_to_batch)
     where s.batch > greatest(p_after, v_export.first_batch - 1) and s.batch <= v_export.up_to_batch
     order by s.batch limit least(p_limit, 5000);
end $$;
grant execute on function app.export_seals_page to authenticated;

-- Size and sum of a package that went out whole. The first one's are kept; says whether this one is the same.
create function app.finish_export(p_ref text, p_sha256 text, p_bytes bigint) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v app.evidence_exports;
begin
  perform private.assert_alive();
  perform private.opened_export(p_ref);
  update app.evidence_exports set sha256 = p_sha256, bytes = p_bytes, completed_at = now()
   where ref = p_ref and completed_at is null
  returning * into v;
  if found then
    perform private.audit('EVIDENCE_COMPLETED', 'evidence', p_ref,
      jsonb_build_object('sha256', p_sha256, 'bytes', p_bytes), v.subject_code);
    return true;
  end if;
  return (select sha256 = p_sha256 from app.evidence_exports where ref = p_ref);
end $$;
grant execute on function app.finish_export to authenticated;
