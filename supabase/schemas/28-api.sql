-- The API for programs: what a key that a program sends has been answered already, and how much it may ask.
--
-- A program that heard nothing sends the same again. So a POST may carry a key, and under one key of one sender one
-- thing is done once: what was answered is written in the same transaction as the change itself. Kept for 7 days. Of
-- sender, key and body only digests stand here, and of the answer what the sender was told.

create table private.posted_keys (
  id     bytea primary key check (length(id) = 32),
  body   bytea not null check (length(body) = 32),
  -- Null: begun, or answered with what is not to be said again.
  answer jsonb check (length(answer::text) <= 8000),
  at     timestamptz not null default now()
);
comment on table private.posted_keys is
  'What a POST of a program was answered, by digest of address, sender and key. Kept for 7 days.';
create index on private.posted_keys (at);
alter table private.posted_keys enable row level security;

-- Whose key: an account's and of the store that it acts for, or of whoever is not signed in the address that he sends
-- from. Programs of different people may choose the same key, and a salesman's for each store.
create function private.posted_id(p_path text, p_key text) returns bytea
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select sha256(convert_to(concat_ws(E'\n', p_path, coalesce(private.viewer_id()::text, private.request('ip'), ''),
    case when private.viewer_id() is not null then private.viewer_partner() end, p_key), 'UTF8'))
$$;

-- Before the change, in its transaction. {state}: NEW, go on; DONE, it was answered with `answer`; OTHER, the key was
-- used for another body; RUNNING, the same is under way in another transaction, which has its row. p_body: its digest
-- in hex.
create function app.begin_post(p_path text, p_key text, p_body text) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp set lock_timeout = '50ms' as $$
declare v_id bytea := private.posted_id(p_path, p_key); v private.posted_keys;
begin
  if private.viewer_id() is not null then perform private.assert_alive(); end if;
  if num_nulls(p_path, p_key, p_body) > 0 then perform private.refuse('BAD_INPUT'); end if;
  select * into v from private.posted_keys where id = v_id;
  if v.answer is null then
    begin
      insert into private.posted_keys (id, body) values (v_id, decode(p_body, 'hex')) on conflict (id) do nothing;
      select * into v from private.posted_keys where id = v_id for update;
    exception when lock_not_available then
      return jsonb_build_object('state', 'RUNNING');
    end;
  end if;
  if v.answer is null then return jsonb_build_object('state', 'NEW'); end if;
  if v.body <> decode(p_body, 'hex') then return jsonb_build_object('state', 'OTHER'); end if;
  return jsonb_build_object('state', 'DONE', 'answer', v.answer);
end $$;
grant execute on function app.begin_post to anon, authenticated;

-- After it, in the same transaction: what the sender is told, now and when he asks again.
create function app.end_post(p_path text, p_key text, p_body text, p_answer jsonb) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if private.viewer_id() is not null then perform private.assert_alive(); end if;
  if num_nulls(p_path, p_key, p_body, p_answer) > 0 then perform private.refuse('BAD_INPUT'); end if;
  insert into private.posted_keys as k (id, body, answer)
    values (private.posted_id(p_path, p_key), decode(p_body, 'hex'), p_answer)
    on conflict (id) do update set body = excluded.body, answer = excluded.answer, at = now() where k.answer is null;
end $$;
grant execute on function app.end_post to anon, authenticated;

create function private.sweep_posted_keys() returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  delete from private.posted_keys where at < now() - interval '7 days'
$$;

-- How much a program may ask, for processes that count by themselves.
create function app.api_limits() returns jsonb
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select jsonb_object_agg(substr(key, 5), value) from app.settings where key like 'api.%'
$$;
grant execute on function app.api_limits to anon;

-- Whether this database is the one that the web was written for: the newest step that was applied to it, by its
-- checksum, and how long ago the worker was heard of. Null where the history is not ours to know.
create function app.readiness() returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare v_checksum text;
begin
  if to_regclass('supabase_migrations.checksums') is not null then
    execute 'select sha256 from supabase_migrations.checksums order by version desc limit 1' into v_checksum;
  end if;
  return jsonb_build_object('schema', v_checksum, 'workerSeconds', (
    select floor(extract(epoch from now() - greatest(coalesce(last_ok_at, '-infinity'),
      coalesce(probed_at, '-infinity'), since)))
      from app.erp_circuit));
end $$;
grant execute on function app.readiness to anon;
