import net from "node:net";

/** A wire to a server, in our hands: what a network can do to a connection. */
export type Wire = Awaited<ReturnType<typeof openWire>>;

/** Listens on a free loopback port and passes everything on to `port`. */
export async function openWire(port: number) {
  const pairs = new Set<[near: net.Socket, far: net.Socket]>();
  let silent = false;
  let refusing = false;
  let lastWords: Buffer | null = null;

  const server = net.createServer((near) => {
    near.on("error", () => near.destroy());
    if (refusing) return near.resetAndDestroy();
    const far = net.connect({ host: "127.0.0.1", port, noDelay: true });
    near.setNoDelay();
    far.on("error", () => far.destroy());
    const pair: [net.Socket, net.Socket] = [near, far];
    pairs.add(pair);
    let deaf = false;
    near.on("data", (bytes) => {
      if (silent) return;
      far.write(bytes);
      if (lastWords && bytes.includes(lastWords)) deaf = true;
    });
    far.on("data", (bytes) => {
      if (deaf) near.resetAndDestroy(); // It was done, and nobody hears of it.
      else if (!silent) near.write(bytes);
    });
    for (const [one, other] of [pair, [far, near] as const]) {
      one.on("close", () => {
        pairs.delete(pair);
        other.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  return {
    port: (server.address() as net.AddressInfo).port,
    get connections() {
      return pairs.size;
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
    /** New connections are refused, or taken again. */
    refuse(on: boolean) {
      refusing = on;
    },
    /** The next time that somebody says this, it still arrives, and the answer is lost. Null: no more. */
    loseAnswerTo(words: string | null) {
      lastWords = words === null ? null : Buffer.from(words);
    },
    close() {
      this.cut();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
