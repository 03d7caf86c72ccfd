import { expect, test } from "vitest";
import { type Lang, messages } from "#app/words.ts";
import { companyWords, handbookWords } from "#tests/support/company-words.ts";

/** Every text of a language, by its place; functions as they speak when everything that they are told is `value`. */
function said(lang: Lang, value: unknown): Record<string, string> {
  const found: Record<string, string> = {};
  const named = new Proxy({}, { get: () => value });
  const walk = (place: string, each: unknown): void => {
    if (typeof each === "string") found[place] = each;
    else if (isWord(each)) walk(`${place}()`, spoken(each, value) ?? spoken(each, named));
    else if (each !== null && typeof each === "object")
      for (const [name, inner] of Object.entries(each)) walk(`${place}.${name}`, inner);
  };
  walk(lang, messages(lang));
  return found;
}

const isWord = (each: unknown): each is (...told: unknown[]) => unknown => typeof each === "function";

/** What it says when told this; nothing where it is to be told something else. */
function spoken(word: (...told: unknown[]) => unknown, told: unknown): unknown {
  try {
    const text: unknown = word(...Array.from({ length: word.length }, () => told));
    return /undefined|NaN/.test(String(text)) ? null : text;
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

// Whoever runs a salon or works in an office does not say these; what takes their place is in docs/words.md.
const jargon =
  /\b(sync|breaker|snapshot|degraded|dashboard|reset|link|filter|update|review|case|score|log|log ?in|live|database|checkpoint|gateway|limit|foto|peramban|default|error|status code|timeout|feed|batch|queue|password)\b/i;

test("Bahasa Indonesia has words of its own for what programmers say in English", () => {
  const texts = Object.entries({ ...said("id", 1), ...said("id", "1") });
  expect(texts.length).toBeGreaterThan(1500);
  const ours = texts.filter(([place]) => !Object.hasOwn(companyWords, place.replace("id.playbooks.books.", "")));
  expect(ours.filter(([, text]) => jargon.test(text))).toEqual([]);
  expect("Order ini melebihi limit.", "the control").toMatch(jargon);
});

test.each([
  ["id", companyWords],
  ["en", handbookWords],
] as const)("playbooks say word for word what the company's documents say (%s)", (lang, words) => {
  const texts = said(lang, 1);
  for (const [place, text] of Object.entries(words))
    expect([place, texts[`${lang}.playbooks.books.${place}`]]).toEqual([place, text]);
});

test("a number in a sentence is written as its language writes numbers", () => {
  expect(messages("id").approvals.selected.done(1234)).toBe("1.234 order disetujui.");
  expect(messages("en").approvals.selected.done(1234)).toBe("1,234 orders approved.");
  expect(messages("id").ui.banners.stockAge(1234)).toBe("Data stok terakhir diperbarui 1.234 menit lalu.");
});

test("one of a thing is not called several in English", () => {
  const several =
    /(?<![\w.,-])1 (?:other |more |different |open )?(?!is |was |has |this |ends\b|times (?:what|his))\w+[^\Wsu]s\b/;
  // Some are told a number and some a text: right is what reads well with one of the two.
  const [numbers, texts] = [said("en", 1), said("en", "1")];
  const wrong = Object.entries(numbers).filter(
    ([place, text]) => several.test(text) && several.test(texts[place] ?? text),
  );
  expect(wrong).toEqual([]);
  expect("1 orders approved").toMatch(several);
  expect("1 other salesmen’s 1 open orders").toMatch(several);
});
