import type { Allowance } from "#app/models/consent.ts";
import { CartLine, type CartLineView } from "./cart-line.tsx";
import { EmptyState } from "./empty-state.tsx";
import { ErrorSummary, type FormError } from "./form.tsx";
import { useMessages } from "./language.tsx";
import type { Tier } from "./badges.tsx";
import { AllowanceNote, AllowanceWarning } from "./owner/allowance.tsx";
import { AddForm } from "./product-card.tsx";
import { ActionBar, OrderSummary } from "./summary.tsx";

type Props = {
  quote: { lines: CartLineView[]; total: number; marketTotal: number; tier: Tier } | null;
  /** What the store still allows the salesman who acts as it. */
  allowance?: Allowance | null;
  errors?: FormError[];
  /** A line whose change was refused, with what was typed. */
  wrong?: { sku: string; quantity: string } | null;
  /** An article that could not be added, offered again. */
  adding?: { sku: string; name: string; quantity: string } | null;
};

/** The cart; also what is shown where a change to it was refused. */
export function CartPage({ quote, allowance, errors = [], wrong, adding }: Props) {
  const t = useMessages();
  const field = wrong ?? adding;
  const listed = errors.map((error) => (field && error.field === "quantity" ? { ...error, field: `quantity-${field.sku}` } : error));
  const message = errors.find((error) => error.field === "quantity")?.message ?? errors[0]?.message ?? null;
  return (
    <>
      <div className="page-head">
        <h1>{t.cart.title}</h1>
        {quote && quote.lines.length > 0 ? <p className="quiet">{t.cart.items(quote.lines.length)}</p> : null}
      </div>
      <ErrorSummary errors={listed} />
      {adding ? (
        <section className="card card--padded">
          <h2>{adding.name}</h2>
          <AddForm sku={adding.sku} name={adding.name} back={`/products/${adding.sku}`} quantity={adding.quantity} error={message} large />
        </section>
      ) : null}
      {quote && quote.lines.length > 0 ? (
        <>
          <AllowanceWarning allowance={allowance} total={quote.total} />
          <div className="columns columns--main-side">
            <ul className="card">
              {quote.lines.map((line) => (
                <CartLine key={line.sku} line={line} error={wrong?.sku === line.sku ? message : null} typed={wrong?.sku === line.sku ? wrong.quantity : undefined} />
              ))}
            </ul>
            <div className="stack">
              <section className="card card--padded">
                <h2>{t.checkout.summary}</h2>
                <OrderSummary market={quote.marketTotal} total={quote.total} tier={quote.tier} />
              </section>
              <AllowanceNote allowance={allowance} />
            </div>
          </div>
          <ActionBar total={quote.total}>
            <a className="button button--main" href="/checkout">
              {t.cart.checkout}
            </a>
          </ActionBar>
        </>
      ) : (
        <EmptyState icon="cart" title={t.cart.emptyTitle} text={t.cart.emptyText} action={{ href: "/products", label: t.cart.emptyAction }} />
      )}
    </>
  );
}
