import { severities } from "#app/incidents/incident.ts";
import { shownCount } from "#app/ui/list.ts";
import { Figure } from "#app/ui/facts.tsx";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { Severity } from "#app/incidents/severity.tsx";

type Props = {
  tasks: { open: number; late: number };
  incidents: Record<string, number>;
  heldUp: { disputes: number; held: number };
  approvals: { waiting: number; oldest: Date | string | null };
  reconcile: { open: number };
};

/**
 * What waits for a person: credit decisions, tasks, incidents by level, what owners disowned, orders that stand still.
 */
export function Work({ tasks, incidents, heldUp: { disputes, held }, approvals, reconcile }: Props) {
  const lang = useLang();
  const {
    approvals: approval,
    reconcile: undecided,
    ui: { overview: t, none },
  } = useMessages();
  const levels = severities.filter((level) => incidents[level]);
  return (
    <>
      <Figure
        label={approval.card.label}
        href="/admin/approvals"
        note={
          approvals.oldest ? (
            <>
              {approval.card.oldest} <Moment at={approvals.oldest} ago />
            </>
          ) : (
            none
          )
        }
      >
        {shownCount(approvals.waiting, lang)}
      </Figure>
      <Figure label={undecided.figure} href="/admin/reconcile" note={reconcile.open > 0 ? undecided.figureNote : none}>
        {shownCount(reconcile.open, lang)}
      </Figure>
      <Figure
        label={t.tasks}
        href="/admin/tasks"
        note={tasks.open === 0 ? none : tasks.late > 0 ? t.tasksLate(shownCount(tasks.late, lang)) : t.tasksOnTime}
      >
        {shownCount(tasks.open, lang)}
      </Figure>
      <Figure
        label={t.incidents}
        href="/admin/incidents"
        note={levels.length === 0 ? none : <ByLevel levels={levels} incidents={incidents} />}
      >
        {shownCount(
          levels.reduce((sum, level) => sum + incidents[level]!, 0),
          lang,
        )}
      </Figure>
      <Figure label={t.disputes} href="/admin/disputes" note={disputes > 0 ? t.disputesNote : none}>
        {shownCount(disputes, lang)}
      </Figure>
      <Figure label={t.held} href="/admin/orders?held=yes" note={held > 0 ? t.heldNote : none}>
        {shownCount(held, lang)}
      </Figure>
    </>
  );
}

function ByLevel({ levels, incidents }: { levels: readonly number[]; incidents: Record<string, number> }) {
  const lang = useLang();
  return (
    <span className="row">
      {levels.map((level) => (
        <span key={level} className="figure__level">
          <Severity level={level} />
          {shownCount(incidents[level], lang)}
        </span>
      ))}
    </span>
  );
}
