import type { SerializeFrom } from "@remix-run/node";
import type { FormReply } from "#app/http/reply.server.ts";
import { SwitchLinks } from "#app/approvals/switch-links.tsx";
import { useCause } from "#app/incidents/cause.tsx";
import { Severity } from "#app/incidents/severity.tsx";
import { TaskTable } from "#app/incidents/task-table.tsx";
import { writtenCauses } from "#app/incidents/report.ts";
import { AuditLinks } from "#app/ui/audit-links.tsx";
import { BackLink } from "#app/ui/back-link.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { PrintButton } from "#app/ui/print-button.tsx";
import { ReadAt } from "#app/ui/read-at.tsx";
import { Escalations, Timers } from "./clock.tsx";
import { ErpState, KnownErrors, Links, Review } from "./around.tsx";
import { IncidentFacts } from "./incident-facts.tsx";
import { IncidentForm } from "./incident-form.tsx";
import { IncidentTimeline } from "./incident-timeline.tsx";
import { Life } from "./life.tsx";
import { Notifications } from "./notifications.tsx";
import { PlaybookOffers } from "./playbook-offers.tsx";
import type { loader } from "./route.tsx";
import { Way } from "./way.tsx";

export type IncidentData = SerializeFrom<typeof loader>;

/** One incident: what comes next and the form for it, its clock, its story, and what it touched. */
export function IncidentPage({ reply, ...data }: IncidentData & { reply?: FormReply }) {
  const { incidents: t, privacy } = useMessages();
  const { incident, events, tasks, cut, mayWrite, mayAudit, readAt } = data;
  const open = incident.state !== "CLOSED";
  return (
    <>
      <Head incident={incident} open={open} readAt={readAt} />
      <div className="columns columns--main-side">
        <div className="stack">
          <Life incident={incident}>
            {mayWrite ? <IncidentForm {...data} reply={reply} /> : open ? <p className="quiet">{t.adminOnly}</p> : null}
          </Life>
          <PlaybookOffers offers={data.playbooks} incident={incident} mayWrite={mayWrite} />
          <KnownErrors known={data.known} incident={incident} mayWrite={mayWrite} />
          <IncidentTimeline events={events} cut={cut} />
        </div>
        <aside className="stack">
          {writtenCauses.includes(incident.cause) ? (
            <p>
              <Way {...data} kind="main" href={`/admin/incidents/${incident.ref}/report`}>
                {t.reports.read}
              </Way>
            </p>
          ) : null}
          <p className="no-print">
            <Way {...data} kind="quiet" href={`/admin/incidents/${incident.ref}/breach`}>
              {privacy.breach.open}
            </Way>
          </p>
          <Timers timers={data.timers} now={readAt} />
          <IncidentFacts incident={incident} roles={data.roles} />
          <Review incident={incident} mayWrite={mayWrite} state={data.review?.state ?? null} />
          {data.circuit ? <ErpState circuit={data.circuit} /> : null}
          {open && mayWrite && data.circuit ? (
            <SwitchLinks
              way={(href, name) => (
                <Way {...data} href={href}>
                  {name}
                </Way>
              )}
            />
          ) : null}
          <Links links={data.links} />
          <Escalations timers={data.timers} />
          {mayAudit ? <AuditLinks object={incident.ref} /> : null}
        </aside>
      </div>
      <section className="stack">
        <h2>{t.tasksTitle}</h2>
        {tasks.length > 0 ? <TaskTable caption={t.tasksTitle} tasks={tasks} /> : <p className="quiet">{t.noTasks}</p>}
      </section>
      <Notifications told={data.told} />
    </>
  );
}

type HeadProps = Pick<IncidentData, "incident" | "readAt"> & { open: boolean };

function Head({ incident: { ref, cause, severity, state }, open, readAt }: HeadProps) {
  const t = useMessages().incidents;
  const causeOf = useCause();
  return (
    <>
      <BackLink href="/admin/incidents">{t.back}</BackLink>
      <div className="page-head">
        <div>
          <h1>{causeOf(cause)}</h1>
          <p className="row">
            <Severity level={severity} respond={open} />
            <span className="figures">{ref}</span>
            <span>{t.states[state]}</span>
          </p>
          <ReadAt at={readAt} />
        </div>
        <PrintButton />
      </div>
    </>
  );
}
