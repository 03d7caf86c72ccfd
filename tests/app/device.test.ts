import { expect, test } from "vitest";
import { keepDevice, readDevice } from "#app/http/device.server.ts";
import type { Outgoing } from "#app/http/session.server.ts";

const request = (cookie?: string) => new Request("http://127.0.0.1:3000/login", { headers: cookie ? { cookie } : {} });
const given = (cookie?: string) => {
  const outgoing: Outgoing = { cookies: [] };
  const device = keepDevice(request(cookie), outgoing);
  expect(outgoing.cookies).toHaveLength(1);
  // The number that is kept with the login is the one that goes out.
  expect(outgoing.cookies[0]).toContain(`alfa-device=${device};`);
  return outgoing.cookies[0]!;
};
const one = "0b7f4b9e-3c55-4d4a-9b57-6a1f3f9f2c11";

test("a browser gets a number at its first sign-in and keeps it for a year, out of reach of scripts", () => {
  expect(given()).toMatch(/^alfa-device=[0-9a-f-]{36}; Max-Age=31536000; Path=\/; HttpOnly; SameSite=Lax$/i);
  expect(given()).not.toBe(given());
  expect(given(`alfa-device=${one}`)).toContain(`alfa-device=${one};`);
});

test("what somebody wrote himself is no number of ours", () => {
  expect(readDevice(request(`alfa-device=${one}`))).toBe(one);
  for (const made of ["", "x", one.toUpperCase(), `${one}0`, "'; select 1", "00000000-0000-0000-0000-000000000000"]) {
    expect(readDevice(request(`alfa-device=${encodeURIComponent(made)}`))).toBeNull();
  }
  expect(readDevice(request())).toBeNull();
});
