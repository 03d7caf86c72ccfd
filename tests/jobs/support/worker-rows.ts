import { workerLoops } from "#jobs/loops.ts";
import { openQueries } from "#jobs/queries.ts";

const pass = () => Promise.resolve(3_600_000);
const part = { interrupt: () => undefined, close: () => Promise.resolve() };

/** The worker's table as it is, with tools that reach nobody; `more` in place of some. */
export const rowsWith = (more: Partial<Parameters<typeof workerLoops>[0]> = {}) => workerLoops({ ...tools, ...more });

const tools: Parameters<typeof workerLoops>[0] = {
  queries: openQueries("postgres://worker@127.0.0.1:1/none"),
  deliver: () => Promise.resolve({ kind: "accepted", id: null }),
  deliverText: null,
  slack: null,
  deadManUrl: undefined,
  appUrl: "http://127.0.0.1:3000",
  whatsapp: "628110000001",
  salesInbox: "sales@alfa.test",
  audit: { ...part, seal: pass, check: pass, watch: pass },
  erp: { ...part, watch: pass, syncOrders: pass, pullFeeds: pass },
  maintenance: false,
  journey: null,
  wake: () => Promise.resolve(),
};

export const workerRows = rowsWith();
