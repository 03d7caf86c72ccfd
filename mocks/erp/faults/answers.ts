import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { skewMs } from "./content.ts";
import type { Fault } from "./modes.ts";

/** A whole answer before it goes out. */
export type Reply = { status: number; headers: Record<string, string>; body: Buffer };
export type Timing = typeof usualTiming;
export const usualTiming = {
  byteMs: 1_000, // between two bytes of a dribble
  lateMs: 3_000,
  flapMs: 7_000, // gone for so long, then there for so long
  hangMs: 60_000, // after which even a hanging ERP gives a connection up
};

type Exchange = { request: IncomingMessage; response: ServerResponse; timing: Timing; earlierId: string | null };
type Spoil = (exchange: Exchange, reply: Reply) => void;

const bigBytes = 10 * 1024 * 1024;

/** Sends an answer as it should be. */
export function send({ response }: Pick<Exchange, "response">, { status, headers, body }: Reply) {
  response.writeHead(status, { ...headers, "content-length": body.length }).end(body);
}

/** Resets the connection: the other side reads ECONNRESET. */
export function reset({ request }: Pick<Exchange, "request">) {
  request.socket.resetAndDestroy();
}

/** Keeps the connection and says nothing. */
export function hang({ request, timing }: Pick<Exchange, "request" | "timing">) {
  const timer = setTimeout(() => request.socket.destroy(), timing.hangMs);
  request.socket.once("close", () => clearTimeout(timer));
}

const half = (body: Buffer) => body.subarray(0, Math.floor(body.length / 2));
const json = { "content-type": "application/json" };

/** Instead of any work. */
export const refusals: Partial<Record<Fault, (exchange: Exchange) => void>> = {
  refuse: reset,
  hang,
  busy: (exchange) =>
    send(exchange, {
      status: 429,
      headers: { ...json, "retry-after": "30" },
      body: Buffer.from('{"message":"Too many requests"}'),
    }),
  "500": (exchange) =>
    send(exchange, {
      status: 500,
      headers: { ...json, ...echo(exchange) },
      body: Buffer.from('{"message":"Internal error"}'),
    }),
};

/** After the work: faults on the answer's way out. */
export const spoils: Partial<Record<Fault, Spoil>> = {
  lost: hang,
  dribble({ response, timing }, { status, headers, body }) {
    response.writeHead(status, { ...headers, "content-length": body.length }).flushHeaders();
    let sent = 0;
    const timer = setInterval(() => {
      if (sent < body.length) response.write(body.subarray(sent, (sent += 1)));
      else response.end();
    }, timing.byteMs);
    response.once("close", () => clearInterval(timer));
  },
  reset(exchange, { status, headers, body }) {
    exchange.response.writeHead(status, { ...headers, "content-length": body.length });
    // A reset overtakes what is not read yet: a moment, so that it falls into the middle.
    exchange.response.write(half(body), () => setTimeout(() => reset(exchange), 20));
  },
  html: (exchange, reply) =>
    send(exchange, {
      ...reply,
      status: 200,
      headers: { ...reply.headers, "content-type": "text/html" },
      body: Buffer.from("<h1>It works!</h1>"),
    }),
  truncated: (exchange, reply) => send(exchange, { ...reply, body: half(reply.body) }),
  cut({ request, response }, { status, headers, body }) {
    response.writeHead(status, { ...headers, "content-length": body.length });
    response.write(half(body), () => request.socket.destroySoon());
  },
  big({ response }, { headers }) {
    response.writeHead(200, headers); // Chunked: how much is coming, only counting tells.
    const piece = Buffer.alloc(64 * 1024, " ");
    let sent = 0;
    const more = () => {
      while (sent < bigBytes && !response.destroyed) {
        sent += piece.length;
        if (!response.write(piece)) return void response.once("drain", more);
      }
      if (!response.destroyed) response.end("{}");
    };
    more();
  },
  stranger: (exchange, reply) =>
    send(exchange, { ...reply, headers: { ...reply.headers, "x-request-id": exchange.earlierId ?? randomUUID() } }),
  twice(exchange, reply) {
    const { status, headers, body } = reply;
    const lines = Object.entries({ ...headers, "content-length": body.length })
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join("");
    exchange.response.once("finish", () =>
      exchange.request.socket.write(Buffer.concat([Buffer.from(`HTTP/1.1 ${status} Again\r\n${lines}\r\n`), body])),
    );
    send(exchange, reply);
  },
  late(exchange, reply) {
    const timer = setTimeout(() => send(exchange, reply), exchange.timing.lateMs);
    exchange.response.once("close", () => clearTimeout(timer));
  },
  ahead: (exchange, reply) =>
    send(exchange, { ...reply, headers: { ...reply.headers, date: new Date(Date.now() + skewMs).toUTCString() } }),
  behind: (exchange, reply) =>
    send(exchange, { ...reply, headers: { ...reply.headers, date: new Date(Date.now() - skewMs).toUTCString() } }),
};

function echo({ request }: Exchange): Record<string, string> {
  const id = request.headers["x-request-id"];
  return typeof id === "string" ? { "x-request-id": id } : {};
}
