import type { SerializeFrom } from "@remix-run/node";
import type { Approval } from "#app/approvals/approval.server.ts";
import { TierBadge } from "#app/ui/badges.tsx";
import { Facts } from "#app/ui/facts.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { Money } from "#app/ui/money.tsx";
import { PhoneOwner } from "#app/ui/phone-owner.tsx";
import { Linked, Ref } from "#app/ui/ref-link.tsx";

/** Whose order it is, worth what, why it waits, and the way to its owner. */
export function ApprovalAbout({
  approval,
}: {
  approval: SerializeFrom<Omit<Approval, "id">> & { whatsapp: string | null };
}) {
  const { approvals: t, orders, credit: creditWords } = useMessages();
  const { storeName, storeCode, tier, total, placedAt, placedBy, placedByCode, shadow, credit, degraded, whatsapp } =
    approval;
  return (
    <section className="card card--padded">
      <h2>{t.store}</h2>
      <Facts
        facts={[
          {
            label: t.store,
            value: <Ref code={storeCode} name={storeName} />,
          },
          {
            label: orders.placedBy,
            value: shadow ? <Linked>{orders.placedBySalesman(`${placedBy} (${placedByCode})`)}</Linked> : t.byStore,
          },
          { label: t.since, value: <Moment at={placedAt} ago /> },
          { label: t.total, value: <Money amount={total} />, number: true, strong: true },
        ]}
      />
      <p className="row">
        <TierBadge tier={tier} />
      </p>
      <p>{creditWords.basis.reasons[credit.reason]}</p>
      {degraded ? <p className="quiet">{orders.placement.degraded}</p> : null}
      {whatsapp ? <PhoneOwner whatsapp={whatsapp} /> : null}
    </section>
  );
}
