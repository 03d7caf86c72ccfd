import type { ReactNode } from "react";
import { selectedAddress } from "#app/orders/several.ts";
import { ButtonLink } from "#app/ui/button-link.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { PickForm } from "#app/ui/pick-form.tsx";

/** The table of orders that can be ticked, and the way to the look at them: at the ticked ones, or at all. */
export function PickedOrders({ numbers, children }: { numbers: string[]; children: ReactNode }) {
  const t = useMessages().orders.together;
  return (
    <PickForm action="/admin/orders/selected">
      {children}
      <p className="pick-bar no-print">
        <button type="submit" className="button button--main">
          {t.review}
        </button>
        <ButtonLink kind="link" href={selectedAddress("/admin/orders/selected", numbers)}>
          {t.reviewAll(numbers.length)}
        </ButtonLink>
      </p>
    </PickForm>
  );
}
