import { quantityField, shownField } from "./cart.ts";
import type { CartLine as Line } from "./cart.server.ts";
import { StockBadge } from "#app/ui/badges.tsx";
import { formatUnit } from "#app/ui/format.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { Money } from "#app/ui/money.tsx";
import { SaidHere } from "#app/ui/said.tsx";
import { ProductPicture } from "#app/ui/product-picture.tsx";

export type CartLineView = Omit<Line, "marketPrice" | "volumePrice">;
/** What was typed into a line that was not saved, and why; `shown`: what the sender knew to be in the cart. */
export type Typed = { quantity: string; shown: string; error: string | null };

/** One line of the cart, inside the form of the whole: its quantity, and the button that takes it out. */
export function CartLine({ line, typed }: { line: CartLineView; typed?: Typed | null }) {
  const t = useMessages();
  const lang = useLang();
  return (
    <li id={`line-${line.sku}`} className={typed?.error ? "line line--wrong" : "line"}>
      <ProductPicture picture={line.picture} eager />
      <div className="stack stack--tight">
        <p className="line__name">
          <a href={`/products/${line.sku}`}>{line.name}</a>
        </p>
        <p className="row quiet">
          <span>
            <Money amount={line.unitPrice} /> {t.catalogue.each(formatUnit(line.unit, lang))}
            {line.volumeMinimum !== null && line.quantity >= line.volumeMinimum ? ` · ${t.carts.volumeApplied}` : null}
          </span>
          <StockBadge level={line.badge} />
        </p>
      </div>
      <p className="line__total">
        <Money amount={line.total} />
      </p>
      <SaidHere at={`line-${line.sku}`} />
      {!typed?.error && line.left !== null ? (
        <p className="field__warning line__tools">{t.carts.stockShortInCart(line.left)}</p>
      ) : null}
      <Quantity
        sku={line.sku}
        name={line.name}
        typed={typed ?? { quantity: String(line.quantity), shown: String(line.quantity), error: null }}
      />
    </li>
  );
}

/** What was typed for an article that meanwhile left the cart: it can be put back. */
export function GoneLine({ sku, name, typed }: { sku: string; name: string; typed: Typed }) {
  return (
    <li id={`line-${sku}`} className="line line--plain line--wrong">
      <p className="line__name">{name}</p>
      <Quantity sku={sku} name={name} typed={typed} />
    </li>
  );
}

function Quantity({ sku, name, typed: { quantity, shown, error } }: { sku: string; name: string; typed: Typed }) {
  const t = useMessages();
  const id = quantityField(sku);
  return (
    <>
      {error ? (
        <p className="field__error line__tools" id={`${id}-error`}>
          <span className="hidden">{t.ui.form.errorPrefix} </span>
          {error}
        </p>
      ) : null}
      <div className="line__tools">
        <label className="hidden" htmlFor={id}>
          {t.catalogue.quantityOf(name)}
        </label>
        <input
          id={id}
          name={id}
          type="text"
          inputMode="numeric"
          autoComplete="off"
          maxLength={12}
          defaultValue={quantity}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? `${id}-error` : undefined}
        />
        <input type="hidden" name={shownField(sku)} value={shown} />
        <RemoveButton sku={sku} name={name} />
      </div>
    </>
  );
}

/** Takes a line out; what was typed in the others is saved with it. */
export function RemoveButton({ sku, name }: { sku: string; name: string }) {
  const t = useMessages();
  return (
    <button
      type="submit"
      name="remove"
      value={sku}
      className="button button--link"
      aria-label={t.carts.removeLabel(name)}
    >
      {t.ui.actions.remove}
    </button>
  );
}
