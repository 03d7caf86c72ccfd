import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { together } from "../clients.ts";
import type { System } from "../system.ts";
import { type Line, perSecond } from "../table.ts";
import { slackMessages } from "./urgent.ts";

const clients = 10;
const mostMessages = 3;

/** So many equal failures at once: one incident, and what all people and channels together hear of it. */
export async function measureStorm(system: System, { failures = 10_000 } = {}): Promise<Line[]> {
  await system.whole();
  const pool = new pg.Pool({ connectionString: system.stack.at.admin, max: clients });
  pool.on("error", () => undefined);
  /** Messages that name it, on every channel and to everybody. */
  const heard = async (ref: string) => {
    const all = [
      await slackMessages(system),
      await messagesAt(`${system.stack.at.mailbox}/messages`),
      await messagesAt(`${system.stack.at.sms}/messages`),
    ];
    return all.flat().filter((message) => JSON.stringify(message).includes(ref)).length;
  };
  try {
    const rate = await timed(failures, () =>
      pool.query("select private.open_incident(1, 'ORDERS_FAILING', 'bench-storm', null, '{}')"),
    );
    const floor = await timed(failures, () => pool.query("select private.audit('BENCH', 'bench', 'storm')"));
    await settled(system);
    const { rows } = await system.admin.query<{ ref: string; repeats: number }>(
      "select ref, repeats from app.incidents where dedup_key = 'bench-storm'",
    );
    const { ref, repeats } = rows[0]!;
    const told = await heard(ref);
    return [
      {
        what: `${failures} equal failures by ${clients} processes at once`,
        figure:
          `${rows.length} incident, seen ${repeats + 1} times; ${told} messages on all channels; ` +
          perSecond(rate, "failures"),
        limit: `1 incident, each seen, <= ${mostMessages} messages`,
        floor: `${perSecond(floor, "rows")} of the trail`,
        meets: rows.length === 1 && repeats + 1 === failures && told >= 1 && told <= mostMessages,
      },
    ];
  } finally {
    await pool.end();
  }
}

async function timed(times: number, work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await together(clients, times, async () => void (await work()));
  return times / ((performance.now() - started) / 1_000);
}

const messagesAt = async (url: string) => (await (await fetch(url)).json()) as unknown[];

/** Until nothing waits to be told that is due. */
async function settled({ admin }: System) {
  for (let tries = 0; tries < 600; tries += 1) {
    const { rowCount } = await admin.query("select from app.notifications where state = 'PENDING' limit 1");
    if (rowCount === 0) return;
    await pause(100);
  }
}
