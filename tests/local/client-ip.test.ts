import type { IncomingMessage } from "node:http";
import { expect, test } from "vitest";
import { clientIp } from "../../server/client-ip.ts";

const request = (forwarded?: string) =>
  ({ headers: { "x-forwarded-for": forwarded }, socket: { remoteAddress: "10.0.0.9" } }) as unknown as IncomingMessage;

test.each([
  { hops: 0, forwarded: "1.1.1.1", ip: "10.0.0.9", why: "without a proxy the header is the visitor's own writing" },
  { hops: 1, forwarded: "6.6.6.6, 2.2.2.2", ip: "2.2.2.2", why: "what the visitor put in front does not count" },
  { hops: 2, forwarded: "6.6.6.6, 2.2.2.2, 10.0.0.1", ip: "2.2.2.2", why: "the outermost of two proxies wrote it" },
  { hops: 1, forwarded: undefined, ip: "10.0.0.9", why: "a request around the proxy" },
])("$why", ({ hops, forwarded, ip }) => {
  expect(clientIp(request(forwarded), hops)).toBe(ip);
});

test("one visitor is one address, on a v6 socket too", () => {
  const mapped = { headers: {}, socket: { remoteAddress: "::ffff:10.0.0.9" } } as unknown as IncomingMessage;
  expect(clientIp(mapped, 0)).toBe("10.0.0.9");
  const v6 = { headers: {}, socket: { remoteAddress: "2001:db8::ffff:1" } } as unknown as IncomingMessage;
  expect(clientIp(v6, 0)).toBe("2001:db8::ffff:1");
});
