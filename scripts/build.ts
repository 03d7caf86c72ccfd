import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { root } from "./places.ts";

const sources = [
  "app",
  "public",
  "jobs/queues.ts",
  "supabase/schemas",
  "supabase/migrations",
  "vite.config.ts",
  "remix.config.js",
  "package-lock.json",
];
const entry = path.join(root, "build", "server", "index.js");

/** Builds the web when a source is newer than the build. @returns whether it built. @throws Error with Vite's words. */
export function buildWeb({ force = false } = {}): boolean {
  if (!force && fs.existsSync(entry) && fs.statSync(entry).mtimeMs > newest(sources)) return false;
  const vite = path.join(root, "node_modules", "@remix-run", "dev", "dist", "cli.js");
  const result = spawnSync(process.execPath, [vite, "vite:build"], {
    cwd: root,
    encoding: "utf8",
    // What the web is held to is too little for making it.
    env: { ...process.env, NODE_ENV: "production", NODE_OPTIONS: "" },
  });
  if (result.status !== 0) throw new Error(`The web does not build:\n${result.stdout}${result.stderr}`);
  return true;
}

function newest(paths: string[]): number {
  const times = paths.map((name) => {
    const full = path.join(root, name);
    const entry = fs.statSync(full, { throwIfNoEntry: false });
    if (!entry) return 0;
    // A removed file shows only in the time of its folder.
    const below = entry.isDirectory() ? newest(fs.readdirSync(full).map((child) => path.join(name, child))) : 0;
    return Math.max(entry.mtimeMs, below);
  });
  return Math.max(0, ...times);
}
