import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { DatabaseRefusal, NotFound } from "#app/db/errors.server.ts";
import { safePath } from "#app/http/address.ts";
import { page } from "#app/http/page.server.ts";
import { submitAsStore } from "#app/http/store-form.server.ts";
import { reply } from "#app/http/submit.server.ts";
import { redirectWithToast } from "#app/http/toast.server.ts";
import type { Visit } from "#app/http/visit.server.ts";
import { type ErrorCode, errorText, messages } from "#app/locales/messages.ts";
import { addToCart, quote } from "#app/models/cart.server.ts";
import { findProduct } from "#app/models/catalogue.server.ts";
import { quantity, sku } from "#app/models/catalogue.ts";
import { CartPage } from "#app/ui/cart-page.tsx";
import { title } from "#app/ui/title.ts";

export { ErrorBoundary } from "#app/ui/error-boundary.tsx";
export const meta = title((t) => t.cart.title);
const addForm = z.object({ sku, quantity: z.string().max(100).default(""), next: z.string().optional() });

export async function loader(args: LoaderFunctionArgs) {
  return (await page(args, "store", quote)).data;
}

/** Adds an article to the cart and goes back to where it was chosen. */
export function action(args: ActionFunctionArgs) {
  return submitAsStore(args, addForm, async ({ sku, quantity: typed, next }, visit) => {
    const wanted = quantity.safeParse(typed);
    try {
      if (!wanted.success) return await refuse(visit, sku, typed, "QUANTITY");
      const name = await visit.write(async (db) => {
        const [, product] = await Promise.all([addToCart(db, sku, wanted.data), findProduct(db, sku, visit.lang, false)]);
        return product.name;
      });
      return redirectWithToast(safePath(next, "/cart"), messages(visit.lang).products.added(name));
    } catch (error) {
      if (error instanceof NotFound) return reply(404, { sku, quantity: typed }, [{ message: errorText(visit.lang, "UNKNOWN_SKU") }]);
      if (!(error instanceof DatabaseRefusal && error.code === "INVAL")) throw error;
      return refuse(visit, sku, typed, error.detail.field === "sku" ? "CART_FULL" : "QUANTITY");
    }
  });
}

/** Hands the article back with its name, so that the quantity can be put right on the spot. */
async function refuse(visit: Visit, sku: string, quantity: string, code: ErrorCode) {
  const { name } = await visit.read((db) => findProduct(db, sku, visit.lang, false));
  return reply(400, { sku, quantity, name }, [{ field: "quantity", message: errorText(visit.lang, code) }]);
}

export default function RefusedItem() {
  const cart = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const { sku = "", quantity = "", name } = refused?.values ?? {};
  // Without a name there is no such article: nothing to put right.
  const errors = refused?.errors.map(({ field, message }) => (name ? { field, message } : { message }));
  return <CartPage quote={cart} errors={errors} adding={name ? { sku, name, quantity } : null} />;
}
