import type { StaffOrder } from "#app/orders/staff-order.server.ts";
import { ButtonLink } from "#app/ui/button-link.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Result } from "#app/reconcile/result.tsx";

type Props = { number: string; reconcile: StaffOrder["reconcile"]; mayMove: boolean };

/** On the page of an order: what the ERP said of it waits for a decision. */
export function ReconcileNote({ number, reconcile, mayMove }: Props) {
  const { look, undecided: t } = useMessages().reconcile;
  if (!reconcile?.open) return null;
  return (
    <section className="card card--padded">
      <div className="page-head">
        <h2>{t.open}</h2>
        <Result result={reconcile.result} />
      </div>
      <p>{t.openText}</p>
      <p className="actions no-print">
        <ButtonLink kind={mayMove ? "main" : "quiet"} href={`/admin/reconcile/${number}`}>
          {mayMove ? t.go : look}
        </ButtonLink>
      </p>
    </section>
  );
}
