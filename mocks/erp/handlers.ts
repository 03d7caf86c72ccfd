import { http, HttpResponse, type RequestHandler } from "msw";
import { z } from "zod";
import { ErpState, erpModes, orderShape, outstandingOf, stockOf, warehouses } from "./state.ts";

const pageSize = 500;
const control = z.object({ mode: z.enum(erpModes).optional(), careless: z.boolean().optional() });
const keyed = z.object({ reference: z.string() });
const amounts = z.record(z.string(), z.number().int().nonnegative().nullable()).optional();
const words = z.record(z.string(), z.string().nullable()).optional();
const rules = z.strictObject({ stock: amounts, credit: words, price: amounts, refuse: words });
const masterData = z.object({ skus: z.array(z.string()).default([]), partners: z.array(z.string()).default([]) });

/** The ERP's HTTP API and its control address, over one state. */
export function erpHandlers(state: ErpState): RequestHandler[] {
  return [...controlHandlers(state), ...apiHandlers(state)];
}

function apiHandlers(state: ErpState) {
  const api = answerer(state);
  return [
    http.get("*/api/v1/ping", ({ request }) => api(request, () => ({ ok: true, time: new Date().toISOString() }))),

    http.get("*/api/v1/stock", ({ request }) =>
      api(request, () => {
        const rows = state.masterData.skus.flatMap((sku) =>
          warehouses.map((warehouse) => ({ sku, warehouse, quantity: stockOf(sku, warehouse) })),
        );
        return feed(state, "stock", rows, request);
      }),
    ),

    http.get("*/api/v1/credit", ({ request }) =>
      api(request, () => {
        const rows = state.masterData.partners.map((partner) => ({ partner, outstanding: outstandingOf(partner) }));
        return feed(state, "credit", rows, request);
      }),
    ),

    http.post("*/api/v1/orders", ({ request }) =>
      api(request, async () => {
        const order = orderShape.safeParse(await request.json().catch(() => null));
        if (!order.success) return status(422, "The order is not readable");
        if (request.headers.get("idempotency-key") !== order.data.reference) {
          return status(422, "Idempotency-Key must be the reference");
        }
        const refusal = state.rules.refuse[order.data.reference];
        if (refusal !== undefined) return status(422, refusal);
        const { document, created } = state.receive(order.data);
        return reply(state.tell(document), created ? 201 : 200);
      }),
    ),

    http.get("*/api/v1/orders", ({ request }) =>
      api(request, () => {
        const reference = new URL(request.url).searchParams.get("reference");
        if (!reference) return status(400, "Which reference?");
        return { reference, documents: state.find(reference).map((document) => state.tell(document)) };
      }),
    ),
  ];
}

function controlHandlers(state: ErpState) {
  const summary = () => ({
    mode: state.mode,
    careless: state.careless,
    calls: state.calls,
    orders: state.list().length,
  });
  return [
    http.get("*/control", () => HttpResponse.json(summary())),
    http.get("*/control/calls", () => HttpResponse.json(state.seen)),
    http.get("*/control/orders", () =>
      HttpResponse.json(state.list().map((document) => ({ ...document, ...state.tell(document) }))),
    ),
    http.post("*/control", async ({ request }) => {
      const asked = control.safeParse(await request.json().catch(() => null));
      if (!asked.success) return status(400, `mode must be one of ${erpModes.join(", ")}, careless true or false`);
      state.mode = asked.data.mode ?? state.mode;
      state.careless = asked.data.careless ?? state.careless;
      return HttpResponse.json(summary());
    }),
    http.post("*/control/master-data", async ({ request }) => {
      const more = masterData.safeParse(await request.json().catch(() => null));
      if (!more.success) return status(400, "skus and partners must be lists of text");
      const known = state.learn(more.data);
      return HttpResponse.json({ skus: known.skus.length, partners: known.partners.length });
    }),
    http.post("*/control/rules", async ({ request }) => {
      const more = rules.safeParse(await request.json().catch(() => null));
      if (!more.success)
        return status(
          400,
          "stock and price are whole numbers by SKU, credit words by partner, refuse words by reference; null takes " +
            "one away",
        );
      return HttpResponse.json(state.rule(more.data));
    }),
    http.delete("*/control/rules", () => {
      state.clearRules();
      return HttpResponse.json(state.rules);
    }),
    http.post("*/control/keyed", async ({ request }) => {
      const asked = keyed.safeParse(await request.json().catch(() => null));
      const document = asked.success ? state.keyIn(asked.data.reference) : null;
      return document
        ? HttpResponse.json(state.tell(document), { status: 201 })
        : status(404, "The ERP has no such order yet, so nobody there can key it in once more");
    }),
  ];
}

/**
 * Wraps each API answer in what the mode does to it. `hang` and `garbage` do their work first: the worst ERP is the
 * one that books the order and then loses the answer.
 */
function answerer(state: ErpState) {
  return async (request: Request, work: () => object | Promise<object>): Promise<Response> => {
    state.calls += 1;
    const { method, url, headers } = request;
    state.seen = [
      ...state.seen.slice(-199),
      { method, path: new URL(url).pathname, traceparent: headers.get("traceparent") },
    ];
    if (state.mode === "down") return HttpResponse.error();
    if (state.mode === "500") return echo(request, status(500, "Internal error"));
    if (!mayEnter(state, request)) return echo(request, status(401, "Unknown api key"));

    const result = await work();
    const response = result instanceof Response ? result : reply(result, 200);
    if (state.mode === "hang") {
      await pause(state.hangMs, request.signal);
      return HttpResponse.error();
    }
    if (state.mode === "garbage") return echo(request, HttpResponse.html("<h1>It works!</h1>"));
    if (state.mode === "slow") await pause(state.slowMs, request.signal);
    return echo(request, response);
  };
}

function feed(state: ErpState, name: "stock" | "credit", rows: object[], request: Request) {
  const page = Math.max(1, Number(new URL(request.url).searchParams.get("page")) || 1);
  const items = rows.slice((page - 1) * pageSize, page * pageSize);
  return {
    snapshot: state.snapshotFor(name, page),
    taken_at: new Date().toISOString(),
    page,
    pages: Math.max(1, Math.ceil(rows.length / pageSize)),
    total: rows.length,
    // A truncated feed: the figures promise everything, every second row is missing.
    items: state.mode === "partial" ? items.filter((_, index) => index % 2 === 0) : items,
  };
}

function mayEnter(state: ErpState, request: Request): boolean {
  const key = request.headers.get("x-api-key");
  return state.apiKey === null ? Boolean(key) : key === state.apiKey;
}

function echo(request: Request, response: Response): Response {
  const id = request.headers.get("x-request-id");
  if (id !== null) response.headers.set("x-request-id", id);
  return response;
}

function reply(body: Parameters<typeof HttpResponse.json>[0], code: number): Response {
  return HttpResponse.json(body, { status: code });
}

function status(code: number, message: string): Response {
  return HttpResponse.json({ message }, { status: code });
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    timer.unref();
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
