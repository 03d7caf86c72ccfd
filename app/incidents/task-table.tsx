import type { Task } from "./task.server.ts";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { Severity } from "./severity.tsx";
import { Linked, RefLink } from "#app/ui/ref-link.tsx";
import { type Column, Table } from "#app/ui/table.tsx";
import { TaskAbout } from "./task-about.tsx";
import { TaskDue } from "./task-due.tsx";
import { wordFor } from "#app/ui/word.ts";
import { Way } from "#app/ui/way.tsx";

/** Tasks with what to do in words; each leads to its page. */
export function TaskTable({ caption, tasks, done = false }: { caption: string; tasks: Task[]; done?: boolean }) {
  const t = useMessages().incidents.tasks;
  const columns: Array<Column<Task>> = [
    { key: "task", label: t.task, head: true, cell: (task) => <What task={task} done={done} /> },
    { key: "about", label: t.about, cell: (task) => <TaskAbout task={task} /> },
    { key: "incident", label: t.incident, cell: Incident },
    done
      ? { key: "done", label: t.doneBy, cell: Done }
      : { key: "due", label: t.due, cell: (task) => <TaskDue {...task} /> },
  ];
  return <Table caption={caption} rows={tasks} rowKey={({ id }) => String(id)} columns={columns} />;
}

function What({ task: { id, kind }, done }: { task: Task; done: boolean }) {
  const t = useMessages().incidents.tasks;
  return (
    <>
      <Way href={`/admin/tasks/${id}`}>{t.kinds[kind]}</Way>
      {done ? null : <span className="sub quiet">{t.what[kind]}</span>}
    </>
  );
}

function Incident({ incident, severity }: Task) {
  if (!incident) return "–";
  return (
    <span className="stack stack--tight">
      <RefLink href={`/admin/incidents/${incident}`}>{incident}</RefLink>
      <Severity level={severity!} />
    </span>
  );
}

function Done({ doneAt, doneBy, note, decision }: Task) {
  const t = useMessages().incidents.tasks;
  return (
    <span className="stack stack--tight">
      <span>
        <Moment at={doneAt!} />
        <span className="quiet">
          {" · "}
          <Linked>{doneBy ?? ""}</Linked>
        </span>
      </span>
      {decision ? <strong>{t.decisions[decision]}</strong> : null}
      {note ? <span className="quiet break">{wordFor(t.notes, note) ?? note}</span> : null}
    </span>
  );
}
