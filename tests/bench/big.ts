// npm run bench:big    every page's query on a world of 10,000 stores and a million orders (takes five minutes)
import pg from "pg";
import { throwAwayDatabase } from "#supabase/local/throw-away-database.ts";
import { seedBig } from "#supabase/seed/big.ts";
import { seedDemo } from "#supabase/seed/demo.ts";
import { admin, sari } from "#supabase/seed/people.ts";
import { people } from "#tests/support/cast.ts";
import { type Line, median, milliseconds, table } from "./table.ts";

/** A page is several queries in one batch; none of them should be what a person waits for. */
const limitMs = 150;
const repeats = 7;

const database = await throwAwayDatabase();
const { web } = (await import("#scripts/environment.ts")).environments(
  "",
  { postgres: database.port, auth: 49151, erp: 49150, mail: 49149, sms: 49148, web: 3000 },
  database.credentials,
);
Object.assign(process.env, web, { NODE_ENV: "test", PORT: "3000" });
const owner = new pg.Client({ connectionString: database.adminUrl });
await owner.connect();
let missed = false;
try {
  await seedDemo(database.adminUrl, new Date(), { stock: true });
  const seeded = await seedBig(database.adminUrl, {
    orders: 1_000_000,
    partners: 10_000,
    products: 2_000,
    log: () => undefined,
  });
  const lines: Line[] = [
    {
      what: "Generator: 1,000,000 orders, 10,000 stores, 2,000 products",
      figure: `${Math.round(seeded.seconds)} s, ${seeded.peakMegabytes} MB`,
      limit: "< 300 s, < 500 MB",
      floor: `${seeded.databaseMegabytes} MB of database`,
      meets: seeded.seconds < 300 && seeded.peakMegabytes < 500,
    },
  ];
  lines.push(...(await measurePages()));
  console.log(table(lines));
  missed = lines.some(({ meets }) => meets === false);
} finally {
  await owner.end();
  await database.remove();
}
process.exit(missed ? 1 : 0);

async function measurePages(): Promise<Line[]> {
  const { readTogether } = await import("#app/db/door.server.ts");
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
  const {
    rows: [bare],
  } = await timedRows(() => owner.query("select 1"));
  const lines: Line[] = [];
  for (const { name, who, work } of pageQueries(busy!.number)) {
    const { ms } = await timedRows(async () => {
      const [outcome] = await readTogether(persons[who], [work]);
      if (outcome?.status !== "fulfilled") throw outcome?.reason;
    });
    lines.push({
      what: `${who}: ${name}`,
      figure: milliseconds(ms),
      limit: `< ${limitMs} ms`,
      floor: bare ?? "",
      meets: ms < limitMs,
    });
  }
  return lines;
}

async function timedRows(work: () => Promise<unknown>): Promise<{ ms: number; rows: string[] }> {
  const times: number[] = [];
  for (let round = 0; round < repeats; round += 1) {
    const started = performance.now();
    await work();
    times.push(performance.now() - started);
  }
  const ms = median(times);
  return { ms, rows: [`${milliseconds(ms)}: select 1`] };
}

async function login(userId: string) {
  const sessionId = crypto.randomUUID();
  await owner.query("insert into auth.sessions (id, user_id, created_at, updated_at) values ($1, $2, now(), now())", [
    sessionId,
    userId,
  ]);
  return { userId, sessionId };
}
