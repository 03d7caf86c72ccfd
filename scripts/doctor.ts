// npm run doctor: see `help`. What it says names no secret: settings by their names, errors by a word.
import fs from "node:fs";
import path from "node:path";
import { parseArgs, parseEnv } from "node:util";
import { checkDatabase } from "./doctor/database.ts";
import { exitOf, exits, type Finding, shown, unknown, wordOf } from "./doctor/finding.ts";
import { deployGate } from "./doctor/gate.ts";
import { checkMailDomain } from "./doctor/mail.ts";
import { checkAuth, checkErp } from "./doctor/outside.ts";
import { checkPath } from "./doctor/path.ts";
import { checkSettings } from "./doctor/settings.ts";
import { demoFolder } from "./places.ts";

const help = `npm run doctor [-- options]

Looks whether all that web and worker stand on is as it should be, and says what to do where it is not: settings, roles,
row-level security, grants, schema, clock, the way to the database, the worker, sign-in, the ERP, the mail domain.
Changes nothing.

  --web FILE        the settings of web (web.env); those of the environment and .env otherwise, or the running demo's
  --worker FILE     the settings of worker
  --dns HOST:PORT   whom to ask about the mail domain
  --deploy-gate     only: may something be deployed, by what of the error budgets is used? Exit 1 from 50 % on without
                    --critical, from 80 % on without --reliability
  --help            this text

ADMIN_DATABASE_URL: the database as the login postgres.
Ends with 0: all is well, or it may be deployed; 1: something is wrong, or it waits; 2: something could not be looked
at.`;

/** Written by `npm run demo`: its settings. */
const demoSettings = path.join(demoFolder, "doctor.env");

process.exitCode = await main().catch((error: unknown) => {
  console.error(`It could not be looked: ${wordOf(error)}`);
  return exits.unknown;
});

async function main(): Promise<number> {
  const options = readOptions();
  if (typeof options === "string") {
    console.error(options);
    return exits.unknown;
  }
  if (options.help) {
    console.log(help);
    return exits.well;
  }
  if (!process.env.ADMIN_DATABASE_URL && !options.web && fs.existsSync(demoSettings)) process.loadEnvFile(demoSettings);
  const { ADMIN_DATABASE_URL: admin } = process.env;
  if (options["deploy-gate"]) {
    if (!admin) return tell("ADMIN_DATABASE_URL is missing.", exits.unknown);
    const { critical = false, reliability = false } = options;
    const { code, text } = await deployGate(admin, { critical, reliability });
    return tell(text, code);
  }
  const web = options.web ? settingsIn(options.web) : process.env;
  const worker = options.worker ? settingsIn(options.worker) : process.env;
  const findings = await look({ admin, web, worker, dns: options.dns });
  const code = exitOf(findings);
  const end = ["All is well.", "Something is wrong: see above.", "Something could not be looked at."][code]!;
  return tell(`${shown(findings)}\n\n${end}`, code);
}

type Looked = { admin: string | undefined; web: NodeJS.Dict<string>; worker: NodeJS.Dict<string>; dns?: string };

async function look({ admin, web, worker, dns }: Looked): Promise<Finding[]> {
  const found = [...checkSettings("web", web), ...checkSettings("worker", worker)];
  found.push(
    ...(admin
      ? await checkDatabase(admin)
      : [
          unknown(
            "database",
            "ADMIN_DATABASE_URL is missing",
            "Give the address of the database as the login postgres.",
          ),
        ]),
  );
  if (web.DATABASE_URL) found.push(await checkPath("web", web.DATABASE_URL, web.DB_STATEMENTS === "unnamed"));
  if (worker.WORKER_DATABASE_URL) found.push(await checkPath("worker", worker.WORKER_DATABASE_URL, false));
  const rest = await Promise.all([checkAuth(web), checkErp(worker), checkMailDomain(worker.MAIL_FROM, dns)]);
  return [...found, ...rest.flat()];
}

function tell(text: string, code: number): number {
  console.log(text);
  return code;
}

function settingsIn(file: string): NodeJS.Dict<string> {
  return parseEnv(fs.readFileSync(file, "utf8"));
}

function readOptions() {
  try {
    return parseArgs({
      options: {
        web: { type: "string" },
        worker: { type: "string" },
        dns: { type: "string" },
        "deploy-gate": { type: "boolean" },
        critical: { type: "boolean" },
        reliability: { type: "boolean" },
        help: { type: "boolean" },
      },
    }).values;
  } catch (error) {
    return `${error instanceof Error ? error.message : "?"}\n\n${help}`;
  }
}
