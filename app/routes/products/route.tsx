import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { safePath } from "#app/http/address.ts";
import { admit, page } from "#app/http/page.server.ts";
import { submit } from "#app/http/submit.server.ts";
import { redirectWithToast } from "#app/http/toast.server.ts";
import { visitOf } from "#app/http/visit.server.ts";
import { messages } from "#app/words.ts";
import { addForm, quantityField, typedQuantities } from "#app/carts/cart.ts";
import { findInCart, setCart } from "#app/carts/cart.server.ts";
import { type CatalogueFilter, filterParams, readFilter } from "#app/catalogue/catalogue.ts";
import { listProducts } from "#app/catalogue/catalogue.server.ts";
import { findProduct } from "#app/catalogue/product.server.ts";
import type { Shelf } from "#app/catalogue/shelves.server.ts";
import { listAddress } from "#app/orders/staff.ts";
import { ButtonLink } from "#app/ui/button-link.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { Select, TextField } from "#app/ui/fields.tsx";
import { ErrorSummary, type FormError, SubmitButton } from "#app/ui/form.tsx";
import { errorOf } from "#app/ui/kept.ts";
import { useMessages } from "#app/ui/language.tsx";
import { Pager } from "#app/ui/pager.tsx";
import { PostForm } from "#app/ui/post-form.tsx";
import { ProductCard, type TypedQuantity } from "#app/catalogue/product-card.tsx";
import { named } from "#app/carts/quantity-errors.ts";
import { title } from "#app/ui/title.ts";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title((t) => t.catalogue.title);

const nothing: Awaited<ReturnType<typeof findInCart>> = {};

/**
 * One round trip for a store. Whoever is signed in without one (staff, a salesman between stores) has no prices and
 * needs a second.
 */
export async function loader(args: LoaderFunctionArgs) {
  const { person, lang } = await visitOf(args);
  const filter = readFilter(new URL(args.request.url).searchParams);
  const { me, visit, data } = await page(args, "anyone", (db) =>
    Promise.all([listProducts(db, filter, lang, person !== null), person ? findInCart(db) : nothing]),
  );
  if (person) admit(me, "signed-in", visit);
  const [found, cart] = data;
  const list = person && !me.store ? await visit.read((db) => listProducts(db, filter, lang, false)) : found;
  const role = me.account?.role ?? null;
  const inCart: Record<string, number> = Object.fromEntries(
    list.products.flatMap(({ sku }) => (cart[sku] ? [[sku, cart[sku]]] : [])),
  );
  return {
    ...list,
    inCart,
    filter,
    guest: role === null,
    priced: me.store !== null,
    storeless: role === "SALESMAN" && !me.store,
  };
}

/**
 * The list of a store is one form: whatever was typed into it goes into the cart, whichever of its buttons was pressed,
 * and then on to where that one leads: another page, another search, or back to this place.
 */
export async function action(args: ActionFunctionArgs) {
  return submit(args, "store", addForm, async ({ changes, values }, visit) => {
    const t = messages(visit.lang).catalogue;
    const to = whereTo(args.request, values);
    if (changes.length === 0) return redirect(to, 303); // Nothing typed: a button that is a link.
    const name = await visit.write(async (db) => {
      const [found] = await Promise.all([
        changes.length === 1 ? findProduct(db, changes[0]!.sku, visit.lang, false).catch(() => null) : null,
        setCart(db, changes),
      ]);
      return found?.name;
    });
    return redirectWithToast(to, name ? t.added(name) : t.addedMany(changes.length));
  });
}

/**
 * A page that was pressed; the search, if it says something else than the address; else where the form was, at the card
 * that was pressed.
 */
function whereTo(request: Request, values: Record<string, string>): string {
  if (values.to) return safePath(values.to, "/products");
  const { pathname, search, searchParams } = new URL(request.url);
  const shown = readFilter(searchParams);
  const asked = readFilter(new URLSearchParams(values));
  if (address(asked) !== address(shown)) return address(asked);
  return pathname + search + (values.add ? `#${encodeURIComponent(values.add)}` : "");
}

export default function Products() {
  const t = useMessages();
  const {
    products,
    total,
    previous,
    next,
    brands,
    categories,
    meant,
    elsewhere,
    inCart,
    filter,
    guest,
    priced,
    storeless,
  } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const filtered = Boolean(filter.q || filter.brand || filter.category || filter.sort);
  const here = address(filter, filter);
  const typed = typedOf(refused);
  const list = (
    <>
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
        <NothingFound filter={filter} meant={meant} elsewhere={elsewhere} />
      )}
      <Pager
        previous={previous && address(filter, { before: previous })}
        next={next && address(filter, { after: next })}
        first={filter.after && products.length === 0 ? address(filter) : null}
        shown={products.length}
        button={priced ? "to" : undefined}
      />
    </>
  );
  const search = (
    <SearchFields filter={filter} brands={brands} categories={categories} filtered={filtered} priced={priced} />
  );
  return (
    <>
      <div className="page-head">
        <div>
          <h1>{t.catalogue.title}</h1>
          <p className="quiet">{filter.q ? t.catalogue.resultsFor(filter.q, total) : t.catalogue.count(total)}</p>
        </div>
        {guest ? (
          <p className="quiet">
            {t.catalogue.guest} <a href={`/login?next=${encodeURIComponent(here)}`}>{t.catalogue.guestLink}</a>
          </p>
        ) : null}
        {storeless ? (
          <p className="quiet">
            <a href="/clients">{t.catalogue.pickStore}</a>
          </p>
        ) : null}
      </div>
      {priced ? (
        <>
          <ErrorSummary title={t.carts.notSaved} errors={named(refused?.errors ?? [], products)} />
          <PostForm className="stack stack--wide" action={here} data-keep-place>
            <div className="search" role="search">
              {search}
            </div>
            {list}
          </PostForm>
        </>
      ) : (
        <>
          <form className="search" method="get" action="/products" role="search">
            {search}
          </form>
          {list}
        </>
      )}
    </>
  );
}

/** What was typed into the cards of a list that was handed back. */
function typedOf(
  refused: { values: Record<string, string>; errors: FormError[] } | undefined,
): Map<string, TypedQuantity> {
  return new Map(
    typedQuantities(refused?.values ?? {}).map(({ sku, typed }) => [
      sku,
      { quantity: typed, error: errorOf(refused, quantityField(sku)) ?? null },
    ]),
  );
}

/** What was probably meant, or where else it is; otherwise the way back to everything. */
function NothingFound({
  filter,
  meant,
  elsewhere,
}: {
  filter: CatalogueFilter;
  meant: string | null;
  elsewhere: number;
}) {
  const t = useMessages();
  if (elsewhere > 0) {
    const everywhere = {
      href: address({ ...filter, brand: null, category: null }),
      label: t.catalogue.elsewhere(elsewhere),
    };
    return (
      <EmptyState icon="search" title={t.catalogue.emptyTitle} text={t.catalogue.elsewhereText} action={everywhere} />
    );
  }
  if (meant) {
    const action = { href: address({ ...filter, q: meant, brand: null, category: null }), label: meant };
    return <EmptyState icon="search" title={t.catalogue.emptyTitle} text={t.catalogue.meant} action={action} />;
  }
  return (
    <EmptyState
      icon="search"
      title={t.catalogue.emptyTitle}
      text={t.catalogue.emptyText}
      action={{ href: "/products", label: t.ui.actions.clear }}
    />
  );
}

type SearchProps = {
  filter: CatalogueFilter;
  brands: Shelf[];
  categories: Shelf[];
  filtered: boolean;
  priced: boolean;
};

/** `priced`: part of the store's list, which is a form already. Its button comes first in it, so Enter presses it. */
function SearchFields({ filter, brands, categories, filtered, priced }: SearchProps) {
  const t = useMessages();
  const options = (all: string, shelves: Shelf[]) => [
    { value: "", label: all },
    ...shelves.map(({ slug, name }) => ({ value: slug, label: name })),
  ];
  const prices = [
    { value: "price", label: t.catalogue.sorts.price },
    { value: "price-desc", label: t.catalogue.sorts["price-desc"] },
  ];
  const orders = [
    { value: "", label: t.catalogue.sorts.best },
    { value: "name", label: t.catalogue.sorts.name },
    ...(priced ? prices : []),
  ];
  return (
    <>
      <TextField name="q" type="search" label={t.catalogue.search} defaultValue={filter.q} maxLength={80} />
      <div className="search__selects">
        <Select
          name="brand"
          label={t.catalogue.brand}
          options={options(t.catalogue.allBrands, brands)}
          defaultValue={filter.brand ?? ""}
        />
        <Select
          name="category"
          label={t.catalogue.category}
          options={options(t.catalogue.allCategories, categories)}
          defaultValue={filter.category ?? ""}
        />
      </div>
      <div className="search__go">
        <Select name="sort" label={t.catalogue.sort} options={orders} defaultValue={filter.sort ?? ""} />
        <SubmitButton kind="quiet">{t.ui.actions.search}</SubmitButton>
        {filtered && priced ? (
          <button type="submit" name="to" value="/products" className="button button--link">
            {t.ui.actions.clear}
          </button>
        ) : null}
        {filtered && !priced ? (
          <ButtonLink kind="link" href="/products">
            {t.ui.actions.clear}
          </ButtonLink>
        ) : null}
      </div>
    </>
  );
}

/** The address of this list, from a place in it. */
const address = (filter: CatalogueFilter, place: Parameters<typeof filterParams>[1] = {}) =>
  listAddress("/products", filterParams(filter, place));
