import { spawnSync } from "node:child_process";
import path from "node:path";
import { root } from "../places.ts";
import { bad, type Finding, ok } from "./finding.ts";

const readers = { web: "app/env.server.ts", worker: "jobs/env.ts" };

/**
 * What a process says of its settings before it starts: by name, never with a value. Its own reader is asked, in a
 * process that has these settings and no other.
 */
export function checkSettings(process_: keyof typeof readers, settings: NodeJS.Dict<string>): Finding[] {
  const area = `settings of ${process_}`;
  const { PATH, HOME } = process.env;
  // As npm start sets it, unless the settings say otherwise.
  const env: NodeJS.ProcessEnv = { NODE_ENV: "production", PATH, HOME, ...settings };
  const asked = spawnSync(process.execPath, [path.join(root, readers[process_])], { env, encoding: "utf8" });
  if (asked.status === 0) return [ok(area, "complete")];
  const lines = asked.stderr.split("\n").flatMap((line) => /^ {2}([A-Z][A-Z0-9_]+ .+)$/.exec(line)?.[1] ?? []);
  return lines.length > 0
    ? lines.map((line) => bad(area, line, `.env.example says what ${line.split(" ")[0]} is for.`))
    : [bad(area, "cannot be read", `node ${readers[process_]}`)];
}
