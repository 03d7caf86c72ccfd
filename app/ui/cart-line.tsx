import { StockBadge, type StockLevel } from "./badges.tsx";
import { SubmitButton } from "./form.tsx";
import { useMessages } from "./language.tsx";
import { Money } from "./money.tsx";
import { PostForm } from "./post-form.tsx";
import { ProductPicture } from "./product-card.tsx";

export type CartLineView = {
  sku: string;
  name: string;
  picture: string;
  unit: string;
  quantity: number;
  unitPrice: number;
  total: number;
  volumeMinimum: number | null;
  badge: StockLevel;
  /** Pieces left, when the line asks for more. */
  left: number | null;
};

/** One line of the cart: its quantity can be changed or set to nothing, each by its own form. */
export function CartLine({ line, error, typed }: { line: CartLineView; error?: string | null; typed?: string }) {
  const t = useMessages();
  const id = `quantity-${line.sku}`;
  return (
    <li id={`line-${line.sku}`} className={error ? "line line--wrong" : "line"}>
      <ProductPicture picture={line.picture} eager />
      <div className="stack stack--tight">
        <p className="line__name">
          <a href={`/products/${line.sku}`}>{line.name}</a>
        </p>
        <p className="row quiet">
          <span>
            <Money amount={line.unitPrice} /> {t.products.each(line.unit)}
            {line.volumeMinimum !== null && line.quantity >= line.volumeMinimum ? ` · ${t.cart.volumeApplied}` : null}
          </span>
          <StockBadge level={line.badge} />
        </p>
      </div>
      <p className="line__total">
        <Money amount={line.total} />
      </p>
      {!error && line.left !== null ? <p className="field__warning line__tools">{t.errors.stockShort(line.left)}</p> : null}
      {error ? (
        <p className="field__error line__tools" id={`${id}-error`}>
          {error}
        </p>
      ) : null}
      <div className="line__tools">
        <PostForm action={`/cart/items/${line.sku}`} data-keep-place>
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
        </PostForm>
        <PostForm action={`/cart/items/${line.sku}`} data-keep-place>
          <input type="hidden" name="quantity" value="0" />
          <button type="submit" className="button button--link" aria-label={t.cart.removeLabel(line.name)}>
            {t.actions.remove}
          </button>
        </PostForm>
      </div>
    </li>
  );
}
