import type { OrderLineView } from "#app/orders/order-lines.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { OrderedLine, OrderedLines } from "#app/ui/ordered-line.tsx";

/** What was ordered, as dense as it was at the checkout. `open`: it is still to be sent. */
export function Lines({ lines, open }: { lines: OrderLineView[]; open: boolean }) {
  const t = useMessages();
  return (
    <OrderedLines label={t.orders.lines}>
      {lines.map((line) => (
        <OrderedLine
          key={line.sku}
          line={line}
          preorder={line.preorder}
          warning={open && line.withdrawn ? t.carts.withdrawn.WITHDRAWN : null}
        />
      ))}
    </OrderedLines>
  );
}
