import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cloneDatabase, ofDatabase } from "#supabase/local/clone-database.ts";
import { seedOnce, whyNot } from "#scripts/demo-data.ts";
import type { ThrowAwayDatabase } from "#supabase/local/throw-away-database.ts";
import { emptyServer } from "#tests/support/server.ts";

let database: ThrowAwayDatabase;
const folders: string[] = [];
const folder = () => {
  folders.push(fs.mkdtempSync(path.join(os.tmpdir(), "demo-data-")));
  return folders.at(-1)!;
};

beforeAll(async () => {
  database = await emptyServer();
});
afterAll(async () => {
  for (const each of folders) fs.rmSync(each, { recursive: true });
  await database.remove();
});

async function copy(name: string, ...statements: string[]) {
  await cloneDatabase(database.superuserUrl, "postgres", name);
  const client = new pg.Client({ connectionString: ofDatabase(database.adminUrl, name) });
  await client.connect();
  const rows = async (text: string) => (await client.query<Record<string, unknown>>(text)).rows;
  for (const statement of statements) await rows(statement);
  return { url: ofDatabase(database.adminUrl, name), rows, end: () => client.end() };
}

// A rule that no invented past can keep, in each of the rooms that it writes to.
test.each([
  ["its invented orders", "alter table app.orders add constraint orders_strange_check check (total < 0)"],
  [
    "what went on between it and its ERP",
    "alter table app.stock_checks add constraint stock_checks_strange_check check (percent < 0)",
  ],
])(
  "demo data that cannot be made says that it is %s, names no constraint, and less of it is made instead",
  async (part, rule) => {
    const { url, rows, end } = await copy(`broken_${part.length}`, rule);
    const dataDir = folder();
    const said: string[] = [];
    const refused: unknown = await seedOnce(dataDir, url, (sentence) => said.push(sentence), { small: false }).then(
      () => null,
      (error: unknown) => error,
    );
    expect(whyNot(refused)).toContain(`The demo data could not be made: ${part}`);
    expect(whyNot(refused)).toContain("npm run demo -- --small");
    expect([whyNot(refused), ...said].join()).not.toMatch(/constraint|strange_check|violates/);
    expect(fs.readFileSync(path.join(dataDir, "logs", "seed.log"), "utf8")).toContain("strange_check");

    await seedOnce(dataDir, url, (sentence) => said.push(sentence), { small: true });
    expect(said.at(-1)).toContain("small demo data");
    expect(
      await rows(
        `
          select (select count(*)::int from app.accounts) > 40 as people,
            (select count(*)::int from app.products) as products, (select count(*)::int from app.orders) as orders`,
      ),
    ).toEqual([{ people: true, products: 600, orders: 0 }]);
    await end();
  },
);

test("with no such rule the whole of it is made", async () => {
  const { url, rows, end } = await copy("whole");
  await seedOnce(folder(), url, () => undefined, { small: false });
  expect(await rows("select count(*) > 800 as many from app.orders")).toEqual([{ many: true }]);
  await end();
});
