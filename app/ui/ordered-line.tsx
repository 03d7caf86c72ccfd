import type { ReactNode } from "react";
import { formatPieces } from "./format.ts";
import { useLang, useMessages } from "./language.tsx";
import { Money } from "./money.tsx";

type Props = {
  id?: string;
  line: { sku: string; name: string; unit: string; quantity: number; unitPrice: number };
  /** The price is the one from a number of pieces on. */ volume?: boolean;
  /** How many of it wait for stock. */ preorder?: number;
  warning?: string | null;
};

/** A line of what is being or was ordered: article, pieces and price, and what they come to. */
export function OrderedLine({ id, line, volume = false, preorder = 0, warning = null }: Props) {
  const t = useMessages();
  const lang = useLang();
  const { sku, name, unit, quantity, unitPrice } = line;
  return (
    <li id={id} tabIndex={id ? -1 : undefined} className={`line line--plain${warning === null ? "" : " line--short"}`}>
      <div>
        <p className="line__name">
          {name} <span className="quiet figures line__sku">{sku}</span>
        </p>
        <p className="quiet">
          {`${formatPieces(quantity, unit, lang)} × `}
          <Money amount={unitPrice} />
          {volume ? ` · ${t.carts.volumeApplied}` : null}
          {preorder > 0 ? ` (${t.orders.preorderQuantity(preorder)})` : null}
        </p>
        {warning === null ? null : <p className="field__warning">{warning}</p>}
      </div>
      <p className="line__total">
        <Money amount={unitPrice * quantity} />
      </p>
    </li>
  );
}

/** The lines together. */
export function OrderedLines({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ul className="card" aria-label={label}>
      {children}
    </ul>
  );
}
