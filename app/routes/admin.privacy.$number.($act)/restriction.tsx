import type { SerializeFrom } from "@remix-run/node";
import type { FormReply } from "#app/http/reply.server.ts";
import type { PrivacyCase } from "#app/privacy/privacy.server.ts";
import { Textarea } from "#app/ui/fields.tsx";
import { ErrorSummary, SubmitButton } from "#app/ui/form.tsx";
import { kept } from "#app/ui/kept.ts";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { PostForm } from "#app/ui/post-form.tsx";
import { Who } from "#app/ui/ref-link.tsx";

type Props = { request: SerializeFrom<PrivacyCase>; mayWork: boolean; reply?: FormReply };

/** Of a restriction that was granted: how it ends, or when it did. */
export function Restriction({ request, mayWork, reply }: Props) {
  const { lift: t } = useMessages().privacy;
  const { number, kind, outcome, liftedAt, liftedBy, leads } = request;
  if (kind !== "RESTRICTION" || outcome !== "GRANTED" || leads.length === 0) return null;
  if (liftedAt)
    return (
      <section className="card card--padded stack stack--tight">
        <ErrorSummary errors={reply?.errors ?? []} />
        <p>
          <strong>{t.lifted}</strong>: <Moment at={liftedAt} /> · <Who>{liftedBy ?? ""}</Who>
        </p>
      </section>
    );
  if (!mayWork) return null;
  return (
    <details className="card card--padded" open={reply !== undefined}>
      <summary>{t.title}</summary>
      <PostForm className="form" action={`/admin/privacy/${number}/lift`}>
        <ErrorSummary errors={reply?.errors ?? []} />
        <p>{t.text}</p>
        <Textarea {...kept(reply, "note")} label={t.note} hint={t.hint} maxLength={2000} rows={4} />
        <p>
          <SubmitButton>{t.go}</SubmitButton>
        </p>
      </PostForm>
    </details>
  );
}
