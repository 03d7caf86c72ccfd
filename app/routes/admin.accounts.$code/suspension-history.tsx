import { type SuspensionReason, suspensionWords } from "#app/abuse/abuse.ts";
import { useMessages } from "#app/ui/language.tsx";
import { Timeline, type TimelineEvent } from "#app/ui/timeline.tsx";

type Row = {
  at: Date | string;
  by: string;
  reason: SuspensionReason;
  askedAt: Date | string | null;
  askedBy: string | null;
  askedReason: string | null;
  liftedAt: Date | string | null;
  liftedBy: string | null;
};

/** Who was shut out when, by whom and why, and who let him back in. */
export function SuspensionHistory({ suspensions }: { suspensions: Row[] }) {
  const { abuse, accounts: t } = useMessages();
  if (suspensions.length === 0) return <p className="quiet">{t.noHistory}</p>;
  const events = [...suspensions]
    .reverse()
    .flatMap((row): TimelineEvent[] => [
      { at: row.at, title: t.suspendedBy(row.by), detail: suspensionWords(abuse.suspendedFor, row.reason) },
      ...(row.askedAt && row.askedBy
        ? [{ at: row.askedAt, title: t.askedBy(row.askedBy), detail: row.askedReason }]
        : []),
      ...(row.liftedAt && row.liftedBy ? [{ at: row.liftedAt, title: t.liftedBy(row.liftedBy) }] : []),
    ]);
  return <Timeline staff events={events} />;
}
