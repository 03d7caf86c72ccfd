import type { StoreNews } from "#app/reconcile/store-news.ts";
import { formatRupiah } from "#app/ui/format.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";

/** What a store reads of the comparison: that its order is being checked, and then what became of it. */
export function StoreNote({ news }: { news: StoreNews | null }) {
  const lang = useLang();
  const t = useMessages().reconcile.partner;
  if (!news) return null;
  const { resolution, lines, newTotal } = news;
  if (!resolution) return <p className="acting-note">{t.waits}</p>;
  return (
    <section className="acting-note stack stack--tight">
      <p>
        {t[resolution]}
        {newTotal === null ? null : ` ${t.newTotal(formatRupiah(newTotal, lang))}`}
      </p>
      {lines.length > 0 ? (
        <ul className="bullets">
          {lines.map(({ sku, name, from, to }) => (
            <li key={sku}>{resolution === "CUT" ? t.cutLine(name, from, to) : t.preorderLine(name, to - from)}</li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}
