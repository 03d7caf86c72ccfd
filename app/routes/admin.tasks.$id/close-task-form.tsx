import type { FormReply } from "#app/http/submit.server.ts";
import { taskDecisions, type TaskKind } from "#app/incidents/task.ts";
import { ErrorSummary, Select, SubmitButton, Textarea } from "#app/ui/form.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { PostForm } from "#app/ui/post-form.tsx";

/** Finishes a task with a word about it; a look into a salesman also with a decision. */
export function CloseTaskForm({ id, kind, reply }: { id: number; kind: TaskKind; reply?: FormReply }) {
  const t = useMessages().incidents.tasks;
  const errorOf = (name: string) => reply?.errors.find(({ field }) => field === name)?.message;
  const options = [
    { value: "", label: t.choose },
    ...taskDecisions.map((value) => ({ value, label: t.decisions[value] })),
  ];
  return (
    <section className="card card--padded no-print">
      <h2>{t.close}</h2>
      <PostForm className="form" action={`/admin/tasks/${id}`}>
        <ErrorSummary errors={reply?.errors ?? []} />
        {kind === "REVIEW_AGENT" ? (
          <Select
            name="decision"
            label={t.decision}
            options={options}
            defaultValue={reply?.values.decision}
            error={errorOf("decision")}
          />
        ) : null}
        <Textarea
          name="note"
          label={t.note}
          hint={t.closeHint}
          maxLength={300}
          defaultValue={reply?.values.note}
          error={errorOf("note")}
        />
        <p>
          <SubmitButton>{t.close}</SubmitButton>
        </p>
      </PostForm>
    </section>
  );
}
