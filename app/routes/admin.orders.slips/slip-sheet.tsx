import { piecesOf, type Slip, stopOf } from "#app/orders/slip.ts";
import { Facts } from "#app/ui/facts.tsx";
import { formatPieces } from "#app/ui/format.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { ArticleRef, Ref, RefLink } from "#app/ui/ref-link.tsx";
import { Table } from "#app/ui/table.tsx";

type Props = { order: Omit<Slip, "placedAt"> & { placedAt: Date | string } };

/** One order as it is picked: on paper a page of its own, and on each further page the head says whose lines follow. */
export function SlipSheet({ order }: Props) {
  const { orders } = useMessages();
  const t = orders.slip;
  const stop = stopOf(order);
  const { storeCode, storeName, city, region, whatsapp, subDistributor, note } = order;
  const facts = [
    { label: orders.store, value: <Ref code={storeCode} name={storeName} /> },
    { label: t.place, value: [city, region].filter(Boolean).join(", ") || "–" },
    { label: t.contact, value: whatsapp ? <a href={`https://wa.me/${whatsapp}`}>{`+${whatsapp}`}</a> : "–" },
    { label: orders.placedAt, value: <Moment at={order.placedAt} /> },
    { label: t.routedTo, value: subDistributor ?? t.headOffice },
    ...(note ? [{ label: orders.note, value: <span className="words">{note}</span> }] : []),
  ];
  return (
    <article className="slip card card--padded stack">
      <h2 className="slip__number">
        <RefLink href={`/admin/orders/${order.number}`}>{order.number}</RefLink>
      </h2>
      {stop ? <p className="slip__stop">{t.stops[stop]}</p> : null}
      <Facts facts={facts} />
      <SlipLines order={order} />
      <Signatures />
    </article>
  );
}

function SlipLines({ order: { number, lines } }: { order: Pick<Slip, "number" | "lines"> }) {
  const { orders } = useMessages();
  const t = orders.slip;
  const lang = useLang();
  const pieces = piecesOf(lines).map(({ quantity, unit }) => formatPieces(quantity, unit, lang));
  return (
    <>
      <Table
        caption={orders.lines}
        rows={lines}
        rowKey={({ sku }) => sku}
        columns={[
          { key: "picked", label: t.picked, cell: () => <span className="slip__tick" /> },
          { key: "sku", label: "SKU", cell: ({ sku }) => <ArticleRef sku={sku} /> },
          {
            key: "name",
            label: t.article(number),
            head: true,
            cell: ({ name, unit, preorder }) => (
              <>
                {name}
                {preorder > 0 ? (
                  <strong className="sub">{t.preorder(formatPieces(preorder, unit, lang))}</strong>
                ) : null}
              </>
            ),
          },
          {
            key: "quantity",
            label: orders.quantity,
            number: true,
            cell: ({ quantity, unit }) => <strong>{formatPieces(quantity, unit, lang)}</strong>,
          },
        ]}
      />
      <p className="number">{t.sum(lines.length, pieces.join(", "))}</p>
    </>
  );
}

function Signatures() {
  const t = useMessages().orders.slip;
  return (
    <ul className="slip__signatures">
      {t.signatures.map((who) => (
        <li key={who}>
          {who}
          <span className="sub quiet">{t.signed}</span>
        </li>
      ))}
    </ul>
  );
}
