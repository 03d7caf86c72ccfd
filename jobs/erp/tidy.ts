const maxWords = 300;

/**
 * Words of the ERP as we keep them: no NUL and no half characters, which Postgres refuses, nothing unseen that turns
 * the words around it, and no more than a person reads.
 */
export const tidy = (words: string) =>
  words
    .toWellFormed()
    .replace(/\p{Cf}+/gu, "")
    .replace(/[\p{Cc}\s]+/gu, " ")
    .trim()
    .slice(0, maxWords)
    .toWellFormed();
