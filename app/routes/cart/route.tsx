import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { page } from "#app/http/page.server.ts";
import { submit } from "#app/http/submit.server.ts";
import { redirectWithToast } from "#app/http/toast.server.ts";
import { messages } from "#app/words.ts";
import { cartForm } from "#app/carts/cart.ts";
import { findCart, namesInCart, setCart } from "#app/carts/cart.server.ts";
import { allowanceInCart } from "#app/shadow/allowance.tsx";
import { findAllowance, ofSalesman } from "#app/shadow/consent.server.ts";
import { CartPage, cartFormId } from "#app/carts/cart-page.tsx";
import type { PageFormOf } from "#app/ui/page-form.tsx";
import { title } from "#app/ui/title.ts";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title((t) => t.carts.title);

const pageForm: PageFormOf<{ quote: unknown }> = ({ quote }) =>
  quote ? { id: cartFormId, enter: { name: "go", value: "save" } } : null;
export const handle = { pageForm };

export async function loader(args: LoaderFunctionArgs) {
  const { viewer, data } = await page(args, "store", (db) => Promise.all([findCart(db), findAllowance(db)]));
  return { quote: data[0].cart, ordered: data[0].ordered, allowance: ofSalesman(viewer, data[1]) };
}

/** Saves the cart as a whole, whichever button was pressed, and goes on to where that one leads. */
export function action(args: ActionFunctionArgs) {
  return submit(args, "store", cartForm, async ({ changes, removed, go }, visit) => {
    const t = messages(visit.lang).carts;
    const names = await visit.write(async (db) => {
      const names = await namesInCart(db, removed); // Before they go.
      await setCart(db, changes);
      return names;
    });
    if (go === "checkout" && removed.length === 0) return redirect("/checkout", 303);
    if (removed.length > 0) return redirectWithToast("/cart", t.removed(names));
    const at = changes.findLast((change) => "quantity" in change && change.quantity > 0);
    if (!at) return redirectWithToast("/cart", t.updated);
    return redirectWithToast(`/cart#line-${at.sku}`, t.updated, "good", `line-${at.sku}`);
  });
}

export default function Cart() {
  const { allowance, ...cart } = useLoaderData<typeof loader>();
  return (
    <CartPage {...cart} {...allowanceInCart(allowance, cart.quote?.total)} refused={useActionData<typeof action>()} />
  );
}
