import type pg from "pg";
import { day, dayZero } from "./calendar.ts";
import type { Corpus } from "./corpus.ts";
import { salesmanId } from "./load.ts";

/** What became of a salesman: when somebody was first told to look, how often, and when he was shut out. */
export type Outcome = {
  reviewedAt: number | null;
  reviewMonths: Set<number>;
  suspendedAt: number | null;
  rules: string[];
};
export type Judged = {
  outcomes: Map<number, Outcome>;
  inspected: number;
  seconds: number;
  inspection: { p50: number; p95: number };
};

// A day as the worker lives it: each order in its turn. Somebody who is suspended orders no more.
const judge = `
  create function pg_temp.judge_day(p_from bigint, p_until bigint) returns setof float8 language plpgsql as $$
  declare v record; v_started timestamptz;
  begin
    for v in select t.order_id, t.salesman_id from app.shadow_traces t where t.order_id >= p_from
      and t.order_id < p_until order by t.order_id loop
      continue when (select a.status from app.accounts a where a.id = v.salesman_id) = 'SUSPENDED';
      v_started := clock_timestamp();
      perform jobs.inspect_order(v.order_id);
      return next extract(epoch from clock_timestamp() - v_started) * 1000;
    end loop;
  end $$`;

/**
 * Runs production's own functions over the corpus, day by day: the daily look at slow changes, then each order. At the
 * end of the day an admin has looked at yesterday's reviews: an honest salesman's is closed, so that he can be flagged
 * again.
 */
export async function judgeCorpus(
  sql: pg.Client,
  { orders, population }: Corpus,
  log: (line: string) => void,
): Promise<Judged> {
  const started = performance.now();
  const { days, judgedFrom } = population.size;
  const outcomes = new Map(
    population.salesmen.map(({ n }) => [
      n,
      { reviewedAt: null, reviewMonths: new Set<number>(), suspendedAt: null, rules: [] } as Outcome,
    ]),
  );
  const honest = population.salesmen.filter(({ kind }) => kind === null).map(({ n }) => `SLS-${1000 + n}`);
  const times: number[] = [];
  await sql.query(judge);
  let next = orders.findIndex(({ at }) => at >= dayZero + judgedFrom * day);
  for (let n = judgedFrom; n < days; n += 1) {
    await sql.query("select private.measure_drift($1::date)", [
      new Date(dayZero + n * day + day / 2).toISOString().slice(0, 10),
    ]);
    let until = next;
    while (until < orders.length && orders[until]!.at < dayZero + (n + 1) * day) until += 1;
    const { rows } = await sql.query<{ ms: number }>("select ms from pg_temp.judge_day($1, $2) ms", [
      next + 1,
      until + 1,
    ]);
    times.push(...rows.map(({ ms }) => ms));
    next = until;
    await note(sql, outcomes);
    const evening = new Date(dayZero + (n + 1) * day - 1);
    await sql.query(
      `
        update app.tasks set done_at = $2, done_by = 'ADM-001', note = 'no abuse' where kind = 'REVIEW_SALESMAN'
          and done_at is null and subject_code = any ($1)`,
      [honest, evening],
    );
    if (n % 5 === 4) await sql.query("analyze app.abuse_hits"); // As autovacuum would have.
    if (n % 10 === 9)
      log(`  day ${n + 1}: ${times.length} orders judged, ${Math.round((performance.now() - started) / 1000)} s`);
  }
  times.sort((a, b) => a - b);
  return {
    outcomes,
    inspected: times.length,
    seconds: (performance.now() - started) / 1000,
    inspection: { p50: times[Math.floor(times.length * 0.5)]!, p95: times[Math.floor(times.length * 0.95)]! },
  };
}

async function note(sql: pg.Client, outcomes: Map<number, Outcome>): Promise<void> {
  const { rows } = await sql.query<{ n: number; at: Date; detail: { rules: Array<{ rule: string }> } }>(`
    select substr(subject_code, 5)::int - 1000 as n, detail, (select max((r ->> 'lastAt')::timestamptz)
      from jsonb_array_elements(detail -> 'rules') r) as at
      from app.tasks where kind = 'REVIEW_SALESMAN' and done_at is null`);
  for (const { n, at, detail } of rows) {
    const outcome = outcomes.get(n)!;
    outcome.reviewedAt ??= at.getTime();
    outcome.reviewMonths.add(Math.floor((at.getTime() - dayZero) / day / 30));
    if (outcome.rules.length === 0) outcome.rules = detail.rules.map(({ rule }) => rule);
  }
  const { rows: suspended } = await sql.query<{ id: string; at: Date }>(`
    select s.account_id as id, (select max(h.at) from app.abuse_hits h where h.salesman_id = s.account_id) as at
      from app.suspensions s`);
  const byId = new Map([...outcomes].map(([n, outcome]) => [salesmanId(n), outcome]));
  for (const { id, at } of suspended) byId.get(id)!.suspendedAt ??= at.getTime();
}
