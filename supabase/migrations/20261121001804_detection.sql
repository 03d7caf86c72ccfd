-- Abuse of Shadow Mode: the looks themselves, at one order and every five minutes.

-- One look at a salesman at a time: two of his orders are judged one after the other, or neither would see the sum. A row, since
-- an advisory lock is anybody's who may log in.
create table private.abuse_turns (salesman_id uuid primary key references app.accounts on delete cascade);
alter table private.abuse_turns enable row level security;
create function private.take_abuse_turn(p_salesman uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into private.abuse_turns values (p_salesman) on conflict do nothing;
  perform from private.abuse_turns where salesman_id = p_salesman for update;
end $$;

-- The same for whoever must not wait for a look: false where one is under way.
create function private.try_abuse_turn(p_salesman uuid) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp set lock_timeout = '500ms' as $$
begin
  perform private.take_abuse_turn(p_salesman);
  return true;
exception when lock_not_available then
  return false;
end $$;

-- Looks at one shadow order: what was in it, which rules fire, and what follows. Safe to repeat. Returns how many hits are new.
create function jobs.inspect_order(p_order bigint) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  t app.shadow_traces; s jsonb := private.abuse_settings(); v record; v_again jsonb; v_new integer := 0;
begin
  select * into t from app.shadow_traces where order_id = p_order;
  if not found then return 0; end if;
  perform private.take_abuse_turn(t.salesman_id);
  update app.shadow_traces x set inspected_at = coalesce(x.inspected_at, clock_timestamp()),
      basket = coalesce(x.basket, (select md5(string_agg(l.product_id || ':' || l.quantity, ',' order by l.product_id, l.quantity))
                                     from app.order_lines l where l.order_id = p_order))
   where x.order_id = p_order returning x.* into t;
  for v in select * from private.pace_signs(t, s) union all select * from private.order_signs(t, s) union all select * from private.device_signs(t, s) loop
    continue when not private.add_abuse_hit(t.salesman_id, p_order, v.rule, v.inputs, t.at);
    v_new := v_new + 1;
    v_again := private.repeated_sign(t.salesman_id, t.partner_id, v.rule, v.inputs, t.at);
    if v_again is not null and private.add_abuse_hit(t.salesman_id, p_order, 'REPEATED', v_again, t.at) then v_new := v_new + 1; end if;
  end loop;
  if v_new > 0 then perform private.act_on_score(t.salesman_id, p_order, t.at); end if;
  return v_new;
end $$;

-- Owners' «Bukan saya» again and again.
create function private.add_repeated_dispute(d app.disputes) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_again jsonb := private.repeated_sign(d.salesman_id, d.partner_id, 'OWNER_DISPUTED', '{}', clock_timestamp());
begin
  if v_again is not null then perform private.add_abuse_hit(d.salesman_id, d.order_id, 'REPEATED', v_again, d.disputed_at); end if;
end $$;

-- Every 5 minutes, and when the worker starts: orders whose wake-up was lost, what owners said, slow changes once a day, and whoever is
-- above a line that was not acted on. It takes nothing back: only a person does.
create function jobs.sweep_abuse() returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v record; v_dispute app.disputes; v_done integer := 0; v_today date := private.wib_day(now());
begin
  for v in select order_id from app.shadow_traces where inspected_at is null and at < now() - interval '2 minutes' order by order_id limit 500 loop
    begin
      perform jobs.inspect_order(v.order_id);
      v_done := v_done + 1;
    exception when others then
      raise warning 'shadow order % was not inspected: %', v.order_id, sqlerrm; -- The others are not to wait for it.
    end;
  end loop;

  for v_dispute in select d.* from app.disputes d
                    where d.disputed_at > now() - interval '30 days' and d.outcome is distinct from 'OWNER_AGREES' and d.outcome is distinct from 'MISTAKE' loop
    perform private.add_abuse_hit(v_dispute.salesman_id, v_dispute.order_id, 'OWNER_DISPUTED', '{}', v_dispute.disputed_at);
    perform private.add_repeated_dispute(v_dispute);
  end loop;

  if not exists (select from private.abuse_days where day = v_today) then
    perform private.measure_drift(v_today);
    delete from private.abuse_habits where day < v_today - 100;
    delete from private.abuse_trade where day < v_today - 100;
    delete from private.abuse_days where day < v_today - 400;
  end if;

  for v in select distinct h.salesman_id from app.abuse_hits h join app.accounts a on a.id = h.salesman_id and a.status = 'ACTIVE'
            where h.at > now() - interval '30 days'
              and (not exists (select from app.tasks k where k.dedup_key = 'review-agent/' || a.code and k.done_at is null)
                   or private.must_suspend(private.abuse_score(a.id), private.abuse_settings())) order by 1 loop
    perform private.take_abuse_turn(v.salesman_id);
    perform private.act_on_score(v.salesman_id, null, now());
  end loop;
  return v_done;
end $$;
grant execute on function jobs.inspect_order, jobs.sweep_abuse to worker;
