import type { FormReply } from "#app/http/reply.server.ts";
import { Textarea } from "#app/ui/fields.tsx";
import { ErrorSummary, SubmitButton } from "#app/ui/form.tsx";
import { kept } from "#app/ui/kept.ts";
import { useMessages } from "#app/ui/language.tsx";
import { PostForm } from "#app/ui/post-form.tsx";

type Props = { incident: { ref: string; peak: number }; openTasks: number; act?: string; reply?: FormReply };

/**
 * One field for what was done, noted or noted as the end of it; where it cannot be ended yet, why. `act`: how the form
 * that came back was sent.
 */
export function IncidentForms({ incident: { ref, peak }, openTasks, act, reply }: Props) {
  const t = useMessages().incidents;
  const obstacle = peak === 1 ? t.needsPostMortem : openTasks > 0 ? t.needsTasks : null;
  const mayClose = !obstacle || act === "close";
  return (
    <section className="card card--padded no-print">
      <h2>{t.write}</h2>
      <PostForm className="form" action={`/admin/incidents/${ref}/note`}>
        <ErrorSummary errors={reply?.errors ?? []} />
        <Textarea {...kept(reply, "note")} label={t.note} hint={t.noteHint} maxLength={500} />
        <p>
          <SubmitButton>{t.save}</SubmitButton>
        </p>
        <h3>{t.closeTitle}</h3>
        <p className="quiet">{mayClose ? t.closeHint : obstacle}</p>
        {mayClose ? (
          <p>
            <button type="submit" className="button button--quiet" formAction={`/admin/incidents/${ref}/close`}>
              {t.close}
            </button>
          </p>
        ) : null}
      </PostForm>
    </section>
  );
}
