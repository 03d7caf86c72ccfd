import type { IncomingMessage, ServerResponse } from "node:http";
import { erpHandlers } from "#mocks/erp/handlers.ts";
import type { ErpState } from "#mocks/erp/state.ts";
import { listen, type Served, toRequest } from "#mocks/serve.ts";
import { openControl } from "./control.ts";
import { type Fault, type Operation, operationOf, type Target } from "./modes.ts";
import { openPresent } from "./present.ts";
import { replyOf, spoken } from "./reply.ts";
import { refusals, send, spoils, type Timing, usualTiming } from "./answers.ts";

/** A call of the API as the fault server saw it, in milliseconds of the clock; `end` null while it is under way. */
export type Call = { operation: Operation; at: number; end: number | null };
export type FaultyErp = Served & {
  /** Breaks the ERP from now on, for some of its operations alone when they are named; "up" mends it. */
  break(fault: Fault, only?: Target[]): void;
  /** The latest calls, the newest last. */
  calls: Call[];
};

const remembered = 10_000;

/**
 * The pretended ERP behind a server that breaks, on the socket, what passes: the real client over a real connection is
 * what a fault has to meet. /control is never broken.
 */
export async function serveErp(state: ErpState, port: number, timings: Partial<Timing> = {}): Promise<FaultyErp> {
  const timing = { ...usualTiming, ...timings };
  const handlers = erpHandlers(state);
  const present = openPresent(timing.flapMs);
  const controlled = openControl(handlers, present, () => asked);
  const calls: Call[] = [];
  let earlierId: string | null = null;
  let asked = 0;

  const served = await listen((request, response) => {
    const operation = operationOf(request.method ?? "GET", request.url ?? "/");
    return operation === null
      ? controlled(request).then((reply) => send({ response }, reply))
      : api(request, response, operation);
  }, port);
  return { ...served, calls, break: present.break };

  async function api(request: IncomingMessage, response: ServerResponse, operation: Operation) {
    note(operation, response);
    const exchange = { request, response, timing, earlierId };
    earlierId = typeof request.headers["x-request-id"] === "string" ? request.headers["x-request-id"] : earlierId;

    const fault = present.faultFor(operation);
    const refuse = refusals[fault];
    if (refuse) return refuse(exchange);
    // Done to the end, whether or not anybody waits: an order whose answer gets lost is booked.
    const asking = await toRequest(request, new AbortController().signal);
    if (fault === "doubled") await replyOf(handlers, asking.clone());
    const reply = await replyOf(handlers, asking);
    if (reply === null) return void request.socket.destroy();
    (spoils[fault] ?? send)(exchange, spoken(reply, fault));
  }

  function note(operation: Operation, response: ServerResponse) {
    asked += 1;
    const call: Call = { operation, at: Date.now(), end: null };
    calls.push(call);
    if (calls.length > remembered) calls.shift();
    response.once("close", () => (call.end = Date.now()));
  }
}
