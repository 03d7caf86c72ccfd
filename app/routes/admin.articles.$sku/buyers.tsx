import type { Article } from "#app/catalogue/article.server.ts";
import { OrderBadges } from "#app/orders/order-badges.tsx";
import { formatNumber } from "#app/ui/format.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { Money } from "#app/ui/money.tsx";
import { Named } from "#app/ui/named.tsx";
import { NumberedTable } from "#app/ui/numbered-table.tsx";

/** Who ordered it lately, how many and at what price. */
export function Buyers({ buyers }: Pick<Article, "buyers">) {
  const lang = useLang();
  const { catalogue, orders } = useMessages();
  const t = catalogue.article;
  return (
    <section className="stack stack--tight">
      <h2>{t.buyers}</h2>
      {buyers.length === 0 ? (
        <p className="quiet">{t.noBuyers}</p>
      ) : (
        <NumberedTable
          caption={t.buyers}
          rows={buyers}
          number={{ label: orders.number, to: ({ number }) => `/admin/orders/${number}` }}
          columns={[
            {
              key: "store",
              label: t.store,
              cell: ({ storeName, storeCode }) => <Named name={storeName} code={storeCode} />,
            },
            { key: "at", label: orders.placedAt, cell: ({ at }) => <Moment at={at} /> },
            {
              key: "status",
              label: orders.status,
              cell: (order) => (
                <span className="row">
                  <OrderBadges order={{ status: order.status, held: order.held }} />
                </span>
              ),
            },
            { key: "quantity", label: t.quantity, number: true, cell: ({ quantity }) => formatNumber(quantity, lang) },
            { key: "price", label: orders.unitPrice, number: true, cell: ({ price }) => <Money amount={price} /> },
          ]}
        />
      )}
      {buyers.length === 10 ? <p className="quiet">{t.newest(10)}</p> : null}
    </section>
  );
}
