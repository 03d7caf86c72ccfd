import anyAscii from "any-ascii";
import { plain, rupiah, type Lang } from "#emails/format.ts";

/** One text message in the GSM alphabet: longer ones are sent, and paid, as two. */
const longest = 160;
const shortestName = 6;

export type SmsFacts = {
  storeName: string;
  salesmanName: string;
  /** Whole rupiah. */ total: number;
  /** Where he says «bukan saya»: the short address. */ url: string;
};

/**
 * What an owner's telephone shows of an order in his name: the sentence of the mail as far as one message holds it
 * (without «baru saja», which a late message would make untrue), what the order is worth, and the way to say that it is
 * not his. Everything else stands behind the link. Names are cut, nothing else is.
 */
export function alertSms(facts: SmsFacts, lang: Lang): string {
  let { storeName, salesmanName } = { storeName: gsm(facts.storeName), salesmanName: gsm(facts.salesmanName) };
  const write = () => sentence({ ...facts, storeName, salesmanName }, lang);
  while (write().length > longest && Math.max(storeName.length, salesmanName.length) > shortestName) {
    if (storeName.length >= salesmanName.length) storeName = shorter(storeName);
    else salesmanName = shorter(salesmanName);
  }
  return write();
}

/** The address behind which an order waits for «bukan saya», for whoever has its code. */
export function shortUrl(appUrl: string, code: string): string {
  return `${appUrl}/b/${code}`;
}

const sentence = ({ storeName, salesmanName, total, url }: SmsFacts, lang: Lang) =>
  lang === "id"
    ? `Halo ${storeName}, Salesman ${salesmanName} membuat order ${rupiah(total)} atas nama Anda. ` +
      `Bukan Anda? ${url}`
    : `Hello ${storeName}, salesman ${salesmanName} placed an order of ${rupiah(total)} in your name. ` +
      `Not you? ${url}`;

const shorter = (name: string) => `${name.replace(/\.\.$/, "").slice(0, -1).trimEnd()}..`;

/** A name as an SMS can write it; the code of whose it is where nothing of it can be written. */
export function legible(name: string, code: string): string {
  const written = gsm(name);
  return /[A-Za-z0-9]/.test(written) ? written : code;
}

// One letter outside the alphabet would halve what fits: every script is written in plain letters; pictures, which
// would become words, go.
const gsm = (text: string) =>
  anyAscii(
    plain(text)
      .replace(/[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}\uFE0F]/gu, "")
      .replace(/[“”«»]/g, '"'),
  )
    .replace(/[^\x20-\x5A_a-z]/g, "")
    .replace(/\s+/g, " ")
    .trim();

/** What a text takes in the GSM alphabet: some letters of addresses take two. */
export const gsmLength = (text: string) => text.length + text.replace(/[^[\]{}~|^\\]/g, "").length;

/** How long the address of the site may be, so that every message is one: with a total and a number that nobody had. */
export const longestAppUrl =
  longest -
  Math.max(
    ...(["id", "en"] as const).map(
      (lang) =>
        alertSms(
          {
            storeName: "n".repeat(shortestName),
            salesmanName: "n".repeat(shortestName),
            total: 9_999_999_999_999,
            url: shortUrl("", `999999999${"c".repeat(16)}`),
          },
          lang,
        ).length,
    ),
  );
