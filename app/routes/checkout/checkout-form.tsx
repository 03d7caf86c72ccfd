import type { SerializeFrom } from "@remix-run/node";
import type { ComponentProps } from "react";
import type { FormReply } from "#app/http/reply.server.ts";
import type { Quote } from "#app/carts/cart.server.ts";
import { RemoveWithdrawn, WithdrawnLines } from "#app/carts/withdrawn-lines.tsx";
import { exceeds } from "#app/shadow/consent.ts";
import { AllowanceNote, BeyondAllowance } from "#app/shadow/allowance.tsx";
import { Checkbox, Textarea } from "#app/ui/fields.tsx";
import { SubmitButton } from "#app/ui/form.tsx";
import { kept } from "#app/ui/kept.ts";
import { useMessages } from "#app/ui/language.tsx";
import { PostForm } from "#app/ui/post-form.tsx";
import { ActionBar, OrderSummary } from "#app/ui/summary.tsx";
import { CheckoutLines } from "./checkout-lines.tsx";
import { CreditPanel } from "./credit-panel.tsx";

export const formId = "checkout";

type Cart = SerializeFrom<
  Pick<Quote, "withdrawn" | "total" | "marketTotal" | "tier" | "credit" | "note" | "preorder">
> &
  ComponentProps<typeof CheckoutLines>;
type Props = { cart: Cart; reply: FormReply | undefined };

/** What is ordered, how, and on what credit; and the button that sends it. */
export function CheckoutForm({
  cart,
  checkoutKey,
  allowance,
  reply,
}: Props & { checkoutKey: string } & ComponentProps<typeof AllowanceNote>) {
  const t = useMessages();
  return (
    <PostForm className="stack stack--wide" action="/checkout" id={formId}>
      <input type="hidden" name="checkout_key" value={checkoutKey} />
      <div className="columns columns--main-side">
        <div className="stack">
          <WithdrawnLines lines={cart.withdrawn} />
          {cart.lines.length > 0 ? <CheckoutLines lines={cart.lines} /> : null}
          <Wishes cart={cart} reply={reply} />
        </div>
        <div className="stack">
          <section className="card card--padded">
            <h2>{t.carts.checkout.summary}</h2>
            <OrderSummary market={cart.marketTotal} total={cart.total} tier={cart.tier} />
          </section>
          <CreditPanel credit={cart.credit} open={!exceeds(allowance, cart.total)} />
          <AllowanceNote allowance={allowance} />
        </div>
      </div>
      <ActionBar total={cart.total}>
        {cart.withdrawn.length > 0 ? (
          <RemoveWithdrawn lines={cart.withdrawn} main>
            {t.carts.checkout.removeAndGoOn(cart.withdrawn.length)}
          </RemoveWithdrawn>
        ) : exceeds(allowance, cart.total) ? (
          <BeyondAllowance />
        ) : (
          <SubmitButton>{cart.credit.light === "GREEN" ? t.carts.checkout.send : t.carts.checkout.ask}</SubmitButton>
        )}
      </ActionBar>
    </PostForm>
  );
}

/** What can be said with an order. */
function Wishes({ cart, reply }: Props) {
  const t = useMessages();
  return (
    <section className="card card--padded">
      <Checkbox
        name="preorder"
        label={t.carts.checkout.preorder}
        hint={t.carts.checkout.preorderHint}
        defaultChecked={reply ? Boolean(reply.values.preorder) : cart.preorder}
      />
      <Textarea
        {...kept(reply, "note", cart.note)}
        label={t.carts.checkout.note}
        hint={t.carts.checkout.noteHint}
        maxLength={500}
      />
    </section>
  );
}
