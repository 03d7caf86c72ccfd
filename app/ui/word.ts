/**
 * The word for a code that comes as free text, from the database or another company; undefined where there is none. A
 * code of a closed set needs no asking: its words are typed by the set.
 */
export const wordFor = (words: Readonly<Record<string, string>>, code: string): string | undefined =>
  Object.hasOwn(words, code) ? words[code] : undefined;
