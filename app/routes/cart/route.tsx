import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { page } from "#app/http/page.server.ts";
import { quote } from "#app/models/cart.server.ts";
import { CartPage } from "#app/ui/cart-page.tsx";
import { title } from "#app/ui/title.ts";

export { ErrorBoundary } from "#app/ui/error-boundary.tsx";
export const meta = title((t) => t.cart.title);

export async function loader(args: LoaderFunctionArgs) {
  return (await page(args, "store", quote)).data;
}

export default function Cart() {
  return <CartPage quote={useLoaderData<typeof loader>()} />;
}
