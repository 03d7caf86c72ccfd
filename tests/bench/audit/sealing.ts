import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { openHeads } from "#jobs/audit/heads.ts";
import { verifyChain } from "#jobs/audit/verify.ts";
import { type Line, milliseconds, perSecond, quantile } from "../table.ts";
import { openTrail, type Trail } from "./trail.ts";

const wanted = 1_000;
const writers = 8;

/**
 * Acts at 1,000 a second, each a transaction of its own, while the worker's sealer runs as it does: how far behind is
 * it?
 */
export async function measureSealing(seconds: number, { backlog = 50_000 } = {}): Promise<Line[]> {
  const trail = await openTrail();
  try {
    await trail.sealAll();
    const { sealSeq: before } = await trail.ledger.state();
    const lags: number[] = [];
    let running = true;
    const sealing = (async () => {
      while (running) await pause(await trail.seal());
    })();
    const watching = (async () => {
      while (running) {
        await pause(250);
        lags.push(await lagOf(trail));
      }
    })();
    const { acts, rate } = await write(trail, seconds);
    const left = await lagOf(trail);
    running = false;
    await Promise.all([sealing, watching]);
    await trail.sealAll();
    const report = await verifyChain(trail.ledger, { keys: trail.keys, heads: await openHeads(trail.headsFile) });

    await trail.fill(backlog);
    const started = performance.now();
    await trail.sealAll();
    const alone = backlog / ((performance.now() - started) / 1000);
    const worst = Math.max(...lags);
    return [
      {
        what: `Sealing, signing and writing outside while ${acts} acts are written in ${seconds} s`,
        figure:
          `${perSecond(rate, "rows")} written; oldest unsealed row: median ${milliseconds(quantile(lags, 0.5))}, ` +
          `worst ${milliseconds(worst)}, at the end ${milliseconds(left)}`,
        limit: "keeps up with 1000 rows/s",
        floor: `a backlog alone: ${perSecond(alone, "rows")}`,
        meets: rate >= wanted * 0.99 && worst < 10_000 && report.findings.length === 0 && report.rows === before + acts,
      },
    ];
  } finally {
    await trail.close();
  }
}

async function lagOf({ superuser }: Trail): Promise<number> {
  const { rows } = await superuser.query<{ ms: number }>(
    "select coalesce(extract(epoch from clock_timestamp() - min(at)) * 1000, 0)::float8 as ms from audit.unsealed",
  );
  return rows[0]!.ms;
}

// Each writer takes its turns by the clock, so that a slow moment is made up for.
async function write({ database }: Trail, seconds: number) {
  const pool = new pg.Pool({ connectionString: database.adminUrl, max: writers });
  pool.on("error", () => undefined); // What its server says while it ends is nobody's answer.
  const started = performance.now();
  let acts = 0;
  try {
    await Promise.all(
      Array.from({ length: writers }, async (_, writer) => {
        for (let n = 0; ; n += 1) {
          const due = started + ((n * writers + writer) * 1000) / wanted;
          if (due - started > seconds * 1000) return;
          if (due > performance.now()) await pause(due - performance.now());
          await pool.query({
            name: "act",
            text: `
              select private.audit('ORDER_PLACED', 'order', $1, '{"total": 1350000, "light": "GREEN", "shadow": true}',
                'PTR-0001')`,
            values: [`ORD-2026-${n}`],
          });
          acts += 1;
        }
      }),
    );
  } finally {
    await pool.end();
  }
  return { acts, rate: acts / ((performance.now() - started) / 1000) };
}
