import { quantityField } from "#app/carts/cart.ts";
import { StockBadge, type StockLevel } from "#app/ui/badges.tsx";
import { formatNumber, formatRupiah } from "#app/ui/format.ts";
import { Icon } from "#app/ui/icons.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Money } from "#app/ui/money.tsx";
import { PostForm } from "#app/ui/post-form.tsx";
import { ProductPicture } from "#app/ui/product-picture.tsx";

export type PriceView = { own: number; market: number; volume: { minimum: number; price: number } | null };
export type ProductView = {
  sku: string;
  name: string;
  brand: string;
  category: string;
  picture: string;
  /** Null for whoever may not see prices: guests, and a salesman who represents no store. */
  price: PriceView | null;
  stock: StockLevel | null;
};

/** What was typed into a card that was not added, and why. */
export type TypedQuantity = { quantity: string; error: string | null };

/**
 * One product of the catalogue: beside its picture on a phone, under it on a wider screen. Where it has a price, a part
 * of the list's form.
 */
export function ProductCard({
  product,
  typed,
  inCart,
  eager = false,
}: {
  product: ProductView;
  typed?: TypedQuantity;
  /** Pieces of it in the cart. */ inCart?: number;
  eager?: boolean;
}) {
  return (
    <article className="product card" id={product.sku}>
      <ProductPicture picture={product.picture} eager={eager} />
      <div className="product__text">
        <p className="quiet">
          {product.brand} · {product.sku}
        </p>
        <h2 className="product__name">
          <a href={`/products/${product.sku}`}>{product.name}</a>
        </h2>
        {product.stock ? <StockBadge level={product.stock} /> : null}
        {product.price ? <PriceBlock price={product.price} /> : null}
      </div>
      {product.price ? <CardQuantity sku={product.sku} name={product.name} typed={typed} inCart={inCart} /> : null}
    </article>
  );
}

/** How many, empty for none; the button takes one where nothing is typed. */
function CardQuantity({
  sku,
  name,
  typed,
  inCart,
}: {
  sku: string;
  name: string;
  typed?: TypedQuantity;
  inCart?: number;
}) {
  const t = useMessages().catalogue;
  return (
    <div className="add">
      <InCart pieces={inCart} />
      <QuantityInput
        sku={sku}
        name={name}
        field={quantityField(sku)}
        quantity={typed?.quantity ?? ""}
        placeholder="1"
        error={typed?.error}
      />
      <button
        type="submit"
        name="add"
        value={sku}
        className="button button--main button--compact"
        aria-label={t.addLabel(name)}
      >
        {t.add}
      </button>
    </div>
  );
}

/** The answer stands where the finger was. */
function InCart({ pieces }: { pieces?: number }) {
  const t = useMessages().catalogue;
  if (!pieces) return null;
  return (
    <p className="add__there">
      <Icon name="check" />
      <a href="/cart">{t.inCart(formatNumber(pieces))}</a>
    </p>
  );
}

/** Own price, what it saves against the market, and the volume price. */
export function PriceBlock({ price }: { price: PriceView }) {
  const t = useMessages().catalogue;
  const saving = price.market - price.own;
  return (
    <div className="price">
      <p className="price__own">
        <span className="hidden">{t.price}: </span>
        <Money amount={price.own} />
      </p>
      {saving > 0 ? (
        <p className="price__saving">
          <span className="hidden">{t.market}: </span>
          <Money amount={price.market} strike /> <span>{t.save(formatRupiah(saving))}</span>
        </p>
      ) : null}
      {price.volume ? (
        <p className="quiet">{t.volume(price.volume.minimum, formatRupiah(price.volume.price))}</p>
      ) : null}
    </div>
  );
}

type AddFormProps = {
  sku: string;
  name: string;
  back: string;
  error?: string | null;
  quantity?: string;
  inCart?: number;
};

/** Adds one article to the cart and comes back to the page it was pressed on. */
export function AddForm({ sku, name, back, error, quantity = "1", inCart }: AddFormProps) {
  const t = useMessages().catalogue;
  return (
    <PostForm className="add" action="/cart/items" data-keep-place>
      <input type="hidden" name="sku" value={sku} />
      <input type="hidden" name="next" value={back} />
      <InCart pieces={inCart} />
      <QuantityInput sku={sku} name={name} field="quantity" quantity={quantity} error={error} />
      <button type="submit" className="button button--main">
        {t.addToCart}
      </button>
    </PostForm>
  );
}

type QuantityProps = {
  sku: string;
  name: string;
  field: string;
  quantity: string;
  placeholder?: string;
  error?: string | null;
};

function QuantityInput({ sku, name, field, quantity, placeholder, error }: QuantityProps) {
  const t = useMessages();
  const id = quantityField(sku);
  return (
    <>
      <label className="hidden" htmlFor={id}>
        {t.catalogue.quantityOf(name)}
      </label>
      {error ? (
        <p className="field__error" id={`${id}-error`}>
          <span className="hidden">{t.ui.form.errorPrefix} </span>
          {error}
        </p>
      ) : null}
      <input
        id={id}
        name={field}
        type="text"
        inputMode="numeric"
        defaultValue={quantity}
        placeholder={placeholder}
        autoComplete="off"
        maxLength={12}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${id}-error` : undefined}
      />
    </>
  );
}
