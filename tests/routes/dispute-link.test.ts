import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closePool } from "#app/db/transaction.server.ts";
import { action } from "#app/routes/bukan-saya.$token/route.tsx";

let owner: pg.Client;
beforeAll(async () => {
  owner = new pg.Client({ connectionString: process.env.ADMIN_DATABASE_URL });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await closePool();
});

const forged = (n: number) => `1.${1_800_000_000 + n}.${"x".repeat(43)}`;

/** Sends the form of a link from an address; the status that comes back. */
async function send(token: string, ip: string): Promise<number> {
  const request = new Request("http://127.0.0.1:3000/bukan-saya/x", {
    method: "POST",
    body: new URLSearchParams({ note: "" }),
  });
  const context = { requestId: crypto.randomUUID(), ip, userAgent: "test", outgoing: { cookies: [] } };
  try {
    const { init } = await action({ request, context, params: { token } });
    return init!.status!;
  } catch (answer) {
    if (answer instanceof Response) return answer.status;
    throw answer;
  }
}

test("forms sent to forged links are counted by address, and a sound link is not kept waiting", async () => {
  const [guesser, other] = ["198.51.100.71", "198.51.100.72"];
  const statuses: number[] = [];
  for (let n = 0; n < 32; n += 1) statuses.push(await send(forged(n), guesser));
  expect(statuses).toEqual([...Array<number>(30).fill(303), 429, 429]);
  expect(await send(forged(99), other)).toBe(303);
  const {
    rows: [old],
  } = await owner.query<{ token: string }>(
    `
      with claim as (select id || '.' || floor(extract(epoch from now() - interval '1 minute'))::bigint as text
        from app.orders where acting_session_id is not null limit 1)
     select text || '.' || private.sign_dispute_link(text) as token from claim`,
  );
  // Signed by us, though over: no guess.
  expect(await send(old!.token, guesser)).toBe(303);
  await owner.query("delete from private.sign_in_tries where key like 'link:%'");
});
