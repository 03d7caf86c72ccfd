import { formatRupiah } from "./format.ts";
import { useLang } from "./language.tsx";

/** An amount in whole rupiah, figures of equal width, never broken over two lines. */
export function Money({ amount, strike = false }: { amount: number; strike?: boolean }) {
  const text = formatRupiah(amount, useLang()).replace(" ", "\u00a0");
  return strike ? <s className="money">{text}</s> : <span className="money">{text}</span>;
}
