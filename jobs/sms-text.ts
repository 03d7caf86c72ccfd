import anyAscii from "any-ascii";
import { alertSentence, type AlertFacts } from "#emails/alert-sentence.ts";
import { plain, type Lang } from "#emails/format.ts";

/** Two messages joined into one: what an owner's phone shows as a single text. */
const longest = 306;
const shortestName = 12;

/** The sentence of the alert as an SMS: plain letters of the GSM alphabet, names cut before the sentence is. */
export function alertSms(facts: AlertFacts, lang: Lang, whatsapp: string): string {
  const contact = ` WA +${whatsapp}`;
  let { storeName, salesmanName } = { storeName: gsm(facts.storeName), salesmanName: gsm(facts.salesmanName) };
  const write = () => alertSentence({ ...facts, storeName, salesmanName }, lang);
  while (write().length > longest && Math.max(storeName.length, salesmanName.length) > shortestName) {
    if (storeName.length >= salesmanName.length) storeName = shorter(storeName);
    else salesmanName = shorter(salesmanName);
  }
  const text = write();
  return text.length + contact.length <= longest ? text + contact : text;
}

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
