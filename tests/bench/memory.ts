import { demoPassword } from "#supabase/seed/people.ts";
import { together, Visitor } from "./clients.ts";
import { read, somePages } from "./html.ts";
import { residentBytes } from "./resident.ts";
import type { System } from "./system.ts";
import { type Line, megabytes, percent } from "./table.ts";

const limit = 300 * 1024 * 1024;
/** More than this between the thousandth and the last request is growth, not breathing. */
const breath = 1.15;

/** What the web process holds in memory after many pages. `pages`: how many until each look, but for the first one. */
export async function measureMemory(system: System, { pages = [1_000, 4_500, 4_500] } = {}): Promise<Line[]> {
  await system.freshWeb();
  await system.need("mail", "auth", "worker");
  const atStart = residentBytes(system);
  const visitor = new Visitor(system.stack.at.app);
  try {
    await visitor.signIn(system.stores[0]!.email, demoPassword);
    const paths = await somePages(visitor);
    const after = async (requests: number) => {
      await together(8, requests, async (i) => void (await read(visitor, paths[i % paths.length]!)));
      return residentBytes(system);
    };
    const [few, more, most] = pages as [number, number, number];
    const first = await after(few);
    const middle = await after(more);
    const last = await after(most);
    const count = (n: number) => n.toLocaleString("en");
    const earlier = `${megabytes(first)} after ${count(few)}, ${megabytes(middle)} after ${count(few + more)}`;
    return [
      {
        what: `Web process in memory after ${count(few + more + most)} pages`,
        figure: `${megabytes(last)} (${earlier})`,
        limit: `< 300 MB, < ${percent(breath)} of that after ${count(few)}`,
        floor: `${megabytes(atStart)} before the first`,
        meets: Math.max(first, middle, last) < limit && last / first < breath,
      },
    ];
  } finally {
    visitor.close();
  }
}
