import { EventEmitter } from "node:events";
import http from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

/**
 * `refuse`: nobody listens. `reset`: connections are accepted and cut. `hang`: requests are taken and never answered.
 */
export type Fault = "up" | "refuse" | "reset" | "hang" | "500";
/** One call as the ERP's socket saw it, in milliseconds of the wall clock. `booked`: the ERP has done its part. */
export type Call = {
  client: string;
  operation: "ping" | "find" | "create" | "stock" | "credit" | "cut" | "other";
  reference: string | null;
  at: number;
  bookedAt: number | null;
  endedAt: number | null;
};

/** The wall clock, finer than whole milliseconds. */
export const clock = () => performance.timeOrigin + performance.now();

/**
 * The ERP's socket, one port for each process that calls, so that every call is known by its caller. It is in front of
 * the pretended ERP, notes when calls begin and end, and dies as asked. What has arrived is booked even when its sender
 * is gone.
 */
export class ErpProxy {
  readonly calls: Call[] = [];
  /** `create`, `booked`, `answered`: a Call. */
  readonly seen = new EventEmitter();
  /** How long the ERP thinks before it books an order, and after. */
  thinkMs = 0;
  /** And how long an order may lie there whose sender is gone. */
  lieMs = 0;
  #fault: Fault = "up";
  readonly #silent: http.IncomingMessage[] = [];
  readonly #gates = new Map<string, { server: http.Server; port: number }>();
  readonly #agent = new http.Agent({ keepAlive: true });

  readonly #target: string;

  constructor(target: string) {
    this.#target = target;
    this.seen.setMaxListeners(0);
  }

  /** Where this client finds the ERP. */
  async open(client: string): Promise<string> {
    const known = this.#gates.get(client);
    if (known) return `http://127.0.0.1:${known.port}`;
    const server = http.createServer((request, response) => {
      this.#take(client, request, response).catch(() => request.socket.destroy());
    });
    server.keepAliveTimeout = 60_000;
    server.on("connection", (socket: Socket) => {
      if (this.#fault !== "reset") return;
      const call = this.#note(client, "cut", null);
      socket.on("error", () => undefined);
      socket.resetAndDestroy();
      call.endedAt = clock();
    });
    await listen(server, 0);
    const { port } = server.address() as AddressInfo;
    this.#gates.set(client, { server, port });
    return `http://127.0.0.1:${port}`;
  }

  /** From now on. What was under way is cut, but for `hang`, which is only silent: it is cut when that is over. */
  async become(fault: Fault): Promise<void> {
    const before = this.#fault;
    this.#fault = fault;
    for (const { socket } of this.#silent.splice(0)) socket.destroy();
    for (const { server, port } of this.#gates.values()) {
      if (fault === "refuse") server.close();
      if (fault === "refuse" || fault === "reset") server.closeAllConnections();
      if (before === "refuse" && fault !== "refuse") await listen(server, port);
    }
  }

  async close(): Promise<void> {
    this.#agent.destroy();
    for (const { server } of this.#gates.values()) {
      server.closeAllConnections();
      await new Promise<void>((closed) => server.close(() => closed()));
    }
  }

  async #take(client: string, request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const call = this.#note(
      client,
      operationOf(request),
      new URL(request.url!, "http://erp").searchParams.get("reference"),
    );
    response.once("close", () => void (call.endedAt ??= clock()));
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const create = call.operation === "create";
    if (create) {
      call.reference = String(request.headers["idempotency-key"]);
      this.seen.emit("create", call);
    }
    if (this.#fault === "hang") return void this.#silent.push(request);
    if (this.#fault === "500") {
      response.writeHead(500, {
        "content-type": "application/json",
        "x-request-id": String(request.headers["x-request-id"] ?? ""),
      });
      return void response.end('{"message":"Internal error"}');
    }
    if (create && this.thinkMs > 0) await pause(Math.random() * this.thinkMs);
    if (create && call.endedAt !== null) await pause(Math.random() * this.lieMs);
    const answer = await this.#pass(request, body);
    call.bookedAt = clock();
    if (create) this.seen.emit("booked", call);
    if (create && this.thinkMs > 0) await pause(Math.random() * this.thinkMs);
    if (response.destroyed) return;
    response.writeHead(answer.status, answer.headers);
    response.end(answer.body, () => create && this.seen.emit("answered", call));
  }

  #pass(
    request: http.IncomingMessage,
    body: Buffer,
  ): Promise<{ status: number; headers: http.IncomingHttpHeaders; body: Buffer }> {
    return new Promise((resolve, reject) => {
      const { connection: _connection, "transfer-encoding": _chunked, ...headers } = request.headers;
      const passed = http.request(
        new URL(request.url!, this.#target),
        { method: request.method, agent: this.#agent, headers: { ...headers, "content-length": String(body.length) } },
        (answer) => {
          const parts: Buffer[] = [];
          answer.on("data", (part: Buffer) => parts.push(part));
          answer.on("error", reject);
          answer.on("end", () => {
            const { connection: _kept, "transfer-encoding": _length, ...rest } = answer.headers;
            resolve({ status: answer.statusCode!, headers: rest, body: Buffer.concat(parts) });
          });
        },
      );
      passed.on("error", reject);
      passed.end(body);
    });
  }

  #note(client: string, operation: Call["operation"], reference: string | null): Call {
    const call = { client, operation, reference, at: clock(), bookedAt: null, endedAt: null };
    this.calls.push(call);
    return call;
  }
}

function operationOf({ method, url = "" }: http.IncomingMessage): Call["operation"] {
  const { pathname } = new URL(url, "http://erp");
  if (pathname === "/api/v1/orders") return method === "POST" ? "create" : "find";
  const name = pathname.replace("/api/v1/", "");
  return name === "ping" || name === "stock" || name === "credit" ? name : "other";
}

// A port that was let go may linger for a moment.
async function listen(server: http.Server, port: number): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await new Promise<void>((resolve, reject) => {
        server.once("error", reject);
        server.listen(port, "127.0.0.1", () => {
          server.off("error", reject);
          resolve();
        });
      });
    } catch (error) {
      if (tries === 50) throw error;
      await pause(20);
    }
  }
}

/** How many of these calls were under way at one moment, at most. */
export function atOnce(calls: Call[]): number {
  const turns = calls
    .flatMap(({ at, endedAt }) => [
      { at, by: 1 },
      { at: endedAt ?? Infinity, by: -1 },
    ])
    .sort((a, b) => a.at - b.at || a.by - b.by);
  let now = 0;
  return turns.reduce((most, { by }) => Math.max(most, (now += by)), 0);
}
