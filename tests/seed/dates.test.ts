import { inspect } from "node:util";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cloneDatabase, dropDatabase, ofDatabase } from "#supabase/local/clone-database.ts";
import { faketimeLibrary, MovableClock } from "#supabase/local/clock.ts";
import { type ThrowAwayDatabase, throwAwayDatabase } from "#supabase/local/throw-away-database.ts";
import { wibDate } from "#supabase/seed/calendar.ts";
import { seedDemo } from "#supabase/seed/demo.ts";
import { dozen, instants } from "./instants.ts";
import { promises } from "./promises.ts";
import { namingRows, strayShapes } from "#supabase/tests/trail.ts";
import { TestDb } from "#tests/support/rolled-back.ts";

// The demo data made at other instants than today, on servers whose clock stands there. DATES (npm run test:dates):
// "all" 800, or a list.
const { DATES = "" } = process.env;
const chosen = DATES === "all" ? instants : DATES ? DATES.split(",").map((at) => Date.parse(at)) : dozen;
const words = (at: number) => `${wibDate(at)} ${new Date(at + 7 * 3_600_000).toISOString().slice(11, 19)} WIB`;

/** A server with a migrated database to copy and a clock of its own. */
type Lane = { clock: MovableClock; database: ThrowAwayDatabase };
const free: Lane[] = [];

const lane = async (): Promise<Lane> => {
  // The schema too is older than the data they are filled with.
  const clock = new MovableClock(instants[0]! - 86_400_000);
  return { clock, database: await throwAwayDatabase({ clock: clock.settings }) };
};

beforeAll(async () => {
  if (faketimeLibrary()) free.push(...(await Promise.all([lane(), lane()])));
});

afterAll(async () => {
  for (const { clock, database } of free) {
    await database.remove();
    clock.remove();
  }
});

// Two at a time (maxConcurrency), each on a server of its own. Without the library they count as not run.
test.skipIf(!faketimeLibrary()).concurrent.each(chosen.map((at) => [words(at), at] as const))(
  "the demo data of %s keeps its promises",
  async (_, at) => {
    const mine = free.pop()!;
    const { clock, database } = mine;
    const name = `demo_${at}`;
    const url = ofDatabase(database.adminUrl, name);
    try {
      clock.set(at);
      await cloneDatabase(database.superuserUrl, "postgres", name);
      await monthsAhead(url);
      await seedDemo(url, new Date(at), { stock: true });
      await keepsItsPromises(url, at);
    } finally {
      await dropDatabase(database.superuserUrl, name);
      free.push(mine);
    }
  },
);

// The schema makes months of the audit trail around their day; here they ran up to three years before the data is
// made.
async function monthsAhead(url: string) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client
    .query("select private.ensure_audit_months((now() - interval '6 months')::date, 8)")
    .finally(() => client.end());
}

async function keepsItsPromises(url: string, at: number) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const {
      rows: [clock],
    } = await client.query<{ now: Date }>("select now()");
    expect(clock!.now.getTime() - at, "the server's clock stands at the instant").toBeGreaterThanOrEqual(-1);
    expect(clock!.now.getTime() - at).toBeLessThan(300_000);
    const broken: string[] = [];
    for (const [what, holds] of promises)
      await holds(client).catch((error: Error & { actual?: unknown }) =>
        broken.push(`${what}: ${error.message} ${inspect(error.actual, { breakLength: 400 })}`),
      );
    expect(broken).toEqual([]);
    expect(await namingRows(client)).toEqual([]);
    await client.query("begin");
    expect((await strayShapes(new TestDb(client))).stray, "rows of shapes that no function writes").toEqual([]);
    await client.query("rollback");
  } finally {
    await client.end();
  }
}
