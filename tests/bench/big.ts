// npm run bench:big    every page's query on 10,000 stores and a million orders (takes five minutes)
import { parseArgs } from "node:util";
import pg from "pg";
import { endedBySignal } from "#scripts/ended-by-signal.ts";
import { seedBig } from "#supabase/seed/big.ts";
import { seedDemo } from "#supabase/seed/demo.ts";
import { admin, sari } from "#supabase/seed/people.ts";
import { people } from "#tests/support/cast.ts";
import { concluded, runPart } from "./parts.ts";
import { makeSmallData, openDatabase } from "./small-data.ts";
import { type Line, median, milliseconds } from "./table.ts";

/** A page is several queries in one batch; none of them should be what a person waits for. */
const limitMs = 150;

const { values } = parseArgs({ options: { smoke: { type: "boolean", default: false } } });
const sizes = values.smoke
  ? { orders: 120, partners: 130, products: 610, repeats: 1 }
  : { orders: 1_000_000, partners: 10_000, products: 2_000, repeats: 7 };
void endedBySignal().then(() => process.exit(130));
const remove = values.smoke ? await makeSmallData() : () => undefined;
const database = await openDatabase("seeded");
const { web } = (await import("#scripts/environment.ts")).environments(
  "",
  { postgres: database.port, auth: 49151, erp: 49150, mail: 49149, sms: 49148, web: 3000 },
  database.credentials,
);
Object.assign(process.env, web, { NODE_ENV: "test", PORT: "3000" });
const owner = new pg.Client({ connectionString: database.adminUrl });
await owner.connect();
let lines: Line[];
try {
  lines = await runPart("big", async () => [await measureGenerator(), ...(await measurePages())]);
} finally {
  await owner.end();
  await database.remove();
  remove();
}
process.exit(concluded(lines));

async function measureGenerator(): Promise<Line> {
  const { repeats: _, ...wanted } = sizes;
  await seedDemo(database.adminUrl, new Date(), { stock: true });
  const seeded = await seedBig(database.adminUrl, { ...wanted, log: () => undefined });
  const [orders, stores, products] = [wanted.orders, wanted.partners, wanted.products].map((n) =>
    n.toLocaleString("en"),
  );
  return {
    what: `Generator: ${orders} orders, ${stores} stores, ${products} products`,
    figure: `${Math.round(seeded.seconds)} s, ${seeded.peakMegabytes} MB`,
    limit: "< 300 s, < 500 MB",
    floor: `${seeded.databaseMegabytes} MB of database`,
    meets: seeded.seconds < 300 && seeded.peakMegabytes < 500,
  };
}

async function measurePages(): Promise<Line[]> {
  const { readTogether } = await import("#app/db/transaction.server.ts");
  const { pageQueries } = await import("./page-queries.ts");
  const {
    rows: [busy],
  } = await owner.query<{ account: string; number: string }>(`
    select p.account_id as account, max(o.number) as number from app.partners p join app.orders o on o.partner_id = p.id
     where p.code > 'PTR-0100' group by 1 order by count(*) desc limit 1`);
  const persons = {
    store: await login(busy!.account),
    salesman: await login(sari.id),
    admin: await login(admin.id),
    auditor: await login(people.auditor),
  };
  const bare = `${milliseconds(await timed(() => owner.query("select 1")))}: select 1`;
  const lines: Line[] = [];
  for (const { name, who, work } of pageQueries(busy!.number)) {
    const ms = await timed(async () => {
      const [outcome] = await readTogether(persons[who], [work]);
      if (outcome?.status === "fulfilled") return;
      throw new Error(`${who}: ${name}: ${(outcome?.reason as Error).message}`, { cause: outcome?.reason });
    });
    lines.push({
      what: `${who}: ${name}`,
      figure: milliseconds(ms),
      limit: `< ${limitMs} ms`,
      floor: bare,
      meets: ms < limitMs,
    });
  }
  return lines;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < sizes.repeats; round += 1) {
    const started = performance.now();
    await work();
    times.push(performance.now() - started);
  }
  return median(times);
}

async function login(userId: string) {
  const sessionId = crypto.randomUUID();
  await owner.query("insert into auth.sessions (id, user_id, created_at, updated_at) values ($1, $2, now(), now())", [
    sessionId,
    userId,
  ]);
  return { userId, sessionId };
}
