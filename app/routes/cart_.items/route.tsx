import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { NotFound } from "#app/db/errors.server.ts";
import { safePath } from "#app/http/address.ts";
import { page } from "#app/http/page.server.ts";
import { reply, submit } from "#app/http/submit.server.ts";
import { redirectWithToast } from "#app/http/toast.server.ts";
import { errorText, messages } from "#app/locales/messages.ts";
import { addToCart, quote } from "#app/models/cart.server.ts";
import { findProduct } from "#app/models/catalogue.server.ts";
import { quantity, sku } from "#app/models/catalogue.ts";
import { CartPage } from "#app/ui/cart-page.tsx";
import { title } from "#app/ui/title.ts";

export const meta = title((t) => t.cart.title);
const addForm = z.object({ sku, quantity, next: z.string().optional() });

export async function loader(args: LoaderFunctionArgs) {
  return (await page(args, "store", quote)).data;
}

/** Adds an article to the cart and goes back to where it was chosen. */
export function action(args: ActionFunctionArgs) {
  return submit(args, addForm, async ({ sku, quantity, next }, visit) => {
    try {
      const name = await visit.write(async (db) => {
        const [, product] = await Promise.all([addToCart(db, sku, quantity), findProduct(db, sku, visit.lang, false)]);
        return product.name;
      });
      return redirectWithToast(safePath(next, "/cart"), messages(visit.lang).products.added(name));
    } catch (error) {
      if (!(error instanceof NotFound)) throw error;
      return reply(404, { sku, quantity: String(quantity) }, [{ message: errorText(visit.lang, "UNKNOWN_SKU") }]);
    }
  });
}

export default function RefusedItem() {
  const cart = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const typed = refused?.values;
  const known = refused?.errors.every(({ field }) => field === "quantity") && typed?.sku;
  return (
    <CartPage
      quote={cart}
      errors={refused?.errors.map(({ field, message }) => (field === "quantity" ? { field, message } : { message }))}
      adding={known && typed ? { sku: typed.sku!, name: typed.sku!, quantity: typed.quantity ?? "" } : null}
    />
  );
}
