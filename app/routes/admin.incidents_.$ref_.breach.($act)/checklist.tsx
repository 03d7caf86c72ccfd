import type { SerializeFrom } from "@remix-run/node";
import type { FormReply } from "#app/http/reply.server.ts";
import { breachSteps } from "#app/privacy/breach.ts";
import type { DoneStep } from "#app/privacy/breach.server.ts";
import { Select, Textarea } from "#app/ui/fields.tsx";
import { ErrorSummary, SubmitButton } from "#app/ui/form.tsx";
import { kept } from "#app/ui/kept.ts";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { PostForm } from "#app/ui/post-form.tsx";
import { Who } from "#app/ui/ref-link.tsx";

type Props = { number: string; steps: Array<SerializeFrom<DoneStep>>; mayWork: boolean; reply?: FormReply };

/** What has to be done, what is done by whom, and the form for the next step. */
export function Checklist({ number, steps, mayWork, reply }: Props) {
  const t = useMessages().privacy.breach;
  const left = breachSteps.filter((step) => !steps.some((done) => done.step === step));
  return (
    <section className="card card--padded stack">
      <h2>{t.checklist}</h2>
      <ol className="stack stack--tight">
        {breachSteps.map((step) => {
          const done = steps.find((one) => one.step === step);
          return (
            <li key={step}>
              <strong>{t.steps[step]}</strong>{" "}
              {done ? (
                <>
                  ✓ <Moment at={done.doneAt} /> · <Who>{done.doneBy}</Who> · <span className="words">{done.note}</span>
                </>
              ) : (
                <span className="quiet">{t.notYet}</span>
              )}
            </li>
          );
        })}
      </ol>
      {mayWork && left.length > 0 ? (
        <PostForm className="form no-print" action={`/admin/incidents/${number}/breach/step`}>
          <ErrorSummary errors={reply?.errors ?? []} />
          <Select
            {...kept(reply, "step")}
            label={t.step}
            options={left.map((value) => ({ value, label: t.steps[value] }))}
          />
          <Textarea {...kept(reply, "note")} label={t.note} hint={t.noteHint} maxLength={500} rows={2} />
          <p>
            <SubmitButton>{t.doStep}</SubmitButton>
          </p>
        </PostForm>
      ) : null}
    </section>
  );
}
