import { quantityField } from "#app/carts/cart.ts";
import { StockBadge, type StockLevel } from "#app/ui/badges.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { ProductPicture } from "#app/ui/product-picture.tsx";
import { SaidHere } from "#app/ui/said.tsx";
import { InCart } from "./in-cart.tsx";
import { PriceBlock, type PriceView } from "./price-block.tsx";
import { QuantityInput } from "./quantity-input.tsx";

export type ProductView = {
  sku: string;
  name: string;
  brand: string;
  category: string;
  picture: string;
  unit: string;
  /** Null for whoever may not see prices: guests, and a salesman who represents no store. */
  price: PriceView | null;
  stock: StockLevel | null;
};

/** What was typed into a card that was not added, and why; `first`: the first of the list that is wrong. */
export type TypedQuantity = { quantity: string; error: string | null; first: boolean };

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
        {product.price ? <PriceBlock price={product.price} unit={product.unit} /> : null}
      </div>
      {product.price ? <CardQuantity product={product} typed={typed} inCart={inCart} /> : null}
    </article>
  );
}

/** How many, empty for none; the button takes one where nothing is typed. */
function CardQuantity({
  product: { sku, name, unit },
  typed,
  inCart,
}: {
  product: ProductView;
  typed?: TypedQuantity;
  inCart?: number;
}) {
  const t = useMessages().catalogue;
  return (
    <div className="add">
      <SaidHere at={sku} />
      <InCart pieces={inCart} unit={unit} />
      <QuantityInput
        sku={sku}
        name={name}
        field={quantityField(sku)}
        quantity={typed?.quantity ?? ""}
        placeholder="1"
        error={typed?.error}
        focused={typed?.first}
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
