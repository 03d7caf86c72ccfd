-- Reading the trail is an act too. Nobody selects from it any more: an auditor asks, and that he asked is written in the same
-- transaction. Turning pages or asking the same again within five minutes is one reading, so that the trail does not fill with
-- its readers.
drop policy auditor_reads on app.audit_events;
revoke select on app.audit_events from authenticated;

create function private.assert_auditor() returns void
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform private.assert_alive();
  if private.viewer_role() is distinct from 'AUDITOR' then perform private.refuse('DNIED', 'only an auditor reads the trail'); end if;
end $$;

-- p_filter: any of action, actor, target, key, request. Newest first, from before the event p_before.
create function app.search_audit(p_filter jsonb, p_before bigint, p_limit integer)
returns table (id bigint, at timestamptz, actor_code text, actor_name text, target_code text, target_name text, action text, entity text,
               entity_key text, before jsonb, after jsonb, detail jsonb, ip text, user_agent text, request_id text,
               store_code text, store_name text, shadow boolean, seq bigint)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_filter jsonb := jsonb_strip_nulls(p_filter); v_where text := ''; v_key text; v_test text;
begin
  perform private.assert_alive();
  perform private.assert_auditor();
  if not exists (select from app.audit_events e where e.actor_id = private.viewer_id() and e.action = 'AUDIT_READ' and e.detail = v_filter
                    and e.at > now() - interval '5 minutes') then
    perform private.audit('AUDIT_READ', 'audit', null, v_filter);
  end if;
  -- Only what is asked for stands in the query, so that each search has the index that fits.
  for v_key, v_test in values ('action', 'e.action = %L'), ('actor', 'e.actor_id = (select id from app.accounts where code = %L)'),
                              ('target', 'e.target_code = %L'), ('key', 'e.entity_key = %L'), ('request', 'e.request_id = %L') loop
    if v_filter ? v_key then v_where := v_where || ' and ' || format(v_test, v_filter ->> v_key); end if;
  end loop;
  if p_before is not null then v_where := v_where || format(' and e.id < %L::bigint', p_before); end if;
  return query execute format($query$
    select e.id, e.at, e.actor_code, a.name, e.target_code, coalesce(t.name, o.name), e.action, e.entity, e.entity_key, e.before, e.after,
           e.detail, e.ip, e.user_agent, e.request_id, p.code, p.name, e.acting_session_id is not null, l.seq
      from (select * from app.audit_events e where true %s order by e.id desc limit %s) e
      left join app.accounts a on a.id = e.actor_id left join app.partners p on p.id = e.partner_id
      left join app.accounts t on t.code = e.target_code left join app.partners o on o.code = e.target_code
      left join audit.links l on l.event_id = e.id
     order by e.id desc$query$, v_where, least(greatest(p_limit, 1), 200));
end $$;

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
      select (select e.action from app.audit_events e where e.action > hop.action order by e.action limit 1) from hop where hop.action is not null)
    select jsonb_build_object(
      'actions', (select jsonb_agg(h.action) from (select action from hop where action is not null limit 200) h),
      'seal', (select jsonb_build_object('seq', s.last_seq, 'batch', s.batch, 'at', s.sealed_at, 'head', encode(s.head, 'hex'))
                 from audit.seals s order by s.batch desc limit 1),
      'signed', (select jsonb_build_object('batch', g.batch, 'at', g.signed_at, 'keyId', g.key_id) from audit.signatures g order by g.batch desc limit 1),
      'waiting', (select count(*) from (select from audit.unsealed limit 1001) u),
      'check', (select jsonb_build_object('at', w.checked_at, 'seq', w.checked_seq, 'findings', w.checked_findings, 'running', w.check_started_at is not null)
                  from audit.watch w)));
end $$;
grant execute on function app.search_audit, app.audit_overview to authenticated;

