import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { credentialsOf, postgresFolder, readyMarker, removeData } from "#supabase/local/data-dir.ts";
import { startPostgres } from "#supabase/local/embedded-postgres.ts";
import { freePorts } from "#supabase/local/ports.ts";

let dataDir: string;
let port: number;

beforeEach(async () => {
  dataDir = fs.mkdtempSync(path.join(os.tmpdir(), "alfa-test-"));
  fs.chmodSync(dataDir, 0o755);
  [port] = await freePorts(1);
});
afterEach(() => removeData(dataDir));

const start = (say = (_: string): void => undefined) =>
  startPostgres({ dataDir, port, password: credentialsOf(dataDir).supabaseAdmin, throwAway: true, say });

test("a port in use is one sentence with the port and the way out", async () => {
  const other = net.createServer().listen(port, "127.0.0.1");
  try {
    await expect(start()).rejects.toThrow(new RegExp(`^Port ${port} .* already in use .*POSTGRES_PORT=<port>.*$`));
  } finally {
    other.close();
  }
});

test("a folder whose initialisation was cut short is made anew", async () => {
  fs.mkdirSync(path.join(postgresFolder(dataDir), "base"), { recursive: true });
  const said: string[] = [];

  const server = await start((sentence) => void said.push(sentence));
  await server.stop();

  expect(said).toEqual([expect.stringContaining("never held data")]);
});

test("a damaged folder that held data is left alone", async () => {
  const kept = path.join(postgresFolder(dataDir), "base", "1");
  fs.mkdirSync(path.dirname(kept), { recursive: true });
  fs.writeFileSync(kept, "orders");
  fs.writeFileSync(readyMarker(dataDir), "");

  await expect(start()).rejects.toThrow(/held data and is now damaged/);
  expect(fs.readFileSync(kept, "utf8")).toBe("orders");
});

test("after kill -9 the next start recovers", async () => {
  const first = await start();
  process.kill(first.pid, "SIGKILL");
  await first.ended;

  const said: string[] = [];
  const second = await start((sentence) => void said.push(sentence));
  await second.stop();

  expect(said.join()).toContain("was killed");
});

test("credentials are made once and only their owner reads them", () => {
  const first = credentialsOf(dataDir);

  expect(credentialsOf(dataDir)).toEqual(first);
  expect(fs.statSync(path.join(dataDir, "credentials.json")).mode & 0o777).toBe(0o600);
});
