import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";

/** `opened`: numbers of incidents whose commit was acknowledged. */
export type Opener = { opened: string[]; stop: () => Promise<void> };

/** More than so many untold wait for the dead to come back. */
const enough = 60;

/** Opens incidents one after the other, each of a cause of its own, whatever dies meanwhile. */
export function openIncidents(adminUrl: string): Opener {
  const opened: string[] = [];
  let stopped = false;
  let client: pg.Client | undefined;
  let turn = 0;

  const once = async () => {
    if (!client) {
      client = new pg.Client({ connectionString: adminUrl, connectionTimeoutMillis: 2_000 });
      client.on("error", () => undefined);
      await client.connect();
    }
    const waiting = await client.query("select from app.notifications where state = 'PENDING' limit $1", [enough]);
    if (waiting.rowCount === enough) return;
    turn += 1;
    const key = `bench-kills/${turn}`;
    await client.query("select private.open_incident($1, 'ORDERS_FAILING', $2, null)", [1 + (turn % 2), key]);
    const { rows } = await client.query<{ ref: string }>("select ref from app.incidents where dedup_key = $1", [key]);
    if (rows[0]) opened.push(rows[0].ref);
  };
  const running = (async () => {
    while (!stopped) {
      await once().catch(() => {
        void client?.end().catch(() => undefined);
        client = undefined;
      });
      await pause(Math.random() * 1_000);
    }
    await client?.end().catch(() => undefined);
  })();
  return {
    opened,
    async stop() {
      stopped = true;
      await running;
    },
  };
}
