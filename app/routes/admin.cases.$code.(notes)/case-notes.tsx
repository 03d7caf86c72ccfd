import type { Case } from "#app/cases/case.ts";
import { Textarea } from "#app/ui/fields.tsx";
import { ErrorSummary, SubmitButton } from "#app/ui/form.tsx";
import { kept, type Reply } from "#app/ui/kept.ts";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { PostForm } from "#app/ui/post-form.tsx";
import { Linked } from "#app/ui/ref-link.tsx";

/** What staff has written down, and a form for more. */
export function CaseNotes({ code, notes, reply }: { code: string; notes: Case["notes"]; reply?: Reply }) {
  const t = useMessages().cases;
  return (
    <section className="card card--padded" id="notes">
      <h2>{t.notes}</h2>
      {notes.length === 0 ? <p className="quiet">{t.noNotes}</p> : null}
      {notes.map(({ at, author, note }) => (
        <div key={at}>
          <p className="break">{note}</p>
          <p className="quiet">
            <Linked>{author}</Linked> · <Moment at={at} />
          </p>
        </div>
      ))}
      <ErrorSummary errors={reply?.errors ?? []} />
      <PostForm className="form" action={`/admin/cases/${code}/notes`}>
        <Textarea {...kept(reply, "note")} label={t.noteLabel} hint={t.noteHint} maxLength={1000} />
        <SubmitButton kind="quiet">{t.addNote}</SubmitButton>
      </PostForm>
    </section>
  );
}
