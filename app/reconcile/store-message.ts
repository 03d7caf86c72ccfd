import { formatRupiah } from "#app/ui/format.ts";
import type { LineChange, Resolution } from "./reconcile.ts";
import { outcome as en } from "./words.outcome.en.ts";
import { outcome as id } from "./words.outcome.id.ts";

type Outcome = {
  number: string;
  store: string;
  total: number;
  outcome: Resolution | "CONFIRMED";
  lines: LineChange[];
  /** It still waits for an admin's approval of its credit. */ waits?: boolean;
};

const words = { id, en };

/** What became of an order, as a message to its store: «Mohon tunggu konfirmasi WA» promised one. */
export function outcomeText(
  lang: "id" | "en",
  { number, store, total, outcome, lines, waits = false }: Outcome,
): string {
  const t = words[lang];
  const said =
    waits && (outcome === "CONFIRMED" || outcome === "ACCEPT" || outcome === "KEYED") ? t.waiting[outcome] : t[outcome];
  const changes = outcome === "CUT" ? lines.map(t.cut) : outcome === "PREORDER" ? lines.map(t.preorder) : [];
  return [
    t.hello(store, `*${number}*`),
    said,
    ...changes,
    ...(outcome === "CANCEL" ? [] : [t.total(formatRupiah(total, lang))]),
    t.thanks,
  ].join("\n");
}
