import type { SerializeFrom } from "@remix-run/node";
import type { DisputeDetail } from "#app/disputes/staff-disputes.server.ts";
import { Facts } from "#app/ui/facts.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { Money } from "#app/ui/money.tsx";
import { PhoneOwner } from "#app/ui/phone-owner.tsx";
import { Linked, Ref } from "#app/ui/ref-link.tsx";

type Props = { dispute: SerializeFrom<DisputeDetail> };

/** What is known about a dispute, and the way to the people it is about. */
export function DisputeAbout({ dispute }: Props) {
  const { orders, disputes } = useMessages();
  const t = disputes.reports;
  return (
    <aside className="stack">
      <section className="card card--padded">
        <Facts
          facts={[
            { label: t.store, value: <Ref code={dispute.storeCode} name={dispute.storeName} /> },
            {
              label: t.salesman,
              value: (
                <a href={`/admin/cases/${dispute.salesmanCode}`}>{`${dispute.salesman} (${dispute.salesmanCode})`}</a>
              ),
            },
            { label: orders.placedAt, value: <Moment at={dispute.placedAt} /> },
            { label: t.total, value: <Money amount={dispute.total} />, number: true },
            { label: t.at, value: <Moment at={dispute.at} ago /> },
            { label: t.via, value: t.vias[dispute.via] },
            { label: t.wasHeld, value: dispute.held ? t.yes : t.no },
            {
              label: t.incident,
              value: dispute.incident ? (
                <a
                  className="figures"
                  href={`/admin/incidents/${dispute.incident}`}
                >{`${dispute.incident} (SEV-${dispute.severity})`}</a>
              ) : (
                "–"
              ),
            },
            { label: t.others, value: dispute.others, number: true },
          ]}
        />
        <p>
          <a href={`/admin/orders/${dispute.number}`}>{t.toOrder}</a>
        </p>
      </section>
      <section className="card card--padded">
        <h2>{t.ownerNote}</h2>
        <p className={dispute.note ? "break" : "quiet"}>{dispute.note || t.noNote}</p>
        {dispute.whatsapp ? <PhoneOwner whatsapp={dispute.whatsapp} /> : null}
      </section>
    </aside>
  );
}

/** How it was decided, by whom and why. */
export function Decision({ dispute: { outcome, resolvedBy, resolvedAt, resolutionNote } }: Props) {
  const t = useMessages().disputes.reports;
  return (
    <section className="card card--padded">
      <h2>{t.decidedTitle}</h2>
      <Facts
        facts={[
          { label: t.outcome, value: outcome ? t.outcomes[outcome] : null },
          { label: t.by, value: <Linked>{resolvedBy ?? ""}</Linked> },
          { label: t.when, value: resolvedAt ? <Moment at={resolvedAt} /> : null },
          { label: t.note, value: <span className="break">{resolutionNote}</span> },
        ]}
      />
    </section>
  );
}
