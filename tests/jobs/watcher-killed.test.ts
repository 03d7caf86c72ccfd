import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { mulberry } from "#tests/support/random.ts";
import { until } from "#tests/support/until.ts";
import { pretendedSite, pretendedSlack, readyToken, uptimeSecret } from "./support/watched.ts";

// The real process, killed at any moment of an outage's life, and started again.

const outages = Number(process.env.WATCHER_OUTAGES ?? 4);
let site: Awaited<ReturnType<typeof pretendedSite>>;
let slack: Awaited<ReturnType<typeof pretendedSlack>>;
let folder: string;
beforeEach(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "alfa-watcher-"));
  [site, slack] = await Promise.all([pretendedSite(), pretendedSlack()]);
});
afterEach(async () => {
  await Promise.all([site.close(), slack.close()]);
  fs.rmSync(folder, { recursive: true });
});

function start() {
  const child = spawn(process.execPath, ["jobs/watcher/main.ts"], {
    stdio: "ignore",
    env: {
      NODE_ENV: "test",
      PATH: process.env.PATH,
      APP_URL: site.url,
      METRICS_TOKEN: readyToken,
      UPTIME_SECRET: uptimeSecret,
      WATCHER_STATE_FILE: path.join(folder, "state.json"),
      WATCH_EVERY_SECONDS: "0.1",
      SLACK_WEBHOOK_CRITICAL: slack.webhooks.critical,
      SLACK_WEBHOOK_PRODUCTION: slack.webhooks.production,
      SLACK_WEBHOOK_WARNING: slack.webhooks.warning,
    },
  });
  const gone = new Promise((resolve) => child.once("exit", resolve));
  return { kill: async () => (child.kill("SIGKILL"), await gone) };
}

test("two watchers on one file: people are told once, and by the second when the first was killed", async () => {
  const first = start();
  await until(() => expect(site.asked).not.toEqual([]));
  const second = start();
  try {
    site.health.database = false;
    await until(() => expect(slack.sent()).not.toEqual([]));
    site.health.database = true;
    await until(() => expect(ended()).toHaveLength(1));
    await until(() => expect(slack.sent()).toHaveLength(2));
    await first.kill();
    site.health.database = false;
    await until(() => expect(slack.sent()).toHaveLength(3));
    site.health.database = true;
    await until(() => expect(ended()).toHaveLength(2));
    await until(() => expect(slack.sent()).toHaveLength(4));
  } finally {
    await Promise.all([first.kill(), second.kill()]);
  }
}, 60_000);

test(`${outages} outages under kills: each is told and written, and a doubled message says so`, async () => {
  const random = mulberry(7);
  let running = true;
  let kills = 0;
  const killing = (async () => {
    while (running) {
      const child = start();
      // Long enough to get somewhere, and at any point of it.
      await pause(700 + random() * 900);
      await child.kill();
      kills += 1;
    }
  })();
  try {
    const told = (word: string) =>
      new Set(slack.sent().flatMap(({ text }) => (text.includes(word) ? [text.replace(/ · mungkin.*/, "")] : []))).size;
    // Each outage and each pause has a kill of its own, so that no two begin in the same second.
    const another = () => {
      const before = kills;
      return until(() => expect(kills).toBeGreaterThan(before + 1));
    };
    for (let outage = 1; outage <= outages; outage += 1) {
      site.health.database = false;
      await until(() => expect(told(" · sejak ")).toBe(outage));
      await another();
      site.health.database = true;
      await until(() => expect(new Set(ended()).size).toBe(outage));
      await until(() => expect(told(" · pulih ")).toBe(outage));
      await another();
    }
    running = false;
    await killing;
    const first = slack.sent().filter(({ text }) => !text.includes("mungkin sudah pernah dikirim"));
    const doubled = slack.sent().length - 2 * outages;
    process.stderr.write(`${outages} outages, ${kills} kills, ${doubled} messages doubled and marked\n`);
    expect(first.length).toBeLessThanOrEqual(2 * outages);
    expect(new Set(slack.sent().map(({ text }) => text.replace(/ · mungkin.*/, ""))).size).toBe(2 * outages);
    expect(new Set(site.outages().map(({ id }) => id)).size).toBe(outages);
  } finally {
    running = false;
    await killing;
  }
}, 600_000);

const ended = () =>
  site
    .outages()
    .filter(({ endedAgo }) => endedAgo !== null)
    .map(({ id }) => id);
