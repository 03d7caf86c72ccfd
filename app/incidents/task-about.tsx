import type { Task } from "./task.server.ts";
import { isSlug } from "#app/playbooks/playbook.ts";
import { RefLink } from "#app/ui/ref-link.tsx";
import { Week } from "#app/ui/week.tsx";
import { useMessages } from "#app/ui/language.tsx";

type Props = { task: Pick<Task, "kind" | "subject" | "subjectName" | "order" | "storeCode" | "storeName"> };

/** What a task is about, in a line or two: the order and its store, the salesman, the month, the week. */
export function TaskAbout({ task: { kind, subject, subjectName, order, storeName } }: Props) {
  const t = useMessages();
  const salesman = kind === "REVIEW_SALESMAN" || kind === "RESOLVE_DISPUTE" ? subject : null;
  const incident = kind === "POST_MORTEM" || kind === "POST_MORTEM_ACTION" ? subject : null;
  return (
    <span className="stack stack--tight">
      {kind === "SIGN_REVIEW" && subject ? <span>{t.ui.month(subject)}</span> : null}
      {kind === "ERP_CHECKPOINT" && subject ? <Week monday={subject} /> : null}
      {kind === "PLAYBOOK_DRILL" && subject && isSlug(subject) ? (
        <a href={`/admin/playbooks/${subject}`}>{t.playbooks.books[subject].title}</a>
      ) : null}
      {incident ? <RefLink href={`/admin/incidents/${incident}`}>{incident}</RefLink> : null}
      {order ? <RefLink href={`/admin/orders/${order}`}>{order}</RefLink> : null}
      {storeName ? <span>{storeName}</span> : null}
      {salesman ? (
        <span className="quiet">
          {`${t.incidents.tasks.salesman}: `}
          <a href={`/admin/cases/${salesman}`}>{subjectName ? `${subjectName} (${salesman})` : salesman}</a>
        </span>
      ) : null}
    </span>
  );
}
