import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { page } from "#app/http/page.server.ts";
import { submit } from "#app/http/submit.server.ts";
import { redirectWithToast } from "#app/http/toast.server.ts";
import { messages } from "#app/locales/messages.ts";
import { cartForm } from "#app/models/cart.ts";
import { findCart, setCart } from "#app/models/cart.server.ts";
import { findAllowance, ofSalesman } from "#app/models/consent.server.ts";
import { CartPage } from "#app/ui/cart-page.tsx";
import { title } from "#app/ui/title.ts";

export { ErrorBoundary } from "#app/ui/error-boundary.tsx";
export const meta = title((t) => t.cart.title);

export async function loader(args: LoaderFunctionArgs) {
  const { me, data } = await page(args, "store", (db) => Promise.all([findCart(db), findAllowance(db)]));
  return { quote: data[0].cart, ordered: data[0].ordered, allowance: ofSalesman(me, data[1]) };
}

/** Saves the cart as a whole, whichever button was pressed, and goes on to where that one leads. */
export function action(args: ActionFunctionArgs) {
  return submit(args, "store", cartForm, async ({ changes, removed, go }, visit) => {
    const t = messages(visit.lang).cart;
    await visit.write((db) => setCart(db, changes));
    if (go === "checkout" && removed.length === 0) return redirect("/checkout", 303);
    return redirectWithToast("/cart", removed.length > 0 ? t.removed(removed) : t.updated);
  });
}

export default function Cart() {
  return <CartPage {...useLoaderData<typeof loader>()} refused={useActionData<typeof action>()} />;
}
