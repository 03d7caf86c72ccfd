import { formatPieces } from "#app/ui/format.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { Money } from "#app/ui/money.tsx";
import { Table } from "#app/ui/table.tsx";
import { ArticleRef } from "#app/ui/ref-link.tsx";

export type OrderLineView = {
  sku: string;
  name: string;
  unit: string;
  quantity: number;
  preorder: number;
  unitPrice: number;
  withdrawn: boolean;
};

/**
 * What was ordered, at the prices of that moment, as staff reads it. `open`: it is still to be sent, so what is no
 * longer sold is said.
 */
export function OrderLines({ lines, open }: { lines: OrderLineView[]; open: boolean }) {
  const t = useMessages();
  return (
    <Table
      caption={t.orders.lines}
      rows={lines}
      rowKey={({ sku }) => sku}
      columns={[
        {
          key: "name",
          label: t.carts.product,
          head: true,
          cell: ({ name, sku, withdrawn }) => <Article name={name} sku={sku} withdrawn={open && withdrawn} />,
        },
        { key: "quantity", label: t.orders.quantity, number: true, cell: (line) => <Quantity {...line} /> },
        {
          key: "price",
          label: t.orders.unitPrice,
          number: true,
          cell: ({ unitPrice }) => <Money amount={unitPrice} />,
        },
        {
          key: "total",
          label: t.orders.lineTotal,
          number: true,
          cell: ({ unitPrice, quantity }) => <Money amount={unitPrice * quantity} />,
        },
      ]}
    />
  );
}

/** Said of an order that waits for articles that are no longer sold. */
export function WithdrawnNote({ names }: { names: string[] }) {
  const t = useMessages();
  return names.length > 0 ? (
    <p className="acting-note">{`${t.carts.withdrawn.WITHDRAWN}: ${names.join(", ")}.`}</p>
  ) : null;
}

function Article({ name, sku, withdrawn }: { name: string; sku: string; withdrawn: boolean }) {
  const t = useMessages();
  return (
    <>
      {name}{" "}
      <span className="sub quiet">
        <ArticleRef sku={sku} />
      </span>
      {withdrawn ? <span className="sub field__warning">{t.carts.withdrawn.WITHDRAWN}</span> : null}
    </>
  );
}

function Quantity({ quantity, unit, preorder }: { quantity: number; unit: string; preorder: number }) {
  const t = useMessages();
  return (
    <>
      {formatPieces(quantity, unit, useLang())}
      {preorder > 0 ? <span className="quiet">{` (${t.orders.preorderQuantity(preorder)})`}</span> : null}
    </>
  );
}
