import type { StaffOrder } from "#app/orders/staff-order.server.ts";
import { isOpen } from "#app/disputes/dispute.ts";
import type { OrderStatus } from "#app/orders/order.ts";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";

/** Why an order stands still, since when, and where that is decided. */
export function Holds({
  number,
  status,
  mayMove,
  details: { holds, placedByCode, store },
}: {
  number: string;
  status: OrderStatus;
  /** Who may not decide is led to the report alone, which he may read. */
  mayMove: boolean;
  details: StaffOrder;
}) {
  const t = useMessages().orders.held;
  if (holds.length === 0 || !isOpen(status)) return null;
  return (
    <section className="card card--padded">
      <h2>{t.badge}</h2>
      <p>{t.staff}</p>
      <ul className="bullets">
        {holds.map(({ reason, at }) => (
          <li key={reason}>
            {t.reasons[reason]}.{" "}
            <span className="quiet">
              {t.since} <Moment at={at} ago />
            </span>
          </li>
        ))}
      </ul>
      <p className="actions no-print">
        {holds.map(({ reason }) =>
          reason === "DISPUTED" ? (
            <a
              key={reason}
              className={`button button--${mayMove ? "main" : "quiet"}`}
              href={`/admin/disputes/${number}`}
            >
              {mayMove ? t.toDispute : t.toReport}
            </a>
          ) : !mayMove ? null : reason === "STORE_SUSPENDED" ? (
            <a key={reason} className="button button--main" href={`/admin/accounts/${store.account}/holds/${number}`}>
              {t.toDecide}
            </a>
          ) : (
            <a key={reason} className="button button--quiet" href={`/admin/accounts/${placedByCode}/holds/${number}`}>
              {t.toRelease}
            </a>
          ),
        )}
      </p>
    </section>
  );
}
