import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { admit, page } from "#app/http/page.server.ts";
import { visitOf } from "#app/http/visit.server.ts";
import { type CatalogueFilter, filterParams, readFilter } from "#app/models/catalogue.ts";
import { listProducts, type Shelf } from "#app/models/catalogue.server.ts";
import { listAddress } from "#app/models/office.ts";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { Select, SubmitButton, TextField } from "#app/ui/form.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Pager } from "#app/ui/pager.tsx";
import { ProductCard } from "#app/ui/product-card.tsx";
import { title } from "#app/ui/title.ts";

export { ErrorBoundary } from "#app/ui/error-boundary.tsx";
export const meta = title((t) => t.products.title);

/** One round trip for a store. Whoever is signed in without one (staff, a salesman between stores) has no prices and needs a second. */
export async function loader(args: LoaderFunctionArgs) {
  const { person, lang } = await visitOf(args);
  const filter = readFilter(new URL(args.request.url).searchParams);
  const { me, visit, data } = await page(args, "anyone", (db) =>
    listProducts(db, filter, lang, person !== null),
  );
  if (person) admit(me, "signed-in", visit);
  const list = person && !me.store ? await visit.read((db) => listProducts(db, filter, lang, false)) : data;
  const role = me.account?.role ?? null;
  return { ...list, filter, guest: role === null, priced: me.store !== null, storeless: role === "SALESMAN" && !me.store };
}

export default function Products() {
  const t = useMessages();
  const { products, total, previous, next, brands, categories, meant, elsewhere, filter, guest, priced, storeless } = useLoaderData<typeof loader>();
  const filtered = Boolean(filter.q || filter.brand || filter.category || filter.sort);
  const here = address(filter, filter);
  return (
    <>
      <div className="page-head">
        <div>
          <h1>{t.products.title}</h1>
          <p className="quiet">{filter.q ? t.products.resultsFor(filter.q, total) : t.products.count(total)}</p>
        </div>
        {guest ? (
          <p className="quiet">
            {t.products.guest} <a href={`/login?next=${encodeURIComponent(here)}`}>{t.products.guestLink}</a>
          </p>
        ) : null}
        {storeless ? (
          <p className="quiet">
            <a href="/clients">{t.products.pickStore}</a>
          </p>
        ) : null}
      </div>
      <SearchForm filter={filter} brands={brands} categories={categories} filtered={filtered} priced={priced} />
      {products.length > 0 ? (
        <div className="products">
          {products.map((product, index) => (
            <ProductCard key={product.sku} product={product} back={here} eager={index < 4} />
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
      />
    </>
  );
}

/** What was probably meant, or where else it is; otherwise the way back to everything. */
function NothingFound({ filter, meant, elsewhere }: { filter: CatalogueFilter; meant: string | null; elsewhere: number }) {
  const t = useMessages();
  if (elsewhere > 0) {
    const everywhere = { href: address({ ...filter, brand: null, category: null }), label: t.products.elsewhere(elsewhere) };
    return <EmptyState icon="search" title={t.products.emptyTitle} text={t.products.elsewhereText} action={everywhere} />;
  }
  if (meant) {
    const action = { href: address({ ...filter, q: meant, brand: null, category: null }), label: meant };
    return <EmptyState icon="search" title={t.products.emptyTitle} text={t.products.meant} action={action} />;
  }
  return <EmptyState icon="search" title={t.products.emptyTitle} text={t.products.emptyText} action={{ href: "/products", label: t.actions.clear }} />;
}

type SearchProps = { filter: CatalogueFilter; brands: Shelf[]; categories: Shelf[]; filtered: boolean; priced: boolean };

function SearchForm({ filter, brands, categories, filtered, priced }: SearchProps) {
  const t = useMessages();
  const options = (all: string, shelves: Shelf[]) => [{ value: "", label: all }, ...shelves.map(({ slug, name }) => ({ value: slug, label: name }))];
  const prices = [{ value: "price", label: t.products.sorts.price }, { value: "price-desc", label: t.products.sorts["price-desc"] }];
  const orders = [{ value: "", label: t.products.sorts.best }, { value: "name", label: t.products.sorts.name }, ...(priced ? prices : [])];
  return (
    <form className="search" method="get" action="/products" role="search">
      <TextField name="q" type="search" label={t.products.search} defaultValue={filter.q} maxLength={80} />
      <div className="search__selects">
        <Select name="brand" label={t.products.brand} options={options(t.products.allBrands, brands)} defaultValue={filter.brand ?? ""} />
        <Select name="category" label={t.products.category} options={options(t.products.allCategories, categories)} defaultValue={filter.category ?? ""} />
      </div>
      <div className="search__go">
        <Select name="sort" label={t.products.sort} options={orders} defaultValue={filter.sort ?? ""} />
        <SubmitButton kind="quiet">{t.actions.search}</SubmitButton>
        {filtered ? (
          <a className="button button--link" href="/products">
            {t.actions.clear}
          </a>
        ) : null}
      </div>
    </form>
  );
}

/** The address of this list, from a place in it. */
const address = (filter: CatalogueFilter, place: Parameters<typeof filterParams>[1] = {}) => listAddress("/products", filterParams(filter, place));
