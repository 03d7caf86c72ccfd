import pg from "pg";
import { digestOf, hashAfter } from "#jobs/audit/chain.ts";
import { openHeads } from "#jobs/audit/heads.ts";
import { verifyChain } from "#jobs/audit/verify.ts";
import { type Line, megabytes, perSecond } from "../table.ts";
import { openTrail, type Trail } from "./trail.ts";

const limit = 50_000;

/** Rows a second of the whole verifier, beside what reading the rows and hashing them cost alone. */
export async function measureVerifying(rows: number): Promise<Line[]> {
  const trail = await openTrail();
  try {
    for (let left = rows; left > 0; left -= 20_000) await trail.fill(Math.min(left, 20_000));
    await trail.sealAll();
    await trail.superuser.query("vacuum analyze audit.links, app.audit_events");
    const before = process.memoryUsage().rss;
    let peak = before;
    const started = performance.now();
    const report = await verifyChain(trail.ledger, {
      keys: trail.keys,
      heads: await openHeads(trail.headsFile),
      onPage: async () => void (peak = Math.max(peak, process.memoryUsage().rss)),
    });
    const ours = report.rows / ((performance.now() - started) / 1000);
    const [read, hashed] = [await plainRead(trail), await plainHash(trail)];
    return [
      {
        what: `audit:verify of ${report.rows} rows: digests, links, seals, signatures, heads, strays`,
        figure: `${perSecond(ours, "rows")}, ${megabytes(peak - before)} more memory`,
        limit: ">= 50000 rows/s",
        floor: `plain read ${perSecond(read, "rows")}, SHA-256 on one core ${perSecond(hashed, "rows")}`,
        meets: ours >= limit && report.findings.length === 0 && report.rows >= rows,
      },
    ];
  } finally {
    await trail.close();
  }
}

// Every column of every row into this process, and nothing done with it.
async function plainRead({ database }: Trail): Promise<number> {
  const client = new pg.Client({ connectionString: database.adminUrl });
  await client.connect();
  const started = performance.now();
  let rows = 0;
  try {
    for (let after = 0; ;) {
      const page = (
        await client.query({
          name: "plain",
          text: "select * from app.audit_events where id > $1 order by id limit 2000",
          values: [after],
          rowMode: "array",
        })
      ).rows as unknown[][];
      if (page.length === 0) break;
      rows += page.length;
      after = Number(page.at(-1)![0]);
    }
  } finally {
    await client.end();
  }
  return rows / ((performance.now() - started) / 1000);
}

async function plainHash({ ledger }: Trail): Promise<number> {
  const lines = (await ledger.links(0, 20_000)).map(({ line }) => line!);
  const started = performance.now();
  let hash = "0".repeat(64);
  for (const line of lines) hash = hashAfter(hash, digestOf(line));
  return lines.length / ((performance.now() - started) / 1000);
}
