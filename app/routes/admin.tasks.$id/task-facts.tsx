import type { Task } from "#app/incidents/task.server.ts";
import { isSlug } from "#app/playbooks/playbook.ts";
import { Ref, RefLink } from "#app/ui/ref-link.tsx";
import { Week } from "#app/ui/week.tsx";
import { Facts } from "#app/ui/facts.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { Money } from "#app/ui/money.tsx";
import { TaskDue } from "#app/incidents/task-due.tsx";

/** What is known about a task. */
export function TaskFacts({ task }: { task: Task }) {
  const {
    orders,
    erp: {
      checkpoints: { week },
    },
    incidents,
    playbooks,
    ui,
  } = useMessages();
  const t = incidents.tasks;
  const { kind, subject, subjectName, order, total, storeName, storeCode, detail, incident } = task;
  const facts: Parameters<typeof Facts>[0]["facts"] = [];
  if (kind === "SIGN_REVIEW" && subject) facts.push({ label: t.month, value: ui.month(subject) });
  if (kind === "ERP_CHECKPOINT" && subject) facts.push({ label: week, value: <Week monday={subject} /> });
  if (kind === "PLAYBOOK_DRILL" && subject && isSlug(subject))
    facts.push({
      label: playbooks.offers.title,
      value: <a href={`/admin/playbooks/${subject}`}>{playbooks.books[subject].title}</a>,
    });
  if (order)
    facts.push({
      label: t.order,
      value: <RefLink href={`/admin/orders/${order}`}>{order}</RefLink>,
    });
  if (total) facts.push({ label: orders.total, value: <Money amount={total} />, number: true });
  if (storeName && storeCode) facts.push({ label: t.store, value: <Ref code={storeCode} name={storeName} /> });
  if (subject && /^SLS-/.test(subject))
    facts.push({
      label: t.salesman,
      value: <a href={`/admin/cases/${subject}`}>{`${subjectName ?? ""} (${subject})`}</a>,
    });
  if (typeof detail.document === "string")
    facts.push({ label: t.document, value: <span className="figures">{detail.document}</span> });
  if (typeof detail.score === "number") facts.push({ label: t.score, value: t.scoreOf(detail.score) });
  if (incident)
    facts.push({
      label: t.incident,
      value: <RefLink href={`/admin/incidents/${incident}`}>{incident}</RefLink>,
    });
  facts.push(
    { label: t.openedAt, value: <Moment at={task.openedAt} ago /> },
    { label: t.due, value: <TaskDue {...task} /> },
  );
  return <Facts facts={facts} />;
}
