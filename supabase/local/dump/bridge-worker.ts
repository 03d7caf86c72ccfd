// Carries messages between pg_dump, which runs as WebAssembly and can only wait, and a PostgreSQL
// server on a socket, which needs an event loop. This side owns the socket.
import net from "node:net";
import { receiveMessageOnPort, workerData } from "node:worker_threads";
import { type BridgeData, turn } from "./protocol.ts";

const { port, control, bytes, requests }: BridgeData = workerData;
const state = new Int32Array(control);
const shared = new Uint8Array(bytes);
const socket = net.connect({ host: "127.0.0.1", port, noDelay: true });
const negotiations = [80877103, 80877104]; // TLS and GSS: refused, this is the loopback address
const authenticationEnds = [0, 12];
const saslContinue = 11;

let received: Buffer = Buffer.alloc(0);
let closed = false;
let wake = () => {};
let greeted = false;

socket.on("data", (data) => {
  received = Buffer.concat([received, data]);
  wake();
});
socket.on("close", () => {
  closed = true;
  wake();
});
socket.on("error", () => socket.destroy());
socket.once("connect", () => void serve());

async function serve() {
  for (;;) {
    await until(turn.idle);
    if (Atomics.load(state, 0) !== turn.request) continue;
    const request: Uint8Array = receiveMessageOnPort(requests)?.message;
    const answer = await exchange(Buffer.from(request));
    let sent = 0;
    do {
      const length = Math.min(shared.length, answer.length - sent);
      shared.set(answer.subarray(sent, sent + length));
      sent += length;
      const last = sent >= answer.length;
      Atomics.store(state, 1, length);
      Atomics.store(state, 0, last ? turn.lastChunk : turn.chunk);
      Atomics.notify(state, 0);
      await until(last ? turn.lastChunk : turn.chunk);
    } while (sent < answer.length);
  }
}

/** Sleeps while it is `now`. */
async function until(now: number) {
  const wait = Atomics.waitAsync(state, 0, now);
  if (wait.async) await wait.value;
}

async function exchange(message: Buffer): Promise<Buffer> {
  if (!greeted && message.length === 8 && negotiations.includes(message.readUInt32BE(4))) return Buffer.from("N");
  socket.write(message);
  if (!greeted) {
    greeted = true;
    return readUntil(
      (type, body) => (type === "R" && !authenticationEnds.includes(body.readUInt32BE(0))) || "ZE".includes(type),
    );
  }
  const last = lastType(message);
  if (last === "p")
    return readUntil((type, body) => (type === "R" && body.readUInt32BE(0) === saslContinue) || "ZE".includes(type));
  if (last === "Q" || last === "S") return readUntil((type) => type === "Z");
  return Buffer.alloc(0);
}

function lastType(message: Buffer) {
  let type = "";
  for (let at = 0; at < message.length; at += 1 + message.readUInt32BE(at + 1))
    type = String.fromCharCode(message[at]!);
  return type;
}

/** All bytes up to and including the message that satisfies `done`; what there is when the server hangs up. */
async function readUntil(done: (type: string, body: Buffer) => boolean): Promise<Buffer> {
  let at = 0;
  for (;;) {
    while (received.length - at >= 5) {
      const end = at + 1 + received.readUInt32BE(at + 1);
      if (received.length < end) break;
      const finished = done(String.fromCharCode(received[at]!), received.subarray(at + 5, end));
      at = end;
      if (finished) return take(at);
    }
    if (closed) return take(received.length);
    await new Promise<void>((resolve) => (wake = resolve));
  }
}

function take(length: number) {
  const taken = received.subarray(0, length);
  received = received.subarray(length);
  return taken;
}
