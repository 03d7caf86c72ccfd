import type { ReactNode } from "react";
import { changedQuantities, quantityField, type WithdrawnLine } from "./cart.ts";
import type { Tier } from "#app/accounts/viewer.ts";
import { CartLine, type CartLineView, GoneLine, type Typed } from "./cart-line.tsx";
import { ErrorSummary, type FormError } from "#app/ui/form.tsx";
import { NoCart } from "./no-cart.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { PostForm } from "#app/ui/post-form.tsx";
import { named } from "./quantity-errors.ts";
import { ActionBar, OrderSummary } from "#app/ui/summary.tsx";
import { RemoveWithdrawn, WithdrawnLines } from "./withdrawn-lines.tsx";

type Quote = { lines: CartLineView[]; withdrawn: WithdrawnLine[]; total: number; marketTotal: number; tier: Tier };
type Props = {
  quote: Quote | null;
  /** What an empty one was just ordered as. */
  ordered?: { number: string; at: string } | null;
  /** What else is to be said above the lines, and below the sum. */
  warning?: ReactNode;
  note?: ReactNode;
  /** The cart as it was sent, when it was not saved. */
  refused?: { values: Record<string, string>; errors: FormError[] };
};

export const cartFormId = "cart";

/** The cart: one form, which every button on it saves. */
export function CartPage({ quote, ordered, warning, note, refused }: Props) {
  const t = useMessages();
  const { lines, withdrawn } = quote ?? { lines: [], withdrawn: [] };
  const typed = typedOf(refused);
  const gone = [...typed.keys()].filter((sku) => ![...lines, ...withdrawn].some((line) => line.sku === sku));
  const empty = lines.length + withdrawn.length + gone.length === 0;
  return (
    <>
      <div className="page-head">
        <h1>{t.carts.title}</h1>
        {empty ? null : (
          <p className="quiet">
            {[
              t.carts.items(lines.length + withdrawn.length),
              ...(withdrawn.length > 0 ? [t.carts.itemsAside(withdrawn.length)] : []),
            ].join(" · ")}
          </p>
        )}
      </div>
      <ErrorSummary title={t.carts.notSaved} errors={named(refused?.errors ?? [], [...lines, ...withdrawn])} />
      {quote && !empty ? (
        <>
          {warning}
          <PostForm className="stack stack--wide" action="/cart" id={cartFormId} data-keep-place>
            <WithdrawnLines lines={withdrawn} removable>
              {withdrawn.length > 1 ? (
                <RemoveWithdrawn lines={withdrawn}>{t.carts.removeAll(withdrawn.length)}</RemoveWithdrawn>
              ) : null}
            </WithdrawnLines>
            {lines.length + gone.length > 0 ? <Orderable quote={quote} gone={gone} typed={typed} note={note} /> : null}
          </PostForm>
        </>
      ) : (
        <NoCart ordered={ordered ?? null} />
      )}
    </>
  );
}

type OrderableProps = { quote: Quote; gone: string[]; typed: Map<string, Typed>; note: ReactNode };

function Orderable({ quote, gone, typed, note }: OrderableProps) {
  const t = useMessages();
  return (
    <>
      <div className="columns columns--main-side">
        <div className="stack">
          <ul className="card">
            {gone.map((sku) => (
              <GoneLine key={sku} sku={sku} name={sku} typed={typed.get(sku)!} />
            ))}
            {quote.lines.map((line) => (
              <CartLine key={line.sku} line={line} typed={typed.get(line.sku)} />
            ))}
          </ul>
          <p className="actions">
            <button type="submit" name="go" value="save" className="button button--quiet">
              {t.carts.save}
            </button>
          </p>
        </div>
        <div className="stack">
          <section className="card card--padded">
            <h2>{t.carts.checkout.summary}</h2>
            <OrderSummary market={quote.marketTotal} total={quote.total} tier={quote.tier} />
          </section>
          {note}
        </div>
      </div>
      <ActionBar total={quote.total}>
        <button type="submit" name="go" value="checkout" className="button button--main">
          {t.carts.toCheckout}
        </button>
      </ActionBar>
    </>
  );
}

/** What was changed in a cart that was not saved: it stays in its fields, whatever the cart says now. */
function typedOf(refused: Props["refused"]): Map<string, Typed> {
  const errors = new Map(refused?.errors.map(({ field, message }) => [field, message]));
  return new Map(
    changedQuantities(refused?.values ?? {}).map(({ sku, typed, shown }) => [
      sku,
      { quantity: typed, shown: shown ?? "", error: errors.get(quantityField(sku)) ?? null },
    ]),
  );
}
