import { type DisputeOutcome, isOpen } from "#app/disputes/dispute.ts";
import type { OrderStatus } from "#app/orders/order.ts";
import { ButtonLink } from "#app/ui/button-link.tsx";
import { useMessages } from "#app/ui/language.tsx";

type Props = {
  order: { number: string; status: OrderStatus; held: boolean; shadow: boolean; placedBy: string };
  /** The owner himself, not the salesman who acts as him. */
  owner: boolean;
  dispute: { held: boolean; outcome: DisputeOutcome | null } | null;
  /** The head office's number, 62... */
  hq: string | null;
};

/**
 * On an order's page: that it is held, what the owner said about it, and the way to say it. A salesman reads no more
 * than the first.
 */
export function OrderDispute({ order, owner, dispute, hq }: Props) {
  const t = useMessages();
  if (dispute && !dispute.outcome)
    return <p className="acting-note">{dispute.held ? t.disputes.card.held : t.disputes.card.notHeld}</p>;
  return (
    <>
      {dispute?.outcome ? <p className="acting-note">{t.disputes.outcomes[dispute.outcome]}</p> : null}
      {/* What was decided about his report does not let an order go that something else holds. */}
      {order.held && isOpen(order.status) ? (
        <p className="acting-note">
          {owner ? t.orders.held.plain : t.orders.held.salesman}{" "}
          {hq ? (
            <a className="no-print" href={`https://wa.me/${hq}`} target="_blank" rel="noopener noreferrer">
              {t.accounts.ended.phone}
            </a>
          ) : null}
        </p>
      ) : null}
      {owner && order.shadow && !dispute ? (
        <section className="card card--padded no-print">
          <h2>{t.disputes.title}</h2>
          <p>{t.disputes.lead(order.placedBy)}</p>
          <p className="actions">
            <ButtonLink kind="quiet" href={`/orders/${order.number}/dispute`}>
              {t.disputes.open}
            </ButtonLink>
          </p>
        </section>
      ) : null}
    </>
  );
}
