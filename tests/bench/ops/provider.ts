import { setTimeout as pause } from "node:timers/promises";
import type { System } from "../system.ts";
import { type Line, perSecond } from "../table.ts";

const patienceMs = 3 * 60_000;

/**
 * The mail provider turns everything away, then breaks, for hours, then is back: each mail goes out, once. Hours are
 * passed by moving what waits back in time, as if they had gone by.
 */
export async function measureProvider(system: System, { mails = 300 } = {}): Promise<Line[]> {
  await system.whole();
  const { admin, stack } = system;
  const mailbox = async () =>
    (await (await fetch(`${stack.at.mailbox}/messages`)).json()) as Array<{ subject: string }>;
  const mode = (name: string) =>
    fetch(`${stack.at.mailbox}/control`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ mode: name }),
    });
  const left = async () =>
    (
      await admin.query<{ n: number }>(
        "select count(*)::int as n from app.mails where state <> 'SENT' and dedup_key like 'bench-away/%'",
      )
    ).rows[0]!.n;
  const tried = async (n: number) => {
    for (let tries = 0; tries < 300; tries += 1) {
      const { rows } = await admin.query<{ n: number }>(
        "select coalesce(min(attempts), 0) as n from app.mails where dedup_key like 'bench-away/%'",
      );
      if (rows[0]!.n >= n) return;
      await admin.query(
        "update app.mails set next_attempt_at = now() where dedup_key like 'bench-away/%' and attempts < $1",
        [n],
      );
      await pause(200);
    }
  };
  await mode("429");
  try {
    await admin.query(
      `insert into app.mails (dedup_key, kind, recipient, language, props)
         select 'bench-away/' || n, 'LIFT_REQUESTED', 'toko-' || n || '@bench.test', 'id',
           jsonb_build_object('code', 'SLS-001', 'name', 'Nomor ' || n, 'reason', 'coba', 'by', 'ADM-001',
             'path', '/admin/accounts/SLS-001')
           from generate_series(1, $1::int) n`,
      [mails],
    );
    await tried(1);
    await hours(system, 3);
    await mode("500");
    await tried(2);
    await hours(system, 3);
    const before = (await mailbox()).length;
    await mode("up");
    const started = performance.now();
    await admin.query("update app.mails set next_attempt_at = now() where dedup_key like 'bench-away/%'");
    while ((await left()) > 0 && performance.now() - started < patienceMs) await pause(100);
    const seconds = (performance.now() - started) / 1_000;
    const arrived = (await mailbox()).length - before;
    return [
      {
        what: `Mail provider 429, then 500, six hours in all; ${mails} mails waiting`,
        figure:
          `${mails - (await left())} sent, ${arrived} arrived, in ${seconds.toFixed(1)} s ` +
          `(${perSecond(arrived / seconds, "mails")})`,
        limit: "each once",
        floor: "the provider's own limit is 2 mails/s unless raised",
        meets: (await left()) === 0 && arrived === mails,
      },
    ];
  } finally {
    await mode("up");
  }
}

const hours = ({ admin }: System, n: number) =>
  admin.query(
    "update app.mails set created_at = created_at - make_interval(hours => $1) where dedup_key like 'bench-away/%'",
    [n],
  );
