import type { IncomingHttpHeaders } from "node:http";
import { isIP } from "node:net";

type Received = { headers: IncomingHttpHeaders; socket: { remoteAddress?: string } };

/**
 * The address that limits count by and that the trail notes.
 *
 * @param trustedHops how many reverse proxies of ours stand in front. Each appends the address it saw to
 * X-Forwarded-For, so the n-th from the right was written by our outermost proxy; everything left of it was written by
 * the visitor and proves nothing. 0: the address of the socket.
 * @returns an address in one spelling, never a visitor's text. A header with fewer entries than proxies, or with
 * something else than an address where ours should stand, came around a proxy: then it is the socket's, "unknown"
 * without one.
 */
export function clientIp(request: Received, trustedHops: number): string {
  const socket = address(request.socket.remoteAddress ?? "") ?? "unknown";
  if (trustedHops === 0) return socket;
  const header = request.headers["x-forwarded-for"];
  const hops = (Array.isArray(header) ? header.join(",") : (header ?? "")).split(",");
  return address(hops.at(-trustedHops) ?? "") ?? socket;
}

/**
 * An address as one proxy or another writes it: "1.2.3.4", "1.2.3.4:5678", "2001:db8::1", "[2001:db8::1]:5678". Null:
 * none.
 */
function address(written: string): string | null {
  const text = written.trim();
  const bare = /^\[([^\]]*)\](?::\d{1,5})?$/.exec(text)?.[1] ?? /^([^:]*):\d{1,5}$/.exec(text)?.[1] ?? text;
  // The zone names an interface of ours and is no part of where somebody is.
  const plain = bare.replace(/%.*$/, "").toLowerCase();
  // A v4 visitor on a v6 socket is written in v4, so that one visitor is one address.
  const mapped = plain.replace(/^::ffff:(?=\d+\.)/, "");
  return isIP(mapped) === 0 ? null : mapped;
}
