import net from "node:net";
import { portOf } from "#supabase/local/ports.ts";

/** A proxy before a server, in our hands: what a network can do to a connection. */
export type NetworkProxy = Awaited<ReturnType<typeof openProxy>>;

/** What a client says when it goes: https://www.postgresql.org/docs/17/protocol-message-formats.html, Terminate. */
const goodbye = Buffer.from([0x58, 0, 0, 0, 4]);

/** Listens on a loopback port, a free one by default, and passes everything on to `port`. */
export async function openProxy(port: number, at = 0) {
  const pairs = new Set<[near: net.Socket, far: net.Socket]>();
  let silent = false;
  let refusing = false;
  let swallowing = false;
  let refused = 0;
  let goodbyes = 0;
  let lastWords: Buffer | null = null;
  let mixed: [from: string, to: string] | null = null;

  const server = net.createServer({ allowHalfOpen: true }, (near) => {
    near.on("end", () => swallowing || near.end());
    near.on("error", () => near.destroy());
    if (refusing) {
      refused += 1;
      return near.resetAndDestroy();
    }
    const far = net.connect({ host: "127.0.0.1", port, noDelay: true });
    near.setNoDelay();
    far.on("error", () => far.destroy());
    const pair: [net.Socket, net.Socket] = [near, far];
    pairs.add(pair);
    let deaf = false;
    near.on("data", (bytes) => {
      if (swallowing && bytes.equals(goodbye)) goodbyes += 1;
      if (silent || swallowing) return;
      far.write(bytes);
      if (lastWords && bytes.includes(lastWords)) deaf = true;
    });
    far.on("data", (bytes) => {
      if (deaf)
        near.resetAndDestroy(); // It was done, and nobody hears of it.
      else if (!silent)
        near.write(mixed ? Buffer.from(bytes.toString("latin1").replaceAll(...mixed), "latin1") : bytes);
    });
    for (const [one, other] of [pair, [far, near] as const]) {
      one.on("close", () => {
        pairs.delete(pair);
        other.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(at, "127.0.0.1", resolve));

  return {
    port: portOf(server),
    get connections() {
      return pairs.size;
    },
    /** Connections that were refused so far. */
    get refused() {
      return refused;
    },
    /** Connections whose last word was swallowed: who said it waits for the server to hang up. */
    get goodbyes() {
      return goodbyes;
    },
    /** Ends every connection at once, as a firewall that forgot them does. */
    cut() {
      for (const [near, far] of pairs) {
        near.resetAndDestroy();
        far.destroy();
      }
    },
    /** From now on nothing arrives, on either side, and nobody is told. What was said meanwhile is lost for good. */
    silence(on: boolean) {
      silent = on;
    },
    /** From now on the far side hears nothing, and is still heard. */
    swallow(on: boolean) {
      swallowing = on;
      goodbyes = 0;
    },
    /** New connections are refused, or taken again. */
    refuse(on: boolean) {
      refusing = on;
    },
    /** The next time that somebody says this, it still arrives, and the answer is lost. Null: no more. */
    loseAnswerTo(words: string | null) {
      lastWords = words === null ? null : Buffer.from(words);
    },
    /** From now on the far side is heard to say one thing for another of the same length, or null: what it says. */
    mix(...words: [from: string, to: string] | [null]) {
      const [from, to] = words;
      mixed = from === null || to === undefined ? null : [from, to];
    },
    close() {
      this.cut();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
