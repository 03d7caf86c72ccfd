import type { Messages } from "#app/words.ts";

/**
 * Why an order is not in the ERP as it should be, in the reader's words: of a code of ours with its facts behind it
 * (`DOCUMENT_TAKEN SO-9 ORD-2026-000001`; jobs/erp/compare.ts and jobs.settle_sync write them). The ERP's own words
 * stay as they are.
 */
export function syncErrorWords(words: Messages["erp"]["syncErrors"], error: string): string {
  const [code = "", ...facts] = error.split(" ");
  return isOurs(words, code) ? words[code](facts.join(" ")) : error;
}

const isOurs = (words: Messages["erp"]["syncErrors"], code: string): code is keyof typeof words =>
  Object.hasOwn(words, code);
