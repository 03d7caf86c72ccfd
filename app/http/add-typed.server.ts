import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { messages } from "#app/words.ts";
import { addForm } from "#app/carts/cart.ts";
import { setCart } from "#app/carts/cart.server.ts";
import { findProduct } from "#app/catalogue/product.server.ts";
import { thenField } from "#app/ui/page-form.tsx";
import { safePath } from "./address.ts";
import { submit } from "./submit.server.ts";
import { redirectWithToast } from "./toast.server.ts";

/**
 * A form of articles to choose from: whatever was typed into it goes into the cart, whichever of its buttons was
 * pressed, and then on to where that one leads; else back to this place, where the card says what became of it.
 * `leadsTo`: where what is in the form leads, if not here.
 */
export const addTyped = (
  args: ActionFunctionArgs,
  audience: "store",
  leadsTo: (values: Record<string, string>) => string | null = () => null,
) =>
  submit(args, audience, addForm, async ({ changes, values }, visit) => {
    const t = messages(visit.lang).catalogue;
    const { pathname, search } = new URL(args.request.url);
    // Enter presses no card's button: people go down a list, so the last one typed is where they are.
    const card = changes.find(({ sku }) => sku === values.add)?.sku ?? changes.at(-1)?.sku;
    const away = values[thenField] === undefined ? leadsTo(values) : safePath(values[thenField], "/products");
    const to = away ?? pathname + search + (card ? `#${encodeURIComponent(card)}` : "");
    if (changes.length === 0) return redirect(to, 303); // Nothing typed: a button that is a link.
    const name = await visit.write(async (db) => {
      const [found] = await Promise.all([
        changes.length === 1 ? findProduct(db, changes[0]!.sku, visit.lang, false).catch(() => null) : null,
        setCart(db, changes),
      ]);
      return found?.name;
    });
    return redirectWithToast(to, name ? t.added(name) : t.addedMany(changes.length), "good", away ? undefined : card);
  });
