import type { ReactNode } from "react";
import { selectedAddress } from "#app/orders/several.ts";
import { useMessages } from "#app/ui/language.tsx";
import { PickBar, PickForm } from "#app/ui/pick-form.tsx";

type Props = { numbers: string[]; mayMove: boolean; children: ReactNode };

/**
 * The table of orders that can be ticked, and what can be done with the ticked ones, or with all: the look before they
 * are moved, and their slips for the warehouse.
 */
export function PickedOrders({ numbers, mayMove, children }: Props) {
  const t = useMessages().orders;
  const slips = (
    <button type="submit" className="button button--quiet" formAction="/admin/orders/slips">
      {t.slip.several}
    </button>
  );
  const all = { href: selectedAddress("/admin/orders/selected", numbers), label: t.together.reviewAll(numbers.length) };
  return (
    <PickForm action="/admin/orders/selected">
      {children}
      {mayMove ? (
        <PickBar review={t.together.review} all={all} others={slips} />
      ) : (
        <p className="pick-bar no-print">{slips}</p>
      )}
    </PickForm>
  );
}
