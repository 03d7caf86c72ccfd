import type { Waiting } from "#app/approvals/approval.ts";
import { formatRupiah } from "#app/ui/format.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";

type Props = {
  owner: boolean;
  waiting: Waiting | null;
  decision: { kind: string; at: string | Date; note: string | null } | null;
};

/**
 * To the store, or the salesman who placed it: what the order waits for and what comes next; afterwards what was
 * decided, and what the admin wants to tell it.
 */
export function WaitingNote({ owner, waiting, decision }: Props) {
  const lang = useLang();
  const t = useMessages().approvals.waiting;
  if (waiting) {
    const { reason, over } = waiting;
    return (
      <section className="acting-note stack stack--tight no-print">
        <p>
          <strong>{t.title}.</strong> {reason === "OVER_LIMIT" ? t.OVER_LIMIT(formatRupiah(over, lang)) : t[reason]}
        </p>
        <p>{owner ? t.next : t.nextSalesman}</p>
      </section>
    );
  }
  if (!decision) return null;
  return (
    <section className="acting-note stack stack--tight no-print">
      <p>
        <strong>{decision.kind === "APPROVED" ? t.approved : t.rejected}</strong> · <Moment at={decision.at} />
      </p>
      {decision.note ? (
        <p className="break">
          {t.note}: «{decision.note}»
        </p>
      ) : null}
    </section>
  );
}

/** The same in a few words, for a list. */
export function WaitingFor({ reason, over }: Waiting) {
  const lang = useLang();
  const t = useMessages().approvals.waiting.short;
  return (
    <span className="sub quiet">{reason === "OVER_LIMIT" ? t.OVER_LIMIT(formatRupiah(over, lang)) : t[reason]}</span>
  );
}
