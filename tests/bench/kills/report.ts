import pg from "pg";
import { type Line, median, milliseconds, quantile } from "../table.ts";
import { type Kind, kinds } from "./cuts.ts";
import type { Placer } from "./placer.ts";
import type { Shops } from "./shoppers.ts";
import type { System } from "./system.ts";

/** One run, as far as it has come. `wholeMs`: from the first connection that the server took to a page and an order. */
export type Run = {
  system: System;
  shops: Shops;
  placer: Placer;
  seed: number;
  started: number;
  workers: number;
  /** Acknowledged orders that were not there when they were looked for after a cut. */
  lostMeanwhile: number;
  cuts: Array<{ kind: Kind; downMs: number; bareMs: number; wholeMs: number }>;
  /** Milliseconds of a page and an order with no cut before them. */
  calm: number[];
  before: { order: string; checkouts: number };
};

const wholeWithinMs = 2_000;

export async function ask<Row extends pg.QueryResultRow>(
  { stack }: System,
  text: string,
  values?: unknown[],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: stack.at.admin });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return (await client.query<Row>(text, values)).rows;
  } finally {
    await client.end();
  }
}

/** The newest order, and how many stores have placed themselves. */
export async function placed(system: System): Promise<Run["before"]> {
  const [row] = await ask<Run["before"]>(
    system,
    `
      select coalesce(max(id), 0)::text as order, count(*) filter (where acting_session_id is null)::int as checkouts
        from app.orders`,
  );
  return row!;
}

const count = (what: string, n: number): Line => ({ what, figure: String(n), limit: "0", floor: "", meets: n === 0 });
const fact = (what: string, figure: string): Line => ({ what, figure, limit: "", floor: "", meets: null });

export async function report(run: Run): Promise<Line[]> {
  const { system, cuts, seed, started } = run;
  const minutes = Math.round((performance.now() - started) / 6_000) / 10;
  const [commit] = await ask<{ on: string }>(
    system,
    "select current_setting('synchronous_commit') || ', fsync ' || current_setting('fsync') as on",
  );
  return [
    fact(
      "Cuts",
      `${cuts.length}: ` +
        `${kinds.map((kind) => `${kind} ${cuts.filter((cut) => cut.kind === kind).length}`).join(", ")}; worker ` +
        `killed ${run.workers} times`,
    ),
    fact("Duration, seed", `${minutes} min, ${seed}`),
    {
      what: "synchronous_commit",
      figure: commit!.on,
      limit: "on, fsync on",
      floor: "",
      meets: commit!.on === "on, fsync on",
    },
    ...(["web", "worker", "auth"] as const).map((part) =>
      count(`Exits of ${part}`, system.crashes.filter((crash) => crash.part === part).length),
    ),
    fact(
      "A page and an order without a cut",
      `median ${milliseconds(median(run.calm))}, worst ${milliseconds(Math.max(...run.calm))}`,
    ),
    ...kinds.flatMap((kind) =>
      whole(
        kind,
        cuts.filter((cut) => cut.kind === kind),
      ),
    ),
    ...(await checkouts(run)),
    ...(await mails(run)),
  ];
}

function whole(kind: Kind, cuts: Run["cuts"]): Line[] {
  if (cuts.length === 0) return [];
  const times = cuts.map(({ wholeMs }) => wholeMs);
  const worst = Math.max(...times);
  const bare = cuts.map(({ bareMs }) => bareMs);
  return [
    {
      what: `${kind}: from the first connection taken to a page and an order`,
      figure:
        `median ${milliseconds(median(times))}, p95 ${milliseconds(quantile(times, 0.95))}, worst ` +
        `${milliseconds(worst)}`,
      limit: `<= ${wholeWithinMs} ms`,
      floor:
        `a bare commit: median ${milliseconds(median(bare))}, worst ${milliseconds(Math.max(...bare))}; gone for ` +
        `${milliseconds(median(cuts.map(({ downMs }) => downMs)))}`,
      meets: worst <= wholeWithinMs,
    },
  ];
}

async function checkouts({ system, shops, before, lostMeanwhile }: Run): Promise<Line[]> {
  const orders = await ask<{ number: string }>(
    system,
    "select number from app.orders where id > $1 and acting_session_id is null",
    [before.order],
  );
  const there = new Set(orders.map(({ number }) => number));
  const known = new Set(shops.acknowledged);
  const lost = shops.acknowledged.filter((number) => !there.has(number)).length;
  const documents = (await (await fetch(`${system.stack.at.erp}/control/orders`)).json()) as Array<{
    reference: string;
  }>;
  const wrong = [...shops.statuses].filter(([status]) => ![200, 303, 503].includes(status));
  const answers = [...shops.statuses]
    .toSorted(([a], [b]) => a - b)
    .map(([status, n]) => `${status}: ${n}`)
    .join(", ");
  return [
    fact("Orders placed over HTTP", String(orders.length)),
    {
      what: "Answers to pages and forms",
      figure: answers,
      limit: "200, 303, 503 alone",
      floor: "",
      meets: wrong.length === 0 && shops.failures.length === 0,
    },
    ...shops.failures.slice(0, 5).map((failure) => fact("... a shopper met", failure)),
    count("Checkouts acknowledged and not there after a cut, or at the end", lostMeanwhile + lost),
    count(
      "Checkouts placed twice, or acknowledged to nobody",
      orders.length - known.size + (shops.acknowledged.length - known.size),
    ),
    count(
      "Orders with two documents in the ERP",
      documents.length - new Set(documents.map(({ reference }) => reference)).size,
    ),
  ];
}

/** Of shadow orders, that owners' mails go out for. */
async function mails({ system, placer: { acknowledged }, before }: Run): Promise<Line[]> {
  const orders = await ask<{ id: string; number: string; email: string; sms: string | null; tasks: number }>(
    system,
    `
    select o.id, o.number, max(a.state) filter (where a.channel = 'EMAIL') as email,
      max(a.state) filter (where a.channel = 'SMS') as sms,
           (select count(*)::int from app.tasks t where t.order_id = o.id and t.kind = 'PHONE_OWNER') as tasks
      from app.orders o join app.shadow_alerts a on a.order_id = o.id where o.id > $1 group by o.id order by o.id`,
    [before.order],
  );
  const sent = system.mailState.list();
  const texts = system.smsState.list();
  const keys = (messages: Array<{ idempotency_key: string | null }>, key: string) =>
    messages.filter(({ idempotency_key }) => idempotency_key === key).length;
  const mails = orders.map(({ id }) => keys(sent, `shadow-alert/${id}`));
  const smses = orders.map(({ id, sms }) => (sms === null ? 1 : keys(texts, `shadow-alert/${id}/sms`)));
  const known = new Set(orders.map(({ number }) => number));
  const { requests, repeats, conflicts } = system.mailState.counts;
  return [
    fact("Shadow orders placed meanwhile", String(orders.length)),
    fact(
      "Requests to the mail provider",
      `${requests}, of them answered from a key's memory: ${repeats}; texts by the SMS gateway: ${texts.length}`,
    ),
    count("Orders acknowledged and then lost", acknowledged.filter((number) => !known.has(number)).length),
    count(
      "Alerts lost (never accepted by the provider)",
      mails.filter((n) => n === 0).length + smses.filter((n) => n === 0).length,
    ),
    count("Alerts accepted twice under one key", mails.filter((n) => n > 1).length + smses.filter((n) => n > 1).length),
    count(
      "Orders with more than one mail, under whatever keys",
      orders.filter(({ number }) => sent.filter(({ subject }) => subject.includes(number)).length > 1).length,
    ),
    count("Another mail under a used key", conflicts),
    count(
      "Accepted, and not noted as sent",
      orders.filter(({ email, sms }) => email !== "SENT" || (sms !== null && sms !== "SENT")).length,
    ),
    count("Calls asked for although the mail arrived", orders.filter(({ tasks }) => tasks > 0).length),
  ];
}
