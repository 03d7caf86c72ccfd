import fs from "node:fs";
import type pg from "pg";
import { type Head, parseHead } from "#jobs/audit/heads.ts";
import { readerOf } from "#jobs/audit/reader.ts";
import { verifyChain } from "#jobs/audit/verify.ts";
import { mulberry } from "#tests/support/random.ts";
import { type Line } from "../table.ts";
import { kinds } from "./kinds.ts";
import { openTrail, type Trail } from "./trail.ts";

const batches = 10;
const rowsOfBatch = 15;
const tables = ["app.audit_events", "audit.links", "audit.seals", "audit.signatures", "audit.unsealed"];

/**
 * Random changes by a superuser with every trigger off, each looked at by the verifier itself on the same, uncommitted,
 * database and then taken back. The heads that were written outside stay what they were.
 */
export async function measureTampering(times: number, seed: number): Promise<Line[]> {
  const trail = await openTrail();
  try {
    for (let batch = 0; batch < batches; batch += 1) {
      await trail.fill(rowsOfBatch);
      await (batch < 2 ? trail.sealAsBefore() : trail.seal());
    }
    await disarm(trail.superuser);
    const look = lookOf(trail);
    const started = performance.now();
    if ((await look()).length > 0) throw new Error("A trail that nobody touched is said to be broken.");
    const random = mulberry(seed);
    const tally = new Map<string, { tried: number; found: number; missed: string[] }>();
    for (let n = 0; n < times; n += 1) {
      const kind = kinds[n % kinds.length]!;
      const count = tally.get(kind.name) ?? { tried: 0, found: 0, missed: [] };
      tally.set(kind.name, count);
      await trail.superuser.query("begin");
      const done = await kind.tamper({ sql: trail.superuser, random, trail });
      const findings = await look();
      await trail.superuser.query("rollback");
      count.tried += 1;
      if (findings.length > 0) count.found += 1;
      else count.missed.push(done);
      if (n % 1000 === 999)
        console.log(`  ${n + 1} of ${times}, ${Math.round((n + 1) / ((performance.now() - started) / 1000))} a second`);
    }
    // The same trail, untouched, is whole again: it was the changes that were found.
    if ((await look()).length > 0)
      throw new Error("After the last change was taken back, the trail is said to be broken.");
    let found = 0;
    for (const [name, count] of [...tally].sort()) {
      found += count.found;
      console.log(`  ${name.padEnd(46)} ${String(count.found).padStart(5)} of ${count.tried} found`);
      for (const words of count.missed.slice(0, 5)) console.log(`    MISSED: ${words}`);
    }
    return [
      {
        what: `Random tamperings of ${kinds.length} kinds, found by the verifier`,
        figure: `${found} of ${times}`,
        limit: "all",
        floor: "untouched, before and after: whole",
        meets: found === times,
      },
    ];
  } finally {
    await trail.close();
  }
}

// What an owner of everything would do first. Foreign keys and constraints that only help go too.
async function disarm(sql: pg.Client) {
  await sql.query("set session_replication_role = replica");
  for (const table of tables) await sql.query(`alter table ${table} disable trigger all`);
  const { rows } = await sql.query<{ command: string }>(`
    select format('alter table %s disable trigger all', c.oid::regclass) as command from pg_class c
      where c.relnamespace = 'audit'::regnamespace and c.relkind = 'r'
    union all
    select format('alter table %s drop constraint %I', c.conrelid::regclass, c.conname) from pg_constraint c
     where c.conrelid in ('audit.links'::regclass, 'audit.seals'::regclass, 'app.audit_events'::regclass)
       and c.contype = 'c'`);
  for (const { command } of rows) await sql.query(command);
}

function lookOf({ superuser, keys, headsFile }: Trail) {
  const heads = fs
    .readFileSync(headsFile, "utf8")
    .trim()
    .split("\n")
    .map((line) => parseHead(line)!);
  // One connection, since nobody else sees the change: questions wait for each other.
  let before: Promise<unknown> = Promise.resolve();
  const reader = readerOf((text, values = []) => {
    const asked = before.then(() => superuser.query({ name: text.slice(0, 60), text, values, rowMode: "array" }));
    before = asked.catch(() => undefined);
    return asked.then(({ rows }) => rows as unknown[][]);
  });
  return async () => (await verifyChain(reader, { keys, heads: each(heads), most: 3, secondLookMs: 0 })).findings;
}

async function* each(heads: Head[]) {
  yield* heads;
}
