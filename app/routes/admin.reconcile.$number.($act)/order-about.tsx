import type { Reconciliation } from "#app/reconcile/reconcile.server.ts";
import { ButtonLink } from "#app/ui/button-link.tsx";
import { Facts } from "#app/ui/facts.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { Money } from "#app/ui/money.tsx";
import { Ref } from "#app/ui/ref-link.tsx";

type About = Pick<Reconciliation, "storeName" | "storeCode" | "total" | "run" | "assumed"> & {
  placedAt: Date | string;
  checkedAt: Date | string | null;
};

/** Whose order, when it was placed and compared, and on what credit it was let through. */
export function OrderAbout({ order }: { order: About }) {
  const { reconcile: t, orders, credit: creditWords } = useMessages();
  const { credit } = order.assumed;
  const facts: Parameters<typeof Facts>[0]["facts"] = [
    { label: orders.store, value: <Ref code={order.storeCode} name={order.storeName} /> },
    { label: t.placedAt, value: <Moment at={order.placedAt} ago /> },
    { label: t.total, value: <Money amount={order.total} />, number: true },
    { label: t.room, value: <Money amount={credit.room} />, number: true },
  ];
  if (credit.over > 0)
    facts.push({ label: creditWords.basis.over, value: <Money amount={credit.over} />, number: true });
  if (order.checkedAt) facts.push({ label: t.checkedAt, value: <Moment at={order.checkedAt} ago /> });
  if (order.run) facts.push({ label: t.order.run, value: <span className="figures">{order.run}</span> });
  return (
    <section className="card card--padded">
      <Facts facts={facts} />
    </section>
  );
}

/** The next one that waits, one click away. */
export function NextOpen({ number, mayDecide }: { number: string | null; mayDecide: boolean }) {
  const t = useMessages().reconcile.order;
  return (
    <p className="no-print">
      {number ? (
        <ButtonLink
          kind="quiet"
          href={`/admin/reconcile/${number}`}
        >{`${mayDecide ? t.next : t.lookNext}: ${number}`}</ButtonLink>
      ) : (
        <span className="quiet">{t.noNext}</span>
      )}
    </p>
  );
}
