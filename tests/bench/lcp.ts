import type { Browser } from "playwright";
import { articlePage, publicPages } from "#app/ui/public-pages.ts";
import { admin, demoPassword, sari } from "#supabase/seed/people.ts";
import { fillCarts } from "./carts.ts";
import { Visitor } from "./clients.ts";
import { firstVisit, withBrowser } from "./phone.ts";
import type { System } from "./system.ts";
import { type Line, median, milliseconds } from "./table.ts";

/** What is called good. */
const limitMs = 2500;
/** A cheap phone where the network is poor. */
const bytesPerSecond = 1_600_000 / 8;
const network = { offline: false, latency: 150, downloadThroughput: bytesPerSecond, uploadThroughput: bytesPerSecond };
const slowness = 6;
const articleShown = "ALF-0001";

type Seen = { lcp: number; answered: number };

/**
 * When the largest thing of a page stands there, on the first visit of a slow phone with a slow line. To compare two
 * states of the code, run it in a clone of each, in turns.
 */
export async function measureLcp(system: System, { rounds = 5 } = {}): Promise<Line[]> {
  await system.need("mail", "auth", "worker", "web");
  const base = system.stack.at.app;
  const { rows } = await system.admin.query<{ id: string; number: string }>(
    "select partner_id as id, max(number) as number from app.orders group by 1 order by count(*) desc, 1",
  );
  const store = system.stores.find(({ partnerId }) => partnerId === rows[0]!.id)!;
  await fillCarts(system, [store], 1);
  const people = { store: store.email, salesman: sari.email, admin: admin.email };
  const pages = [
    // What a stranger sees: the company's face.
    ...[...publicPages, articlePage(articleShown), "/status"].map((path) => ["stranger", path] as const),
    ["store", "/products"],
    ["store", "/checkout"],
    ["store", `/orders/${rows[0]!.number}`],
    ["store", "/dashboard"],
    ["salesman", "/clients"],
    ["admin", "/admin/orders"],
  ] as const;
  const visitors = Object.fromEntries(["stranger", ...Object.keys(people)].map((who) => [who, new Visitor(base)]));
  const seen = pages.map((): Seen[] => []);
  try {
    for (const [who, email] of Object.entries(people)) await visitors[who]!.signIn(email, demoPassword);
    await withBrowser(async (browser) => {
      for (let round = 0; round < rounds; round += 1)
        for (const [index, [who, path]] of pages.entries())
          seen[index]!.push(await look(browser, { base, visitor: visitors[who]!, path }));
    });
  } finally {
    for (const visitor of Object.values(visitors)) visitor.close();
  }
  return pages.map(([who, path], index) => {
    const times = seen[index]!.map(({ lcp }) => lcp);
    const spread = `${milliseconds(Math.min(...times))} to ${milliseconds(Math.max(...times))}`;
    return {
      what: `${who}: LCP of ${path.replace(/ORD-.*/, ":number")} on a slow phone`,
      figure: `${milliseconds(median(times))} (${spread})`,
      limit: `<= ${limitMs} ms`,
      floor: `${milliseconds(median(seen[index]!.map(({ answered }) => answered)))}: the answer alone`,
      meets: median(times) <= limitMs,
    };
  });
}

function look(browser: Browser, visit: { base: string; visitor: Visitor; path: string }): Promise<Seen> {
  return firstVisit(
    browser,
    visit,
    async (session) => {
      await session.send("Network.enable");
      await session.send("Network.emulateNetworkConditions", network);
      await session.send("Emulation.setCPUThrottlingRate", { rate: slowness });
    },
    (page) =>
      page.evaluate(
        () =>
          new Promise<Seen>((resolve) =>
            new PerformanceObserver((entries) => {
              const [visited] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
              resolve({ lcp: entries.getEntries().at(-1)!.startTime, answered: visited!.responseStart });
            }).observe({ type: "largest-contentful-paint", buffered: true }),
          ),
      ),
  );
}
