-- «Bukan saya»: the link in the owner's letter. Whoever holds it may say "not me" to one order, without
-- signing in and for thirty days; it opens nothing else and shows no more than the letter did.

create table private.secrets (
  name  text primary key,
  value bytea not null check (length(value) = 32)
);
comment on table private.secrets is 'Keys that the database signs with. Random, made here, and read by functions only.';
alter table private.secrets enable row level security;
-- Three of them: a random uuid carries 122 random bits of the 128.
insert into private.secrets (name, value)
  values ('dispute-link', sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())));

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

-- `<order id>.<expiry>.<signature>`: the same for an order whenever it is asked for. Null for an order that the owner placed himself.
create function private.dispute_token(p_order bigint) returns text
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select claim || '.' || private.sign_dispute_link(claim)
    from (select o.id || '.' || floor(extract(epoch from o.created_at + interval '30 days'))::bigint as claim
            from app.orders o where o.id = p_order and o.acting_session_id is not null) c
$$;

-- Whose order a token speaks of, and whether its time is over. No order: it was never signed by us. What is compared are
-- hashes, so that the time it takes tells nothing about the signature.
create function private.read_dispute_token(p_token text, out order_id bigint, out expired boolean)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare v_parts text[] := regexp_match(p_token, '^(([1-9][0-9]{0,17})\.([1-9][0-9]{8,10}))\.([A-Za-z0-9_-]{43})$');
begin
  if v_parts is null
     or sha256(convert_to(v_parts[4], 'UTF8')) is distinct from sha256(convert_to(private.sign_dispute_link(v_parts[1]), 'UTF8')) then
    return;
  end if;
  order_id := v_parts[2]::bigint;
  expired := to_timestamp(v_parts[3]::bigint) <= now();
end $$;
