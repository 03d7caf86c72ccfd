import pg from "pg";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { closePool } from "#app/db/transaction.server.ts";
import { type Asked, askAll } from "#tests/support/rows/asked.ts";
import { readClaims } from "#tests/support/rows/claims.ts";
import { describe, type Described } from "#tests/support/rows/described.ts";
import { faultsOf } from "#tests/support/rows/faults.ts";
import { keys, neverNull } from "#tests/support/rows/never-null.ts";
import { made } from "#tests/support/rows/pieces.ts";
import type { Claim, Claims } from "#tests/support/rows/source.ts";

// What the web's queries claim of their rows is held against the database. The compiler reads the claims; every
// function that asks is called with all kinds of arguments, and Postgres says what each statement gives.
vi.mock("sql-template-tag", async (original) =>
  (await import("#tests/support/rows/pieces.ts")).recording(await original()),
);

let claims: Claims;
let asked: Asked[];
let described: Map<string, Described>;
let owner: pg.Client;
const argued = neverNull();

beforeAll(async () => {
  owner = new pg.Client({ connectionString: process.env.ADMIN_DATABASE_URL });
  await owner.connect();
  claims = await readClaims();
  asked = await askAll(claims);
  described = await describe(owner, asked, argued.has);
});
afterAll(async () => {
  await owner.end();
  await closePool();
});

const all = (): Claim[] =>
  [...claims.claims.values()].flatMap((claim) => (claim instanceof Map ? [...claim.values()] : [claim]));

test("every query and every piece of SQL is tried: one that is not needs a value in samples.ts", () => {
  const places = new Set(asked.map(({ at }) => at));
  expect([...all().map(({ at }) => at), ...claims.unread].filter((at) => !places.has(at))).toEqual([]);
  expect([...claims.pieces].filter(([text]) => !made.ever.has(text)).map(([, at]) => at)).toEqual([]);
});

test("every row is what its type says: columns, types, nulls and words", () => {
  const faults = all().flatMap(({ at, by, row }) => {
    const statements = asked.filter((one) => one.at === at).map(({ text }) => described.get(text)!);
    return faultsOf(row, statements, (column) => argued.has(`${by}.${column}`)).map((fault) => `${at} ${by} ${fault}`);
  });
  expect(faults).toEqual([]);
  expect(argued.unneeded()).toEqual([]);
});

test.each(keys)("$column of $table always has $key", async ({ table, column, key }) => {
  const { rows } = await owner.query(`select from ${table} where ${column} ->> $1 is null`, [key]);
  expect(rows).toEqual([]);
});
