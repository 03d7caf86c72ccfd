import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fieldOf } from "#app/db/thrown.ts";
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

/** Below those that systems give to outgoing connections, one of which might take a port before its server is there. */
const [lowest, highest] = [10_000, 32_000];

/** Distinct free ports, for tests that must not meet a running demo. They are this process's as long as it lives. */
export async function freePorts<Count extends number>(count: Count): Promise<Several<number, Count>> {
  const ports: number[] = [];
  while (ports.length < count) {
    const port = lowest + Math.floor(Math.random() * (highest - lowest));
    if (reserve(port) && !(await portInUse(port))) ports.push(port);
  }
  return several(count, ports);
}

const reserved: string[] = [];

/** By a file, since many processes look for ports at once and none of them listens yet. */
function reserve(port: number): boolean {
  const file = path.join(os.tmpdir(), `alfa-port-${port}`);
  try {
    fs.writeFileSync(file, String(process.pid), { flag: "wx" });
  } catch (error) {
    if (fieldOf(error, "code") !== "EEXIST") throw error;
    if (!ownerLives(file)) fs.rmSync(file, { force: true });
    return false;
  }
  if (reserved.length === 0) process.on("exit", () => reserved.forEach((file) => fs.rmSync(file, { force: true })));
  return reserved.push(file) > 0;
}

function ownerLives(file: string): boolean {
  try {
    const pid = Number(fs.readFileSync(file, "utf8"));
    return pid === 0 || process.kill(pid, 0); // Nothing in it yet: it is being written.
  } catch (error) {
    return fieldOf(error, "code") === "EPERM"; // Somebody else's.
  }
}

/** Where a server that listens on a port does so. */
export function portOf(server: net.Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server does not listen on a port");
  return address.port;
}
