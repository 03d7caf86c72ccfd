-- «Bukan saya»: an owner says that an order in his name is not his. It stops where it stands, an incident opens, the
-- salesman's score takes it in and is acted on, staff is told, and an admin decides.
--
-- He says it on his order's page, or by the link in his mail or text message. Whoever holds the link may say "not me"
-- to one order, without signing in and for thirty days; it opens nothing else and shows no more than the mail did.
--
-- The owner and staff read disputes; all writing is done by the functions here.
--
-- Locks, always in this order: the judging of the salesman (as an inspection of his orders takes it), his account
-- (which whoever suspends him takes too), the order, its sync, the incident.

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
create index disputes_by_time on app.disputes (disputed_at desc, order_id desc);
create index on app.disputes (incident_id) where outcome is null;

alter table app.disputes enable row level security;
create policy live_session on app.disputes as restrictive to authenticated
  using ((select private.live_session()) is not null);
-- The owner himself, not the salesman who acts as him.
create policy owner_reads on app.disputes for select to authenticated
  using (partner_id = (select p.id from app.partners p where p.account_id = (select private.viewer_id())));
create policy staff_reads on app.disputes for select to authenticated using ((select private.viewer_is_staff()));
grant select on app.disputes to authenticated;

create trigger _030_not_deleted before delete on app.disputes for each statement execute function private.keep();
create trigger _040_not_truncated before truncate on app.disputes for each statement execute function private.keep();
alter table app.disputes enable always trigger _030_not_deleted;
alter table app.disputes enable always trigger _040_not_truncated;

create table private.secrets (
  name  text primary key,
  value bytea not null check (length(value) = 32)
);
comment on table private.secrets is 'Keys that the database signs with. Random, made here, and read by functions only.';

alter table private.secrets enable row level security;

-- Three of them: a random uuid carries 122 random bits of the 128.
insert into private.secrets (name, value)
  values ('dispute-link',
          sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())));

-- The link: signed here, and checked here when it comes back.

-- HMAC-SHA256 (RFC 2104) for keys of at most 64 bytes, written out: no extension is needed for it.
create function private.hmac_sha256(p_key bytea, p_message text) returns bytea
language plpgsql immutable set search_path = pg_catalog, pg_temp as $$
declare
  v_inner bytea := decode(repeat('36', 64), 'hex');
  v_outer bytea := decode(repeat('5c', 64), 'hex');
begin
  for i in 0 .. length(p_key) - 1 loop
    v_inner := set_byte(v_inner, i, get_byte(p_key, i) # 54);
    v_outer := set_byte(v_outer, i, get_byte(p_key, i) # 92);
  end loop;
  return sha256(v_outer || sha256(v_inner || convert_to(p_message, 'UTF8')));
end $$;

create function private.sign_dispute_link(p_claim text) returns text
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select rtrim(translate(encode(private.hmac_sha256(value, 'bukan-saya/1 ' || p_claim), 'base64'), '+/', '-_'), '=')
    from private.secrets where name = 'dispute-link'
$$;

-- `<order id>.<expiry>.<signature>`: the same for an order whenever it is asked for. Null for an order that the owner
-- placed himself.
create function private.dispute_token(p_order bigint) returns text
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select claim || '.' || private.sign_dispute_link(claim)
    from (select o.id || '.' || floor(extract(epoch from o.created_at + interval '30 days'))::bigint as claim
            from app.orders o where o.id = p_order and o.acting_session_id is not null) c
$$;

-- The same key for a text message, where every letter counts: `<order id><80 bits of a signature in 16 letters>`, of
-- Crockford's base 32, which has none that look alike. Its expiry is not in it: the order knows when it was placed.
create function private.sign_dispute_code(p_order bigint) returns text
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select string_agg(substr('0123456789abcdefghjkmnpqrstvwxyz', 1 + bits.five, 1), '' order by at)
    from private.secrets,
         private.hmac_sha256(value, 'bukan-saya/2 ' || p_order) mac,
         generate_series(0, 15) at,
         lateral (select (get_bit(mac, at * 5) << 4) | (get_bit(mac, at * 5 + 1) << 3) | (get_bit(mac, at * 5 + 2) << 2)
                       | (get_bit(mac, at * 5 + 3) << 1) | get_bit(mac, at * 5 + 4) as five) bits
   where name = 'dispute-link'
$$;

-- The same for an order whenever it is asked for. Null for an order that the owner placed himself.
create function private.dispute_code(p_order bigint) returns text
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select o.id || private.sign_dispute_code(o.id)
    from app.orders o where o.id = p_order and o.acting_session_id is not null
$$;

-- Whose order a token or a code speaks of, and whether its time is over. No order: it was never signed by us. What is
-- compared are hashes, so that the time it takes tells nothing about the signature. A code may have been typed: large
-- letters, and the letters that its alphabet leaves out, are taken for what they look like.
create function private.read_dispute_token(p_token text, out order_id bigint, out expired boolean)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_parts text[] := regexp_match(p_token, '^(([1-9][0-9]{0,17})\.([1-9][0-9]{8,10}))\.([A-Za-z0-9_-]{43})$');
  v_code text[] := regexp_match(translate(lower(p_token), 'oil', '011'), '^([1-9][0-9]{0,17})([0-9a-z]{16})$');
begin
  if sha256(convert_to(v_parts[4], 'UTF8')) = sha256(convert_to(private.sign_dispute_link(v_parts[1]), 'UTF8')) then
    order_id := v_parts[2]::bigint;
    expired := to_timestamp(v_parts[3]::bigint) <= now();
  elsif sha256(convert_to(v_code[2], 'UTF8'))
        = sha256(convert_to(private.sign_dispute_code(v_code[1]::bigint), 'UTF8')) then
    select o.id, o.created_at + interval '30 days' <= now() into order_id, expired
      from app.orders o where o.id = v_code[1]::bigint;
  end if;
end $$;

-- What an owner is shown of an order before and after he says «bukan saya»: no more than his mail told.
create function private.dispute_view(p_order bigint) returns jsonb
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select jsonb_build_object(
           'number', o.number, 'store', p.name, 'salesman', o.placed_by_name, 'total', o.total,
           'placedAt', o.created_at, 'status', o.status,
           'lines', (select count(*) from app.order_lines l where l.order_id = o.id),
           'dispute', (select jsonb_build_object('at', d.disputed_at, 'held', d.was_held, 'outcome', d.outcome)
                         from app.disputes d where d.order_id = o.id))
    from app.orders o join app.partners p on p.id = o.partner_id where o.id = p_order
$$;

-- What a link is about. Null: no link of ours. {"state":"EXPIRED"}: it was one. Reading changes nothing, since mail
-- scanners open every link of a mail before its reader does.
create function app.read_dispute(p_token text) returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare v record;
begin
  select * into v from private.read_dispute_token(p_token);
  if v.order_id is null then return null; end if;
  if v.expired then return '{"state": "EXPIRED"}'; end if;
  return private.dispute_view(v.order_id);
end $$;
grant execute on function app.read_dispute to anon, authenticated;

-- Counts a link that was none of ours, by address: 30 in a quarter of an hour. Returns the seconds to wait, 0 to go on.
-- A sound link is never counted nor kept waiting: whole towns share an address.
create function app.take_link_try() returns integer
language sql security definer set search_path = pg_catalog, pg_temp as $$
  select private.count_try(private.try_key('link', 'i', private.request('ip')), 30)
$$;
grant execute on function app.take_link_try to anon, authenticated;

-- The owner speaks: by link and by button, and both ways come together in one function.

-- What the salesman's score leads to now. What an owner says is taken down in any case: where his account cannot be
-- locked at this moment, the sweep acts on the score within five minutes.
create function private.act_on_dispute(p_order bigint) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare d app.disputes;
begin
  select * into d from app.disputes where order_id = p_order;
  perform private.add_repeated_dispute(d);
  perform private.act_on_score(d.salesman_id, d.order_id, clock_timestamp());
exception when others then
  raise warning 'the score after the dispute of order % was not acted on: %', p_order, sqlerrm;
end $$;

-- The one way in, by link and by button. A second time changes nothing and gives the same answer; with other words it
-- is refused, since nobody would read them (SAID_BEFORE). What was said first is not told: whoever holds the link is
-- not asked who he is.
create function private.raise_dispute(p_order bigint, p_via text, p_note text) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v app.orders; v_store app.partners; v_salesman app.accounts; v_note text := btrim(coalesce(p_note, ''));
  v_judging boolean; v_held boolean; v_severity integer; v_incident bigint; v_about jsonb;
begin
  perform private.assert_note(v_note, 500, p_needed => false);
  -- Not while an inspection of his orders is under way: the owner hardly waits for it, and the sweep acts on both.
  select private.try_abuse_turn(o.placed_by) into v_judging
    from app.orders o where o.id = p_order and o.acting_session_id is not null;
  select a.* into v_salesman from app.orders o join app.accounts a on a.id = o.placed_by
   where o.id = p_order and o.acting_session_id is not null for no key update of a;
  if not found then perform private.refuse('NOT_FOUND'); end if;
  select * into v from app.orders where id = p_order for update;
  if exists (select from app.disputes where order_id = v.id) then
    if exists (select from app.disputes where order_id = v.id and v_note not in ('', note)) then
      perform private.refuse('SAID_BEFORE');
    end if;
    return private.dispute_view(v.id);
  end if;
  select * into v_store from app.partners where id = v.partner_id;

  v_held := private.hold_order(v.id, 'DISPUTED', 'SYSTEM');
  -- One owner may err. A second order within a day is a pattern.
  v_severity := case when exists (
    select from app.disputes d
     where d.salesman_id = v.placed_by and d.disputed_at > clock_timestamp() - interval '24 hours') then 2 else 3 end;
  v_incident := private.open_incident(v_severity, 'OWNER_DISPUTE', 'owner-dispute/' || v_salesman.code, v_salesman.code,
    jsonb_build_object('order', v.number, 'store', v_store.code, 'held', v_held));
  insert into app.disputes (order_id, partner_id, salesman_id, via, note, disputed_at, incident_id, was_held)
    values (v.id, v.partner_id, v.placed_by, p_via, v_note, clock_timestamp(), v_incident, v_held);
  perform private.add_abuse_hit(v.placed_by, v.id, 'OWNER_DISPUTED',
    jsonb_build_object('order', v.number, 'store', v_store.code, 'total', v.total, 'via', p_via));
  perform private.open_task('RESOLVE_DISPUTE', 'dispute/' || v.number, v_salesman.code, v.id, v_incident,
    case v_severity when 2 then interval '4 hours' else interval '1 day' end,
    jsonb_build_object('order', v.number, 'store', v_store.name));
  insert into app.order_events (order_id, kind, actor, detail)
    values (v.id, 'OWNER_DISPUTED', v_store.name, jsonb_build_object('via', p_via, 'note', v_note));
  perform private.audit('ORDER_DISPUTED', 'order', v.number,
    jsonb_build_object('via', p_via, 'held', v_held, 'severity', v_severity), v_salesman.code);
  v_about := jsonb_build_object('order', v.number, 'store', v_store.name, 'total', v.total,
    'held', case when v_held then 'yes' else 'no' end);
  perform private.notify_role('ADMIN', 'DISPUTE_RAISED', 'dispute/' || v.number, v_about || jsonb_build_object(
    'salesman', v_salesman.name, 'severity', v_severity,
    'incident', (select ref from app.incidents where id = v_incident), 'path', '/admin/disputes/' || v.number));
  perform private.notify_owner(v.partner_id, 'DISPUTE_RECEIVED', 'dispute-received/' || v.number, v_about, v.id);
  if v_judging then perform private.act_on_dispute(v.id); end if;
  return private.dispute_view(v.id);
end $$;

-- Acts on a link, for whoever holds it. Like read_dispute where the link is not sound. Errors: TOO_LONG the note,
-- SAID_BEFORE.
create function app.dispute_by_link(p_token text, p_note text) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v record;
begin
  select * into v from private.read_dispute_token(p_token);
  if v.order_id is null then return null; end if;
  if v.expired then return '{"state": "EXPIRED"}'; end if;
  return private.raise_dispute(v.order_id, 'LINK', p_note);
end $$;
grant execute on function app.dispute_by_link to anon, authenticated;

-- The same for the owner himself, on his order's page. Errors: 28000, DENIED for all but owners, NOT_FOUND for an order
-- that is not his or that he placed himself, TOO_LONG the note, SAID_BEFORE.
create function app.dispute_order(p_number text, p_note text) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_order bigint;
begin
  perform private.assert_alive();
  perform private.assert_role('PARTNER', 'only the owner himself');
  select o.id into v_order from app.orders o join app.partners p on p.id = o.partner_id
   where o.number = p_number and p.account_id = private.viewer_id() and o.acting_session_id is not null;
  if not found then perform private.refuse('NOT_FOUND'); end if;
  return private.raise_dispute(v_order, 'ORDER_PAGE', p_note);
end $$;
grant execute on function app.dispute_order to authenticated;

-- Staff decides.

-- An admin decides. OWNER_AGREES: the order goes on. MISTAKE, ABUSE: it is cancelled by the rules of app.move_order,
-- unless it has left; what becomes of its way to the ERP is private.end_sync's to say, for whatever ends an order. The
-- same decision with the same note once more by the same admin changes nothing. Errors: 28000, DENIED for all but
-- admins, NOT_FOUND, REQUIRED the outcome, REASON_REQUIRED, STALE {outcome, by} decided already.
create function app.resolve_dispute(p_number text, p_outcome text, p_note text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v app.orders; v_dispute app.disputes; v_me app.accounts; v_salesman text; v_note text := btrim(coalesce(p_note, ''));
begin
  perform private.assert_alive();
  select * into v_me from app.accounts where id = private.viewer_id();
  if v_me.role is distinct from 'ADMIN' then perform private.refuse('DENIED', 'only an admin decides'); end if;
  if p_outcome is null or p_outcome not in ('OWNER_AGREES', 'MISTAKE', 'ABUSE') then
    perform private.refuse('REQUIRED', field => 'outcome');
  end if;
  perform private.assert_note(v_note, 300);
  select a.code into v_salesman
    from app.orders o join app.disputes d on d.order_id = o.id join app.accounts a on a.id = d.salesman_id
   where o.number = p_number for no key update of a;
  if not found then perform private.refuse('NOT_FOUND'); end if;
  select * into v from app.orders where number = p_number for update;
  select * into v_dispute from app.disputes where order_id = v.id;
  if v_dispute.outcome = p_outcome and v_dispute.resolution_note = v_note and v_dispute.resolved_by = v_me.code then
    return;
  end if;
  if v_dispute.outcome is not null then
    perform private.refuse('STALE', 'already decided',
      facts => jsonb_build_object('outcome', v_dispute.outcome, 'by', v_dispute.resolved_by));
  end if;

  update app.disputes set outcome = p_outcome, resolution_note = v_note, resolved_at = now(), resolved_by = v_me.code
   where order_id = v.id;
  if p_outcome = 'OWNER_AGREES' then
    perform private.release_order(v.id, 'DISPUTED', v_me.name, v_note);
  elsif 'CANCELLED' = any (private.next_statuses(v.status)) then
    -- It stays held, so that a task to stop it in the ERP goes on.
    perform app.move_order(v.number, 'CANCELLED', v_note);
  end if;
  insert into app.order_events (order_id, kind, actor, detail)
    values (v.id, 'DISPUTE_RESOLVED', v_me.name, jsonb_build_object('outcome', p_outcome, 'note', v_note));
  perform private.finish_task('dispute/' || v.number, v_note);
  perform private.audit('DISPUTE_RESOLVED', 'order', v.number, jsonb_build_object('outcome', p_outcome), v_salesman,
    jsonb_build_object('status', v.status, 'held', v.held),
    (select jsonb_build_object('status', o.status, 'held', o.held) from app.orders o where o.id = v.id));
  perform private.settle_incident(v_dispute.incident_id, v_me.code,
    jsonb_build_object('order', v.number, 'outcome', p_outcome), v_note);
  perform private.notify_owner(v.partner_id, 'DISPUTE_RESOLVED', 'dispute-resolved/' || v.number, jsonb_build_object(
    'store', (select name from app.partners where id = v.partner_id), 'order', v.number,
    'outcome', p_outcome, 'note', v_note,
    'cancelled', case when (select status from app.orders where id = v.id) = 'CANCELLED' then 'yes' else 'no' end,
    -- Something else may hold it still.
    'held', case when (select held from app.orders where id = v.id) then 'yes' else 'no' end), v.id);
end $$;
grant execute on function app.resolve_dispute to authenticated;
