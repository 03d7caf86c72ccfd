import type { CartLineView } from "#app/carts/cart-line.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { OrderedLine, OrderedLines } from "#app/ui/ordered-line.tsx";

type Line = Pick<CartLineView, "sku" | "name" | "unit" | "quantity" | "unitPrice" | "volumeMinimum" | "left">;

/** What is about to be ordered, line by line; a line that asks for more than there is says so. */
export function CheckoutLines({ lines }: { lines: Line[] }) {
  const t = useMessages();
  return (
    <OrderedLines label={t.orders.lines}>
      {lines.map((line) => (
        <OrderedLine
          key={line.sku}
          id={`line-${line.sku}`}
          line={line}
          volume={line.volumeMinimum !== null && line.quantity >= line.volumeMinimum}
          warning={line.left === null ? null : t.carts.stockShort(line.left)}
        />
      ))}
    </OrderedLines>
  );
}
