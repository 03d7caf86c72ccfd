import type { ReactNode } from "react";
import { selectedAddress } from "#app/orders/several.ts";
import { ButtonLink } from "#app/ui/button-link.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { PickForm } from "#app/ui/pick-form.tsx";

type Props = { numbers: string[]; mayMove: boolean; children: ReactNode };

/**
 * The table of orders that can be ticked, and what can be done with the ticked ones, or with all: the look before they
 * are moved, and their slips for the warehouse.
 */
export function PickedOrders({ numbers, mayMove, children }: Props) {
  const t = useMessages().orders;
  return (
    <PickForm action="/admin/orders/selected">
      {children}
      <p className="pick-bar no-print">
        {mayMove ? (
          <>
            <button type="submit" className="button button--main">
              {t.together.review}
            </button>
            <ButtonLink kind="link" href={selectedAddress("/admin/orders/selected", numbers)}>
              {t.together.reviewAll(numbers.length)}
            </ButtonLink>
          </>
        ) : null}
        <button type="submit" className="button button--quiet" formAction="/admin/orders/slips">
          {t.slip.several}
        </button>
      </p>
    </PickForm>
  );
}
