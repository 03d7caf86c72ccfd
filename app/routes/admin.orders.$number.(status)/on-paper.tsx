import { slipsAddress } from "#app/orders/several.ts";
import { listBehind, openedFrom } from "#app/ui/back.ts";
import { ButtonLink } from "#app/ui/button-link.tsx";
import { useHere } from "#app/ui/here.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { PrintButton } from "#app/ui/print-button.tsx";

/** The order on paper: as the warehouse picks it, or this page. */
export function OnPaper({ number }: { number: string }) {
  const t = useMessages().orders.slip;
  return (
    <p className="actions">
      <ButtonLink kind="quiet" href={openedFrom(slipsAddress([number]), listBehind(useHere()))}>
        {t.open}
      </ButtonLink>
      <PrintButton />
    </p>
  );
}
