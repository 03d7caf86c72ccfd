import { expect, test } from "vitest";
import { judge } from "#app/cases/geo.ts";
import { locate } from "#jobs/geo/locate.ts";
import { partners } from "#supabase/seed/people.ts";
import { addresses, reachable, spotIn } from "#supabase/seed/write-traces.ts";

// Which city follows which, and how soon, is chance and differs by the day on which the demo data is made.
const cities = Object.keys(addresses).filter((city) => partners.some((partner) => partner.city === city));
const spots = cities.flatMap((city) => [spotIn(city, "MOBILE"), spotIn(city, "FIXED")]);
const minutes = Array.from({ length: 120 }, (_, i) => 1 + i * 7);

test("nobody of the demo data goes farther than he can, from any city to any other in whatever time", async () => {
  const located = await Promise.all(spots.map(({ ip }) => locate(ip)));
  const there = new Map(spots.map(({ ip }, i) => [ip, located[i]!]));
  const begun = new Date("2026-11-25T04:45:00Z");
  let moved = 0;
  const impossible: string[] = [];
  for (const from of spots)
    for (const to of spots)
      for (const after of minutes) {
        const at = new Date(begun.getTime() + after * 60_000);
        const spot = reachable({ ...from, at: begun }, to, at);
        if (spot === to && from.ip !== to.ip) moved += 1;
        const previous = { ...there.get(from.ip)!.place!, order: "", at: begun };
        const { verdict } = judge(there.get(spot.ip)!, at, null, previous);
        if (verdict === "IMPLAUSIBLE") impossible.push(`${from.ip} to ${spot.ip} in ${after} minutes`);
      }
  expect(impossible).toEqual([]);
  expect(moved, "control: people do move").toBeGreaterThan(10_000);
});
