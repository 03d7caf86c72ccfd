import { StockBadge, type StockLevel } from "./badges.tsx";
import { formatRupiah } from "./format.ts";
import { useMessages } from "./language.tsx";
import { Money } from "./money.tsx";
import { PostForm } from "./post-form.tsx";

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

/** One product of the catalogue: beside its picture on a phone, under it on a wider screen. */
export function ProductCard({ product, back, eager = false }: { product: ProductView; back: string; eager?: boolean }) {
  return (
    <article className="product card">
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
      {product.price ? <AddForm sku={product.sku} name={product.name} back={back} /> : null}
    </article>
  );
}

export function ProductPicture({ picture, eager = false }: { picture: string; eager?: boolean }) {
  return <img className="picture" src={`/pictures/${picture}.svg`} alt="" width="400" height="400" loading={eager ? "eager" : "lazy"} decoding="async" />;
}

/** Own price, what it saves against the market, and the volume price. */
export function PriceBlock({ price }: { price: PriceView }) {
  const t = useMessages().products;
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
      {price.volume ? <p className="quiet">{t.volume(price.volume.minimum, formatRupiah(price.volume.price))}</p> : null}
    </div>
  );
}

type AddFormProps = { sku: string; name: string; back: string; large?: boolean; error?: string | null; quantity?: string };

/** Adds to the cart and comes back to the page it was pressed on. */
export function AddForm({ sku, name, back, large = false, error, quantity = "1" }: AddFormProps) {
  const t = useMessages().products;
  const id = `quantity-${sku}`;
  return (
    <PostForm className="add" action="/cart/items" data-keep-place>
      <input type="hidden" name="sku" value={sku} />
      <input type="hidden" name="next" value={back} />
      <label className="hidden" htmlFor={id}>
        {t.quantityOf(name)}
      </label>
      {error ? (
        <p className="field__error" id={`${id}-error`}>
          {error}
        </p>
      ) : null}
      <input
        id={id}
        name="quantity"
        type="text"
        inputMode="numeric"
        defaultValue={quantity}
        autoComplete="off"
        maxLength={12}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${id}-error` : undefined}
      />
      <button type="submit" className={large ? "button button--main" : "button button--main button--compact"} aria-label={large ? undefined : t.addLabel(name)}>
        {large ? t.addToCart : t.add}
      </button>
    </PostForm>
  );
}
