import fs from "node:fs";
import { demoPassword } from "#supabase/seed/people.ts";
import { together, Visitor } from "./clients.ts";
import { read, somePages } from "./html.ts";
import type { System } from "./system.ts";
import { type Line, megabytes, percent } from "./table.ts";

const limit = 300 * 1024 * 1024;
/** More than this between the thousandth and the last request is growth, not breathing. */
const breath = 1.15;

/** What the web process holds in memory after many pages. Linux alone tells. */
export async function measureMemory(system: System): Promise<Line[]> {
  if (process.platform !== "linux") return [];
  await system.need("mail", "auth", "worker", "web");
  // A fresh process: what other parts did to it is not asked here.
  await system.stack.halt("web");
  await system.need("web");
  const atStart = residentBytes(system);
  const visitor = new Visitor(system.stack.at.app);
  try {
    await visitor.signIn(system.stores[0]!.email, demoPassword);
    const paths = await somePages(visitor);
    const after = async (requests: number) => {
      await together(8, requests, async (i) => void (await read(visitor, paths[i % paths.length]!)));
      return residentBytes(system);
    };
    const first = await after(1_000);
    const middle = await after(4_500);
    const last = await after(4_500);
    return [
      {
        what: "Web process in memory after 10,000 pages",
        figure: `${megabytes(last)} (${megabytes(first)} after 1,000, ${megabytes(middle)} after 5,500)`,
        limit: `< 300 MB, < ${percent(breath)} of that after 1,000`,
        floor: `${megabytes(atStart)} before the first`,
        meets: Math.max(first, middle, last) < limit && last / first < breath,
      },
    ];
  } finally {
    visitor.close();
  }
}

function residentBytes({ stack }: System): number {
  const status = fs.readFileSync(`/proc/${stack.pid("web")}/status`, "utf8");
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)![1]) * 1024;
}
