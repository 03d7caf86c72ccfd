import { MessageChannel, Worker } from "node:worker_threads";
import { pgDump } from "@electric-sql/pglite-tools/pg_dump";
import { type BridgeData, turn } from "./protocol.ts";

/**
 * Runs pg_dump against a PostgreSQL server on the loopback address and returns its SQL.
 * The npm build of PostgreSQL has no pg_dump; this one is WebAssembly, made for an in-process database,
 * so it is given an object that looks like one and talks to the server through a worker.
 */
export async function dumpSql(url: string, args: string[]): Promise<string> {
  const { port, username, password, pathname } = new URL(url);
  const control = new SharedArrayBuffer(8);
  const bytes = new SharedArrayBuffer(1 << 22);
  const { port1: requests, port2 } = new MessageChannel();
  const workerData: BridgeData = { port: Number(port), control, bytes, requests: port2 };
  const worker = new Worker(new URL("./bridge-worker.ts", import.meta.url), { workerData, transferList: [port2] });
  const connection =
    `dbname=${pathname.slice(1)} user=${username} password=${decodeURIComponent(password)} sslmode=disable ` +
    "gssencmode=disable";
  try {
    const file = await pgDump({
      pg: lookalike(control, bytes, requests) as never,
      args: ["-d", connection, ...args],
    });
    return await file.text();
  } finally {
    await worker.terminate();
  }
}

function lookalike(control: SharedArrayBuffer, bytes: SharedArrayBuffer, requests: MessagePort) {
  const state = new Int32Array(control);
  const shared = new Uint8Array(bytes);
  const say = (now: number) => {
    Atomics.store(state, 0, now);
    Atomics.notify(state, 0);
  };
  return {
    query: async () => ({ rows: [{ search_path: "public" }] }),
    exec: async () => [],
    execProtocolRawStream(message: Uint8Array, { onRawData }: { onRawData(data: Uint8Array): void }) {
      requests.postMessage(Uint8Array.from(message));
      say(turn.request);
      Atomics.wait(state, 0, turn.request);
      const parts: Uint8Array[] = [];
      for (;;) {
        const now = Atomics.load(state, 0);
        parts.push(shared.slice(0, Atomics.load(state, 1)));
        if (now === turn.lastChunk) break;
        say(turn.taken);
        Atomics.wait(state, 0, turn.taken);
      }
      say(turn.idle);
      const answer = Buffer.concat(parts);
      if (answer.length > 0) onRawData(new Uint8Array(answer));
    },
  };
}

type MessagePort = import("node:worker_threads").MessagePort;
