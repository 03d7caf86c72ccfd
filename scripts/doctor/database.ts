import type pg from "pg";
import { readSteps } from "#supabase/local/schema.ts";
import { bad, type Finding, ok, unknown, wordOf } from "./finding.ts";
import { connected } from "./connected.ts";
import { checkBlocks } from "./blocks.ts";
import { checkGrants } from "./grants.ts";
import { checkRoles, checkRows } from "./roles.ts";

const mostSkewMs = 2_000;
const workerSeconds = 120;

/** Roles, row-level security, grants, schema, clock and worker, by the login postgres. `now`: this machine's clock. */
export async function checkDatabase(adminUrl: string, now = Date.now): Promise<Finding[]> {
  try {
    return await connected(adminUrl, async (db) => {
      const schema = await checkSchema(db);
      // Of another schema nothing that follows means anything.
      if (schema.some(({ state }) => state === "BAD")) return [...schema, await checkClock(db, now)];
      return [
        ...schema,
        ...(await checkRoles(db)),
        ...(await checkRows(db)),
        ...(await checkGrants(db, readSteps())),
        ...(await checkBlocks(db)),
        await checkClock(db, now),
        await checkWorker(db),
      ];
    });
  } catch (error) {
    return [
      unknown(
        "database",
        `cannot be asked (${wordOf(error)})`,
        "See that it runs and that ADMIN_DATABASE_URL is right.",
      ),
    ];
  }
}

async function checkSchema(db: pg.ClientBase): Promise<Finding[]> {
  const { rows } = await db.query<{ there: boolean }>(
    "select to_regclass('supabase_migrations.checksums') is not null as there",
  );
  if (!rows[0]!.there) return [bad("schema", "was never applied here", "npm run db:migrate")];
  const applied = await db.query<{ version: string; sha256: string }>(
    "select version, sha256 from supabase_migrations.checksums",
  );
  const known = new Map(applied.rows.map(({ version, sha256 }) => [version, sha256]));
  const steps = readSteps();
  const missing = steps.filter(({ version }) => !known.has(version)).map(({ version, name }) => `${version}_${name}`);
  if (missing.length > 0) return [bad("schema", `not applied: ${missing.join(", ")}`, "npm run db:migrate")];
  const other = steps.filter(({ version, checksum }) => known.get(version) !== checksum);
  return other.length > 0
    ? [
        bad(
          "schema",
          "the database was made of other files than these",
          "Deploy the release that it was made for, or npm run db:migrate.",
        ),
      ]
    : [ok("schema", `${steps.length === 1 ? "1 step" : `${steps.length} steps`} applied, as in these files`)];
}

async function checkClock(db: pg.ClientBase, now: () => number): Promise<Finding> {
  const asked = now();
  const { rows } = await db.query<{ at: Date }>("select clock_timestamp() as at");
  const skew = rows[0]!.at.getTime() - (asked + now()) / 2;
  const seconds = `${(Math.abs(skew) / 1000).toFixed(1)} s`;
  return Math.abs(skew) > mostSkewMs
    ? bad(
        "clock",
        `the database is ${seconds} ${skew > 0 ? "ahead of" : "behind"} this machine`,
        "Set both by NTP; timers and deadlines go by the database's.",
      )
    : ok("clock", `the database and this machine differ by ${seconds}`);
}

async function checkWorker(db: pg.ClientBase): Promise<Finding> {
  const { rows } = await db.query<{ heard: string | null }>("select app.readiness() ->> 'workerSeconds' as heard");
  const heard = rows[0]!.heard === null ? null : Number(rows[0]!.heard);
  return heard === null || heard > workerSeconds
    ? bad(
        "worker",
        heard === null ? "was never heard of" : `was last heard of ${heard} s ago`,
        "npm run worker; its log says what it waits for.",
      )
    : ok("worker", `heard of ${heard} s ago`);
}
