import type pg from "pg";
import { expect } from "vitest";
import { facts } from "#supabase/seed/test.ts";
import { valueOf } from "#tests/support/database.ts";

type Promised = [what: string, holds: (client: pg.Client) => Promise<void>];

const creditOf = (client: pg.Client, code: string) =>
  valueOf<{ light: string; room: number }>(
    client,
    "select private.credit_decision(id, 0) from app.partners where code = $1",
    [code],
  );

const aboutTheFuture = /expires_at|next_|until|due/;

/**
 * What the demo data has to be at whatever instant it is made, `now()` being about that instant. Asked as the owner.
 */
export const promises: Promised[] = [
  [
    "every order is the sum of its lines, and every shadow order told its owner",
    async (client) => {
      expect(
        await valueOf<string>(
          client,
          `select count(*)::text from app.orders o where total <>
      (select sum(quantity * unit_price) from app.order_lines where order_id = o.id)`,
        ),
      ).toBe("0");
      expect(await valueOf<string>(client, "select count(*)::text from app.shadow_alerts where state = 'SENT'")).toBe(
        await valueOf<string>(client, "select count(*)::text from app.orders where acting_session_id is not null"),
      );
      expect(
        await valueOf<string>(
          client,
          `select count(*)::text from app.orders o where points <> private.points_for(tier, total)`,
        ),
      ).toBe("0");
    },
  ],

  [
    "the ERP has a past, and of it only what the ERP refused waits for anybody",
    async (client) => {
      const {
        rows: [past],
      } = await client.query(`select
      (select array_agg(distinct operation order by operation) from app.erp_call_stats) as operations,
      (select bool_and(ok + refused = (select sum(n) from unnest(histogram) n)) from app.erp_call_stats) as adds_up,
      (select count(distinct hour)::int from app.erp_call_stats where failed > 0
        and hour > now() - interval '26 hours') as failing_hours,
      (select max(hour) < date_trunc('hour', now()) from app.erp_call_stats) as past_hours,
      (select state = 'CLOSED' and since < now() - interval '10 minutes' from app.erp_circuit) as connected,
      (select state from app.erp_circuit_events order by at desc limit 1) as last_state,
      (select count(*)::int from app.orders o join lateral (select state from app.erp_circuit_events e
        where e.at <= o.created_at order by e.at desc limit 1) e on true
        where e.state <> 'CLOSED' and not o.degraded) as astray,
      (select array_agg(round(percent, 1)::text || ' ' || level order by at) from app.stock_checks) as checks,
      (select bool_and(level = private.drift_level(percent)
        and abs(percent - unexplained * 100.0 / pieces_erp) < 0.000001) from app.stock_checks) as judged,
      (select array_agg(written_by order by week) from app.erp_checkpoints) as checkpoints,
      (select count(*)::int from app.feed_runs where not accepted) as refused,
      (select count(*)::int from app.reconcile_runs where finished_at is null) + (select count(*)::int
        from app.reconcile_results where resolved_at is null and result not in ('CONFIRMED', 'ERROR'))
        + (select count(*)::int from app.tasks) + (select count(*)::int from app.incidents
          where cause in ('ERP_DOWN', 'STOCK_DRIFT')) as open,
      (select count(*) > 0 and bool_and(o.sync_status = 'FAILED' and r.error is not null) from app.reconcile_results r
        join app.orders o on o.id = r.order_id where r.result = 'ERROR') as refused_undecided`);
      expect(past).toEqual({
        operations: expect.arrayContaining(["credit", "ping", "stock"]),
        adds_up: true,
        failing_hours: expect.toSatisfy((n: number) => n === 1 || n === 2),
        past_hours: true,
        connected: true,
        last_state: "CLOSED",
        astray: 0,
        checks: ["0.4 GOOD", "1.8 WATCH"],
        judged: true,
        checkpoints: ["ADM-001", "ADM-002", "ADM-001"],
        refused: 1,
        open: 0,
        refused_undecided: true,
      });
    },
  ],

  [
    "what came of the long outage is what its orders say",
    async (client) => {
      const { rows } = await client.query<{ total: number; results: number; strayed: number }>(`select r.total,
        (select count(*)::int from app.reconcile_results where run_id = r.id) as results,
        (select count(*)::int from app.reconcile_results x join app.orders o on o.id = x.order_id
          where x.result = 'SHORT' and not exists (select from app.order_lines l where l.order_id = o.id
            and l.preorder = (x.difference #>> '{lines,0,missing}')::int)
             or x.resolved_at > (select min(e.at) from app.order_events e where e.order_id = o.id
               and e.kind = 'SHIPPED')) as strayed
      from app.reconcile_runs r`);
      for (const { total, results, strayed } of rows)
        expect([total > 0, total - results, strayed]).toEqual([true, 0, 0]);
      expect(await valueOf<string>(client, "select count(*)::text from app.orders where degraded")).toMatch(
        rows.length > 0 ? /^[1-9]/ : /^0$/,
      );
    },
  ],

  [
    "Salon Budi may order at once, the late payer needs an approval",
    async (client) => {
      const budi = await creditOf(client, facts.budi.code);
      expect(budi.light).toBe("GREEN");
      expect(budi.room).toBeGreaterThan(8_000_000);
      expect((await creditOf(client, facts.amber.code)).light).toBe("AMBER");
    },
  ],

  [
    "Salon Budi has something under way, some of it placed by its salesman, and one order above the limit waits for " +
      "staff",
    async (client) => {
      const {
        rows: [seen],
      } = await client.query(
        `
      with placed as (select o.*, p.code from app.orders o join app.partners p on p.id = o.partner_id)
      select (select status from placed where code = $1 order by created_at desc limit 1) as budi,
             (select count(*) > 0 from placed where code = $1 and acting_session_id is not null
               and created_at > now() - interval '2 days') as by_salesman,
             (select bool_and(credit_light = 'GREEN' or credit_inputs ->> 'reason' = 'OLD_DATA') from placed
               where code = $1) as budi_green,
             (select status || ' ' || credit_light from placed where code = $2 order by created_at desc
               limit 1) as late_payer,
             (select array_agg(distinct status order by status) from placed) as statuses,
             (select count(*) between 800 and 1050 from placed) as about_nine_hundred,
             (select count(*) > 0 from app.orders where sync_status = 'PENDING_SYNC') as on_its_way`,
        [facts.budi.code, facts.amber.code],
      );
      expect(seen).toEqual({
        budi: "SUBMITTED",
        by_salesman: true,
        budi_green: true,
        late_payer: "SUBMITTED AMBER",
        about_nine_hundred: true,
        on_its_way: true,
        statuses: expect.arrayContaining(["SUBMITTED", "SHIPPED", "COMPLETED", "REJECTED", "CANCELLED"]),
      });
    },
  ],

  [
    "a salesman has orders that nobody could have placed from where they came",
    async (client) => {
      expect(
        await valueOf<number>(
          client,
          `select count(*)::int from app.shadow_traces t join app.accounts a on a.id = t.salesman_id
      where a.code = 'SLS-002' and t.ip in ('114.124.132.0', '51.140.0.0')`,
        ),
      ).toBeGreaterThan(0);
    },
  ],

  [
    "nothing is later than now but what speaks of the future",
    async (client) => {
      const { rows } = await client.query<{ name: string; latest: string }>(`
      select format('%I.%I.%I', c.table_schema, c.table_name, c.column_name) as name,
             format('select max(%I) filter (where %1$I < ''infinity'') from %I.%I', c.column_name, c.table_schema,
               c.table_name) as latest
        from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
       where c.table_schema in ('app', 'audit', 'private', 'auth') and t.table_type = 'BASE TABLE'
         and c.data_type = 'timestamp with time zone'`);
      expect(rows.length).toBeGreaterThan(50);
      const {
        rows: [moments],
      } = await client.query<Record<string, Date | null>>(
        `
          select now() + interval '1 second' as now,
            ${rows.map(({ name, latest }) => `(${latest}) as "${name}"`).join(", ")}`,
      );
      const { now, ...latest } = moments!;
      const ahead = Object.entries(latest)
        .filter(([, at]) => at !== null && at > now!)
        .map(([name, at]) => `${name} ${at!.toISOString()}`);
      expect(ahead.filter((name) => !aboutTheFuture.test(name))).toEqual([]);
    },
  ],
];
