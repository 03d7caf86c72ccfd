import type { FormReply } from "#app/http/reply.server.ts";
import { priorities } from "#app/incidents/post-mortem.ts";
import { Select, Textarea, TextField } from "#app/ui/fields.tsx";
import { ErrorSummary, SubmitButton } from "#app/ui/form.tsx";
import { kept } from "#app/ui/kept.ts";
import { useMessages } from "#app/ui/language.tsx";
import { PostForm } from "#app/ui/post-form.tsx";
import { ActionList, DoneNote } from "./actions.tsx";
import { Causes, Impact } from "./parts.tsx";
import type { PostMortemData } from "./post-mortem-page.tsx";

type Props = PostMortemData & { reply?: FormReply };

/** All of it in one form: every button saves what was typed. */
export function PostMortemForm({ incident, review, actions, reply, ...data }: Props) {
  const t = useMessages().incidents.postMortems;
  const address = (act: string) => `/admin/incidents/${incident.ref}/post-mortem/${act}`;
  return (
    <PostForm id="tulis" className="stack" action={address("save")}>
      {/* What Enter does in a field: it saves, and decides nothing. */}
      <button type="submit" className="hidden" tabIndex={-1} aria-hidden="true" />
      <ErrorSummary errors={reply?.errors ?? []} />
      <input type="hidden" name="version" value={review?.version ?? ""} />
      {review?.state === "SUBMITTED" ? <p className="field__warning">{t.waitsForAnother}</p> : null}
      <section className="card card--padded form">
        <Textarea
          {...kept(reply, "summary", review?.summary)}
          label={t.summary}
          hint={t.summaryHint}
          rows={4}
          maxLength={2000}
        />
        <Impact {...data} review={review} reply={reply} />
      </section>
      <Causes {...data} review={review} reply={reply} />
      <ActionList actions={actions} done={address("done")} drop={address("save")} />
      <section className="card card--padded form">
        <NewAction reply={reply} />
        {actions.some(({ doneAt }) => !doneAt) ? <DoneNote reply={reply} /> : null}
      </section>
      <p className="actions">
        <SubmitButton>{t.save}</SubmitButton>
        <button type="submit" className="button button--quiet" formAction={address("submit")}>
          {t.submit}
        </button>
      </p>
    </PostForm>
  );
}

function NewAction({ reply }: { reply?: FormReply }) {
  const t = useMessages().incidents.postMortems;
  return (
    <>
      <h2>{t.addAction}</h2>
      <Textarea {...kept(reply, "what")} label={t.what} rows={2} maxLength={500} />
      <TextField {...kept(reply, "owner")} label={t.owner} maxLength={80} autoComplete="off" />
      <TextField {...kept(reply, "due")} type="date" label={t.due} />
      <Select
        {...kept(reply, "priority", "MEDIUM")}
        label={t.priority}
        options={priorities.map((value) => ({ value, label: t.priorities[value] }))}
      />
    </>
  );
}
