import type { StaffOrder } from "#app/orders/staff-order.server.ts";
import { ButtonLink } from "#app/ui/button-link.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Result } from "#app/reconcile/result.tsx";

/** On the page of an order: what the ERP said of it waits for a decision. */
export function ReconcileNote({ number, reconcile }: { number: string; reconcile: StaffOrder["reconcile"] }) {
  const t = useMessages().reconcile.undecided;
  if (!reconcile?.open) return null;
  return (
    <section className="card card--padded">
      <div className="page-head">
        <h2>{t.open}</h2>
        <Result result={reconcile.result} />
      </div>
      <p>{t.openText}</p>
      <p className="actions no-print">
        <ButtonLink href={`/admin/reconcile/${number}`}>{t.go}</ButtonLink>
      </p>
    </section>
  );
}
