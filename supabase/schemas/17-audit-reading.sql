-- Reading the trail is an act too: that an auditor asked is written in the same transaction. Turning pages or asking
-- the same again within five minutes is one reading, so that the trail does not fill with its readers.

-- After private.assert_alive(), which every command asks for itself.
create function private.assert_auditor() returns void
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform private.assert_role('AUDITOR', 'only an auditor reads the trail');
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
-- {}. Of whom the rules shut out, the reason is their score, {score, rules}. It stands where it belongs, and the row
-- names the place; what belongs nowhere else stands in audit.words. Whoever may read the trail reads it here.
create function private.audit_words(e app.audit_events) returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return jsonb_strip_nulls(coalesce((select w.words from audit.words w where w.event_id = e.id), '{}')
    || coalesce(case
      when e.action = 'ACTING_BEGUN' then (
        select jsonb_build_object('reason', s.reason) from app.acting_sessions s where s.id = e.acting_session_id)
      when e.action = 'ACCOUNT_SUSPENDED' then (
        select jsonb_build_object('reason', coalesce(to_jsonb(s.reason), s.score))
          from app.suspensions s where s.id = (e.detail ->> 'suspension')::bigint)
      when e.action in ('LIFT_REQUESTED', 'SUSPENSION_LIFTED') then (
        select jsonb_build_object('reason', s.lift_reason)
          from app.suspensions s where s.id = (e.detail ->> 'suspension')::bigint)
      when e.action = 'CASE_NOTED' then (
        select jsonb_build_object('note', n.note)
          from app.case_notes n where n.id = (e.detail ->> 'note')::bigint)
      when e.action = 'EVIDENCE_EXPORTED' then (
        select jsonb_build_object('reason', x.reason) from app.evidence_exports x where x.ref = e.entity_key)
      when e.action = 'ERP_CHECKPOINT_WRITTEN' then (
        select jsonb_build_object('attended', c.attended)
          from app.erp_checkpoints c where c.id = (e.detail ->> 'checkpoint')::bigint)
      when e.action in ('ALERT_SENT_AGAIN', 'OWNER_CONTACT_CHANGED') then (
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
