import { type DisputeOutcome, fateOf } from "#app/models/dispute.ts";
import type { OrderStatus } from "#app/models/order.ts";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { DisputeFacts, type DisputedOrder } from "./dispute-facts.tsx";

type Props = { order: DisputedOrder & { status: OrderStatus }; dispute: { at: Date | string; held: boolean; outcome: DisputeOutcome | null } };

/** After «bukan saya», the second time too: that it was heard, and what happens next or came of it. */
export function DisputeThanks({ order, dispute }: Props) {
  const t = useMessages().owner.dispute;
  return (
    <>
      <h1>{t.thanks}</h1>
      <p className="lead">
        {t.received}: <Moment at={dispute.at} />
      </p>
      {dispute.outcome ? (
        <p className="acting-note">{t.outcomes[dispute.outcome]}</p>
      ) : (
        <section className="stack stack--tight">
          <h2>{t.nextTitle}</h2>
          <ul className="bullets">
            {t.next[fateOf({ status: order.status, dispute })].map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ul>
        </section>
      )}
      <DisputeFacts {...order} />
    </>
  );
}
