import { execFile } from "node:child_process";
import net from "node:net";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { CatalogueFilter } from "#app/catalogue/catalogue.ts";
import type { System } from "./system.ts";
import { median } from "./table.ts";

export type Errand = { person: { userId: string; sessionId: string }; filters: CatalogueFilter[] };
export type Told = { pages: number[]; bare: number[] };

const script = fileURLToPath(new URL("./distance-reader.ts", import.meta.url));
const distance = 40;

/**
 * Reads pages with the database `distance` milliseconds away, there and back: a page that speaks with it twice takes
 * twice as long. A process of its own, because its connections lead through the delay.
 */
export async function pagesBehindDistance({ stack, stores }: System, filters: CatalogueFilter[]) {
  const proxy = await delayingProxy(Number(new URL(stack.at.web).port), distance / 2);
  try {
    const { accountId: userId, sessionId } = stores[0]!;
    const errand: Errand = { person: { userId, sessionId }, filters };
    const env = {
      ...process.env,
      DATABASE_URL: stack.at.web.replace(/:\d+\//, `:${proxy.port}/`),
      ERRAND: JSON.stringify(errand),
    };
    const { stdout } = await promisify(execFile)(process.execPath, [script], {
      env,
      timeout: 120_000,
    });
    const told = JSON.parse(stdout) as Told;
    return { distance, ms: median(told.pages), bareMs: median(told.bare) };
  } finally {
    await proxy.close();
  }
}

/** A TCP proxy of a local port that holds back everything for so long, each way. */
async function delayingProxy(port: number, delay: number) {
  const sockets = new Set<net.Socket>();
  const server = net.createServer((near) => {
    const far = net.connect(port, "127.0.0.1");
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.setNoDelay(true);
      from.on("data", (chunk) => setTimeout(() => to.writable && to.write(chunk), delay));
      from.on("error", () => undefined);
      from.on("close", () => to.destroy());
    }
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    port: (server.address() as net.AddressInfo).port,
    close: () =>
      new Promise<void>((closed) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => closed());
      }),
  };
}
