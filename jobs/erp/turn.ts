import pg from "pg";
import { log, reasonOf } from "../log.ts";
import { loop } from "../loop.ts";

const checkMs = 5_000;
/** Any constant of our own: "one worker at a time talks to the ERP". */
const turnLock = 7_201_406;

type Turn = { begin: () => void; end: () => Promise<void> };

/**
 * Lets exactly one worker of all that run have the ERP, by a lock that dies with its database session: one probe at a
 * time, one push rate, also while an old and a new worker overlap in a deploy. The others stand by.
 */
export function takeTurns(connectionString: string, turn: Turn) {
  let session: pg.Client | null = null;

  const taking = loop("turn", async () => {
    if (session) {
      await session.query("select 1").catch(() => lose(session));
      return checkMs;
    }
    const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5_000, query_timeout: 5_000, keepAlive: true });
    client.on("error", (error) => {
      log.warn({ reason: reasonOf(error) }, "the turn at the ERP was lost with its database session");
      void lose(client);
    });
    if (await wins(client)) {
      session = client;
      log.info("this worker has the ERP");
      turn.begin();
    } else {
      await client.end().catch(() => undefined);
    }
    return checkMs;
  });

  async function lose(client: pg.Client | null) {
    if (client === null || session !== client) return;
    session = null;
    await turn.end();
    await client.end().catch(() => undefined);
    taking.wake();
  }

  return {
    async stop() {
      await taking.stop();
      await lose(session);
    },
  };
}

async function wins(client: pg.Client): Promise<boolean> {
  try {
    await client.connect();
    const { rows } = await client.query<{ won: boolean }>("select pg_try_advisory_lock($1) as won", [turnLock]);
    return rows[0]?.won === true;
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
}
