import { describe, expect, test, vi } from "vitest";
import { haversineKm, radiusKm } from "#app/cases/geo.ts";
import { readAddress } from "#jobs/geo/address.ts";
import { locate } from "#jobs/geo/locate.ts";
import { findRange } from "#jobs/geo/networks.ts";
import { onDemand } from "#jobs/geo/on-demand.ts";
import { operators } from "#jobs/geo/operators.ts";
import { points } from "./support/towns.ts";

describe("addresses", () => {
  test.each([
    ["36.68.1.1", 4, 0x24440101n],
    ["::ffff:36.68.1.1", 4, 0x24440101n],
    ["2001:448a::1", 6, 0x2001448a000000000000000000000001n],
    ["2400:9800:0:0:0:0:0:1", 6, 0x24009800000000000000000000000001n],
  ] as const)("%s", (written, version, number) => {
    expect(readAddress(written)).toMatchObject({ version, number });
  });

  test.each([
    "10.1.2.3",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "127.0.0.1",
    "100.64.3.2",
    "169.254.1.1",
    "0.0.0.0",
    "224.0.0.1",
    "255.255.255.255",
    "203.0.113.5",
    "::1",
    "::",
    "fe80::1",
    "fd00::1",
    "2001:db8::1",
    "ff02::1",
    "::ffff:10.0.0.1",
    "::ffff:a00:1",
  ])("%s has no place", async (written) => {
    expect(readAddress(written)).toBe("reserved");
    expect(await locate(written)).toEqual({ place: null, nowhere: "PRIVATE_ADDRESS", source: null });
  });

  test.each([
    "unknown",
    "1.2.3",
    "1.2.3.4.5",
    "1.2.3.4:80",
    "[::1]",
    "<b>",
    "999.1.1.1",
    "1.2.3.4, 5.6.7.8",
    " ",
    ":::",
    "\u0000",
  ])("%j is no address", async (written) => {
    expect(await locate(written)).toEqual({ place: null, nowhere: "BAD_ADDRESS", source: null });
  });

  test("a shadow order without an address has no place", async () => {
    expect(await locate(null)).toMatchObject({ nowhere: "NO_ADDRESS" });
  });
});

describe("the databases", () => {
  // Not which town: that changes with each build. Near enough to say that columns and ranges are read rightly.
  test.each([
    { ip: "182.0.1.1", near: "jakarta", within: 60, network: "MOBILE", operator: "Telkomsel" },
    { ip: "61.247.0.77", near: "jakarta", within: 60, network: "FIXED", operator: "First Media" },
    { ip: "2400:9800::1", near: "jakarta", within: 60, network: "MOBILE", operator: "XL" },
    { ip: "2001:448a::1", near: "jakarta", within: 60, network: "FIXED", operator: "Telkom IndiHome" },
  ] as const)("$ip is $operator's", async ({ ip, near, within, network, operator }) => {
    const { place } = await locate(ip);
    expect(place).toMatchObject({
      network,
      operator,
      country: "ID",
      radiusKm: radiusKm[network],
      source: { built: expect.stringMatching(/^20\d\d-\d\d-\d\d$/) },
    });
    expect(place!.source.name).toMatch(/^DB-IP city ipv[46]$/);
    expect(haversineKm(place!, points[near])).toBeLessThan(within);
  });

  test("a foreign network is known by its place alone", async () => {
    expect((await locate("8.8.8.8")).place).toMatchObject({
      country: "US",
      network: "UNKNOWN",
      operator: null,
      radiusKm: 500,
    });
  });

  test("a range holds both of its ends and nothing beside them", () => {
    const [telkomsel, biznet] = [operators.get(23_693)!, operators.get(17_451)!];
    const ranges = { starts: [10n, 100n], ends: [19n, 100n], owners: [telkomsel, biznet] };
    expect([9n, 10n, 15n, 19n, 20n, 99n, 100n, 101n].map((number) => findRange(ranges, number)?.name ?? null)).toEqual([
      null,
      "Telkomsel",
      "Telkomsel",
      "Telkomsel",
      null,
      null,
      "Biznet",
      null,
    ]);
    expect(findRange({ starts: [], ends: [], owners: [] }, 1n)).toBeNull();
  });
});

describe("what is loaded on demand", () => {
  test("once for all who ask, let go when nobody asks, and again after a failure", async () => {
    vi.useFakeTimers();
    let loads = 0;
    const load = vi.fn(async () => {
      if (++loads === 1) throw new Error("disk");
      return loads;
    });
    const ask = onDemand(load, 1_000);
    await expect(ask()).rejects.toThrow("disk");
    expect(await Promise.all([ask(), ask()])).toEqual([2, 2]);
    vi.advanceTimersByTime(900);
    expect(await ask()).toBe(2);
    vi.advanceTimersByTime(900);
    expect(await ask()).toBe(2);
    vi.advanceTimersByTime(1_001);
    expect(await ask()).toBe(3);
    vi.useRealTimers();
  });
});
