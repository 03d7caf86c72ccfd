import { useMessages } from "./language.tsx";
import { Money } from "./money.tsx";
import { Table } from "./table.tsx";

export type OrderLineView = { sku: string; name: string; quantity: number; preorder: number; unitPrice: number };

/** What was ordered, at the prices of that moment. */
export function OrderLines({ lines }: { lines: OrderLineView[] }) {
  const t = useMessages();
  return (
    <Table
      caption={t.orders.lines}
      rows={lines}
      rowKey={({ sku }) => sku}
      columns={[
        { key: "name", label: t.cart.product, head: true, cell: ({ name, sku }) => <Article name={name} sku={sku} /> },
        { key: "quantity", label: t.orders.quantity, number: true, cell: (line) => <Quantity {...line} /> },
        { key: "price", label: t.orders.unitPrice, number: true, cell: ({ unitPrice }) => <Money amount={unitPrice} /> },
        { key: "total", label: t.orders.lineTotal, number: true, cell: ({ unitPrice, quantity }) => <Money amount={unitPrice * quantity} /> },
      ]}
    />
  );
}

function Article({ name, sku }: { name: string; sku: string }) {
  return (
    <>
      {name} <span className="sub quiet figures">{sku}</span>
    </>
  );
}

function Quantity({ quantity, preorder }: { quantity: number; preorder: number }) {
  const t = useMessages();
  return (
    <>
      {quantity}
      {preorder > 0 ? <span className="quiet">{` (${t.orders.preorderQuantity(preorder)})`}</span> : null}
    </>
  );
}
