import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { serveErp } from "#mocks/erp/faults/server.ts";
import { ErpState, outstandingOf, stockOf, warehouses } from "#mocks/erp/state.ts";
import { type Child, logs, startChild } from "#scripts/child.ts";
import { credentialsOf, removeData } from "#supabase/local/data-dir.ts";
import { environments } from "#scripts/environment.ts";
import { tellErp } from "#scripts/tell-erp.ts";
import { startStack } from "#scripts/stack.ts";
import { seedTest } from "#supabase/seed/test.ts";
import { placeForSystem } from "#tests/support/system.ts";
import { openCrowd } from "./crowd.ts";
import { withPulse } from "./pulse.ts";

export type System = Awaited<ReturnType<typeof openSystem>>;

const shoppers = 4;

/**
 * The real system with two workers, fsync as in production, on free ports; the ERP and its faults are in this process
 * and know each call.
 */
export async function openSystem() {
  const { dataDir, ports } = await placeForSystem("faults");
  const env = environments(dataDir, ports, credentialsOf(dataDir));
  const pulses = {
    worker: path.join(dataDir, "worker.pulse"),
    "second worker": path.join(dataDir, "second.pulse"),
    web: path.join(dataDir, "web.pulse"),
  };
  const crashes: string[] = [];
  const state = new ErpState();
  const erp = await serveErp(state, ports.erp);
  const stack = await startStack({
    dataDir,
    ports,
    mode: "demo",
    parts: ["postgres", "mail", "sms", "auth", "worker", "web"],
    env: { worker: withPulse(pulses.worker), web: withPulse(pulses.web, env.web.NODE_OPTIONS) },
    async prepare(adminUrl) {
      await seedTest(adminUrl);
      await tellErp(adminUrl, `http://127.0.0.1:${ports.erp}`);
    },
    onCrash(_part, words) {
      crashes.push(words);
      console.error(words);
    },
  });
  const secondLog = path.join(dataDir, "logs", "second-worker.log");
  const second: Child = await startChild({
    name: "second worker",
    script: "jobs/worker.ts",
    env: { ...env.worker, ...withPulse(pulses["second worker"]) },
    logFile: secondLog,
    isReady: logs(secondLog, "worker ready"),
  });
  let closing = false;
  void second.ended.then((words) => {
    if (!closing) crashes.push(words);
  });
  const admin = new pg.Pool({ connectionString: stack.at.admin, max: 3 });
  admin.on("error", () => undefined);
  const rows = async <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []) =>
    (await admin.query<Row>(text, values)).rows;
  const row = async <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []) =>
    (await rows<Row>(text, values))[0]!;

  // Credit for everybody: it is not what is tried here.
  await rows(
    `
      select private.audit('LIMIT_CHANGED', 'partner', code) from app.partners; update app.partners set credit_limit
        = 1000000000000`,
  );
  const stores = await rows<{ email: string }>(
    `
      select u.email from app.partners p join auth.users u on u.id = p.account_id where p.region_code is not null
        order by p.code limit $1`,
    [shoppers],
  );
  const seeded = new Set((await rows<{ number: string }>("select number from app.orders")).map(({ number }) => number));
  const skus = await rows<{ sku: string }>("select sku from app.products where active order by sku limit 60");
  const crowd = await openCrowd(
    stack.at.app,
    stores.map(({ email }) => email),
    skus.map(({ sku }) => sku),
  );
  const known = state.masterData;
  const truth = digest(
    known.skus.flatMap((sku) => warehouses.map((warehouse) => `${sku}/${warehouse}/${stockOf(sku, warehouse)}`)),
  );
  const owed = digest(known.partners.map((code) => `${code}/${outstandingOf(code)}`));

  return {
    erp,
    state,
    stack,
    crowd,
    crashes,
    pulses,
    seeded,
    rows,
    row,
    /** What is live and is not what the ERP truly has; empty when all is right. */
    async falseFigures(): Promise<string> {
      // Every snapshot that is kept, not the live one alone: orders are compared with them.
      const kept = await rows<{ sum: string }>(`
        select md5(string_agg(p.sku || '/' || l.warehouse || '/' || l.quantity, E'\\n'
          order by (p.sku || '/' || l.warehouse || '/' || l.quantity) collate "C")) as sum
          from app.stock_levels l join app.products p on p.id = l.product_id group by l.snapshot_id`);
      const credit = await rows<{ sum: string }>(`
        select md5(string_agg(p.code || '/' || c.outstanding, E'\\n'
          order by (p.code || '/' || c.outstanding) collate "C")) as sum
          from app.partner_credit c join app.partners p on p.id = c.partner_id`);
      const { sums } = await row<{ sums: number }>(`
        select count(*)::int as sums from app.product_stock s
         where s.quantity <> coalesce((select sum(l.quantity) from app.stock_levels l
           join app.feeds f on f.name = 'stock' and f.snapshot_id = l.snapshot_id
                                        where l.product_id = s.product_id), 0)`);
      const wrong = [
        kept.some(({ sum }) => sum !== truth) && "stock",
        credit.some(({ sum }) => sum !== owed) && "credit",
        sums > 0 && "sums of stock",
      ];
      return wrong.filter(Boolean).join(", ");
    },
    webErrors: () => errorsIn(path.join(dataDir, "logs", "web.log")),
    async close() {
      await crowd.stop();
      closing = true;
      await admin.end();
      await second.stop();
      await stack.stop();
      await erp.close();
      removeData(dataDir);
    },
  };
}

/** Asks until it is so. @returns whether it was within `patience` milliseconds. */
export async function until(patience: number, so: () => boolean | Promise<boolean>): Promise<boolean> {
  for (const end = Date.now() + patience; Date.now() < end; await pause(200)) if (await so()) return true;
  return false;
}

function digest(lines: string[]): string {
  return createHash("md5").update(lines.toSorted().join("\n")).digest("hex");
}

/** Requests that the web answered with 5xx, by its own log. */
function errorsIn(log: string): string[] {
  return fs
    .readFileSync(log, "utf8")
    .split("\n")
    .filter((line) => /"status":5\d\d/.test(line));
}
