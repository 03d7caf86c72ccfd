import { type ActionFunctionArgs, data as answer, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { safePath } from "#app/http/address.ts";
import { admit, page } from "#app/http/page.server.ts";
import { submit } from "#app/http/submit.server.ts";
import { redirectWithToast } from "#app/http/toast.server.ts";
import { visitOf } from "#app/http/visit.server.ts";
import { messages } from "#app/words.ts";
import { addForm } from "#app/carts/cart.ts";
import { findInCart, setCart } from "#app/carts/cart.server.ts";
import { type CatalogueFilter, readFilter } from "#app/catalogue/catalogue.ts";
import { listProducts } from "#app/catalogue/catalogue.server.ts";
import { findProduct } from "#app/catalogue/product.server.ts";
import { ErrorSummary } from "#app/ui/form.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { tooLong } from "#app/ui/list.ts";
import { PostForm } from "#app/ui/post-form.tsx";
import { named } from "#app/carts/quantity-errors.ts";
import { useTooLong } from "#app/ui/search-text.tsx";
import { title } from "#app/ui/title.ts";
import { address } from "./address.ts";
import { ProductList } from "./product-list.tsx";
import { SearchFields } from "./search-fields.tsx";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title((t) => t.catalogue.title);

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
  if (!tooLong(params)) return answer(shown);
  return answer({ ...shown, products: [], previous: null, next: null, inCart: {} }, { status: 400 });
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
  const params = new URLSearchParams(values);
  // What is too long goes along, to be told so where it is shown.
  const asked = { ...readFilter(params), ...(tooLong(params) ? { q: params.get("q")!.slice(0, 1000) } : {}) };
  if (address(asked) !== address(shown)) return address(asked);
  return pathname + search + (values.add ? `#${encodeURIComponent(values.add)}` : "");
}

export default function Products() {
  const t = useMessages();
  const list = useLoaderData<typeof loader>();
  const { filter, priced } = list;
  const refused = useActionData<typeof action>();
  const cards = useTooLong() ? null : (
    <ProductList page={list} filter={filter} inCart={list.inCart} priced={priced} refused={refused} />
  );
  const search = <SearchFields filter={filter} brands={list.brands} categories={list.categories} priced={priced} />;
  return (
    <>
      <PageHead filter={filter} total={list.total} guest={list.guest} storeless={list.storeless} />
      {priced ? (
        <>
          <ErrorSummary title={t.carts.notSaved} errors={named(refused?.errors ?? [], list.products)} />
          <PostForm className="stack stack--wide" action={address(filter, filter)} data-keep-place>
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

type HeadProps = { filter: CatalogueFilter; total: number; guest: boolean; storeless: boolean };

/** What is listed, and what whoever sees no prices has to do to see them. */
function PageHead({ filter, total, guest, storeless }: HeadProps) {
  const t = useMessages().catalogue;
  return (
    <div className="page-head">
      <div>
        <h1>{t.title}</h1>
        <p className="quiet">{filter.q ? t.resultsFor(filter.q, total) : t.count(total)}</p>
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
