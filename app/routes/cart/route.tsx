import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { page } from "#app/http/page.server.ts";
import { quote } from "#app/models/cart.server.ts";
import { findAllowance } from "#app/models/consent.server.ts";
import { CartPage } from "#app/ui/cart-page.tsx";
import { title } from "#app/ui/title.ts";

export { ErrorBoundary } from "#app/ui/error-boundary.tsx";
export const meta = title((t) => t.cart.title);

export async function loader(args: LoaderFunctionArgs) {
  const { me, data } = await page(args, "store", (db) => Promise.all([quote(db), findAllowance(db)]));
  return { quote: data[0], allowance: me.acting ? data[1] : null };
}

export default function Cart() {
  return <CartPage {...useLoaderData<typeof loader>()} />;
}
