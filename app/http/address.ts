import { withoutKeys } from "#app/link-keys.ts";

/** A path of ours to go on to, or the fallback: never another host, whatever a form or link says. */
export function safePath(value: unknown, fallback: string): string {
  if (typeof value !== "string" || value.length > 500 || !/^\/(?![/\\])[^\\\p{Cc}]*$/u.test(value)) return fallback;
  const url = new URL(value, "http://ours.invalid");
  // Dots are resolved only now: "/..//evil.test" has become "//evil.test".
  return url.host === "ours.invalid" && !url.pathname.startsWith("//") ? url.pathname + url.search : fallback;
}

/**
 * A path as it may stand in a log: without its query, which can hold a search, and without what makes the link of a
 * letter a key.
 */
export function loggedPath(url: string): string {
  return withoutKeys(url.split("?", 1)[0]!);
}
