import type { ReactNode } from "react";
import type { WithdrawnLine } from "./cart.ts";
import { RemoveButton } from "./cart-line.tsx";
import { useMessages } from "#app/ui/language.tsx";

type Props = {
  lines: WithdrawnLine[];
  /** Each can be taken out by itself. */ removable?: boolean;
  children?: ReactNode;
};

/** What stands in the cart and cannot be ordered: by name, and why. `children`: the way out of all of it. */
export function WithdrawnLines({ lines, removable = false, children }: Props) {
  const t = useMessages().carts;
  if (lines.length === 0) return null;
  return (
    <section className="card" aria-labelledby="withdrawn">
      <div className="withdrawn__head">
        <h2 id="withdrawn">{t.withdrawnTitle(lines.length)}</h2>
        <p>{t.withdrawnText}</p>
        {children}
      </div>
      <ul>
        {lines.map(({ sku, name, quantity, reason }) => (
          <li key={sku} id={`line-${sku}`} tabIndex={-1} className="line line--plain line--short">
            <div>
              <p className="line__name">{name}</p>
              <p className="quiet">
                <span className="figures">{sku}</span> · {t.withdrawnQuantity(quantity)}
              </p>
              <p className="field__warning">{t.withdrawn[reason]}</p>
            </div>
            {removable ? <RemoveButton sku={sku} name={name} /> : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** One press for all of them. */
export function RemoveWithdrawn({
  lines,
  main = false,
  children,
}: {
  lines: WithdrawnLine[];
  main?: boolean;
  children: string;
}) {
  return (
    <button
      type="submit"
      name="remove"
      value={lines.map(({ sku }) => sku).join(" ")}
      className={main ? "button button--main" : "button button--quiet"}
    >
      {children}
    </button>
  );
}
