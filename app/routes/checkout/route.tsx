import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import type { z } from "zod";
import { DatabaseRefusal } from "#app/db/errors.server.ts";
import { page } from "#app/http/page.server.ts";
import type { Visit } from "#app/http/visit.server.ts";
import { reply } from "#app/http/reply.server.ts";
import { submit } from "#app/http/submit.server.ts";
import { redirectWithToast } from "#app/http/toast.server.ts";
import { errorText, messages } from "#app/words.ts";
import { namesInCart, type Quote, quote, setCart } from "#app/carts/cart.server.ts";
import { keepCheckout, placeOrder } from "#app/carts/checkout.server.ts";
import { checkoutForm, mintKey } from "#app/carts/checkout.ts";
import { findAllowance, ofSalesman } from "#app/shadow/consent.server.ts";
import { BackButton } from "#app/ui/back-link.tsx";
import { ErrorSummary } from "#app/ui/form.tsx";
import { formatRupiah } from "#app/ui/format.ts";
import { useMessages } from "#app/ui/language.tsx";
import { JustOrdered } from "#app/carts/just-ordered.tsx";
import { NoCart } from "#app/carts/no-cart.tsx";
import { AllowanceWarning } from "#app/shadow/allowance.tsx";
import type { PageFormOf } from "#app/ui/page-form.tsx";
import { title } from "#app/ui/title.ts";
import { CheckoutForm, formId } from "./checkout-form.tsx";
import { replyToLate } from "./late.server.ts";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title((t) => t.carts.checkout.title);

const pageForm: PageFormOf<{ cart: unknown }> = ({ cart }) =>
  cart ? { id: formId, enter: { name: "go", value: "stay" } } : null;
export const handle = { pageForm };

export async function loader(args: LoaderFunctionArgs) {
  const { viewer, data } = await page(args, "store", (db) => Promise.all([quote(db), findAllowance(db)]));
  const [quoted, allowance] = data;
  const full = quoted && quoted.lines.length + quoted.withdrawn.length > 0 ? quoted : null;
  return {
    cart: full && shown(full),
    ordered: quoted?.ordered ?? null,
    key: full && mintKey(full.digest),
    actingFor: viewer.acting ? (viewer.store?.name ?? null) : null,
    allowance: ofSalesman(viewer, allowance),
  };
}

// Of the cart, what this page shows.
function shown({ lines, withdrawn, total, marketTotal, tier, credit, note, preorder }: Quote) {
  return {
    lines: lines.map(({ sku, name, unit, quantity, unitPrice, volumeMinimum, left }) => ({
      sku,
      name,
      unit,
      quantity,
      unitPrice,
      volumeMinimum,
      left,
    })),
    withdrawn,
    total,
    marketTotal,
    tier,
    credit,
    note,
    preorder,
  };
}

/**
 * Places the cart as an order, once for each key. Prices, stock and credit are the database's of this moment. The other
 * buttons of the page keep what was written on it.
 */
export function action(args: ActionFunctionArgs) {
  return submit(args, "store", checkoutForm, async (form, visit) => {
    const t = messages(visit.lang);
    if (form.next !== "send") return keep(form, visit);
    try {
      const { number, tried } = await visit.write((db) => placeOrder(db, form));
      if (tried) return redirectWithToast("/checkout", t.carts.checkout.tried);
      return redirectWithToast(`/orders/${number}`, t.carts.checkout.sent(number));
    } catch (error) {
      const late = await replyToLate(error, form, visit);
      if (late) return late;
      if (!(error instanceof DatabaseRefusal && error.reason === "STALE")) throw error;
      const total = Number(error.detail.total);
      const message = (
        `${errorText(visit.lang, "PRICE_CHANGED")} ` +
        `${Number.isFinite(total) ? t.carts.newTotal(formatRupiah(total, visit.lang)) : ""}`
      ).trim();
      return reply(409, { note: form.note, ...(form.preorder ? { preorder: "yes" } : {}) }, [{ message }]);
    }
  });
}

type Kept = Exclude<z.output<typeof checkoutForm>, { next: "send" }>;

async function keep(form: Kept, visit: Visit) {
  const { next, remove } = form;
  const names = await visit.write(async (db) => {
    const names = await namesInCart(db, remove);
    if (remove.length > 0)
      await setCart(
        db,
        remove.map((sku) => ({ sku, quantity: 0, shown: null })),
      );
    await keepCheckout(db, form);
    return names;
  });
  if (next === "cart") return redirect("/cart", 303);
  return remove.length > 0
    ? redirectWithToast("/checkout", messages(visit.lang).carts.removed(names))
    : redirect("/checkout", 303);
}

export default function Checkout() {
  const t = useMessages();
  const { cart, ordered, key, actingFor, allowance } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const errors = refused?.errors ?? [];
  const sent = refused?.late ?? (cart ? null : ordered);
  if (!cart || !key) {
    return (
      <>
        <h1>{t.carts.checkout.title}</h1>
        <ErrorSummary errors={errors} />
        <NoCart ordered={sent} />
      </>
    );
  }
  return (
    <>
      <BackButton form={formId} name="go" value="cart">
        {t.carts.checkout.backToCart}
      </BackButton>
      <h1>{t.carts.checkout.title}</h1>
      <ErrorSummary errors={errors} />
      {sent ? <JustOrdered order={sent} refilled /> : null}
      {actingFor ? <p className="acting-note">{t.carts.checkout.forStore(actingFor)}</p> : null}
      <AllowanceWarning allowance={allowance} total={cart.total} />
      <CheckoutForm cart={cart} checkoutKey={key} allowance={allowance} reply={refused} />
    </>
  );
}
