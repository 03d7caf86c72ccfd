import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { keysById } from "#jobs/audit/keys.ts";
import { openLedger } from "#jobs/audit/ledger.ts";
import { openSealer } from "#jobs/audit/seal.ts";
import { log } from "#jobs/log.ts";
import { fillCarts, liftLimits, linesPerCart, placeOrder } from "../carts.ts";
import { together } from "../clients.ts";
import { openSystem, type System, type Store } from "../system.ts";
import { type Line, milliseconds, quantile } from "../table.ts";
import { newSigner } from "./trail.ts";

const clients = 2;
const limitMs = 5;

/** What the trail adds to a checkout: the same orders in bare transactions, with the audit and without, in turns. */
export async function measureCost(rounds: number, { shops = 160 } = {}): Promise<Line[]> {
  log.level = "silent";
  const system = await openSystem({ erp: false });
  const pool = new pg.Pool({ connectionString: system.stack.at.admin, max: clients, pipeline: true } as pg.PoolConfig);
  pool.on("error", () => undefined); // What its server says while it ends is nobody's answer.
  const signer = newSigner();
  const ledger = openLedger(system.stack.at.worker);
  const seal = openSealer({
    ledger,
    signer,
    keys: keysById([signer.publicKey]),
    headsFile: path.join(system.dataDir, "bench-heads.jsonl"),
  });
  const times: Record<"with" | "without", number[]> = { with: [], without: [] };
  try {
    await liftLimits(system);
    const stores = system.stores.slice(0, shops);
    const audit = await switchOf(system);
    // The first round of each warms up. Odd rounds begin with the other one.
    for (let round = 0; round <= rounds; round += 1) {
      for (const how of round % 2 === 0 ? (["with", "without"] as const) : (["without", "with"] as const)) {
        await audit(how);
        await fillCarts(system, stores, round * 2 + (how === "with" ? 0 : 1));
        while ((await seal()) === 0);
        let running = true;
        const sealing = (async () => {
          while (running) await pause(Math.min(await seal(), 500)); // More often than the worker does.
        })();
        const measured = await order(pool, stores);
        running = false;
        await sealing;
        if (round > 0) times[how].push(...measured);
      }
    }
    await audit("with");
    const p = (how: "with" | "without", share: number) => quantile(times[how], share);
    const added = p("with", 0.95) - p("without", 0.95);
    return [
      {
        what:
          `What the audit adds to the p95 of a checkout (${linesPerCart} lines, ${times.with.length} each way, the ` +
          "sealer running)",
        figure:
          `${milliseconds(added)} (p95 ${milliseconds(p("with", 0.95))} and ${milliseconds(p("without", 0.95))}, ` +
          `median ${milliseconds(p("with", 0.5))} and ${milliseconds(p("without", 0.5))})`,
        limit: "<= 5 ms",
        floor: "the same transaction without trigger, queue and row",
        meets: added <= limitMs,
      },
    ];
  } finally {
    await pool.end();
    await ledger.close();
    await system.close();
  }
}

/**
 * Takes the audit out of this database, and puts it back: the function that writes, and the triggers that ask for it.
 */
async function switchOf({ admin }: System) {
  const {
    rows: [source],
  } = await admin.query<{ body: string }>("select pg_get_functiondef('private.audit'::regproc) as body");
  const nothing = `
    create or replace function private.audit(p_action text, p_entity text, p_key text, p_detail jsonb default '{}',
      p_target text default null,
    p_before jsonb default null, p_after jsonb default null, p_acting uuid default null,
      p_words jsonb default null) returns void language plpgsql security definer set search_path = pg_catalog,
      pg_temp as $$ begin end $$`;
  return async (how: "with" | "without") => {
    await admin.query(how === "with" ? source!.body : nothing);
    await admin.query(`alter table app.orders ${how === "with" ? "enable" : "disable"} trigger _220_order_needs_audit`);
  };
}

async function order(pool: pg.Pool, stores: Store[]): Promise<number[]> {
  const times: number[] = [];
  await together(clients, stores.length, async (i) => {
    const client = await pool.connect();
    const started = performance.now();
    try {
      await placeOrder(client, stores[i]!);
      times.push(performance.now() - started);
    } finally {
      client.release();
    }
  });
  return times;
}
