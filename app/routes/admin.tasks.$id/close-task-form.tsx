import type { FormReply } from "#app/http/reply.server.ts";
import { taskDecisions, type TaskKind } from "#app/incidents/task.ts";
import { Select, Textarea } from "#app/ui/fields.tsx";
import { ErrorSummary, SubmitButton } from "#app/ui/form.tsx";
import { kept } from "#app/ui/kept.ts";
import { useMessages } from "#app/ui/language.tsx";
import { PostForm } from "#app/ui/post-form.tsx";

/** Finishes a task with a word about it; a look into a salesman also with a decision. */
export function CloseTaskForm({ id, kind, reply }: { id: number; kind: TaskKind; reply?: FormReply }) {
  const t = useMessages().incidents.tasks;
  const options = [
    { value: "", label: t.choose },
    ...taskDecisions.map((value) => ({ value, label: t.decisions[value] })),
  ];
  return (
    <section className="card card--padded no-print">
      <h2>{t.close}</h2>
      <PostForm className="form" action={`/admin/tasks/${id}`}>
        <ErrorSummary errors={reply?.errors ?? []} />
        {kind === "REVIEW_SALESMAN" ? (
          <Select {...kept(reply, "decision")} label={t.decision} options={options} />
        ) : null}
        <Textarea {...kept(reply, "note")} label={t.note} hint={t.closeHint} maxLength={300} />
        <p>
          <SubmitButton>{t.close}</SubmitButton>
        </p>
      </PostForm>
    </section>
  );
}
