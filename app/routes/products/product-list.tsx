import { quantityField, typedQuantities } from "#app/carts/cart.ts";
import type { CatalogueFilter } from "#app/catalogue/catalogue.ts";
import type { ProductPage } from "#app/catalogue/catalogue.server.ts";
import { ProductCard, type TypedQuantity } from "#app/catalogue/product-card.tsx";
import type { FormError } from "#app/ui/form.tsx";
import { errorOf } from "#app/ui/kept.ts";
import { thenField } from "#app/ui/page-form.tsx";
import { Pager } from "#app/ui/pager.tsx";
import { address } from "./address.ts";
import { Missing } from "./missing.tsx";
import { NothingFound } from "./nothing-found.tsx";

type Props = {
  page: Pick<ProductPage, "products" | "previous" | "next" | "elsewhere" | "missing">;
  filter: CatalogueFilter;
  inCart: Record<string, number>;
  priced: boolean;
  /** The list handed back, with what was typed into its cards. */
  refused: { values: Record<string, string>; errors: FormError[] } | undefined;
};

/** The cards of a page and the way to the pages beside it. */
export function ProductList({ page, filter, inCart, priced, refused }: Props) {
  const { products, previous, next, elsewhere, missing } = page;
  const typed = typedOf(refused);
  return (
    <>
      {missing.length > 0 ? <Missing typed={missing} filter={filter} priced={priced} /> : null}
      {products.length > 0 ? (
        <div className="products">
          {products.map((product, index) => (
            <ProductCard
              key={product.sku}
              product={product}
              typed={typed.get(product.sku)}
              inCart={inCart[product.sku]}
              eager={index < 4}
            />
          ))}
        </div>
      ) : (
        <NothingFound filter={filter} elsewhere={elsewhere} />
      )}
      <Pager
        previous={previous && address(filter, { before: previous })}
        next={next && address(filter, { after: next })}
        first={filter.after && products.length === 0 ? address(filter) : null}
        shown={products.length}
        button={priced ? thenField : undefined}
      />
    </>
  );
}

/** What was typed into the cards of a list that was handed back. */
function typedOf(refused: Props["refused"]): Map<string, TypedQuantity> {
  const first = refused?.errors[0]?.field;
  return new Map(
    typedQuantities(refused?.values ?? {}).map(({ sku, typed }) => [
      sku,
      { quantity: typed, error: errorOf(refused, quantityField(sku)) ?? null, first: quantityField(sku) === first },
    ]),
  );
}
