import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { DatabaseRefusal, NotFound } from "#app/db/errors.server.ts";
import { safePath } from "#app/http/address.ts";
import { page } from "#app/http/page.server.ts";
import { lineText } from "#app/http/refusal-words.server.ts";
import { reply } from "#app/http/reply.server.ts";
import { submit } from "#app/http/submit.server.ts";
import { redirectWithToast } from "#app/http/toast.server.ts";
import { errorText, messages } from "#app/words.ts";
import { lineProblems } from "#app/carts/cart.ts";
import { findCart, setCart } from "#app/carts/cart.server.ts";
import { findProduct } from "#app/catalogue/product.server.ts";
import { quantity, sku } from "#app/catalogue/catalogue.ts";
import { allowanceInCart } from "#app/shadow/allowance.tsx";
import { findAllowance, ofSalesman } from "#app/shadow/consent.server.ts";
import { CartPage } from "#app/carts/cart-page.tsx";
import { ErrorSummary } from "#app/ui/form.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { AddForm } from "#app/catalogue/add-form.tsx";
import { title } from "#app/ui/title.ts";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title((t) => t.carts.title);
const oneArticle = z.object({ sku, quantity: z.string().max(100).default(""), next: z.string().optional() });

export async function loader(args: LoaderFunctionArgs) {
  const { viewer, data } = await page(args, "store", (db) => Promise.all([findCart(db), findAllowance(db)]));
  return { quote: data[0].cart, ordered: data[0].ordered, allowance: ofSalesman(viewer, data[1]) };
}

/**
 * Adds an article to the cart, for scripts (docs/addresses.md), and goes on to where they say; refused, it is handed
 * back by name, to be put right on the spot.
 */
export function action(args: ActionFunctionArgs) {
  return submit(args, "store", oneArticle, async ({ sku, quantity: typed, next }, visit) => {
    const refuse = (status: number, name: string, message: string) =>
      reply(status, { sku, quantity: typed, name }, [{ field: "quantity", message }]);
    const nameOf = async () => (await visit.read((db) => findProduct(db, sku, visit.lang, false))).name;
    const wanted = quantity.safeParse(typed);
    try {
      if (!wanted.success) return refuse(400, await nameOf(), errorText(visit.lang, "QUANTITY"));
      const name = await visit.write(async (db) => {
        const [, product] = await Promise.all([
          setCart(db, [{ sku, add: wanted.data }]),
          findProduct(db, sku, visit.lang, false),
        ]);
        return product.name;
      });
      return redirectWithToast(safePath(next, "/cart"), messages(visit.lang).catalogue.added(name));
    } catch (error) {
      if (!(error instanceof DatabaseRefusal)) throw error;
      if (error.reason === "CART_FULL") return refuse(400, await nameOf(), errorText(visit.lang, "CART_FULL"));
      const problem = error.reason === "CART_LINES" ? lineProblems.parse(error.detail).lines[0] : null;
      if (error instanceof NotFound || problem?.reason === "UNKNOWN")
        return reply(404, { sku, quantity: typed }, [{ message: errorText(visit.lang, "UNKNOWN_SKU") }]);
      if (!problem) throw error;
      return refuse(problem.reason === "RANGE" ? 400 : 409, problem.name ?? sku, lineText(problem, visit.lang));
    }
  });
}

export default function RefusedItem() {
  const t = useMessages();
  const { allowance, ...cart } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const { sku = "", quantity = "", name } = refused?.values ?? {};
  // Without a name there is no such article: nothing to put right.
  if (!refused || !name)
    return (
      <CartPage
        {...cart}
        {...allowanceInCart(allowance, cart.quote?.total)}
        refused={refused && { errors: refused.errors.map(({ message }) => ({ message })), values: {} }}
      />
    );
  return (
    <>
      <h1>{t.carts.title}</h1>
      <ErrorSummary
        title={t.carts.notSaved}
        errors={refused.errors.map(({ message }) => ({ field: `quantity-${sku}`, message }))}
      />
      <section className="card card--padded">
        <h2>{name}</h2>
        <AddForm sku={sku} name={name} quantity={quantity} error={refused.errors[0]?.message} />
      </section>
      <p>
        <a href="/cart">{t.accounts.mismatch.toCart}</a>
      </p>
    </>
  );
}
