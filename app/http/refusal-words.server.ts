import { z } from "zod";
import type { DatabaseRefusal } from "#app/db/errors.server.ts";
import { wordFor } from "#app/ui/word.ts";
import { errorText, type Lang, messages, ofEveryRoom } from "#app/words.ts";
import { type LineProblem, lineProblems } from "#app/carts/cart.ts";
import type { FormError } from "#app/ui/form.tsx";
import { formatRupiah } from "#app/ui/format.ts";
import { rangeOf } from "#app/settings/shown.ts";

/**
 * A refusal by the name of its reason. One that only a page of its own has words for (staff's) was meant for that page:
 * elsewhere it says that something changed.
 */
export function told({ reason, field }: DatabaseRefusal, lang: Lang): FormError {
  const t = messages(lang);
  const message = wordFor(ofEveryRoom(t, "codes"), reason) ?? t.http.codes.STALE;
  return field ? { field, message } : { message };
}

type Told = (refused: DatabaseRefusal, lang: Lang) => FormError[];
const shortLines = z.object({
  lines: z.array(z.object({ sku: z.string(), name: z.string(), asked: z.number(), left: z.number() })),
});

/** Refusals that say more than the sentence of their name: facts in it, a line or a page beside it. */
export const withFacts: Record<string, Told> = {
  WITHDRAWN: (refused, lang) => [
    told(refused, lang),
    ...lineProblems.parse(refused.detail).lines.map((line) => ({
      field: `line-${line.sku}`,
      message: lineText(line, lang),
    })),
  ],
  STOCK_SHORT: (refused, lang) => {
    const { stockShort, stockShortLine } = messages(lang).carts;
    const lines = shortLines.parse(refused.detail).lines.map(({ sku, name, asked, left }) => ({
      field: `line-${sku}`,
      message: `${stockShortLine(name, asked)} ${stockShort(left)}`,
    }));
    return [told(refused, lang), ...lines];
  },
  CREDIT_FIRST: (refused, lang) => [
    { ...told(refused, lang), href: `/admin/approvals/${String(refused.detail.number)}` },
  ],
  HELD_BY_LOGIN: ({ detail }, lang) => [{ message: messages(lang).http.heldByLogin(String(detail.logins)) }],
  // What the store allows its salesmen a month, and that this order is above what is left of it.
  CAP_REACHED: ({ detail }, lang) => {
    const amount = (name: string) => formatRupiah(Number(detail[name]), lang);
    const { reached, reachedEmpty } = messages(lang).shadow.allowance;
    const message =
      detail.left === 0
        ? reachedEmpty(amount("cap"))
        : reached(amount("cap"), amount("used"), amount("left"), amount("total"));
    return [{ message }];
  },
  // A number that does not fit is told what would.
  OUT_OF_RANGE: (refused, lang) => {
    const { kind, minimum, maximum, step } = refused.detail;
    if (kind !== "number") return [told(refused, lang)];
    const range = { minimum: Number(minimum), maximum: Number(maximum), step: Number(step) };
    return [
      {
        field: refused.field,
        message: `${told(refused, lang).message} ${rangeOf(messages(lang).settings, range, lang)}`,
      },
    ];
  },
};

/** Why a line was not saved, to its reader. */
export function lineText({ reason, name, sku, there }: LineProblem, lang: Lang): string {
  const { changed, goneMeanwhile, tooMany, unpriced, withdrawn } = messages(lang).carts.refused;
  switch (reason) {
    case "CHANGED":
      return there > 0 ? changed(there) : goneMeanwhile(name ?? sku);
    case "WITHDRAWN":
      return withdrawn(name ?? sku);
    case "UNPRICED":
      return unpriced(name ?? sku);
    case "RANGE":
      return tooMany(there);
    case "UNKNOWN":
      return errorText(lang, "UNKNOWN_SKU");
  }
}
