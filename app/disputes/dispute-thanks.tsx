import type { FormReply } from "#app/http/reply.server.ts";
import type { DisputeOutcome, Fate } from "./dispute.ts";
import { ErrorSummary, KeptText } from "#app/ui/form.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { DisputeFacts, type DisputedOrder } from "./dispute-facts.tsx";

type Props = {
  order: DisputedOrder;
  fate: Fate;
  dispute: { at: Date | string; outcome: DisputeOutcome | null };
  reply?: FormReply;
};

/**
 * After «bukan saya», the second time too: that it was heard, and what happens next or came of it. `reply`: other words
 * that came later and that nobody has.
 */
export function DisputeThanks({ order, fate, dispute, reply }: Props) {
  const t = useMessages().disputes;
  return (
    <>
      <h1>{t.thanks}</h1>
      <ErrorSummary errors={reply?.errors ?? []} />
      <KeptText text={reply?.values.note} />
      <p className="lead">
        {t.received}: <Moment at={dispute.at} />
      </p>
      {dispute.outcome ? (
        <p className="acting-note">{t.outcomes[dispute.outcome]}</p>
      ) : (
        <section className="stack stack--tight">
          <h2>{t.nextTitle}</h2>
          <ul className="bullets">
            {t.next[fate].map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ul>
        </section>
      )}
      <DisputeFacts {...order} />
    </>
  );
}
