import type { FormReply } from "#app/http/submit.server.ts";
import { ErrorSummary, SubmitButton, Textarea } from "#app/ui/form.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { PostForm } from "../post-form.tsx";

type Props = { incident: { ref: string; peak: number }; openTasks: number; act?: string; reply?: FormReply };

/** A note, and the end of it; where it cannot be ended yet, why. `act`: the form that came back. */
export function IncidentForms({ incident: { ref, peak }, openTasks, act, reply }: Props) {
  const t = useMessages().office.incidents;
  const obstacle = peak === 1 ? t.needsPostMortem : openTasks > 0 ? t.needsTasks : null;
  return (
    <>
      <NoteForm incident={ref} act="note" title={t.write} label={t.note} hint={t.noteHint} button={t.save} reply={act === "note" ? reply : undefined} />
      {obstacle && act !== "close" ? (
        <section className="card card--padded no-print">
          <h2>{t.closeTitle}</h2>
          <p>{obstacle}</p>
        </section>
      ) : (
        <NoteForm incident={ref} act="close" title={t.closeTitle} label={t.closeNote} hint={t.closeHint} button={t.close} reply={act === "close" ? reply : undefined} />
      )}
    </>
  );
}

type FormProps = { incident: string; act: string; title: string; label: string; hint: string; button: string; reply?: FormReply };

function NoteForm({ incident, act, title, label, hint, button, reply }: FormProps) {
  const id = `note-${act}`;
  return (
    <section className="card card--padded no-print">
      <h2>{title}</h2>
      <PostForm className="form" action={`/admin/incidents/${incident}/${act}`}>
        <ErrorSummary errors={(reply?.errors ?? []).map((error) => ({ ...error, field: error.field && id }))} />
        <Textarea name="note" id={id} label={label} hint={hint} maxLength={500} defaultValue={reply?.values.note} error={reply?.errors.find(({ field }) => field === "note")?.message} />
        <p>
          <SubmitButton kind={act === "close" ? "quiet" : "main"}>{button}</SubmitButton>
        </p>
      </PostForm>
    </section>
  );
}
