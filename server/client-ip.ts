import type { IncomingMessage } from "node:http";

/**
 * The address that limits count by.
 *
 * @param trustedHops how many reverse proxies of ours stand in front. Each appends the address it saw to
 *   X-Forwarded-For, so the n-th from the right was written by our outermost proxy; everything left of it
 *   was written by the visitor and proves nothing. 0: the address of the socket.
 */
export function clientIp(request: Pick<IncomingMessage, "headers" | "socket">, trustedHops: number): string {
  // A v4 visitor on a v6 socket is written in v4, so that one visitor is one address.
  const socket = (request.socket.remoteAddress ?? "unknown").replace(/^::ffff:(?=\d+\.)/, "");
  if (trustedHops === 0) return socket;
  const header = request.headers["x-forwarded-for"];
  const hops = (Array.isArray(header) ? header.join(",") : (header ?? "")).split(",").map((hop) => hop.trim());
  return hops.at(-trustedHops) || socket;
}
