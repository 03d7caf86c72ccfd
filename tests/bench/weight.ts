import { chromium, devices } from "playwright";
import { trueClock } from "#supabase/local/clock.ts";
import { demoPassword } from "#supabase/seed/people.ts";
import { fillCarts } from "./carts.ts";
import { Visitor } from "./clients.ts";
import type { System } from "./system.ts";
import { kilobytes, type Line } from "./table.ts";

const limit = 120 * 1024;

/** Everything that a phone's first visit brings over the network, pictures of goods aside. */
export async function measureWeight(system: System): Promise<Line[]> {
  await system.need("mail", "auth", "worker", "web");
  const store = system.stores[0]!;
  await fillCarts(system, [store], 1);
  const visitor = new Visitor(system.stack.at.app);
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
    env: trueClock(),
  });
  try {
    await visitor.signIn(store.email, demoPassword);
    const lines: Line[] = [];
    for (const path of ["/products", "/checkout"]) {
      const context = await browser.newContext({ ...devices["Pixel 7"], baseURL: system.stack.at.app });
      await context.addCookies(visitor.cookies.map(([name, value]) => ({ name, value, url: system.stack.at.app })));
      const page = await context.newPage();
      const session = await context.newCDPSession(page);
      await session.send("Network.enable");
      const files = new Map<string, { url: string; type: string; bytes: number }>();
      session.on("Network.responseReceived", ({ requestId, response, type }) =>
        files.set(requestId, { url: response.url, type, bytes: 0 }),
      );
      session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
        const file = files.get(requestId);
        if (file) file.bytes = encodedDataLength;
      });
      const answer = await page.goto(path, { waitUntil: "networkidle" });
      if (answer?.status() !== 200 || new URL(page.url()).pathname !== path) throw new Error(`${path} did not open.`);
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
      await context.close();
    }
    return lines;
  } finally {
    visitor.close();
    await browser.close();
  }
}
