import type { SerializeFrom } from "@remix-run/node";
import type { FormReply } from "#app/http/reply.server.ts";
import { useCause } from "#app/incidents/cause.tsx";
import { Severity } from "#app/incidents/severity.tsx";
import { Badge } from "#app/ui/badges.tsx";
import { BackLink } from "#app/ui/back-link.tsx";
import { ButtonLink } from "#app/ui/button-link.tsx";
import { ErrorSummary } from "#app/ui/form.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { PostForm } from "#app/ui/post-form.tsx";
import { PrintButton } from "#app/ui/print-button.tsx";
import { ActionList, DoneNote } from "./actions.tsx";
import { PostMortemForm } from "./post-mortem-form.tsx";
import type { loader } from "./route.tsx";
import { Written } from "./written.tsx";

export type PostMortemData = SerializeFrom<typeof loader>;
type Props = PostMortemData & { reply?: FormReply; writing: boolean };

/** A post-mortem: as a form while it is written, as a document once it was handed over. */
export function PostMortemPage({ reply, writing, ...data }: Props) {
  const t = useMessages().incidents.postMortems;
  const { incident, review, edit, mayWrite } = data;
  const state = review?.state ?? "DRAFT";
  const form = mayWrite && state !== "APPROVED" && (state === "DRAFT" || edit || writing);
  return (
    <>
      <Head incident={incident} state={review ? state : null} />
      {form ? (
        <PostMortemForm {...data} reply={reply} />
      ) : review ? (
        <Document {...data} review={review} reply={reply} />
      ) : (
        <p className="quiet">{`${t.none} ${t.adminOnly}`}</p>
      )}
    </>
  );
}

function Head({ incident, state }: Pick<Props, "incident"> & { state: "DRAFT" | "SUBMITTED" | "APPROVED" | null }) {
  const t = useMessages().incidents.postMortems;
  const causeOf = useCause();
  const tone = { DRAFT: "plain", SUBMITTED: "warn", APPROVED: "good" } as const;
  return (
    <>
      <BackLink href={`/admin/incidents/${incident.ref}`}>{t.toIncident}</BackLink>
      <div className="page-head">
        <div>
          <h1>{t.of(incident.ref)}</h1>
          <p className="row">
            <Severity level={incident.peak} />
            <span>{causeOf(incident.cause)}</span>
            {state ? <Badge tone={tone[state]}>{t.states[state]}</Badge> : null}
          </p>
          <p className="lead">{t.lead}</p>
        </div>
        <PrintButton />
      </div>
    </>
  );
}

type DocumentProps = PostMortemData & { review: NonNullable<PostMortemData["review"]>; reply?: FormReply };

// To be read, approved by somebody else, and followed up.
function Document({ incident, review, actions, me, mayWrite, reply }: DocumentProps) {
  const t = useMessages().incidents.postMortems;
  const own = me === review.writtenBy || me === review.submittedBy;
  const waits = review.state === "SUBMITTED" && mayWrite;
  const address = (act: string) => `/admin/incidents/${incident.ref}/post-mortem/${act}`;
  const whole = (
    <>
      <ErrorSummary errors={reply?.errors ?? []} />
      {waits ? (
        <section className="card card--padded stack stack--tight no-print">
          <p>{own ? t.waitsForAnother : t.approveHint}</p>
          <p className="actions">
            {own ? null : (
              <button type="submit" name="version" value={review.version} className="button button--main">
                {t.approve}
              </button>
            )}
            <ButtonLink kind="quiet" href={`/admin/incidents/${incident.ref}/post-mortem?edit=yes`}>
              {t.edit}
            </ButtonLink>
          </p>
        </section>
      ) : null}
      <Written review={review} />
      <ActionList actions={actions} done={mayWrite ? address("done") : undefined} />
      {mayWrite && actions.some(({ doneAt }) => !doneAt) ? <DoneNote reply={reply} /> : null}
    </>
  );
  // Whoever only reads is offered no form.
  if (!mayWrite) return <div className="stack">{whole}</div>;
  return (
    <PostForm className="stack" action={address(waits && !own ? "approve" : "done")}>
      {whole}
    </PostForm>
  );
}
