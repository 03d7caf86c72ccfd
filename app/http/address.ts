/** A path of ours to go on to, or the fallback: never another host, whatever a form or link says. */
export function safePath(value: unknown, fallback: string): string {
  if (typeof value !== "string" || value.length > 500 || !/^\/(?![/\\])[^\\\p{Cc}]*$/u.test(value)) return fallback;
  const url = new URL(value, "http://ours.invalid");
  // Dots are resolved only now: "/..//evil.test" has become "//evil.test".
  return url.host === "ours.invalid" && !url.pathname.startsWith("//") ? url.pathname + url.search : fallback;
}

// What opens an order to whoever holds it (private.dispute_token and dispute_code), and the pages that take it.
const linkToken = /\d+\.\d{9,11}\.[\w-]{43}|\d+[0-9a-z]{16}/gi;
const linkPage = /(^[/\\]*b[/\\]+|bukan-saya[/\\]+).+/is;

/**
 * A path as it may stand in a log: without its query, which can hold a search, and without what makes the link of a
 * letter a key, wherever it stands and however it is written: our router reads `/%62ukan-saya/…` as the same page.
 */
export function loggedPath(url: string): string {
  const path = url.split("?", 1)[0]!;
  const plain = decoded(path);
  const masked = plain.replace(linkPage, "$1…").replace(linkToken, "…");
  return masked === plain ? path : masked;
}

// Page and key are ASCII. Nothing else is decoded, so nothing can fail; and what was encoded several times comes out as
// well.
function decoded(path: string): string {
  let text = path;
  for (let round = 0; round < 5 && text.includes("%"); round += 1) {
    text = text.replace(/%([2-7][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  }
  return text;
}
