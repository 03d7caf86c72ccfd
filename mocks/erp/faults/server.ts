import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { getResponse, type RequestHandler } from "msw";
import { z } from "zod";
import { erpHandlers } from "#mocks/erp/handlers.ts";
import type { ErpState } from "#mocks/erp/state.ts";
import { type Served, toRequest } from "#mocks/serve.ts";
import { contents } from "./content.ts";
import { aliases, type Fault, faultOf, faults, type Operation, operationOf, type Target, targets } from "./modes.ts";
import { refusals, type Reply, send, spoils, type Timing, usualTiming } from "./answers.ts";

/** A call of the API as the fault server saw it, in milliseconds of the clock; `end` null while it is under way. */
export type Call = { operation: Operation; at: number; end: number | null };
export type FaultyErp = Served & {
  /** Breaks the ERP from now on, for some of its operations alone when they are named; "up" mends it. */
  break(fault: Fault, only?: Target[]): void;
  /** The latest calls, the newest last. */
  calls: Call[];
};

const remembered = 10_000;
const control = z
  .object({
    mode: z.string().optional(),
    only: z.union([z.enum(targets).transform((target) => [target]), z.array(z.enum(targets))]).nullish(),
  })
  .loose();

/**
 * The pretended ERP behind a server that breaks, on the socket, what passes: the real client over a real connection is
 * what a fault has to meet. /control is never broken.
 */
export async function serveErp(state: ErpState, port: number, timings: Partial<Timing> = {}): Promise<FaultyErp> {
  const timing = { ...usualTiming, ...timings };
  const handlers = erpHandlers(state);
  const calls: Call[] = [];
  let now: { fault: Fault; only: Target[]; since: number } = { fault: "up", only: [], since: Date.now() };
  let earlierId: string | null = null;
  let asked = 0;

  const faultFor = (operation: Operation): Fault => {
    const { fault, only, since } = now;
    const meant =
      only.length === 0 ||
      only.some(
        (target) => target === operation || (target === "orders" && (operation === "find" || operation === "create")),
      );
    if (!meant || (fault === "lost" && only.length === 0 && operation !== "create")) return "up";
    if (fault === "flap") return Math.floor((Date.now() - since) / timing.flapMs) % 2 === 0 ? "refuse" : "up";
    return fault;
  };

  async function api(request: IncomingMessage, response: ServerResponse, operation: Operation) {
    asked += 1;
    const call: Call = { operation, at: Date.now(), end: null };
    calls.push(call);
    if (calls.length > remembered) calls.shift();
    response.once("close", () => (call.end = Date.now()));
    const exchange = { request, response, timing, earlierId };
    earlierId = typeof request.headers["x-request-id"] === "string" ? request.headers["x-request-id"] : earlierId;

    const fault = faultFor(operation);
    const refuse = refusals[fault];
    if (refuse) return refuse(exchange);
    // Done to the end, whether or not anybody waits: an order whose answer gets lost is booked.
    const asking = await toRequest(request, new AbortController().signal);
    if (fault === "doubled") await answerOf(handlers, asking.clone());
    const reply = await answerOf(handlers, asking);
    if (reply === null) return request.socket.destroy();
    (spoils[fault] ?? send)(exchange, spoken(reply, fault));
  }

  /** Its own words here, everything else by the ERP's own control address. */
  async function controlled(request: IncomingMessage): Promise<Reply> {
    const asking = await toRequest(request, new AbortController().signal);
    if (request.method !== "POST" || request.url !== "/control")
      return summed((await answerOf(handlers, asking))!, request);
    const given = control.safeParse(
      await asking
        .clone()
        .json()
        .catch(() => null),
    );
    if (!given.success) return said(400, { message: `only must be of ${targets.join(", ")}` });
    const { mode, only, ...rest } = given.data;
    const fault = mode === undefined ? now.fault : faultOf(mode);
    if (fault === undefined)
      return said(400, { message: `mode must be one of ${[...faults, ...Object.keys(aliases)].join(", ")}` });
    if (mode !== undefined || only) now = { fault, only: only ?? [], since: Date.now() };
    const headers = { "content-type": "application/json" };
    const passed = new Request(
      asking.url,
      Object.keys(rest).length === 0 ? {} : { method: "POST", headers, body: JSON.stringify(rest) },
    );
    return summed((await answerOf(handlers, passed))!, request);
  }

  function summed(reply: Reply, { url }: IncomingMessage): Reply {
    if (url !== "/control" || reply.status !== 200) return reply;
    return said(200, {
      ...JSON.parse(reply.body.toString()),
      mode: now.fault,
      only: now.only,
      calls: asked,
    });
  }

  const server = createServer((request, response) => {
    const operation = operationOf(request.method ?? "GET", request.url ?? "/");
    const done =
      operation === null
        ? controlled(request).then((reply) => send({ response }, reply))
        : api(request, response, operation);
    done.catch(() => request.socket.destroy());
  });
  await new Promise<void>((listening, failed) => {
    server.once("error", failed);
    server.listen(port, "127.0.0.1", listening);
  });
  return {
    port: (server.address() as AddressInfo).port,
    calls,
    break: (fault, only = []) => void (now = { fault, only, since: Date.now() }),
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

/** What the ERP itself says; null when it cuts the connection. */
async function answerOf(handlers: RequestHandler[], request: Request): Promise<Reply | null> {
  const response = (await getResponse(handlers, request)) ?? Response.json({ message: "Not found" }, { status: 404 });
  if (response.type === "error") return null;
  response.headers.delete("content-length"); // Whoever sends it says how long it is.
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: Buffer.from(await response.arrayBuffer()),
  };
}

function spoken(reply: Reply, fault: Fault): Reply {
  const change = contents[fault];
  return change && reply.status < 300
    ? { ...reply, body: Buffer.from(change(JSON.parse(reply.body.toString()))) }
    : reply;
}

function said(status: number, body: object): Reply {
  return { status, headers: { "content-type": "application/json" }, body: Buffer.from(JSON.stringify(body)) };
}
