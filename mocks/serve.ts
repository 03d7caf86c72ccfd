import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { getResponse, type RequestHandler } from "msw";

const bodyLimit = 4 * 1024 * 1024;

/** A stand-in that listens: its real port, and how to end it (open connections are cut). */
export type Served = { port: number; close: () => Promise<void> };

/**
 * Answers on a loopback port with the same MSW handlers that unit tests run in process, so a fault is a real
 * socket fault. `Response.error()` from a handler becomes a destroyed connection. Port 0 takes a free one.
 * Rejects when the port is in use.
 */
export function serve(handlers: RequestHandler[], port: number): Promise<Served> {
  return listen((incoming, outgoing) => answer(handlers, incoming, outgoing), port);
}

/** Answers on a loopback port; a request whose answer fails is a destroyed connection. Rejects when it is in use. */
export function listen(
  answered: (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<void>,
  port: number,
): Promise<Served> {
  const server = createServer((incoming, outgoing) => {
    answered(incoming, outgoing).catch(() => incoming.socket.destroy());
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      resolve({
        port: (server.address() as AddressInfo).port,
        close: () =>
          new Promise((closed) => {
            server.close(() => closed());
            server.closeAllConnections();
          }),
      });
    });
  });
}

/** Serves until SIGINT or SIGTERM; a port in use is a sentence and exit code 1, not a stack trace. */
export async function serveForever(
  name: string,
  standIn: RequestHandler[] | ((port: number) => Promise<Served>),
  port: number,
): Promise<void> {
  try {
    const { port: actual, close } = await (typeof standIn === "function" ? standIn(port) : serve(standIn, port));
    const end = () => void close().then(() => process.exit(0));
    process.once("SIGINT", end);
    process.once("SIGTERM", end);
    console.log(`${name} listens on http://127.0.0.1:${actual}`);
  } catch (error) {
    const inUse = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
    console.error(inUse ? `${name}: port ${port} is in use by another program.` : `${name}: ${String(error)}`);
    process.exit(1);
  }
}

async function answer(handlers: RequestHandler[], incoming: IncomingMessage, outgoing: ServerResponse) {
  const gone = new AbortController();
  outgoing.once("close", () => gone.abort());

  const response =
    (await getResponse(handlers, await toRequest(incoming, gone.signal))) ??
    Response.json({ message: "Not found" }, { status: 404 });
  if (response.type === "error") {
    incoming.socket.destroy();
    return;
  }
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  outgoing.end(Buffer.from(await response.arrayBuffer()));
}

/** What came in over the socket as the request that a handler reads. @throws Error when its body is too large. */
export async function toRequest(incoming: IncomingMessage, signal: AbortSignal): Promise<Request> {
  const chunks: Buffer[] = [];
  let size = 0;
  const sent: AsyncIterable<Buffer> = incoming;
  for await (const chunk of sent) {
    size += chunk.length;
    if (size > bodyLimit) throw new Error("request body too large");
    chunks.push(chunk);
  }
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  }
  return new Request(new URL(incoming.url ?? "/", `http://${incoming.headers.host ?? "127.0.0.1"}`), {
    method: incoming.method,
    headers,
    body: size > 0 ? Buffer.concat(chunks) : undefined,
    signal,
  });
}
