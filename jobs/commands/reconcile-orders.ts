// Reconcile_Orders by command: see `help`. Any number of them may run, beside workers or without one.
import { parseArgs } from "node:util";
import { messageOf } from "#app/db/thrown.ts";
import { openQueries } from "../queries.ts";
import { log, reasonOf } from "../log.ts";
import { dryRun } from "../reconcile/dry-run.ts";
import { readPlaces } from "../reconcile/places.ts";
import { exits } from "../reconcile/show.ts";
import { work } from "../reconcile/work.ts";

const purpose = `Brings every order that waits to the ERP: looks it up by its number, creates it when it is not there,
compares price, credit and stock with what was assumed. What does not agree waits for a decision at /admin/reconcile.
Stops when the breaker opens. Ctrl-C ends it at any point, and the next one goes on where it was.`;
const help = `npm run reconcile-orders [-- options]

${purpose}

  --dry-run    only look up and compare, and say what would happen; changes nothing, here or in the ERP
  --unpaced    as fast as the ERP answers, instead of at the rate of the settings
  --wait N     when the ERP is away, wait up to N seconds for it (0: end at once)
  --help       this text

Settings: WORKER_DATABASE_URL, ERP_BASE_URL, ERP_API_KEY, from the environment or .env; without any of them, the demo's.
ERP_TIMEOUT_MS, if the ERP may take longer than three seconds for one answer.
Ends with 0: all confirmed, or nothing to do; 1: some need a person; 2: could not be done; 130: interrupted.`;

/** Written by `npm run demo`: where its database and its ERP are. */
const demoSettings = ".data/demo/reconcile.env";

log.level = "silent"; // This is for a person.
process.exitCode = await main().catch((error: unknown) => {
  console.error(`The orders could not be reconciled: ${reasonOf(error)}`);
  return exits.failed;
});

async function main(): Promise<number> {
  const asked = options();
  if (typeof asked === "string") {
    console.error(`${asked}\n\n${help}`);
    return exits.failed;
  }
  if (asked.help) {
    console.log(help);
    return exits.done;
  }
  const env = readPlaces(process.env, demoSettings);
  const stopping = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      // Asked twice: what is under way is a lease that runs out.
      if (stopping.signal.aborted) process.exit(exits.interrupted);
      stopping.abort();
    });
  }
  const queries = openQueries(env.WORKER_DATABASE_URL);
  const access = { baseUrl: env.ERP_BASE_URL, apiKey: env.ERP_API_KEY, deadlineMs: env.ERP_TIMEOUT_MS };
  const how = { queries, access, paced: !asked.unpaced, waitMs: asked.wait * 1_000, stop: stopping.signal };
  try {
    return await (asked.dryRun ? dryRun(how) : work(how));
  } finally {
    await queries.close();
  }
}

function options() {
  try {
    const { values } = parseArgs({
      options: {
        "dry-run": { type: "boolean" },
        unpaced: { type: "boolean" },
        wait: { type: "string", default: "0" },
        help: { type: "boolean" },
      },
    });
    if (!/^\d{1,5}$/.test(values.wait)) return `--wait takes seconds, not «${values.wait}».`;
    return {
      dryRun: values["dry-run"] === true,
      unpaced: values.unpaced === true,
      wait: Number(values.wait),
      help: values.help === true,
    };
  } catch (error) {
    return messageOf(error);
  }
}
