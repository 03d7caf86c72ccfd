import type { SerializeFrom } from "@remix-run/node";
import type { FormReply } from "#app/http/reply.server.ts";
import { outcomes } from "#app/privacy/privacy.ts";
import type { PrivacyCase, Subject } from "#app/privacy/privacy.server.ts";
import { ButtonLink } from "#app/ui/button-link.tsx";
import { Chips } from "#app/ui/chips.tsx";
import { Textarea } from "#app/ui/fields.tsx";
import { ErrorSummary, SubmitButton } from "#app/ui/form.tsx";
import { kept } from "#app/ui/kept.ts";
import { useMessages } from "#app/ui/language.tsx";
import { PostForm } from "#app/ui/post-form.tsx";
import { Correct } from "./correct.tsx";
import { Restriction } from "./restriction.tsx";
import { Prove } from "./prove.tsx";

type Request = SerializeFrom<PrivacyCase>;
type Props = { request: Request; subjects: Subject[]; mayWork: boolean; act?: string; reply?: FormReply };

/** What comes next: who it is, then what was asked for, then the answer. */
export function Steps({ request, subjects, mayWork, act: sent, reply }: Props) {
  const t = useMessages().privacy;
  if (request.outcome)
    return (
      <>
        {request.answer ? (
          <section className="card card--padded">
            <h2>{t.answer}</h2>
            <p className="words">{request.answer}</p>
          </section>
        ) : null}
        <Restriction request={request} mayWork={mayWork} reply={sent === "lift" ? reply : undefined} />
      </>
    );
  if (!mayWork) return <p className="quiet">{t.readOnly}</p>;
  const of = (act: string) => (sent === act ? reply : undefined);
  return (
    <>
      {request.provenAt ? null : <Prove number={request.number} reply={of("prove")} />}
      {request.kind === "ACCESS" && request.provenAt ? <Copy number={request.number} /> : null}
      {request.kind === "CORRECTION" && request.provenAt ? (
        <Correct number={request.number} subjects={subjects} reply={of("correct")} />
      ) : null}
      {request.provenAt ? (
        <Answer request={request} reply={of("answer")} />
      ) : (
        <Refuse number={request.number} reply={of("answer")} />
      )}
    </>
  );
}

function Copy({ number }: { number: string }) {
  const t = useMessages().privacy;
  return (
    <section className="card card--padded stack stack--tight">
      <h2>{t.copy}</h2>
      <p>{t.copyText}</p>
      <p className="row">
        <ButtonLink href={`/admin/privacy/${number}/copy/html`}>{t.copyAs.html}</ButtonLink>
        <ButtonLink kind="quiet" href={`/admin/privacy/${number}/copy/json`}>
          {t.copyAs.json}
        </ButtonLink>
      </p>
    </section>
  );
}

/** Before it is known who asks there is nothing to grant. */
function Refuse({ number, reply }: { number: string; reply?: FormReply }) {
  const t = useMessages().privacy;
  return (
    <details className="card card--padded" open={reply !== undefined}>
      <summary>{t.refuse}</summary>
      <PostForm className="form" action={`/admin/privacy/${number}/answer`}>
        <ErrorSummary errors={reply?.errors ?? []} />
        <input type="hidden" name="outcome" value="REFUSED" />
        <Textarea {...kept(reply, "answer")} label={t.answer} hint={t.answerHint} maxLength={2000} rows={4} />
        <p>
          <SubmitButton kind="quiet">{t.refuse}</SubmitButton>
        </p>
      </PostForm>
    </details>
  );
}

function Answer({ request: { number, kind }, reply }: { request: Request; reply?: FormReply }) {
  const t = useMessages().privacy;
  return (
    <PostForm className="form card card--padded" action={`/admin/privacy/${number}/answer`}>
      <h2>{t.answerTitle}</h2>
      <ErrorSummary errors={reply?.errors ?? []} />
      <Chips
        {...kept(reply, "outcome")}
        label={t.outcome}
        hint={t.effects[kind]}
        options={outcomes.map((value) => ({ value, label: t.outcomes[value] }))}
      />
      <Textarea {...kept(reply, "answer")} label={t.answer} hint={t.answerHint} maxLength={2000} rows={4} />
      <p>
        <SubmitButton>{t.send}</SubmitButton>
      </p>
    </PostForm>
  );
}
