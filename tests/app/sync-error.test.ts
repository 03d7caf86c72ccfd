import { expect, test } from "vitest";
import { syncErrorWords } from "#app/erp/sync-error.ts";
import { messages } from "#app/words.ts";

const read = (error: string) => [
  syncErrorWords(messages("id").erp.syncErrors, error),
  syncErrorWords(messages("en").erp.syncErrors, error),
];

test.each([
  ["SEVERAL_DOCUMENTS SO-1, SO-2", "2 dokumen di ERP: SO-1, SO-2", "2 documents in the ERP: SO-1, SO-2"],
  ["OTHER_PARTNER P-7", "dokumen di ERP atas nama P-7", "the document in the ERP is made out to P-7"],
  ["FIGURES_DIFFER", "harga atau jumlah di ERP berbeda", "prices or quantities in the ERP are different"],
  [
    "DOCUMENT_TAKEN SO 9 ORD-2026-000001",
    "dokumen SO 9 di ERP sudah milik order ORD-2026-000001",
    "document SO 9 in the ERP belongs to order ORD-2026-000001 already",
  ],
])("%s is told in the reader's language", (error, id, en) => {
  expect(read(error)).toEqual([id, en]);
});

test.each(["422: tutup buku", "toString", "constructor x", ""])("the ERP's own words stay as they are: %s", (error) => {
  expect(read(error)).toEqual([error, error]);
});
