import { StockBadge, type StockLevel } from "./badges.tsx";
import { SubmitButton } from "./form.tsx";
import { useMessages } from "./language.tsx";
import { Money } from "./money.tsx";
import { ProductPicture } from "./product-card.tsx";

export type CartLineView = {
  sku: string;
  name: string;
  brand: string;
  picture: string;
  quantity: number;
  unitPrice: number;
  lineTotal: number;
  volumeApplied: boolean;
  stock: StockLevel | null;
};

/** One line of the cart: its quantity can be changed or set to nothing, each by its own form. */
export function CartLine({ line, error, typed }: { line: CartLineView; error?: string | null; typed?: string }) {
  const t = useMessages();
  const id = `quantity-${line.sku}`;
  return (
    <li className={error ? "line line--wrong" : "line"}>
      <ProductPicture picture={line.picture} eager />
      <div className="stack stack--tight">
        <p className="line__name">
          <a href={`/products/${line.sku}`}>{line.name}</a>
        </p>
        <p className="row quiet">
          <span>
            <Money amount={line.unitPrice} /> {t.products.each}
            {line.volumeApplied ? ` · ${t.cart.volumeApplied}` : null}
          </span>
          {line.stock ? <StockBadge level={line.stock} /> : null}
        </p>
      </div>
      <p className="line__total">
        <Money amount={line.lineTotal} />
      </p>
      {error ? (
        <p className="field__error line__tools" id={`${id}-error`}>
          {error}
        </p>
      ) : null}
      <div className="line__tools">
        <form method="post" action={`/cart/items/${line.sku}`} data-keep-place>
          <label className="hidden" htmlFor={id}>
            {t.products.quantityOf(line.name)}
          </label>
          <input
            id={id}
            name="quantity"
            type="text"
            inputMode="numeric"
            autoComplete="off"
            maxLength={12}
            defaultValue={typed ?? String(line.quantity)}
            aria-invalid={error ? true : undefined}
            aria-describedby={error ? `${id}-error` : undefined}
          />
          <SubmitButton kind="small" label={t.cart.updateLabel(line.name)}>
            {t.cart.update}
          </SubmitButton>
        </form>
        <form method="post" action={`/cart/items/${line.sku}`} data-keep-place>
          <input type="hidden" name="quantity" value="0" />
          <button type="submit" className="button button--link" aria-label={t.cart.removeLabel(line.name)}>
            {t.actions.remove}
          </button>
        </form>
      </div>
    </li>
  );
}
