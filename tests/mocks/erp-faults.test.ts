import net from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { meanings } from "#mocks/erp/faults/modes.ts";
import { type FaultyErp, serveErp } from "#mocks/erp/faults/server.ts";
import { ErpState } from "#mocks/erp/state.ts";
import { until } from "#tests/support/until.ts";

const skus = Array.from({ length: 600 }, (_, index) => `S-${String(index).padStart(4, "0")}`);
let state: ErpState;
let erp: FaultyErp;

beforeAll(async () => {
  state = new ErpState();
  state.learn({ skus, partners: ["P-1", "P-2"] });
  erp = await serveErp(state, 0, { byteMs: 50, lateMs: 150, flapMs: 400, hangMs: 2_000 });
});
afterAll(() => erp.close());
beforeEach(() => erp.break("up"));

type Heard = { text: string; end: "closed" | "reset" | "waiting"; ms: number };

type Question = { patience?: number; body?: string; id?: string; key?: string; enough?: (text: string) => boolean };

/**
 * Asks over a bare socket, and tells what came and how it ended: "waiting" when nothing did, in time, once it was
 * enough, or soon after a whole answer.
 */
function ask(
  path: string,
  { patience = 60_000, body = "", id = "id-1", key = "ORD-1", enough }: Question = {},
): Promise<Heard> {
  const started = performance.now();
  const heard: Heard = { text: "", end: "waiting", ms: 0 };
  let whole: number | undefined; // Characters of a whole answer; of a chunked one NaN.
  return new Promise((resolve) => {
    const socket = net.connect(erp.port, "127.0.0.1");
    const done = () => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ ...heard, ms: performance.now() - started });
    };
    const timer = setTimeout(done, patience);
    const head = [
      `${body ? "POST" : "GET"} ${path} HTTP/1.1`,
      "host: erp",
      "x-api-key: key",
      `x-request-id: ${id}`,
      `idempotency-key: ${key}`,
      `content-length: ${Buffer.byteLength(body)}`,
    ];
    socket.write(`${head.join("\r\n")}\r\n\r\n${body}`);
    socket.on("data", (piece: Buffer) => {
      heard.text += piece.toString("latin1");
      whole ??= heard.text.indexOf("\r\n\r\n") + 4 + Number(header(heard, "content-length"));
      if (enough ? enough(heard.text) : heard.text.length >= whole) setTimeout(done, 25);
    });
    socket.on("end", () => {
      heard.end = "closed";
      done();
    });
    socket.on("error", (error: NodeJS.ErrnoException) => {
      heard.end = error.code === "ECONNRESET" ? "reset" : heard.end;
      done();
    });
  });
}

const orderOf = (reference: string) =>
  JSON.stringify({
    reference,
    partner: "P-1",
    placed_at: "2026-11-22T01:00:00Z",
    total: 100,
    credit: "GREEN",
    lines: [{ sku: skus[0], quantity: 1, unit_price: 100 }],
  });
const order = orderOf("ORD-1");
const status = ({ text }: Heard) => Number(/^HTTP\/1.1 (\d+)/.exec(text)?.[1]);
const header = ({ text }: Heard, name: string) => new RegExp(`^${name}: (.*)\r$`, "im").exec(text)?.[1];
const bodyOf = ({ text }: Pick<Heard, "text">) => text.slice(text.indexOf("\r\n\r\n") + 4);
const feedPage = async (page: number, feed = "stock") => {
  const heard = await ask(`/api/v1/${feed}?page=${page}`);
  return JSON.parse(bodyOf(heard)) as {
    snapshot: string;
    taken_at: string;
    page: number;
    pages: number;
    total: number;
    items: Array<Record<string, unknown>>;
  };
};
const documents = () => state.list().filter(({ reference }) => reference === "ORD-1").length;

test("unbroken, it is the ERP, and each call is on record until its end", async () => {
  const heard = await ask("/api/v1/ping", { id: "mine" });
  expect([status(heard), header(heard, "x-request-id"), heard.end]).toEqual([200, "mine", "waiting"]);
  expect(Number(header(heard, "content-length"))).toBe(bodyOf(heard).length);
  expect(erp.calls.at(-1)).toMatchObject({ operation: "ping", end: expect.any(Number) });
  expect((await feedPage(3)).items).toHaveLength(200);
});

test("two feeds that are read at once are a snapshot each", async () => {
  const first = await feedPage(1);
  await feedPage(1, "credit");
  expect((await feedPage(2)).snapshot).toBe(first.snapshot);
});

test("refuse is a reset without a byte, and the control address stays", async () => {
  erp.break("refuse");
  expect(await ask("/api/v1/ping")).toMatchObject({ text: "", end: "reset" });
  expect(JSON.parse(bodyOf(await ask("/control")))).toMatchObject({ mode: "refuse", only: [] });
});

test("hang takes the request, books and says nothing; lost books it, says nothing, and answers all else", async () => {
  erp.break("hang");
  expect(await ask("/api/v1/orders", { body: order, patience: 200 })).toMatchObject({ text: "", end: "waiting" });
  await until(() => expect(erp.calls.at(-1)!.operation).toBe("create"));
  expect(documents()).toBe(0);

  erp.break("lost");
  expect(await ask("/api/v1/orders", { body: order, patience: 200 })).toMatchObject({ text: "", end: "waiting" });
  await until(() => expect(documents()).toBe(1));
  expect(status(await ask("/api/v1/ping"))).toBe(200);
});

test("dribble sends headers at once and then a byte at a time", async () => {
  erp.break("dribble");
  const lengths = new Set<number>();
  const heard = await ask("/api/v1/ping", {
    enough: (text) => (lengths.add(bodyOf({ text }).length), bodyOf({ text }).length > 4),
  });
  expect([status(heard), heard.end]).toEqual([200, "waiting"]);
  expect(heard.ms, "five pauses between six bytes, and less for none").toBeGreaterThan(4 * 50);
  expect(Math.max(...lengths)).toBeLessThan(Number(header(heard, "content-length")));
});

test("reset comes in the middle of the body, cut ends it there, truncated says that it was all", async () => {
  erp.break("reset");
  // A reset overtakes what a busy machine has not read yet.
  const torn = await until(async () => {
    const heard = await ask("/api/v1/stock?page=1");
    expect(heard.end).toBe("reset");
    expect(bodyOf(heard).length).toBeGreaterThan(0);
    return heard;
  });
  expect(bodyOf(torn).length).toBeLessThan(Number(header(torn, "content-length")));

  erp.break("cut");
  const cut = await ask("/api/v1/stock?page=1");
  expect(cut.end).toBe("closed");
  expect(bodyOf(cut).length).toBe(Math.floor(Number(header(cut, "content-length")) / 2));

  erp.break("truncated");
  const truncated = await ask("/api/v1/stock?page=1");
  expect(bodyOf(truncated).length).toBe(Number(header(truncated, "content-length")));
  expect(() => JSON.parse(bodyOf(truncated))).toThrow("JSON");
});

test("html is a page with status 200, busy a 429 with its patience, 500 an error", async () => {
  erp.break("html");
  const page = await ask("/api/v1/ping");
  expect([status(page), header(page, "content-type")]).toEqual([200, "text/html"]);
  erp.break("busy");
  const busy = await ask("/api/v1/ping");
  expect([status(busy), header(busy, "retry-after")]).toEqual([429, "30"]);
  erp.break("500");
  expect(status(await ask("/api/v1/ping"))).toBe(500);
});

test.each([
  ["nan", '"quantity":NaN'],
  ["infinity", '"quantity":1e309'],
] as const)("%s is in every figure", async (fault, words) => {
  erp.break(fault);
  const text = bodyOf(await ask("/api/v1/stock?page=3"));
  expect(text.split(words)).toHaveLength(201);
  expect(text).not.toMatch(/"quantity":\d+[,}]/);
});

test("rows of a feed can be negative, double, unknown, of another warehouse", async () => {
  const sound = await feedPage(1);
  const spoilt = async (fault: "negative" | "duplicate-sku" | "unknown-sku" | "no-warehouse") => {
    erp.break(fault);
    const page = await feedPage(1);
    expect([page.total, page.pages, page.items.length]).toEqual([sound.total, sound.pages, sound.items.length]);
    return page.items;
  };
  expect((await spoilt("negative"))[0]).toMatchObject({ quantity: -7 });
  expect((await spoilt("duplicate-sku")).at(-1)).toEqual(sound.items[0]);
  expect((await spoilt("unknown-sku"))[0]).toEqual({ ...sound.items[0], sku: "XXX-0000" });
  expect(new Set((await spoilt("no-warehouse")).map(({ warehouse }) => warehouse))).toEqual(new Set(["SBY", "BDG"]));
  expect((await feedPage(2)).items[0]).toMatchObject({ sku: expect.stringMatching(/^S-/) });
});

test("half a feed: rows, a page, or a page of another snapshot", async () => {
  erp.break("half");
  const half = await feedPage(1);
  expect([half.total, half.items.length]).toEqual([1_200, 250]);
  expect(new Set(half.items.map(({ warehouse }) => warehouse)).size).toBe(2);
  erp.break("shrunk");
  const pages = [await feedPage(1), await feedPage(2), await feedPage(3)];
  expect(pages.map(({ total }) => total)).toEqual([600, 600, 600]);
  expect(pages.flatMap(({ items }) => items)).toHaveLength(600);
  erp.break("page-missing");
  expect(await feedPage(1)).toMatchObject({ pages: 2, total: 1_200 });
  expect((await feedPage(1, "credit")).items).toHaveLength(1);
  erp.break("page-mixed");
  expect((await feedPage(2)).snapshot).not.toBe((await feedPage(1)).snapshot);
});

test.each([
  ["ahead", 1],
  ["behind", -1],
] as const)("%s: taken_at and Date are two hours off", async (fault, sign) => {
  erp.break(fault);
  const off = Date.parse((await feedPage(1)).taken_at) - Date.now();
  expect(off * sign).toBeGreaterThan(7_100_000);
  const date = Date.parse(header(await ask("/api/v1/ping"), "date")!) - Date.now();
  expect(date * sign).toBeGreaterThan(7_100_000);
});

test("big is more than ten megabytes, deep is deep and under two, proto has the keys", async () => {
  erp.break("big");
  const big = await ask("/api/v1/ping", { enough: (text) => text.endsWith("\r\n0\r\n\r\n") });
  expect(big.text.length).toBeGreaterThan(10 * 1024 * 1024);
  erp.break("deep");
  const deep = bodyOf(await ask("/api/v1/ping"));
  expect(deep).toContain("[".repeat(400_000));
  expect(deep.length).toBeLessThan(2 * 1024 * 1024);
  erp.break("proto");
  const proto = bodyOf(await ask("/api/v1/stock?page=1"));
  expect(proto.split('"__proto__":{"polluted":true}').length).toBeGreaterThan(500);
  expect(z.object({ items: z.array(z.object({ sku: z.string() })) }).parse(JSON.parse(proto)).items[0]!.sku).toBe(
    "__proto__",
  );
});

test("a stranger echoes the id before, twice answers twice, doubled works twice", async () => {
  await ask("/api/v1/ping", { id: "before" });
  erp.break("stranger");
  expect(header(await ask("/api/v1/ping", { id: "mine" }), "x-request-id")).toBe("before");
  erp.break("twice");
  const twice = await ask("/api/v1/ping", { enough: (text) => text.split(/\{"ok":true\}|HTTP\/1.1 200/).length > 3 });
  expect(twice.text.match(/HTTP\/1\.1 200/g)).toHaveLength(2);
  erp.break("doubled");
  // What it answers is about the second time: the ERP has that order already.
  expect(status(await ask("/api/v1/orders", { body: orderOf("ORD-2"), key: "ORD-2" }))).toBe(200);
  erp.break("up");
  expect(status(await ask("/api/v1/orders", { body: orderOf("ORD-3"), key: "ORD-3" }))).toBe(201);
});

test("flap comes and goes, late is late", async () => {
  erp.break("late");
  const late = await ask("/api/v1/ping");
  expect(status(late)).toBe(200);
  expect(late.ms).toBeGreaterThan(150);
  erp.break("flap");
  const turns: string[] = [];
  while (turns.length < 4) {
    const heard = await ask("/api/v1/ping");
    if (heard.end !== turns.at(-1)) turns.push(heard.end);
  }
  expect(new Set(turns)).toEqual(new Set(["reset", "waiting"]));
});

test("a fault can be for some operations alone", async () => {
  const control = (body: object) => ask("/control", { body: JSON.stringify(body) });
  expect(status(await control({ mode: "html", only: "orders" }))).toBe(200);
  expect(header(await ask("/api/v1/orders?reference=ORD-1"), "content-type")).toBe("text/html");
  expect(status(await ask("/api/v1/ping"))).toBe(200);
  expect(header(await ask("/api/v1/ping"), "content-type")).toContain("json");
});

test("by its control address it takes old names, and says which there are", async () => {
  const control = async (body: object) =>
    z.record(z.string(), z.unknown()).parse(JSON.parse(bodyOf(await ask("/control", { body: JSON.stringify(body) }))));
  expect(await control({ mode: "down" })).toMatchObject({ mode: "refuse" });
  const unknown = await ask("/control", { body: '{"mode":"sideways"}' });
  expect(status(unknown)).toBe(400);
  for (const name of Object.keys(meanings)) expect(unknown.text).toContain(name);
  expect(status(await ask("/control", { body: '{"mode":"html","only":"everything"}' }))).toBe(400);
  expect(await control({})).toMatchObject({ mode: "refuse" });
});
