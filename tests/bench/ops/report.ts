import { setTimeout as pause } from "node:timers/promises";
import { ask } from "../kills/report.ts";
import { type Line, milliseconds, quantile } from "../table.ts";
import { kinds, type OpsRun } from "./kills.ts";

const patienceMs = 10 * 60_000;
const latestMs = 30_000;
/** Of all messages, so many may come twice at Slack, which knows no key: after an answer that nobody heard. */
const mostDoubled = 0.005;

/** Until every timer that is due has rung and nothing waits to be told. */
export async function drained({ system }: OpsRun, say: (words: string) => void) {
  say("No more kills: waiting for what is left.");
  for (const until = Date.now() + patienceMs; Date.now() < until; await pause(1_000)) {
    const [left] = await ask<{ n: number }>(
      system,
      `select (select count(*) from app.notifications where state = 'PENDING')::int
         + (select count(*) from app.timers where kind in ('RESPOND', 'ESCALATE')
              and fired_at is null and met_at is null and void_at is null)::int as n`,
    );
    if (left!.n === 0) return;
  }
}

const count = (what: string, n: number): Line => ({ what, figure: String(n), limit: "0", floor: "", meets: n === 0 });
const fact = (what: string, figure: string): Line => ({ what, figure, limit: "", floor: "", meets: null });

export async function reportOps(run: OpsRun): Promise<Line[]> {
  const { system, killed, seed, opener } = run;
  const minutes = Math.round((performance.now() - run.started) / 6_000) / 10;
  const there = await ask<{ ref: string }>(system, "select ref from app.incidents where cause = 'ORDERS_FAILING'");
  const refs = new Set(there.map(({ ref }) => ref));
  const all = Object.values(killed).reduce((sum, n) => sum + n, 0);
  return [
    fact("Kills", `${all}: ${kinds.map((kind) => `${kind} ${killed[kind]}`).join(", ")}; ${minutes} min, seed ${seed}`),
    fact("Incidents opened meanwhile", String(refs.size)),
    count("Exits of web, worker or auth that nobody asked for", system.crashes.length),
    count("Incidents acknowledged and then lost", opener.opened.filter((ref) => !refs.has(ref)).length),
    ...(await timers(run)),
    ...(await told(run)),
  ];
}

async function timers({ system }: OpsRun): Promise<Line[]> {
  const rows = await ask<{ late: number; rang: number; kind: string }>(
    system,
    `select t.kind, extract(epoch from t.fired_at - t.due_at)::double precision * 1000 as late,
            (select count(*)::int from app.incident_events e where e.incident_id = t.incident_id
               and case t.kind when 'RESPOND' then e.kind = 'BREACHED'
                               else e.kind = 'ESCALATED' and (e.detail ->> 'step')::int = t.step end) as rang
       from app.timers t join app.incidents i on i.id = t.incident_id
      where i.cause = 'ORDERS_FAILING' and t.kind in ('RESPOND', 'ESCALATE') and t.void_at is null`,
  );
  const late = rows.map((row) => row.late ?? Number.MAX_SAFE_INTEGER);
  return [
    count(`Timers of ${rows.length} that did not ring`, rows.filter(({ rang }) => rang === 0).length),
    count("Timers that rang twice", rows.filter(({ rang }) => rang > 1).length),
    {
      what: "How late timers rang: p99",
      figure: `${milliseconds(quantile(late, 0.99))} (worst ${milliseconds(Math.max(0, ...late))})`,
      limit: `<= ${latestMs} ms`,
      floor: "",
      meets: rows.length === 0 || quantile(late, 0.99) <= latestMs,
    },
  ];
}

async function told({ system }: OpsRun): Promise<Line[]> {
  const rows = await ask<{ id: string; ref: string; channel: string; state: string }>(
    system,
    `select n.id, i.ref, n.channel, n.state from app.notifications n join app.incidents i on i.id = n.incident_id
      where i.cause = 'ORDERS_FAILING'`,
  );
  const findings = await ask<{ finding: string }>(system, "select finding from jobs.audit_notifications()");
  const keys = (messages: Array<{ idempotency_key: string | null }>) =>
    Map.groupBy(messages, ({ idempotency_key }) => idempotency_key);
  const mails = keys(system.mailState.list());
  const texts = keys(system.smsState.list());
  const slack = system.slackState.list();
  const arrived = ({ id, ref, channel }: (typeof rows)[number]) =>
    channel === "SLACK"
      ? slack.filter(({ text }) => text.includes(ref)).length
      : ((channel === "MAIL" ? mails : texts).get(`notification/${id}`)?.length ?? 0);
  const sent = rows.filter(({ state }) => state === "SENT");
  const heard = new Set(rows.filter((row) => arrived(row) > 0).map(({ ref }) => ref));
  const keyed = sent.filter(({ channel }) => channel !== "SLACK");
  const doubled = slack.length - new Set(slack.map(({ text }) => text)).size;
  return [
    fact("Messages", `${rows.length}: Slack ${slack.length}, mail ${mails.size}, SMS ${texts.size}`),
    count("Incidents that nobody heard of", new Set(rows.map(({ ref }) => ref)).size - heard.size),
    count("Messages said to be sent that no provider has", sent.filter((row) => arrived(row) === 0).length),
    count(
      "Messages neither sent nor replaced by another channel",
      rows.filter(({ state }) => !/SENT|REPLACED/.test(state)).length,
    ),
    count("Mails and texts twice under one key", keyed.filter((row) => arrived(row) > 1).length),
    {
      what: "Slack messages twice, after an answer that nobody heard",
      figure: `${doubled} of ${slack.length}`,
      limit: "<= 0.5 %",
      floor: "",
      meets: doubled <= Math.ceil(slack.length * mostDoubled),
    },
    count("What the auditor of notifications finds at the end", findings.length),
  ];
}
