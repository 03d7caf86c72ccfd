import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { DatabaseRefusal } from "#app/db/errors.server.ts";
import { page } from "#app/http/page.server.ts";
import { reply as handBack } from "#app/http/reply.server.ts";
import { submit } from "#app/http/submit.server.ts";
import { redirectWithToast } from "#app/http/toast.server.ts";
import { messages } from "#app/words.ts";
import { closeTask, findTask } from "#app/incidents/task.server.ts";
import { LeadAnswers } from "#app/leads/answers.tsx";
import { findLeadOfTask } from "#app/leads/lead.server.ts";
import { closedByHand, closeTaskForm, taskPlace } from "#app/incidents/task.ts";
import { BackLink } from "#app/ui/back-link.tsx";
import { ErrorSummary, KeptText } from "#app/ui/form.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { PhoneOwner } from "#app/ui/phone-owner.tsx";
import { CloseTaskForm } from "./close-task-form.tsx";
import { Correction } from "./correction.tsx";
import { TaskFacts } from "./task-facts.tsx";
import { title } from "#app/ui/title.ts";
import { wordFor } from "#app/ui/word.ts";
import { Linked } from "#app/ui/ref-link.tsx";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title((t) => t.incidents.tasks.title);

const idOf = (params: { id?: string }) => (/^\d{1,15}$/.test(params.id ?? "") ? Number(params.id) : 0);

export async function loader(args: LoaderFunctionArgs) {
  const id = idOf(args.params);
  const { viewer, data } = await page(args, "staff", (db) => Promise.all([findTask(db, id), findLeadOfTask(db, id)]));
  const [task, lead] = data;
  return { task, lead, mayClose: viewer.account?.role === "ADMIN" };
}

export async function action(args: ActionFunctionArgs) {
  return submit(args, "admin", closeTaskForm, async (word, visit) => {
    const t = messages(visit.lang).incidents.tasks;
    try {
      await visit.write((db) => closeTask(db, idOf(args.params), word));
      return redirectWithToast("/admin/tasks", t.closed);
    } catch (error) {
      if (!(error instanceof DatabaseRefusal && error.reason === "STALE")) throw error;
      return handBack(409, { note: word.note }, [{ message: t.alreadyDone }]);
    }
  });
}

export default function Task() {
  const t = useMessages().incidents.tasks;
  const { task, lead, mayClose } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const { kind, doneAt } = task;
  const place = taskPlace(task);
  const byHand = closedByHand.includes(kind);
  return (
    <div className="narrow">
      <BackLink href="/admin/tasks">{t.back}</BackLink>
      <h1>{t.kinds[kind]}</h1>
      <p className="lead">{t.what[kind]}</p>
      {doneAt ? (
        <>
          <ErrorSummary errors={reply?.errors ?? []} />
          <KeptText text={reply?.values.note} />
        </>
      ) : null}
      <section className="card card--padded">
        <TaskFacts task={task} />
        {lead ? <LeadAnswers lead={lead} /> : null}
        {kind === "CORRECT_IN_ERP" ? <Correction detail={task.detail} /> : null}
        {kind === "PHONE_OWNER" && !doneAt ? <PhoneOwner whatsapp={task.whatsapp} /> : null}
        {place ? (
          <p>
            <a className={`button button--${byHand ? "quiet" : "main"}`} href={place}>
              {t.go[kind]}
            </a>
          </p>
        ) : null}
      </section>
      {doneAt ? (
        <section className="card card--padded">
          <p>
            {t.doneBy} <Moment at={doneAt} /> · <Linked>{task.doneBy ?? ""}</Linked>
          </p>
          {task.decision ? (
            <p>
              <strong>{t.decisions[task.decision]}</strong>
            </p>
          ) : null}
          {task.note ? <p className="break">{wordFor(t.notes, task.note) ?? task.note}</p> : null}
        </section>
      ) : byHand && mayClose ? (
        <CloseTaskForm id={task.id} kind={kind} reply={reply} />
      ) : (
        <p className="quiet">{byHand ? t.adminOnly : t.elsewhere}</p>
      )}
    </div>
  );
}
