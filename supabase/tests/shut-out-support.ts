import type pg from "pg";
import { reasonOf } from "#tests/support/rolled-back.ts";

/** Somebody who runs SQL as `web` with a live login, on this connection, and lets no timeout of ours end him. */
export async function intrude(client: pg.Client, user: string, session: string) {
  await client.query("set idle_in_transaction_session_timeout = 0; set statement_timeout = 0");
  return {
    client,
    async begin() {
      await client.query("begin");
      await client.query(
        `
          select set_config('request.jwt.claim.sub', $1, true), set_config('request.jwt.claim.session_id', $2, true),
            set_config('role', 'authenticated', true)`,
        [user, session],
      );
      await client.query("select app.quote()");
    },
  };
}

/** How long something took, and why it was refused, if it was. */
export async function timed<T>(work: Promise<T>) {
  const started = performance.now();
  const outcome = await work.then(() => null, reasonOf);
  return { outcome, seconds: (performance.now() - started) / 1000 };
}
