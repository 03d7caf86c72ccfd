import { Badge } from "#app/ui/badges.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";

/** By when a task should be done; past that it says so. */
export function TaskDue({ dueAt, late }: { dueAt: Date | string; late: boolean }) {
  const t = useMessages().incidents.tasks;
  return (
    <span className="row">
      <Moment at={dueAt} />
      {late ? <Badge tone="bad">{t.late}</Badge> : null}
    </span>
  );
}
