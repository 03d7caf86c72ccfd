import { expect, test } from "vitest";
import { logQueue } from "#app/log-queue.ts";
import { openLog } from "#app/logger.ts";
import { countAnswer } from "#app/vitals/requests.ts";
import { countPage, takeBeacon } from "#app/vitals/vital.ts";
import { writings } from "#app/vitals/writing.server.ts";
import { signedIn } from "#tests/support/signed-in.ts";

const { owner } = signedIn("budi");
const said: Array<[object, string]> = [];
const all = writings({ warn: (facts, message) => void said.push([facts, message]) });
const writeAll = () => Promise.all(all.map(({ write }) => write()));
const rows = async (text: string) => (await owner.query<Record<string, unknown>>(text)).rows;

test("what a web process counts and logs stands in the database once it was written, and once only", async () => {
  countAnswer({ route: "/orders/:number", method: "GET", status: 503, ms: 6_000 });
  countPage("/products");
  takeBeacon('{"route":"/products","vitals":[{"name":"LCP","value":900,"target":"img.p"}]}', () => true);
  openLog("web", {}, { write: () => undefined }).info({ requestId: "r-9", status: 503, typed: "x" }, "request");
  await writeAll();
  const reported = "select at from private.web_reported";
  const first = (await rows(reported))[0]?.at as Date;
  await writeAll();
  expect(((await rows(reported))[0]?.at as Date).getTime()).toBeGreaterThan(first.getTime());
  expect(await rows("select route, method, requests, failed, slow from app.http_minutes")).toEqual([
    { route: "/orders/:number", method: "GET", requests: 1, failed: 1, slow: 1 },
  ]);
  expect(await rows("select route, metric, samples, targets from app.vital_days order by metric")).toEqual([
    { route: "/products", metric: "LCP", samples: 1, targets: { "img.p": 1 } },
    { route: "/products", metric: "PAGE", samples: 1, targets: {} },
  ]);
  expect(await rows("select process, level, message, request_id, facts from app.operational_logs")).toEqual([
    { process: "web", level: 30, message: "request", request_id: "r-9", facts: { status: 503, unnamed: ["typed"] } },
  ]);
  expect(said).toEqual([]);
});

test("what the database refuses is let go of, with a word, and holds nothing up", async () => {
  countAnswer({ route: "no-pattern!", method: "GET", status: 200, ms: 1 });
  logQueue().add(JSON.stringify({ level: 33, time: Date.now(), msg: "a level that is none" }));
  await writeAll();
  // The two are written side by side.
  expect(said.map(([, message]) => message).sort()).toEqual([
    "lines of the log were not stored",
    "what was counted or logged was refused by the database",
    "what was counted or logged was refused by the database",
  ]);
  countAnswer({ route: "/cart", method: "POST", status: 303, ms: 1 });
  await writeAll();
  expect(await rows("select requests from app.http_minutes where route = '/cart'")).toEqual([{ requests: 1 }]);
});
