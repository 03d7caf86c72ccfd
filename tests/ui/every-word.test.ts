import { expect, test } from "vitest";
import { type Lang, messages } from "#app/words.ts";

/** Every text of a language, by its place; functions as they speak when everything that they are told is `value`. */
function said(lang: Lang, value: unknown): Record<string, string> {
  const found: Record<string, string> = {};
  const told = (): unknown =>
    new Proxy(
      { [Symbol.toPrimitive]: () => value, toString: () => String(value) },
      { get: (target, name) => (name in target ? Reflect.get(target, name) : value) },
    );
  const walk = (place: string, each: unknown): void => {
    if (typeof each === "string") found[place] = each;
    else if (typeof each === "function") {
      for (const [kind, one] of Object.entries({ plain: value, named: told() }))
        try {
          walk(`${place}() ${kind}`, each(...Array.from({ length: each.length }, () => one)));
        } catch (error) {
          if (!(error instanceof TypeError)) throw error; // It is told something else.
        }
    } else if (each !== null && typeof each === "object")
      for (const [name, inner] of Object.entries(each)) walk(`${place}.${name}`, inner);
  };
  walk(lang, messages(lang));
  return found;
}

// Whoever runs a salon or works in an office does not say these; what takes their place is in docs/words.md.
const jargon =
  /\b(sync|breaker|snapshot|degraded|dashboard|reset|link|filter|update|review|case|score|log|log ?in|live|database|checkpoint|gateway|limit|foto|peramban|default|error|status code|timeout|feed|batch|queue|password)\b/i;

test("Bahasa Indonesia has words of its own for what programmers say in English", () => {
  const texts = Object.entries({ ...said("id", 1), ...said("id", "1") });
  expect(texts.length).toBeGreaterThan(1500);
  expect(texts.filter(([, text]) => jargon.test(text))).toEqual([]);
  expect("Order ini melebihi limit.", "the control").toMatch(jargon);
});
