import { demoPassword } from "#supabase/seed/people.ts";
import { fillCarts } from "./carts.ts";
import { Visitor } from "./clients.ts";
import { firstVisit, withBrowser } from "./phone.ts";
import type { System } from "./system.ts";
import { kilobytes, type Line } from "./table.ts";

const limit = 120 * 1024;

/** Everything that a phone's first visit brings over the network, pictures of goods aside. */
export async function measureWeight(system: System): Promise<Line[]> {
  await system.need("mail", "auth", "worker", "web");
  const store = system.stores[0]!;
  await fillCarts(system, [store], 1);
  const base = system.stack.at.app;
  const visitor = new Visitor(base);
  try {
    await visitor.signIn(store.email, demoPassword);
    return await withBrowser(async (browser) => {
      const lines: Line[] = [];
      for (const path of ["/products", "/checkout"]) {
        const files = new Map<string, { url: string; type: string; bytes: number }>();
        await firstVisit(
          browser,
          { base, visitor, path },
          async (session) => {
            await session.send("Network.enable");
            session.on("Network.responseReceived", ({ requestId, response, type }) =>
              files.set(requestId, { url: response.url, type, bytes: 0 }),
            );
            session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
              const file = files.get(requestId);
              if (file) file.bytes = encodedDataLength;
            });
          },
          () => Promise.resolve(),
        );
        const counted = [...files.values()].filter(({ url, type }) => type !== "Image" || url.endsWith("favicon.svg"));
        const icon = counted.some(({ url }) => url.endsWith("favicon.svg"))
          ? 0
          : (await visitor.get("/favicon.svg")).body.length;
        const total = counted.reduce((sum, { bytes }) => sum + bytes, icon);
        const byType = ["Document", "Stylesheet", "Script"].map(
          (type) =>
            `${type.toLowerCase()} ` +
            `${kilobytes(counted.filter((file) => file.type === type).reduce((sum, { bytes }) => sum + bytes, 0))}`,
        );
        lines.push({
          what: `First visit of ${path} on a phone, pictures aside`,
          figure: `${kilobytes(total)} (${byType.join(", ")})`,
          limit: "<= 120 KB",
          floor: `${counted.length + (icon > 0 ? 1 : 0)} files`,
          meets: total <= limit,
        });
      }
      return lines;
    });
  } finally {
    visitor.close();
  }
}
