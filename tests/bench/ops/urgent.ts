import { setTimeout as pause } from "node:timers/promises";
import { admin, demoPassword } from "#supabase/seed/people.ts";
import { hiddenFields, Visitor } from "../clients.ts";
import type { System } from "../system.ts";
import { type Line, median, milliseconds, quantile } from "../table.ts";

const limitMs = 5_000;

/**
 * From the moment a SEV-1 is written to its message at Slack. Opened by a web process as an admin raises an incident,
 * with the worker ended: nobody else can have sent it.
 */
export async function measureUrgent(system: System, { incidents = 200 } = {}): Promise<Line[]> {
  await system.whole();
  await system.stack.halt("worker"); // It has said by what can be sent.
  const visitor = new Visitor(system.stack.at.app);
  try {
    await visitor.signIn(admin.email, demoPassword);
    await system.admin.query(
      "select private.open_incident(3, 'REPORTED', 'bench-urgent-' || n, null) from generate_series(1, $1::int) n",
      [incidents],
    );
    const { rows } = await system.admin.query<{ ref: string }>(
      "select ref from app.incidents where dedup_key like 'bench-urgent-%' order by id",
    );
    const answered: number[] = [];
    for (const { ref } of rows) {
      const action = `/admin/incidents/${ref}`;
      const form = hiddenFields(await visitor.get(action), `${action}/note`);
      const { status, ms } = await visitor.post(`${action}/classify`, { ...form, severity: "1", note: "semua toko" });
      if (status !== 303) throw new Error(`Raising ${ref} was answered ${status}.`);
      answered.push(ms);
    }
    const messages = await until(system, rows.length);
    const written = await system.admin.query<{ ref: string; at: Date }>(
      `select i.ref, n.created_at as at from app.notifications n join app.incidents i on i.id = n.incident_id
        where n.channel = 'SLACK' and n.target = 'critical' and i.dedup_key like 'bench-urgent-%'`,
    );
    const delays = written.rows.map(({ ref, at }) => {
      const own = messages.filter(({ text }) => text.includes(ref));
      if (own.length !== 1) throw new Error(`${ref} is ${own.length} messages at Slack.`);
      return Date.parse(own[0]!.received_at) - at.getTime();
    });
    return [
      {
        what: `SEV-1 written to its message at Slack, no worker alive, p99 of ${delays.length}`,
        figure: `${milliseconds(quantile(delays, 0.99))} (median ${milliseconds(median(delays))})`,
        limit: `<= ${limitMs} ms`,
        floor: `${milliseconds(median(answered))}: the request that wrote it`,
        meets: quantile(delays, 0.99) <= limitMs && delays.length === rows.length,
      },
    ];
  } finally {
    visitor.close();
    await system.whole();
  }
}

type Message = { channel: string; text: string; received_at: string };

export const slackMessages = async ({ stack }: System): Promise<Message[]> =>
  (await (await fetch(`${stack.at.sms}/slack/messages`)).json()) as Message[];

async function until(system: System, count: number): Promise<Message[]> {
  for (let tries = 0; tries < 100; tries += 1) {
    const messages = (await slackMessages(system)).filter(({ channel }) => channel === "critical");
    if (messages.length >= count) return messages;
    await pause(100);
  }
  return slackMessages(system);
}
