import net from "node:net";
import { inspect } from "node:util";
import { http, HttpResponse } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { erpClient, ErpTooLate } from "#jobs/erp/client.ts";
import { ErpFailure, type ErpFailureKind } from "#jobs/erp/failure.ts";
import type { ErpDocument, SyncOrder } from "#jobs/erp/shapes.ts";
import { erpHandlers } from "#mocks/erp/handlers.ts";
import { documentOf, ErpState, stockOf } from "#mocks/erp/state.ts";
import { portOf } from "#supabase/local/ports.ts";

const baseUrl = "http://erp.test";
const server = setupServer();
let state: ErpState;

beforeAll(() => server.listen({ onUnhandledFrame: "error" }));
beforeEach(() => {
  state = new ErpState({ hangMs: 1_000 });
  server.use(...erpHandlers(state));
});
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const client = (deadlineMs?: number, maxBytes?: number) => erpClient({ baseUrl, apiKey: "key", deadlineMs, maxBytes });
const order: SyncOrder = {
  number: "ORD-2026-000001",
  partner: "P-0001",
  placedAt: "2026-11-21T07:05:00.000Z",
  total: 1_350_000,
  credit: "GREEN",
  lines: [{ sku: "AB-001", quantity: 3, preorder: 0, unitPrice: 450_000 }],
};

async function failureOf(call: Promise<unknown>): Promise<ErpFailureKind | "none"> {
  try {
    await call;
    return "none";
  } catch (error) {
    if (!(error instanceof ErpFailure)) throw error;
    return error.kind;
  }
}

const document: ErpDocument = {
  number: documentOf(order.number),
  order: order.number,
  partner: "P-0001",
  total: 1_350_000,
  credit: { ok: true, message: null },
  lines: [{ sku: "AB-001", quantity: 3, confirmed: 3, unitPrice: 450_000 }],
};

test("an order sent twice is one document, told whole", async () => {
  state.rule({ stock: { "AB-001": 9 } });
  expect(await client().createOrder(order)).toEqual({ kind: "accepted", document, created: true });
  expect(await client().createOrder(order)).toEqual({ kind: "accepted", document, created: false });
  expect(state.list()).toHaveLength(1);
  expect(state.list()[0]).toMatchObject({
    total: 1_350_000,
    credit: "GREEN",
    lines: [{ sku: "AB-001", quantity: 3, unit_price: 450_000 }],
  });
});

test("by our number come all documents that the ERP has: none, one, two", async () => {
  state.rule({ stock: { "AB-001": 9 } });
  expect(await client().findDocuments(order.number)).toEqual([]);
  await client().createOrder(order);
  expect(await client().findDocuments(order.number)).toEqual([document]);
  state.keyIn(order.number);
  expect(await client().findDocuments(order.number)).toEqual([
    document,
    { ...document, number: documentOf(`${order.number}#2`) },
  ]);
});

test("what may not be sent any more is not sent", async () => {
  await expect(client().createOrder(order, () => false)).rejects.toBeInstanceOf(ErpTooLate);
  expect(state.list()).toEqual([]);
  await client().createOrder(order, () => true); // Control.
  expect(state.list()).toHaveLength(1);
});

test("a refusal is an answer with its reason, not a failure", async () => {
  for (const status of [404, 409, 422]) {
    server.use(
      http.post(`${baseUrl}/api/v1/orders`, ({ request }) =>
        HttpResponse.json({ message: "unknown partner" }, { status, headers: echo(request) }),
      ),
    );
    expect(await client().createOrder(order)).toEqual({ kind: "refused", status, message: "unknown partner" });
  }
});

test.each([
  ["down", "connection"],
  ["hang", "timeout"],
  ["slow", "timeout"],
  ["500", "status"],
  ["garbage", "content"],
] as const)("an ERP in mode %s is a %s failure", async (mode, kind) => {
  state.mode = mode;
  expect(await failureOf(client(200).ping())).toBe(kind);
});

test("too many requests, an answer to another request, a huge or malformed one: each has its kind", async () => {
  const answers: Array<[ErpFailureKind, (request: Request) => Response]> = [
    ["rate-limit", (request) => HttpResponse.json({}, { status: 429, headers: echo(request) })],
    ["status", (request) => HttpResponse.json({}, { status: 401, headers: echo(request) })],
    ["content", () => HttpResponse.json({ ok: true }, { headers: { "x-request-id": "somebody-else" } })],
    ["content", () => HttpResponse.json({ ok: true })],
    ["content", (request) => HttpResponse.json({ ok: "yes" }, { headers: echo(request) })],
    ["content", (request) => json('{"ok":', request)],
    ["content", (request) => json(new Uint8Array([0x22, 0xff, 0x22]), request)],
    ["oversize", (request) => json(" ".repeat(5_000), request)],
  ];
  for (const [kind, answer] of answers) {
    server.use(http.get(`${baseUrl}/api/v1/ping`, ({ request }) => answer(request)));
    expect(await failureOf(client(1_000, 4_000).ping())).toBe(kind);
  }
});

type Written = { document: string; reference: string; partner: string; total: number; credit: object; lines: object[] };
const written: Written = {
  document: "SO-1",
  reference: order.number,
  partner: "P-0001",
  total: 1,
  credit: { ok: true, message: null },
  lines: [],
};
const line = { sku: "A", quantity: 1, confirmed: 1, unit_price: 1 };
const say = (found: Record<string, unknown>) =>
  server.use(
    http.get(`${baseUrl}/api/v1/orders`, ({ request }) => HttpResponse.json(found, { headers: echo(request) })),
  );

test.each<[string, Record<string, unknown>]>([
  ["that names another order", { reference: "ORD-2026-999999", documents: [] }],
  [
    "with a document of another order",
    { reference: order.number, documents: [{ ...written, reference: "ORD-2026-999999" }] },
  ],
  ["with one document twice", { reference: order.number, documents: [written, written] }],
  ["without the list", { reference: order.number }],
  ["with a blank document", { reference: order.number, documents: [{ ...written, document: "  " }] }],
  ["with a NUL in it", { reference: order.number, documents: [{ ...written, document: "SO-\u0000" }] }],
  ["with half a piece", { reference: order.number, documents: [{ ...written, lines: [{ ...line, confirmed: 0.5 }] }] }],
  ["with negative money", { reference: order.number, documents: [{ ...written, total: -1 }] }],
  ["with more than money can be", { reference: order.number, documents: [{ ...written, total: 2 ** 60 }] }],
  [
    "with hundreds of documents",
    { reference: order.number, documents: Array.from({ length: 51 }, (_, n) => ({ ...written, document: `SO-${n}` })) },
  ],
])("an answer %s is not believed", async (_, found) => {
  say({ reference: order.number, documents: [{ ...written, lines: [line] }] });
  expect(await client().findDocuments(order.number)).toHaveLength(1); // Control.
  say(found);
  expect(await failureOf(client().findDocuments(order.number))).toBe("content");
});

test("«no such path» is never «no document»: the order would be sent twice", async () => {
  server.use(
    http.get(`${baseUrl}/api/v1/orders`, ({ request }) =>
      HttpResponse.json({ message: "no such path" }, { status: 404, headers: echo(request) }),
    ),
  );
  expect(await failureOf(client().findDocuments(order.number))).toBe("status");
});

test("the ERP's words arrive so that they can be stored and read", async () => {
  say({
    reference: order.number,
    documents: [
      {
        ...written,
        credit: { ok: false, message: `  me\u202elebi\u200bhi\u0000\nbatas\ufeff \ud800 ${"x".repeat(1_000)}` },
      },
    ],
  });
  const [found] = await client().findDocuments(order.number);
  expect(found?.credit.message).toMatch(/^melebihi batas \ufffd x+$/);
  expect(found?.credit.message).toHaveLength(300);
});

test("of a failure nothing is believed but «surely not taken»: no connection, or turned away unread", async () => {
  const unsent = (answer: (request: Request) => Response | Promise<Response>) => {
    server.use(http.post(`${baseUrl}/api/v1/orders`, ({ request }) => answer(request)));
    return client(100)
      .createOrder(order)
      .then(
        () => null,
        (error: ErpFailure) => error.unsent,
      );
  };
  const status = (code: number) => (request: Request) =>
    HttpResponse.json({}, { status: code, headers: echo(request) });
  expect(await unsent(() => new Promise(() => undefined))).toBe(false);
  expect(await unsent(() => HttpResponse.error())).toBe(false);
  for (const code of [500, 502, 503, 504, 524, 408]) expect(await unsent(status(code))).toBe(false);
  expect(await unsent(() => HttpResponse.json({}, { headers: { "x-request-id": "another" } }))).toBe(false);
  expect(await unsent((request) => json("{", request))).toBe(false);
  expect(await unsent(status(429))).toBe(true);
  server.close();
  try {
    const gone = await new Promise<number>((resolve) => {
      const server = net.createServer().listen(0, "127.0.0.1", () => {
        const port = portOf(server);
        server.close(() => resolve(port));
      });
    });
    expect(
      await erpClient({ baseUrl: `http://127.0.0.1:${gone}`, apiKey: "key" })
        .createOrder(order)
        .catch((error: ErpFailure) => error),
    ).toMatchObject({ message: "ECONNREFUSED", unsent: true });
  } finally {
    server.listen({ onUnhandledFrame: "error" });
  }
});

test("the words of a failure hold neither the address nor the key, whatever a library says", async () => {
  for (const access of [
    { baseUrl: "http://erpuser:rahasia@127.0.0.1:1", apiKey: "k" },
    { baseUrl, apiKey: "rahasia\nsecond" },
    { baseUrl, apiKey: "rahasia-\u2026" },
    { baseUrl: "rahasia", apiKey: "k" },
  ]) {
    const failure = await erpClient(access)
      .ping()
      .then(
        () => null,
        (error: unknown) => error,
      );
    expect(failure).toMatchObject({ kind: "connection", unsent: false });
    expect(inspect(failure, { depth: 9 })).not.toMatch(/rahasia/);
  }
});

test("stock comes whole, over all pages", async () => {
  const skus = Array.from({ length: 600 }, (_, index) => `AB-${String(index).padStart(4, "0")}`);
  state.learn({ skus, partners: ["P-0001", "P-0002"] });

  const stock = await client().listStock();
  expect(stock.rows).toHaveLength(1_200);
  expect(stock.rows).toContainEqual({ sku: "AB-0599", warehouse: "JKT", quantity: stockOf("AB-0599", "JKT") });
  expect(stock.takenAt).toBeInstanceOf(Date);
  expect((await client().listCredit()).rows.map((row) => row.partner)).toEqual(["P-0001", "P-0002"]);
});

test("half a feed is a failure, never a small snapshot; so is an empty one", async () => {
  expect(await failureOf(client().listStock())).toBe("content");
  state.learn({ skus: ["A", "B", "C"], partners: ["P-0001", "P-0002"] });
  state.mode = "partial";

  expect(await failureOf(client().listStock())).toBe("content");
  expect(await failureOf(client().listCredit())).toBe("content");
});

test("a feed with a negative, a fraction, a double row or a page of another snapshot is refused whole", async () => {
  const good = { sku: "A", warehouse: "SBY", quantity: 1 };
  const feeds: Array<(page: number) => { snapshot: string; pages: number; total: number; items: object[] }> = [
    () => ({ snapshot: "s1", pages: 1, total: 1, items: [{ ...good, quantity: -1 }] }),
    () => ({ snapshot: "s1", pages: 1, total: 1, items: [{ ...good, quantity: 1.5 }] }),
    () => ({ snapshot: "s1", pages: 1, total: 1, items: [{ ...good, quantity: null }] }),
    () => ({ snapshot: "s1", pages: 1, total: 2, items: [good, good] }),
    () => ({ snapshot: "s1", pages: 1, total: 2, items: [{ ...good, sku: "A\u0000" }, good] }),
    () => ({ snapshot: "s1", pages: 1, total: 1, items: [good, { ...good, sku: "B" }] }),
    () => ({ snapshot: "s1", pages: 2, total: 1e9, items: [good] }),
    (page) => ({ snapshot: `s${page}`, pages: 2, total: 2, items: [{ ...good, sku: `A${page}` }] }),
    () => ({ page: 7, snapshot: "s1", pages: 1, total: 1, items: [good] }),
  ];
  for (const feed of feeds) {
    server.use(
      http.get(`${baseUrl}/api/v1/stock`, ({ request }) => {
        const page = Number(new URL(request.url).searchParams.get("page"));
        return HttpResponse.json({ page, taken_at: "2026-11-21T07:00:00Z", ...feed(page) }, { headers: echo(request) });
      }),
    );
    expect(await failureOf(client().listStock())).toBe("content");
  }
});

function echo(request: Request): Record<string, string> {
  return { "x-request-id": request.headers.get("x-request-id") ?? "" };
}

function json(body: string | Uint8Array<ArrayBuffer>, request: Request): Response {
  return new HttpResponse(body, { headers: { ...echo(request), "content-type": "application/json" } });
}
