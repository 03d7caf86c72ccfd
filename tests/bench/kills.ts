// npm run bench:kills           1,000 random kills of the worker and of Postgres while alerts go out
// npm run bench:kills -- 30     so many
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { endedBySignal } from "#supabase/local/ended-by-signal.ts";
import { openStand, type Stand, type Target } from "./kills/stand.ts";
import { placeOrders } from "./kills/placer.ts";
import { type Line, table } from "./table.ts";

const wanted = Number(process.argv[2] ?? 1_000);
/** What is left at the end: leases of two minutes that died with their holders, and pauses after failed tries. */
const patienceMs = 15 * 60_000;

const started = performance.now();
const stand = await openStand();
void endedBySignal().then(() => stand.close()).then(() => process.exit(130));
const both = ["worker", "postgres"] as const;
const killed: Record<Target, number> = { worker: 0, postgres: 0 };
try {
  const before = await highestOrder(stand);
  const placer = placeOrders(stand.stack.at.admin);
  for (let done = 0, said = 0; done < wanted; ) {
    await somewhere(stand);
    const targets = done + 1 < wanted && Math.random() < 0.2 ? both : [Math.random() < 0.5 ? both[0] : both[1]];
    await stand.kill([...targets]);
    for (const target of targets) killed[target] += 1;
    done += targets.length;
    if (done - said < 25) continue;
    said = done;
    console.log(`${done} kills, ${placer.acknowledged.length} orders, ${stand.mailState.counts.requests} requests, ${minutes()}`);
  }
  await placer.stop();
  await drained(stand);
  const lines = await report(stand, before, placer.acknowledged);
  console.log(`\n${table(lines)}`);
  if (lines.some(({ meets }) => meets === false)) process.exitCode = 1;
} finally {
  await stand.close();
}

/** Half of the kills fall anywhere, half into the milliseconds around a request to the provider. */
async function somewhere({ seen }: Stand) {
  if (Math.random() < 0.5) return pause(Math.random() * 1_500);
  await once(seen, "request", { signal: AbortSignal.timeout(3_000) }).catch(() => undefined);
  await pause(Math.random() * 90);
}

async function ask<Row extends pg.QueryResultRow>({ stack }: Stand, text: string, values: unknown[] = []): Promise<Row[]> {
  const client = new pg.Client({ connectionString: stack.at.admin });
  await client.connect();
  try {
    return (await client.query<Row>(text, values)).rows;
  } finally {
    await client.end();
  }
}

async function highestOrder(stand: Stand): Promise<string> {
  const [row] = await ask<{ id: string }>(stand, "select coalesce(max(id), 0)::text as id from app.orders");
  return row!.id;
}

async function drained(stand: Stand) {
  console.log("No more kills: waiting for what is left.");
  for (const until = Date.now() + patienceMs; Date.now() < until; await pause(2_000)) {
    const [left] = await ask<{ n: number }>(stand, "select count(*)::int as n from app.shadow_alerts where state = 'PENDING'");
    if (left!.n === 0) return;
  }
}

async function report(stand: Stand, before: string, acknowledged: string[]): Promise<Line[]> {
  const [commit] = await ask<{ on: string }>(stand, "select current_setting('synchronous_commit') || ', fsync ' || current_setting('fsync') as on");
  const orders = await ask<{ id: string; number: string; email: string; sms: string; tasks: number }>(stand, `
    select o.id, o.number, max(a.state) filter (where a.channel = 'EMAIL') as email, max(a.state) filter (where a.channel = 'SMS') as sms,
           (select count(*)::int from app.tasks t where t.order_id = o.id and t.kind = 'PHONE_OWNER') as tasks
      from app.orders o join app.shadow_alerts a on a.order_id = o.id where o.id > $1 group by o.id order by o.id`, [before]);
  const letters = stand.mailState.list();
  const texts = stand.smsState.list();
  const keys = (messages: Array<{ idempotency_key: string | null }>, key: string) => messages.filter(({ idempotency_key }) => idempotency_key === key).length;
  const mails = orders.map(({ id }) => keys(letters, `shadow-alert/${id}`));
  const smses = orders.map(({ id, sms }) => (sms === null ? 1 : keys(texts, `shadow-alert/${id}/sms`)));
  const several = orders.filter(({ number }) => letters.filter(({ subject }) => subject.includes(number)).length > 1).length;
  const known = new Set(orders.map(({ number }) => number));
  const { requests, repeats, conflicts } = stand.mailState.counts;
  const count = (what: string, n: number): Line => ({ what, figure: String(n), limit: "0", floor: "", meets: n === 0 });
  const fact = (what: string, figure: string): Line => ({ what, figure, limit: "", floor: "", meets: null });
  return [
    fact("Kills", `${wanted}: worker ${killed.worker}, Postgres ${killed.postgres}`),
    fact("Shadow orders placed meanwhile", String(orders.length)),
    fact("Requests to the mail provider", `${requests}, of them answered from a key's memory: ${repeats}`),
    fact("Texts by the SMS gateway", String(texts.length)),
    fact("Duration", minutes()),
    { what: "synchronous_commit", figure: commit!.on, limit: "on, fsync on", floor: "", meets: commit!.on === "on, fsync on" },
    count("Orders acknowledged and then lost", acknowledged.filter((number) => !known.has(number)).length),
    count("Alerts lost (never accepted by the provider)", mails.filter((n) => n === 0).length + smses.filter((n) => n === 0).length),
    count("Alerts accepted twice under one key", mails.filter((n) => n > 1).length + smses.filter((n) => n > 1).length),
    count("Orders with more than one letter, under whatever keys", several),
    count("Another letter under a used key", conflicts),
    count("Accepted, and not noted as sent", orders.filter(({ email, sms }) => email !== "SENT" || (sms !== null && sms !== "SENT")).length),
    count("Processes that ended by themselves", stand.crashes.length),
    count("Calls asked for although the letter arrived", orders.filter(({ tasks }) => tasks > 0).length),
  ];
}

function minutes(): string {
  const seconds = Math.round((performance.now() - started) / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
