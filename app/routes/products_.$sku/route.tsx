import type { ActionFunctionArgs, LoaderFunctionArgs, SerializeFrom } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { NotFound } from "#app/db/errors.server.ts";
import type { Db } from "#app/db/transaction.server.ts";
import { addTyped } from "#app/http/add-typed.server.ts";
import { admit, page, refusal } from "#app/http/page.server.ts";
import { visitOf } from "#app/http/visit.server.ts";
import { quantityField } from "#app/carts/cart.ts";
import { findInCart } from "#app/carts/cart.server.ts";
import { findProduct } from "#app/catalogue/product.server.ts";
import { BackButton, BackLink } from "#app/ui/back-link.tsx";
import { StockBadge } from "#app/ui/badges.tsx";
import { Facts } from "#app/ui/facts.tsx";
import { formatUnit } from "#app/ui/format.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { type PageFormOf, thenField } from "#app/ui/page-form.tsx";
import { AddForm } from "#app/catalogue/add-form.tsx";
import { PriceBlock } from "#app/catalogue/price-block.tsx";
import { articlePlace } from "#app/ui/places.ts";
import { errorOf } from "#app/ui/kept.ts";
import { ProductPicture } from "#app/ui/product-picture.tsx";
import { publicMeta } from "#app/ui/public-meta.ts";
import { articlePage } from "#app/ui/public-pages.ts";
import { told } from "./told.ts";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = publicMeta<Awaited<ReturnType<typeof loader>>>(({ product }) => articlePage(product.sku), told);

type Shown = { product: { sku: string; price: unknown } };
const pageForm: PageFormOf<Shown> = ({ product: { sku, price } }) =>
  price ? { id: sku, enter: { name: "add", value: sku } } : null;
export const handle = { pageForm };

/** Asked for without its price too: only the answer tells whether the viewer is a store. */
export async function loader(args: LoaderFunctionArgs) {
  const { login, lang } = await visitOf(args);
  const find = (priced: boolean) => (db: Db) => findProduct(db, args.params.sku ?? "", lang, priced).catch(missing);
  const { viewer, visit, data } = await page(args, "anyone", (db) =>
    Promise.all([find(false)(db), login ? find(true)(db) : null, login ? findInCart(db) : null]),
  );
  if (login) admit(viewer, "signed-in", visit);
  const product = data[1] ?? data[0];
  if (!product) throw refusal(404, lang, "NOT_FOUND");
  return {
    product,
    inCart: data[2]?.[product.sku],
    guest: viewer.account === null,
    storeless: viewer.account?.role === "SALESMAN" && !viewer.store,
    staff: viewer.account?.role === "ADMIN" || viewer.account?.role === "AUDITOR",
    unpriced: viewer.store !== null && !product.price,
  };
}

export const action = (args: ActionFunctionArgs) => addTyped(args, "store");

function missing(error: unknown) {
  if (error instanceof NotFound) return null;
  throw error;
}

export default function ProductPage() {
  const t = useMessages();
  const lang = useLang();
  const { product, inCart, guest, storeless, staff, unpriced } = useLoaderData<typeof loader>();
  return (
    <>
      {product.price ? (
        <BackButton form={product.sku} name={thenField} value="/products">
          {t.catalogue.back}
        </BackButton>
      ) : (
        <BackLink href="/products">{t.catalogue.back}</BackLink>
      )}
      <article className="detail">
        <ProductPicture picture={product.picture} eager />
        <div className="stack">
          <div>
            <p className="quiet">{product.brand}</p>
            <h1>{product.name}</h1>
          </div>
          <Offer product={product} inCart={inCart} />
          {unpriced ? <p className="field__warning">{t.catalogue.unpriced}</p> : null}
          {guest ? (
            <p>
              {t.catalogue.guest}{" "}
              <a href={`/login?next=${encodeURIComponent(`/products/${product.sku}`)}`}>{t.catalogue.guestLink}</a>
            </p>
          ) : null}
          {storeless ? (
            <p>
              <a href="/clients">{t.catalogue.pickStore}</a>
            </p>
          ) : null}
          {staff ? (
            <p>
              <a href={articlePlace(product.sku)}>{t.catalogue.article.forStaff}</a>
            </p>
          ) : null}
          {product.description ? <p>{product.description}</p> : null}
          <Facts
            facts={[
              { label: "SKU", value: product.sku },
              { label: t.catalogue.category, value: product.category },
              { label: t.catalogue.unit, value: formatUnit(product.unit, lang) },
            ]}
          />
        </div>
      </article>
    </>
  );
}

type OfferProps = Pick<SerializeFrom<typeof loader>, "product" | "inCart">;

/** What it costs, whether it is there, and the way into the cart. */
function Offer({ product, inCart }: OfferProps) {
  const t = useMessages();
  const refused = useActionData<typeof action>();
  return (
    <>
      {product.stock ? (
        <p>
          <StockBadge level={product.stock} />
        </p>
      ) : null}
      {product.price ? <PriceBlock price={product.price} unit={product.unit} /> : null}
      {product.stock === "ZERO" ? <p className="quiet">{t.catalogue.preorderNote}</p> : null}
      {product.price ? (
        <AddForm
          {...product}
          inCart={inCart}
          quantity={refused?.values[quantityField(product.sku)]}
          error={errorOf(refused, quantityField(product.sku))}
        />
      ) : null}
    </>
  );
}
