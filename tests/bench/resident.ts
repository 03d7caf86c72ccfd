import { execFileSync } from "node:child_process";
import fs from "node:fs";
import type { System } from "./system.ts";

/** What the web process holds in memory. */
export function residentBytes({ stack }: System): number {
  const pid = String(stack.pid("web"));
  const kilobytes =
    process.platform === "linux"
      ? /^VmRSS:\s+(\d+) kB/m.exec(fs.readFileSync(`/proc/${pid}/status`, "utf8"))![1]
      : execFileSync("ps", ["-o", "rss=", "-p", pid], { encoding: "utf8" });
  return Number(kilobytes) * 1024;
}
