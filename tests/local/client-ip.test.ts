import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { readEnv } from "#app/env.server.ts";
import { root } from "#scripts/places.ts";
import { clientIp } from "../../server/client-ip.ts";

const request = (forwarded?: string | string[], remoteAddress: string | undefined = "10.0.0.9") => ({
  headers: { "x-forwarded-for": forwarded },
  socket: { remoteAddress },
});

test.each([
  { hops: 0, forwarded: "1.1.1.1", ip: "10.0.0.9", why: "without a proxy the header is the visitor's own writing" },
  { hops: 1, forwarded: "6.6.6.6, 2.2.2.2", ip: "2.2.2.2", why: "what the visitor put in front does not count" },
  { hops: 2, forwarded: "6.6.6.6, 2.2.2.2, 10.0.0.1", ip: "2.2.2.2", why: "the outermost of two proxies wrote it" },
  { hops: 1, forwarded: undefined, ip: "10.0.0.9", why: "a request around the proxy" },
  {
    hops: 2,
    forwarded: "6.6.6.6",
    ip: "10.0.0.9",
    why: "fewer entries than proxies: somebody came around one of them",
  },
  { hops: 3, forwarded: "6.6.6.6, 7.7.7.7", ip: "10.0.0.9", why: "two made up, three proxies" },
  { hops: 1, forwarded: "6.6.6.6, ", ip: "10.0.0.9", why: "an empty entry" },
  { hops: 1, forwarded: "unknown", ip: "10.0.0.9", why: "a word instead of an address" },
  { hops: 1, forwarded: "6.6.6.6'; drop table x", ip: "10.0.0.9", why: "text instead of an address" },
  { hops: 1, forwarded: "999.1.1.1", ip: "10.0.0.9", why: "numbers that are no address" },
  { hops: 1, forwarded: "2.2.2.2:41234", ip: "2.2.2.2", why: "with the port, as some proxies write it" },
  { hops: 1, forwarded: "[2001:DB8::1]:41234", ip: "2001:db8::1", why: "v6 in brackets with the port" },
  { hops: 1, forwarded: "[2001:db8::1]", ip: "2001:db8::1", why: "v6 in brackets" },
  { hops: 1, forwarded: "2001:db8::1", ip: "2001:db8::1", why: "v6 as it is: its colons are no port" },
  { hops: 1, forwarded: "fe80::1%eth0", ip: "fe80::1", why: "a zone is not part of the address" },
  { hops: 1, forwarded: "::ffff:2.2.2.2", ip: "2.2.2.2", why: "v4 written as v6 is the same visitor" },
])("$why", ({ hops, forwarded, ip }) => {
  expect(clientIp(request(forwarded), hops)).toBe(ip);
});

test("the leftmost entry never wins, however many are put in front", () => {
  for (let made = 1; made <= 50; made++) {
    const forwarded = [...Array<string>(made).fill("6.6.6.6"), "2.2.2.2"];
    expect(clientIp(request(forwarded.join(", ")), 1)).toBe("2.2.2.2");
    expect(clientIp(request(forwarded), 1)).toBe("2.2.2.2"); // The header sent as many lines.
  }
});

test("one visitor is one address, on a v6 socket too; a socket that is gone has none", () => {
  expect(clientIp(request(undefined, "::ffff:10.0.0.9"), 0)).toBe("10.0.0.9");
  expect(clientIp(request(undefined, "2001:db8::ffff:1"), 0)).toBe("2001:db8::ffff:1");
  expect(clientIp({ headers: { "x-forwarded-for": "not an address" }, socket: {} }, 1)).toBe("unknown");
});

const production = (hops: string | undefined) => {
  const { TRUSTED_PROXY_HOPS: _, ...rest } = process.env;
  return {
    ...rest,
    NODE_ENV: "production" as const,
    APP_URL: "https://order.alfa.test",
    ...(hops === undefined ? {} : { TRUSTED_PROXY_HOPS: hops }),
  };
};

test("the web process does not start in production without knowing its proxies", () => {
  const { status, stderr } = spawnSync(process.execPath, ["server.ts"], {
    cwd: root,
    env: production(undefined),
    encoding: "utf8",
    timeout: 30_000,
  });
  expect(stderr).toContain("TRUSTED_PROXY_HOPS is missing");
  expect(status).toBe(1);
});

test.each(["", "one", " ", "-1", "0x1", "1.5", "99", "1e0"])("%j is not taken for a number of proxies", (hops) => {
  expect(() => readEnv(production(hops))).toThrow(/TRUSTED_PROXY_HOPS is/);
});
