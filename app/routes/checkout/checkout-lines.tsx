import type { CartLineView } from "#app/carts/cart-line.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Money } from "#app/ui/money.tsx";

/** What is about to be ordered, line by line; a line that asks for more than there is says so. */
export function CheckoutLines({
  lines,
}: {
  lines: Array<Pick<CartLineView, "sku" | "name" | "quantity" | "unitPrice" | "total" | "volumeMinimum" | "left">>;
}) {
  const t = useMessages();
  return (
    <ul className="card">
      {lines.map((line) => (
        <li
          key={line.sku}
          id={`line-${line.sku}`}
          tabIndex={-1}
          className={line.left === null ? "line line--plain" : "line line--plain line--short"}
        >
          <div>
            <p className="line__name">{line.name}</p>
            <p className="quiet">
              {`${line.quantity} × `}
              <Money amount={line.unitPrice} />
              {line.volumeMinimum !== null && line.quantity >= line.volumeMinimum
                ? ` · ${t.carts.volumeApplied}`
                : null}
            </p>
            {line.left === null ? null : <p className="field__warning">{t.carts.stockShort(line.left)}</p>}
          </div>
          <p className="line__total">
            <Money amount={line.total} />
          </p>
        </li>
      ))}
    </ul>
  );
}
