import { randomUUID } from "node:crypto";
import { cookie, readCookie } from "./cookies.server.ts";
import type { Outgoing } from "./session.server.ts";

const name = "alfa-device";
const year = 60 * 60 * 24 * 365;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/**
 * The random number that this browser was given at its first sign-in; null before, and for anything that is no such
 * number. It tells that two accounts used one browser, and nothing about the browser or its owner: see docs/privacy.md.
 */
export function readDevice(request: Request): string | null {
  const value = readCookie(request, name);
  return value && uuid.test(value) ? value : null;
}

/**
 * Keeps the browser's number for a year from this sign-in on, and gives it one where it has none. Signing out leaves
 * it.
 *
 * @returns the number.
 */
export function keepDevice(request: Request, outgoing: Outgoing): string {
  const device = readDevice(request) ?? randomUUID();
  outgoing.cookies.push(cookie(name, device, year));
  return device;
}
