import fs from "node:fs";
import { parseEnv } from "node:util";
import { z } from "zod";
import { BadEnvironment, databaseUrl, httpUrl, readSettings, secret } from "#app/env-rules.ts";
import { timeoutMs } from "../erp/timeout.ts";

const shape = { WORKER_DATABASE_URL: databaseUrl, ERP_BASE_URL: httpUrl, ERP_API_KEY: secret };
const names = Object.keys(shape);
const whole = z.object({ ...shape, ERP_TIMEOUT_MS: timeoutMs });

/**
 * Which database, and which ERP: all from the settings given, or all from the file that the running demo wrote. Never
 * one of each: orders of the demo would go to the real ERP.
 *
 * @throws BadEnvironment
 */
export function readPlaces(given: NodeJS.Dict<string>, demoFile: string) {
  const missing = names.filter((name) => !given[name]);
  if (missing.length > 0 && missing.length < names.length) {
    throw new BadEnvironment(
      `Of ${names.join(", ")} all three are needed, or none, for the running demo. Missing: ${missing.join(", ")}`,
    );
  }
  const source = missing.length > 0 && fs.existsSync(demoFile) ? parseEnv(fs.readFileSync(demoFile, "utf8")) : given;
  return readSettings(whole, { ...source, NODE_ENV: given.NODE_ENV }, ["ERP_API_KEY"]);
}
