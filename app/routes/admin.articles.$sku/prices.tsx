import type { Article } from "#app/catalogue/article.server.ts";
import { TierBadge } from "#app/ui/badges.tsx";
import { formatPieces, formatRupiah } from "#app/ui/format.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { Money } from "#app/ui/money.tsx";
import { Table } from "#app/ui/table.tsx";

/** What each tier pays, and from how many pieces on less. */
export function Prices({ prices, unit }: Pick<Article, "prices" | "unit">) {
  const lang = useLang();
  const t = useMessages().catalogue.article;
  return (
    <section className="stack stack--tight">
      <h2>{t.prices}</h2>
      {prices.length === 0 ? (
        <p className="quiet">{t.noPrice}</p>
      ) : (
        <Table
          caption={t.prices}
          rows={prices}
          rowKey={({ tier }) => tier}
          columns={[
            { key: "tier", label: t.tier, head: true, cell: ({ tier }) => <TierBadge tier={tier} /> },
            { key: "price", label: t.price, number: true, cell: ({ price }) => <Money amount={price} /> },
            {
              key: "volume",
              label: t.volume,
              number: true,
              cell: ({ minimum, volume }) =>
                minimum !== null && volume !== null
                  ? t.volumeFrom(formatPieces(minimum, unit, lang), formatRupiah(volume, lang))
                  : "–",
            },
          ]}
        />
      )}
    </section>
  );
}
