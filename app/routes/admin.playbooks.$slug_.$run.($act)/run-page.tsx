import type { SerializeFrom } from "@remix-run/node";
import type { FormReply } from "#app/http/reply.server.ts";
import { useCause } from "#app/incidents/cause.tsx";
import { Severity } from "#app/incidents/severity.tsx";
import { aboutOf } from "#app/playbooks/buttons.ts";
import { stepsOf } from "#app/playbooks/playbook.ts";
import { StepList } from "#app/playbooks/step-list.tsx";
import { AuditLinks } from "#app/ui/audit-links.tsx";
import { BackLink } from "#app/ui/back-link.tsx";
import { Badge } from "#app/ui/badges.tsx";
import { ErrorSummary } from "#app/ui/form.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { PostForm } from "#app/ui/post-form.tsx";
import { PrintButton } from "#app/ui/print-button.tsx";
import { ReadAt } from "#app/ui/read-at.tsx";
import { Linked, RefLink, Who } from "#app/ui/ref-link.tsx";
import { EndForm } from "./end-form.tsx";
import { Now } from "./now.tsx";
import type { loader } from "./route.tsx";
import { doneOf, StepRecord } from "./step-record.tsx";

export type RunData = SerializeFrom<typeof loader>;

/** A run: each step with its tick, the pages on which it is done, and how what it changes stands now. */
export function RunPage({ reply, ...data }: RunData & { reply?: FormReply }) {
  const { playbooks: t } = useMessages();
  const { run, ticks, mayAct, mayAudit, hq } = data;
  const open = run.endedAt === null;
  const done = doneOf(ticks);
  const left = stepsOf(run.slug).filter((step) => !done.has(step)).length;
  const about = aboutOf(run, mayAct, hq);
  const here = `/admin/playbooks/${run.slug}/${run.id}`;
  const mayWrite = open && mayAct;
  const steps = (
    <StepList slug={run.slug} about={about} done={done} {...(mayWrite ? { leave: `${here}/leave` } : {})}>
      {(step) => (
        <>
          <Now step={step} data={data} />
          <StepRecord step={step} ticks={ticks} mayWrite={mayWrite} data={data} reply={reply} />
        </>
      )}
    </StepList>
  );
  return (
    <>
      <Head data={data} steps={stepsOf(run.slug).length - left} />
      <ErrorSummary errors={reply?.errors ?? []} />
      {open && !mayAct ? <p className="quiet">{t.run.adminOnly}</p> : null}
      {mayWrite ? (
        <PostForm className="stack" action={`${here}/tick`}>
          {steps}
          <EndForm run={run} left={left} reply={reply} />
        </PostForm>
      ) : (
        <div className="stack">{steps}</div>
      )}
      {mayAudit ? <AuditLinks object={String(run.id)} /> : null}
    </>
  );
}

function Head({ data: { run, readAt }, steps }: { data: RunData; steps: number }) {
  const { playbooks: t } = useMessages();
  const { slug, letter, incident, startedAt, startedBy, endedAt, endedBy, result, note } = run;
  return (
    <>
      <BackLink href={`/admin/playbooks/${slug}`}>{t.backToBook}</BackLink>
      <div className="page-head">
        <div className="stack stack--tight">
          <h1>{t.one(letter, t.books[slug].title)}</h1>
          <AboutIncident incident={incident} />
          <p>
            {t.runs.started}: <Moment at={startedAt} /> · <Who>{startedBy}</Who> ·{" "}
            <strong>{t.runs.progress(steps, stepsOf(slug).length)}</strong>
          </p>
          {endedAt && endedBy && result ? (
            <p className="row">
              <Badge tone={result === "FAILED" ? "bad" : "good"}>{t.run.results[result]}</Badge>
              <span>
                <Moment at={endedAt} /> · <Who>{endedBy}</Who>
              </span>
            </p>
          ) : null}
          {note ? (
            <p className="words">
              <Linked>{note}</Linked>
            </p>
          ) : null}
          <ReadAt at={readAt} />
        </div>
        <PrintButton />
      </div>
    </>
  );
}

function AboutIncident({ incident }: Pick<RunData["run"], "incident">) {
  const { playbooks: t, incidents } = useMessages();
  const causeOf = useCause();
  if (!incident) return <p className="lead">{`${t.run.drillOf}. ${t.drill.lead}`}</p>;
  return (
    <p className="row">
      <Severity level={incident.severity} />
      <RefLink href={`/admin/incidents/${incident.ref}`}>{incident.ref}</RefLink>
      <span>{causeOf(incident.cause)}</span>
      <span className="quiet">{incidents.states[incident.state]}</span>
    </p>
  );
}
