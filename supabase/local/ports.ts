import net from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { several, type Several } from "./several.ts";

/** True when something accepts or holds this port on the loopback address. */
export function portInUse(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = net.createServer();
    probe.once("error", () => resolve(true));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(false)));
  });
}

/**
 * @param variable the environment variable that moves this part to another port.
 * @param patience milliseconds to wait for a dying previous run to let go.
 * @throws Error, one sentence naming the port and what to do.
 */
export async function requireFreePort(port: number, what: string, variable: string, patience = 0) {
  const until = Date.now() + patience;
  while (await portInUse(port)) {
    if (Date.now() >= until) {
      throw new Error(
        `Port ${port} (${what}) is already in use by another program: stop that program, or choose another port ` +
          `with ${variable}=<port>, then start again.`,
      );
    }
    await pause(50);
  }
}

/** Distinct free ports, for tests that must not meet a running demo. */
export async function freePorts<Count extends number>(count: Count): Promise<Several<number, Count>> {
  const servers = await Promise.all(Array.from({ length: count }, () => listen()));
  const ports = servers.map(portOf);
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  return several(count, ports);
}

/** Where a server that listens on a port does so. */
export function portOf(server: net.Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server does not listen on a port");
  return address.port;
}

function listen(): Promise<net.Server> {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => resolve(server));
  });
}
