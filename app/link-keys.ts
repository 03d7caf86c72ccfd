// What opens an order to whoever holds it (private.dispute_token and dispute_code), and the pages that take it or what
// signs up for news of the status.
const linkToken = /\d+\.\d{9,11}\.[\w-]{43}|\d+[0-9a-z]{16}/gi;
const linkPage = /(^[/\\]*b[/\\]+|bukan-saya[/\\]+|status[/\\]+(?:confirm|unsubscribe)[/\\]+).+/is;

/**
 * A path without what makes the link of a letter a key, wherever it stands and however it is written: our router reads
 * `/%62ukan-saya/…` as the same page.
 */
export function withoutKeys(path: string): string {
  const plain = decoded(path);
  const masked = plain.replace(linkPage, "$1…").replace(linkToken, "…");
  return masked === plain ? path : masked;
}

/** The page that somebody is on, as he may tell it to others: its path up to a key. */
export const tellablePage = (path: string): string =>
  withoutKeys(path.split(/[?#]/, 1)[0]!).replace(/\/*….*/s, "") || "/";

// Page and key are ASCII. Nothing else is decoded, so nothing can fail; and what was encoded several times comes out as
// well.
function decoded(path: string): string {
  let text = path;
  for (let round = 0; round < 5 && text.includes("%"); round += 1) {
    text = text.replace(/%([2-7][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  }
  return text;
}
