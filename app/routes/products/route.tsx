import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { admit, page } from "#app/http/page.server.ts";
import { visitOf } from "#app/http/visit.server.ts";
import { type CatalogueFilter, readFilter } from "#app/models/catalogue.ts";
import { listProducts, type Shelf } from "#app/models/catalogue.server.ts";
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
  return { ...list, filter, guest: role === null, storeless: role === "SALESMAN" && !me.store };
}

export default function Products() {
  const t = useMessages();
  const { products, next, brands, categories, filter, guest, storeless } = useLoaderData<typeof loader>();
  const filtered = Boolean(filter.q || filter.brand || filter.category);
  return (
    <>
      <div className="page-head">
        <div>
          <h1>{t.products.title}</h1>
          {filter.q ? <p className="quiet">{t.products.resultsFor(filter.q)}</p> : null}
        </div>
        {guest ? (
          <p className="quiet">
            {t.products.guest} <a href={`/login?next=${encodeURIComponent(address(filter, filter.after))}`}>{t.products.guestLink}</a>
          </p>
        ) : null}
        {storeless ? (
          <p className="quiet">
            <a href="/clients">{t.products.pickStore}</a>
          </p>
        ) : null}
      </div>
      <SearchForm filter={filter} brands={brands} categories={categories} filtered={filtered} />
      {products.length > 0 ? (
        <div className="products">
          {products.map((product, index) => (
            <ProductCard key={product.sku} product={product} back={address(filter, filter.after)} eager={index < 4} />
          ))}
        </div>
      ) : (
        <EmptyState icon="search" title={t.products.emptyTitle} text={t.products.emptyText} action={{ href: "/products", label: t.actions.clear }} />
      )}
      <Pager next={next && address(filter, next)} first={filter.after ? address(filter, null) : null} shown={products.length} />
    </>
  );
}

type SearchProps = { filter: CatalogueFilter; brands: Shelf[]; categories: Shelf[]; filtered: boolean };

function SearchForm({ filter, brands, categories, filtered }: SearchProps) {
  const t = useMessages();
  const options = (all: string, shelves: Shelf[]) => [{ value: "", label: all }, ...shelves.map(({ slug, name }) => ({ value: slug, label: name }))];
  return (
    <form className="search" method="get" action="/products" role="search">
      <TextField name="q" type="search" label={t.products.search} defaultValue={filter.q} maxLength={80} />
      <div className="search__selects">
        <Select name="brand" label={t.products.brand} options={options(t.products.allBrands, brands)} defaultValue={filter.brand ?? ""} />
        <Select name="category" label={t.products.category} options={options(t.products.allCategories, categories)} defaultValue={filter.category ?? ""} />
      </div>
      <div className="search__go">
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
function address({ q, brand, category }: CatalogueFilter, after: string | null): string {
  const params = new URLSearchParams(Object.entries({ q, brand, category, after }).filter((entry): entry is [string, string] => Boolean(entry[1])));
  return params.size > 0 ? `/products?${params}` : "/products";
}
