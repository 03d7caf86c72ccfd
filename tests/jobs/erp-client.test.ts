import { http, HttpResponse } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { erpClient, type ErpOrder } from "#jobs/erp/client.ts";
import { ErpFailure, type ErpFailureKind } from "#jobs/erp/failure.ts";
import { erpHandlers } from "#mocks/erp/handlers.ts";
import { documentOf, ErpState, stockOf } from "#mocks/erp/state.ts";

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
const order: ErpOrder = {
  reference: "ORD-2026-000001",
  partner: "P-0001",
  placedAt: "2026-11-21T07:05:00.000Z",
  total: 1_350_000,
  credit: "GREEN" as const,
  lines: [{ sku: "AB-001", quantity: 3, unitPrice: 450_000 }],
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

test("an order sent twice is one document", async () => {
  const first = await client().createOrder(order);
  const again = await client().createOrder(order);

  expect(first).toEqual({ kind: "accepted", document: documentOf(order.reference), created: true });
  expect(again).toEqual({ kind: "accepted", document: documentOf(order.reference), created: false });
  expect(state.list()).toHaveLength(1);
  expect(state.list()[0]).toMatchObject({ total: 1_350_000, lines: [{ sku: "AB-001", quantity: 3, unit_price: 450_000 }] });
});

test("an order is found by our number, and null when the ERP has none", async () => {
  expect(await client().findOrder(order.reference)).toBeNull();
  await client().createOrder(order);
  expect(await client().findOrder(order.reference)).toBe(documentOf(order.reference));
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
    ["content", (request) => json("{\"ok\":", request)],
    ["content", (request) => json(new Uint8Array([0x22, 0xff, 0x22]), request)],
    ["oversize", (request) => json(" ".repeat(5_000), request)],
  ];
  for (const [kind, answer] of answers) {
    server.use(http.get(`${baseUrl}/api/v1/ping`, ({ request }) => answer(request)));
    expect(await failureOf(client(1_000, 4_000).ping())).toBe(kind);
  }
});

test("an answer that names another order is not believed", async () => {
  server.use(
    http.get(`${baseUrl}/api/v1/orders/:reference`, ({ request }) =>
      HttpResponse.json({ document: "SO-9", reference: "ORD-2026-999999" }, { headers: echo(request) }),
    ),
  );
  expect(await failureOf(client().findOrder(order.reference))).toBe("content");
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
    (page) => ({ snapshot: `s${page}`, pages: 2, total: 2, items: [{ ...good, sku: `A${page}` }] }),
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
