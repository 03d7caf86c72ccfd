import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData, useParams } from "@remix-run/react";
import { DatabaseRefusal, NotFound } from "#app/db/errors.server.ts";
import { page } from "#app/http/page.server.ts";
import { reply as handBack } from "#app/http/reply.server.ts";
import { submit } from "#app/http/submit.server.ts";
import { redirectWithToast } from "#app/http/toast.server.ts";
import { messages } from "#app/words.ts";
import {
  closeIncident,
  findIncident,
  listIncidentEvents,
  noteIncident,
  shownEvents,
} from "#app/incidents/incident.server.ts";
import { incidentNoteForm } from "#app/incidents/incident.ts";
import { listTasksOfIncident } from "#app/incidents/task.server.ts";
import { SwitchLinks } from "#app/approvals/switch-links.tsx";
import { AuditLinks } from "#app/ui/audit-links.tsx";
import { BackLink } from "#app/ui/back-link.tsx";
import { ErrorSummary, KeptText } from "#app/ui/form.tsx";
import { useCause } from "#app/incidents/cause.tsx";
import { IncidentFacts } from "./incident-facts.tsx";
import { IncidentForms } from "./incident-forms.tsx";
import { IncidentTimeline } from "./incident-timeline.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Severity } from "#app/incidents/severity.tsx";
import { TaskTable } from "#app/incidents/task-table.tsx";
import { PrintButton } from "#app/ui/print-button.tsx";
import { title } from "#app/ui/title.ts";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title<{ incident: { ref: string } }>((t, data) => data?.incident.ref ?? t.incidents.title);

/** An incident; with /note or /close, where those forms come back to. */
export async function loader(args: LoaderFunctionArgs) {
  const { ref = "", act } = args.params;
  const { viewer, data } = await page(args, "staff", async (db) => {
    const [incident, events, tasks] = await Promise.all([
      findIncident(db, ref),
      listIncidentEvents(db, ref),
      listTasksOfIncident(db, ref),
    ]);
    if (act && !Object.hasOwn(acts, act)) throw new NotFound();
    return { incident, events, tasks };
  });
  const role = viewer.account?.role;
  return {
    ...data,
    cut: data.events.length === shownEvents,
    mayWrite: role === "ADMIN",
    mayAudit: role === "AUDITOR",
  };
}

const acts = { note: noteIncident, close: closeIncident };

export async function action(args: ActionFunctionArgs) {
  const { ref = "", act = "" } = args.params;
  return submit(args, "admin", incidentNoteForm, async ({ note }, visit) => {
    if (act !== "note" && act !== "close") throw new NotFound();
    const t = messages(visit.lang).incidents;
    try {
      await visit.write((db) => acts[act](db, ref, note));
      return redirectWithToast(`/admin/incidents/${ref}`, act === "note" ? t.noted : t.wasClosed(ref));
    } catch (error) {
      if (!(error instanceof DatabaseRefusal && error.reason === "STALE")) throw error;
      return handBack(409, { note }, [{ message: t.alreadyClosed }]);
    }
  });
}

export default function Incident() {
  const t = useMessages();
  const words = t.incidents;
  const { incident, events, tasks, cut, mayWrite, mayAudit } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const { act } = useParams();
  const causeOf = useCause();
  const open = incident.state !== "CLOSED";
  return (
    <>
      <BackLink href="/admin/incidents">{words.back}</BackLink>
      <div className="page-head">
        <div>
          <h1>{causeOf(incident.cause)}</h1>
          <p className="row">
            <Severity level={incident.severity} respond={open} />
            <span className="figures">{incident.ref}</span>
            <span>{words.states[incident.state]}</span>
          </p>
        </div>
        <PrintButton />
      </div>
      {open ? null : (
        <>
          <ErrorSummary errors={reply?.errors ?? []} />
          <KeptText text={reply?.values.note} />
        </>
      )}
      <div className="columns columns--main-side">
        <div className="stack">
          <IncidentTimeline events={events} cut={cut} />
          {open && mayWrite ? (
            <IncidentForms
              incident={incident}
              openTasks={tasks.filter(({ doneAt }) => !doneAt).length}
              act={reply ? act : undefined}
              reply={reply}
            />
          ) : open ? (
            <p className="quiet">{words.adminOnly}</p>
          ) : null}
        </div>
        <aside className="stack">
          <IncidentFacts incident={incident} />
          {open && mayWrite && incident.cause === "ERP_DOWN" ? <SwitchLinks /> : null}
          {mayAudit ? <AuditLinks object={incident.ref} /> : null}
        </aside>
      </div>
      <section className="stack">
        <h2>{words.tasksTitle}</h2>
        {tasks.length > 0 ? (
          <TaskTable caption={words.tasksTitle} tasks={tasks} />
        ) : (
          <p className="quiet">{words.noTasks}</p>
        )}
      </section>
    </>
  );
}
