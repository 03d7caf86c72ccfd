import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, expect, test } from "vitest";
import { z } from "zod";
import { faketimeLibrary, MovableClock, shiftedClock } from "#supabase/local/clock.ts";
import { startPostgres, superuser } from "#supabase/local/embedded-postgres.ts";
import { freePorts } from "#supabase/local/ports.ts";
import { several } from "#supabase/local/several.ts";

const leapDay = Date.parse("2028-02-29T12:00:00+07:00");
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "clock-test-"));
afterAll(() => fs.rmSync(folder, { recursive: true }));

/** What o'clock a process under these settings thinks it is, and how long a tenth of a second takes there. */
function look(settings: Record<string, string>) {
  const code =
    "const [at, from] = [Date.now(), performance.now()]; setTimeout(() => console.log(JSON.stringify([at, " +
    "performance.now() - from])), 100)";
  const { stdout, stderr } = spawnSync(process.execPath, ["-e", code], {
    env: { NODE_ENV: "test", PATH: process.env.PATH, ...settings },
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  return z.tuple([z.number(), z.number()]).parse(JSON.parse(stdout));
}

test.skipIf(!faketimeLibrary())(
  "a process under a shifted clock has another date, and time passes for it as it does",
  () => {
    const [at, took] = look(shiftedClock(leapDay));
    expect(at - leapDay).toBeGreaterThanOrEqual(0);
    expect(at - leapDay).toBeLessThan(120_000);
    expect(took).toBeGreaterThanOrEqual(99);
    const [now] = look({});
    expect(Math.abs(now - at)).toBeGreaterThan(86_400_000);
  },
);

test.skipIf(!faketimeLibrary())("a clock can be set again, forward and back", () => {
  const clock = new MovableClock(leapDay);
  for (const at of [leapDay, leapDay + 3_600_000, leapDay - 3_600_000]) {
    clock.set(at);
    const [seen] = look(clock.settings);
    expect(seen - at).toBeGreaterThanOrEqual(-1);
    expect(seen - at).toBeLessThan(120_000);
  }
  clock.remove();
});

test.skipIf(!faketimeLibrary()).each([
  ["ahead", 400],
  ["behind", -400],
])("a server whose clock is %s keeps its time limits, for what works and what waits", async (_, days) => {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), "clock-test-"));
  fs.chmodSync(dataDir, 0o755);
  const [port] = await freePorts(1);
  const server = await startPostgres({
    dataDir,
    port,
    password: "test",
    throwAway: true,
    clock: shiftedClock(Date.now() + days * 86_400_000),
  });
  const clients = [1, 2].map(
    () => new pg.Client({ host: "127.0.0.1", port, user: superuser, password: "test", database: "postgres" }),
  );
  const [holder, waiter] = several(2, clients);
  try {
    for (const client of clients) await client.connect();
    await holder.query("create table held as select 1 as n");
    await holder.query("begin; lock table held");
    await waiter.query("set statement_timeout = '200ms'");
    await expect(waiter.query("select pg_sleep(60)")).rejects.toMatchObject({ code: "57014" });
    await expect(waiter.query("select count(*) from generate_series(1, 1000000000)")).rejects.toMatchObject({
      code: "57014",
    });
    // The alarm of the deadlock check comes first, and is not taken for the other.
    await waiter.query("set statement_timeout = 0; set deadlock_timeout = '50ms'; set lock_timeout = '400ms'");
    const started = performance.now();
    await expect(waiter.query("select from held")).rejects.toMatchObject({ code: "55P03" });
    expect(performance.now() - started).toBeGreaterThan(390);
  } finally {
    await Promise.all(clients.map((client) => client.end()));
    await server.stop();
    fs.rmSync(dataDir, { recursive: true });
  }
});
