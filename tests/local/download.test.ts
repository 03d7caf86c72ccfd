import http, { type IncomingMessage } from "node:http";
import { Writable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { setTimeout as pause } from "node:timers/promises";
import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { download } from "#app/http/download.server.ts";
import { stillness, until } from "#tests/support/until.ts";
import { createServer } from "../../server/create-server.ts";
import { portOf } from "#supabase/local/ports.ts";

// A file that is made while it is sent, by a server that gives a page 200 ms.
const block = Buffer.alloc(256 * 1024, "x");
const logged: string[] = [];
let blocks = 0;
let ended = "";
let make: () => AsyncGenerator<Buffer>;
let server: http.Server;

beforeAll(async () => {
  server = createServer({
    appUrl: "https://order.alfa.test",
    trustedProxyHops: 0,
    log: pino(new Writable({ write: (line, _encoding, done) => (logged.push(String(line)), done()) })),
    deadline: 200,
    handle: () => Promise.resolve(download("a.zip", "application/zip", make())),
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
});
afterAll(() => new Promise((closed) => server.close(closed).closeAllConnections()));
beforeEach(() => {
  logged.length = 0;
  blocks = 0;
  ended = "";
});

const get = (method = "GET") =>
  new Promise<IncomingMessage>((resolve, reject) => {
    http
      .request({ port: portOf(server), path: "/file", method, headers: { "accept-encoding": "gzip" } }, resolve)
      .on("error", reject)
      .end();
  });

/** So many blocks, so far apart. `ended` says how it came to its end. */
async function* file(count: number, milliseconds: number, fails = false): AsyncGenerator<Buffer> {
  ended = "left";
  try {
    for (; blocks < count; blocks += 1) {
      if (milliseconds) await pause(milliseconds);
      yield block;
    }
    if (fails) throw new Error("the session has ended");
    ended = "whole";
  } finally {
    if (ended === "left") ended = "stopped";
  }
}

test("it arrives whole though it takes longer than a page may, as it is", async () => {
  make = () => file(8, 60);
  const response = await get();
  expect(response.headers["content-encoding"]).toBeUndefined();
  expect(response.headers["x-content-type-options"]).toBe("nosniff");
  expect((await buffer(response)).length).toBe(8 * block.length);
  expect(ended).toBe("whole");
});

test("it is made no faster than it is taken, and no further once the visitor is gone", async () => {
  make = () => file(4_000, 0); // A gigabyte.
  const response = await get();
  response.pause();
  const made = await stillness(() => blocks);
  expect(made * block.length).toBeLessThan(32 * 1024 * 1024);
  response.resume();
  await until(() => expect(blocks, "control: more is made when it is taken").toBeGreaterThan(made + 100));
  response.destroy();
  await until(() => expect(ended).toBe("stopped"));
  expect(blocks).toBeLessThan(4_000);
  expect(logged.join("")).not.toContain("request failed");
});

test("one whose making fails does not look whole", async () => {
  make = () => file(2, 0, true);
  await expect(get().then(buffer)).rejects.toThrow(/aborted|hang up/);
  expect(logged.join("")).toContain("the session has ended");
});

test("asking for the headers alone makes nothing", async () => {
  make = () => file(4_000, 0);
  await expect(get("HEAD").then(buffer)).resolves.toHaveLength(0);
  expect(blocks).toBe(0);
});
