import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { lockOf, openFile } from "#jobs/watcher/file.ts";
import { nothingKnown, observe, type Seen, type State } from "#jobs/watcher/state.ts";
import { openWatcher } from "#jobs/watcher/watcher.ts";
import { pretendedSite, pretendedSlack, readyToken, uptimeSecret } from "./support/watched.ts";

let site: Awaited<ReturnType<typeof pretendedSite>>;
let slack: Awaited<ReturnType<typeof pretendedSlack>>;
let folder: string;
beforeEach(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "alfa-watcher-"));
  [site, slack] = await Promise.all([pretendedSite(), pretendedSlack()]);
});
afterEach(async () => {
  vi.useRealTimers();
  await Promise.all([site.close(), slack.close()]);
  fs.rmSync(folder, { recursive: true });
});

const memory = () => openFile(path.join(folder, "state.json"), () => undefined);
const watch = (more: object = {}) =>
  openWatcher({
    sites: [site.url],
    appUrl: "https://b2b.alfa.test",
    readyToken,
    uptimeSecret,
    slack: slack.webhooks,
    deadManUrl: undefined,
    memory: memory(),
    say: () => undefined,
    ...more,
  });
async function rounds(round: () => Promise<void>, count: number) {
  for (let time = 0; time < count; time += 1) await round();
}

test("the database is away for three rounds: people are told once; it is back: told, and written once", async () => {
  const round = watch();
  await rounds(round, 2);
  site.health.database = false;
  await rounds(round, 2);
  expect(slack.sent()).toEqual([]);
  await rounds(round, 5);
  expect(slack.sent()).toEqual([
    { channel: "critical", text: expect.stringMatching(/^SEV-1 · Basis data tidak menjawab · sejak [\d.]+ WIB/) },
  ]);
  expect(site.outages()).toEqual([]);
  site.health.database = true;
  await rounds(round, 4);
  expect(slack.sent().map(({ text }) => text.split(" · ")[2]!.slice(0, 5))).toEqual(["sejak", "pulih"]);
  expect(site.outages()).toEqual([
    {
      id: expect.any(String),
      what: "DATABASE",
      beganAgo: expect.any(Number),
      endedAgo: expect.any(Number),
      told: true,
    },
  ]);
  expect(memory().read()).toMatchObject({ outages: [], messages: [] });
});

test("two bad rounds and a good one are nothing, again and again", async () => {
  const round = watch();
  for (let time = 0; time < 4; time += 1) {
    site.health.alive = false;
    await rounds(round, 2);
    site.health.alive = true;
    await round();
  }
  expect(slack.sent()).toEqual([]);
});

test("a site that takes connections and never answers is down, and nothing is said of its database", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout"] });
  vi.spyOn(AbortSignal, "timeout").mockImplementation(() => AbortSignal.abort());
  const round = watch();
  await rounds(round, 3);
  vi.restoreAllMocks();
  expect(
    memory()
      .read()
      .outages.map(({ what }) => what),
  ).toEqual(["SITE"]);
});

test("one of two sites is away: a SEV-2, and the other one takes what is to be written", async () => {
  const second = await pretendedSite();
  try {
    const round = watch({ sites: [site.url, second.url] });
    site.health.alive = false;
    await rounds(round, 4);
    expect(slack.sent()).toMatchObject([
      { channel: "production", text: expect.stringMatching(/^SEV-2 · Sebuah proses/) },
    ]);
    expect(second.outages()).toMatchObject([{ what: "WEB", endedAgo: null }]);
    site.health.alive = true;
    await rounds(round, 3);
    expect([...site.outages(), ...second.outages()]).toMatchObject([
      { what: "WEB", endedAgo: expect.any(Number) },
      { what: "WEB", endedAgo: null },
    ]);
  } finally {
    await second.close();
  }
});

test("the worker gives no sign of life: a SEV-2 by the watcher, since nobody else can tell", async () => {
  const round = watch();
  site.health.worker = false;
  await rounds(round, 3);
  expect(slack.sent()).toMatchObject([{ channel: "production", text: expect.stringMatching(/Proses latar/) }]);
  expect(site.outages()).toMatchObject([{ what: "WORKER", told: true }]);
});

test("a token that is not known tells nothing of the database", async () => {
  await rounds(watch({ readyToken: "another" }), 5);
  expect(slack.sent()).toEqual([]);
});

test("Slack is away: the message waits in the file, and another watcher sends it", async () => {
  slack.state.mode = "500";
  site.health.database = false;
  await rounds(watch(), 3);
  expect(slack.sent()).toEqual([]);
  slack.state.mode = "up";
  vi.setSystemTime(Date.now() + 60_000);
  await rounds(watch(), 2);
  expect(slack.sent()).toHaveLength(1);
  expect(slack.sent()[0]!.text).not.toMatch(/mungkin/);
});

test("this machine's clock is set back by an hour: what waits to be told does not wait until then", async () => {
  const now = Date.now();
  vi.setSystemTime(now + 3_600_000);
  slack.state.mode = "500";
  site.health.database = false;
  const round = watch();
  await rounds(round, 3);
  slack.state.mode = "up";
  await round();
  expect(slack.sent(), "control: a pause is kept").toEqual([]);
  vi.setSystemTime(now);
  await round();
  expect(slack.sent()).toHaveLength(1);
});

test("an answer that got lost: the message is sent again and says that it may have come before", async () => {
  slack.state.mode = "lost";
  site.health.database = false;
  await rounds(watch(), 3);
  slack.state.mode = "up";
  vi.setSystemTime(Date.now() + 60_000);
  await rounds(watch(), 2);
  expect(slack.sent().map(({ text }) => /mungkin sudah pernah dikirim/.test(text))).toEqual([false, true]);
});

test("it says that it is there to the database and to the dead-man address, once a minute", async () => {
  const round = watch({ deadManUrl: `${site.url}/dead-man` });
  await rounds(round, 3);
  expect(site.told).toEqual([{ alive: true }]);
  expect(site.asked.filter((one) => one === "POST /dead-man")).toHaveLength(1);
});

test("a file that nobody can read is put aside", async () => {
  fs.writeFileSync(path.join(folder, "state.json"), '{"half');
  await rounds(watch(), 1);
  expect(fs.readdirSync(folder).sort()).toEqual(["state.json", "state.json.unreadable"]);
});

test("cut off between Slack's answer and the file: what Slack took is not sent again", async () => {
  site.health.database = false;
  const cut = (answered: (id: string) => void) => {
    const say = (_: object, words: string) => {
      if (words === "told of an outage") throw new Error("cut off here");
    };
    return rounds(watch({ memory: { ...memory(), answered }, say }), 3);
  };
  await expect(cut(memory().answered)).rejects.toThrow("cut off here");
  await rounds(watch(), 2);
  expect(slack.sent()).toHaveLength(1);
  expect(fs.readdirSync(folder)).toEqual(["state.json"]);

  fs.rmSync(path.join(folder, "state.json"));
  await expect(cut(() => undefined)).rejects.toThrow("cut off here");
  await rounds(watch(), 2);
  const again = slack.sent().map(({ text }) => /mungkin/.test(text));
  expect(again, "control: without that line it is").toEqual([false, false, true]);
});

test("a disk that takes nothing silences nobody, and what is known is written when it takes something", async () => {
  const { write } = memory();
  const disk = { full: true };
  const onto = (state: State) => {
    if (disk.full) throw Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
    write(state);
  };
  const full = () => {
    throw new Error("no space left on device");
  };
  const round = watch({ memory: { ...memory(), write: onto, answered: full } });
  site.health.database = false;
  await rounds(round, 5);
  expect(slack.sent()).toHaveLength(1);
  expect(fs.readdirSync(folder), "control: the disk took nothing").toEqual([]);
  disk.full = false;
  await round();
  expect(memory().read().outages).toMatchObject([{ what: "DATABASE", ended: null }]);
});

test("one watcher at a time works with a file; another file is another matter", () => {
  const file = path.join(folder, "state.json");
  const lock = (of: string) => lockOf(of, (words) => expect.unreachable(words));
  const first = lock(file);
  expect([first, lock(file), lock(`${file}.2`)]).toEqual([expect.anything(), null, expect.anything()]);
  first!.release();
  expect(lock(file), "control: once it is free").not.toBeNull();
});

test("where no lock can be had it is told, and gone on without", () => {
  const file = path.join(folder, "state.json");
  fs.mkdirSync(`${file}.lock`);
  const said: string[] = [];
  expect(lockOf(file, (words) => said.push(words))).not.toBeNull();
  expect(said).toEqual([expect.stringContaining("cannot be locked")]);
});

// Traces, a round every ten seconds: + well, - bad, ? not seen.
function played(trace: string, stepMs = 10_000): State {
  let ids = 0;
  return [...trace].reduce((state, sign, index) => {
    const seen: Seen = sign === "?" ? {} : { DATABASE: sign === "+" };
    return observe(state, seen, index * stepMs, () => `00000000-0000-4000-8000-00000000000${(ids += 1)}`);
  }, nothingKnown());
}
test.each([
  ["++++++", 0, []],
  ["+--+--+--+", 0, []],
  ["+---", 1, ["BEGUN"]],
  ["+-?-?-", 1, ["BEGUN"]],
  ["+---+-+-+-", 1, ["BEGUN"]],
  ["+---++", 1, ["BEGUN", "ENDED"]],
  ["+---????????", 1, ["BEGUN"]],
  ["+---++---++", 2, ["BEGUN", "ENDED", "BEGUN", "ENDED"]],
])("trace %s: %i outages, %j", (trace, outages, kinds) => {
  const state = played(trace);
  expect(state.outages).toHaveLength(outages);
  expect(state.messages.map(({ kind }) => kind)).toEqual(kinds);
});

test("while it goes on people hear again after 15 minutes, an hour and four hours; then it is paper", async () => {
  const state = played("-".repeat(40), 10 * 60_000);
  expect(state.messages.map(({ kind, at }) => [kind, at / 60_000])).toEqual([
    ["BEGUN", 20],
    ["STILL", 30],
    ["STILL", 60],
    ["STILL", 240],
  ]);
  const { wordsOf } = await import("#jobs/watcher/words.ts");
  expect(state.messages.map((message) => /nota kertas/.test(wordsOf(message, "https://b2b.alfa.test")))).toEqual([
    false,
    false,
    false,
    true,
  ]);
});

test("it began with the first bad round and ended with the first good one, by whatever was not seen between", () => {
  expect(played("+-?-?-?+?+").outages).toMatchObject([{ began: 10_000, ended: 70_000 }]);
});
