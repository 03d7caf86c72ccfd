import fs from "node:fs";
import { fileURLToPath } from "node:url";

type Beat = { at: number; rss: number; lag: number };
/** How a process bore a stretch of time: megabytes at most and more than at its start, longest standstill in ms. */
export type Bearing = { most: number; more: number; lag: number };

const script = fileURLToPath(new URL("./pulse.mjs", import.meta.url));

/** The environment that has a process write its pulse down. */
export function withPulse(file: string, nodeOptions = ""): Record<string, string> {
  return { PULSE_FILE: file, NODE_OPTIONS: `${nodeOptions} --import ${script}`.trim() };
}

/** How the process of a pulse file bore the time since `from`. */
export function bearing(file: string, from: number): Bearing {
  const beats = fs
    .readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Beat);
  const before = beats.filter(({ at }) => at <= from).slice(-3);
  const since = beats.filter(({ at }) => at > from);
  const mb = (bytes: number) => Math.round(bytes / 1024 / 1024);
  const most = Math.max(0, ...since.map(({ rss }) => rss));
  return {
    most: mb(most),
    more: mb(most - Math.max(0, ...before.map(({ rss }) => rss))),
    lag: Math.max(0, ...since.map(({ lag }) => lag)),
  };
}
