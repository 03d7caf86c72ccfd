import { type ActionFunctionArgs, data as answer, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { addTyped } from "#app/http/add-typed.server.ts";
import { admit, page } from "#app/http/page.server.ts";
import { visitOf } from "#app/http/visit.server.ts";
import { findInCart } from "#app/carts/cart.server.ts";
import { type CatalogueFilter, readFilter, searchMost } from "#app/catalogue/catalogue.ts";
import { listProducts } from "#app/catalogue/catalogue.server.ts";
import { ErrorSummary } from "#app/ui/form.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { tooLong } from "#app/ui/list.ts";
import type { PageFormOf } from "#app/ui/page-form.tsx";
import { PostForm } from "#app/ui/post-form.tsx";
import { named } from "#app/carts/quantity-errors.ts";
import { publicMeta, unlisted } from "#app/ui/public-meta.ts";
import { isFound } from "#app/ui/public-pages.ts";
import { useTooLong } from "#app/ui/search-text.tsx";
import { title } from "#app/ui/title.ts";
import { address } from "./address.ts";
import type { Messages } from "#app/words.ts";
import { ProductList } from "./product-list.tsx";
import { SearchFields } from "./search-fields.tsx";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";

const tell = publicMeta("/products", (t) => ({ title: t.catalogue.title, description: t.catalogue.description }));
const view = unlisted(title((t) => t.catalogue.title));
export const meta: MetaFunction = (args) => {
  const { pathname, search } = args.location;
  return (isFound(pathname + search) ? tell : view)(args);
};

const formId = "list";
const pageForm: PageFormOf<{ priced: boolean }> = ({ priced }) => (priced ? { id: formId } : null);
export const handle = { pageForm };

const nothing: Awaited<ReturnType<typeof findInCart>> = {};

/**
 * One round trip for a store. Whoever is signed in without one (staff, a salesman between stores) has no prices and
 * needs a second.
 */
export async function loader(args: LoaderFunctionArgs) {
  const { login, lang } = await visitOf(args);
  const params = new URL(args.request.url).searchParams;
  const filter = readFilter(params);
  const { viewer, visit, data } = await page(args, "anyone", (db) =>
    Promise.all([listProducts(db, filter, lang, login !== null), login ? findInCart(db) : nothing]),
  );
  if (login) admit(viewer, "signed-in", visit);
  const [found, cart] = data;
  const list = login && !viewer.store ? await visit.read((db) => listProducts(db, filter, lang, false)) : found;
  const role = viewer.account?.role ?? null;
  const inCart: Record<string, number> = Object.fromEntries(
    list.products.flatMap(({ sku }) => (cart[sku] ? [[sku, cart[sku]]] : [])),
  );
  const shown = {
    ...list,
    inCart,
    filter,
    guest: role === null,
    priced: viewer.store !== null,
    storeless: role === "SALESMAN" && !viewer.store,
  };
  if (!tooLong(params, searchMost)) return answer(shown);
  return answer({ ...shown, products: [], previous: null, next: null, inCart: {} }, { status: 400 });
}

/** The list of a store is one form; a search that says something else than the address leads there. */
export const action = (args: ActionFunctionArgs) =>
  addTyped(args, "store", (values) => {
    const params = new URLSearchParams(values);
    // What is too long goes along, to be told so where it is shown.
    const asked = {
      ...readFilter(params),
      ...(tooLong(params, searchMost) ? { q: params.get("q")!.slice(0, 1000) } : {}),
    };
    const shown = readFilter(new URL(args.request.url).searchParams);
    return address(asked) === address(shown) ? null : address(asked);
  });

export default function Products() {
  const t = useMessages();
  const list = useLoaderData<typeof loader>();
  const { filter, priced } = list;
  const refused = useActionData<typeof action>();
  const cards = useTooLong(searchMost) ? null : (
    <ProductList page={list} filter={filter} inCart={list.inCart} priced={priced} refused={refused} />
  );
  // As it was typed, where the list was handed back.
  const asked = refused ? readFilter(new URLSearchParams(refused.values)) : filter;
  const search = <SearchFields filter={asked} brands={list.brands} categories={list.categories} priced={priced} />;
  return (
    <>
      <PageHead filter={filter} total={list.total} meant={list.meant} guest={list.guest} storeless={list.storeless} />
      {priced ? (
        <>
          <ErrorSummary title={t.carts.notSaved} errors={named(refused?.errors ?? [], list.products)} />
          <PostForm className="stack stack--wide" action={address(filter, filter)} id={formId} data-keep-place>
            <div className="search" role="search">
              {search}
            </div>
            {cards}
          </PostForm>
        </>
      ) : (
        <>
          <form className="search" method="get" action="/products" role="search">
            {search}
          </form>
          {cards}
        </>
      )}
    </>
  );
}

type HeadProps = { filter: CatalogueFilter; total: number; meant: string | null; guest: boolean; storeless: boolean };

/** What is listed, and what whoever sees no prices has to do to see them. */
function PageHead({ filter, total, meant, guest, storeless }: HeadProps) {
  const t = useMessages().catalogue;
  return (
    <div className="page-head">
      <div>
        <h1>{t.title}</h1>
        <p className={meant ? "field__warning" : "quiet"}>{foundText(t, filter.q, meant, total)}</p>
      </div>
      {guest ? (
        <p className="quiet">
          {t.guest} <a href={`/login?next=${encodeURIComponent(address(filter, filter))}`}>{t.guestLink}</a>
        </p>
      ) : null}
      {storeless ? (
        <p className="quiet">
          <a href="/clients">{t.pickStore}</a>
        </p>
      ) : null}
    </div>
  );
}

const foundText = (t: Messages["catalogue"], q: string, meant: string | null, total: number) =>
  !q ? t.count(total) : meant ? t.meant(q, meant, total) : t.resultsFor(q, total);
