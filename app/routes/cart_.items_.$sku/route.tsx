import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData, useParams } from "@remix-run/react";
import { z } from "zod";
import { page } from "#app/http/page.server.ts";
import { submitAsStore } from "#app/http/store-form.server.ts";
import { redirectWithToast } from "#app/http/toast.server.ts";
import { messages } from "#app/locales/messages.ts";
import { quote, setInCart } from "#app/models/cart.server.ts";
import { quantityOrZero } from "#app/models/catalogue.ts";
import { CartPage } from "#app/ui/cart-page.tsx";
import { title } from "#app/ui/title.ts";

export { ErrorBoundary } from "#app/ui/error-boundary.tsx";
export const meta = title((t) => t.cart.title);

export async function loader(args: LoaderFunctionArgs) {
  return (await page(args, "store", quote)).data;
}

/** Sets the quantity of a line; 0 takes it out. */
export function action(args: ActionFunctionArgs) {
  return submitAsStore(args, z.object({ quantity: quantityOrZero }), async ({ quantity }, visit) => {
    const sku = args.params.sku ?? "";
    await visit.write((db) => setInCart(db, sku, quantity));
    const t = messages(visit.lang).cart;
    return redirectWithToast("/cart", quantity === 0 ? t.removed(sku) : t.updated);
  });
}

export default function RefusedLine() {
  const cart = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const { sku = "" } = useParams();
  return <CartPage quote={cart} errors={refused?.errors} wrong={refused ? { sku, quantity: refused.values.quantity ?? "" } : null} />;
}
