import { formatPieces, formatRupiah } from "#app/ui/format.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { Money } from "#app/ui/money.tsx";

export type PriceView = { own: number; market: number; volume: { minimum: number; price: number } | null };

/** Own price, what it saves against the market, and the volume price. */
export function PriceBlock({ price, unit }: { price: PriceView; unit: string }) {
  const t = useMessages().catalogue;
  const lang = useLang();
  const saving = price.market - price.own;
  return (
    <div className="price">
      <p className="price__own">
        <span className="hidden">{t.price}: </span>
        <Money amount={price.own} />
      </p>
      {saving > 0 ? (
        <p className="price__saving">
          <span className="hidden">{t.market}: </span>
          <Money amount={price.market} strike /> <span>{t.save(formatRupiah(saving, lang))}</span>
        </p>
      ) : null}
      {price.volume ? (
        <p className="quiet">
          {t.volume(formatPieces(price.volume.minimum, unit, lang), formatRupiah(price.volume.price, lang))}
        </p>
      ) : null}
    </div>
  );
}
