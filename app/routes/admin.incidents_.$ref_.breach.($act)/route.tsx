import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData, useParams } from "@remix-run/react";
import { page } from "#app/http/page.server.ts";
import { nowhere, submit } from "#app/http/submit.server.ts";
import { redirectWithToast } from "#app/http/toast.server.ts";
import { findIncident } from "#app/incidents/incident.server.ts";
import { letters, markForm, stepForm } from "#app/privacy/breach.ts";
import { doBreachStep, findBreach, listBreachSteps, markBreach } from "#app/privacy/breach.server.ts";
import { State } from "#app/ui/badges.tsx";
import { BackLink } from "#app/ui/back-link.tsx";
import { ButtonLink } from "#app/ui/button-link.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { title } from "#app/ui/title.ts";
import { messages } from "#app/words.ts";
import { Checklist } from "./checklist.tsx";
import { MarkForm } from "./mark-form.tsx";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title((t) => t.privacy.breach.title);

/** What leaked in an incident, by when both letters have to be out, and what is done. */
export async function loader(args: LoaderFunctionArgs) {
  const { ref = "" } = args.params;
  const { viewer, data } = await page(args, "staff", (db) =>
    Promise.all([findIncident(db, ref), findBreach(db, ref), listBreachSteps(db, ref)]),
  );
  const [incident, breach, steps] = data;
  const mayWork = viewer.account?.role === "ADMIN" && incident.state !== "CLOSED";
  return { ref: incident.ref, breach, steps, mayWork, now: new Date() };
}

export async function action(args: ActionFunctionArgs) {
  const { ref = "", act = "" } = args.params;
  return Object.hasOwn(acts, act) ? acts[act as keyof typeof acts](args, ref) : nowhere(args, "admin");
}

const acts = {
  mark: (args: ActionFunctionArgs, ref: string) =>
    submit(args, "admin", markForm, async (filled, visit) => {
      await visit.write((db) => markBreach(db, ref, filled));
      return redirectWithToast(`/admin/incidents/${ref}/breach`, messages(visit.lang).privacy.breach.saved);
    }),
  step: (args: ActionFunctionArgs, ref: string) =>
    submit(args, "admin", stepForm, async (filled, visit) => {
      await visit.write((db) => doBreachStep(db, ref, filled));
      return redirectWithToast(`/admin/incidents/${ref}/breach`, messages(visit.lang).privacy.breach.stepDone);
    }),
};

export default function BreachPage() {
  const { privacy } = useMessages();
  const t = privacy.breach;
  const { ref, breach, steps, mayWork, now } = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const { act } = useParams();
  return (
    <>
      <BackLink href={`/admin/incidents/${ref}`}>{ref}</BackLink>
      <h1>{t.title}</h1>
      <p className="lead">{t.lead}</p>
      {breach ? (
        <p className="row">
          <strong>{t.due}</strong> <Moment at={breach.dueAt} ago now={now} />
          {breach.late ? <State tone="bad">{privacy.late}</State> : null}
        </p>
      ) : null}
      <div className="columns columns--main-side">
        <div className="stack">
          {breach ? (
            <Checklist number={ref} steps={steps} mayWork={mayWork} reply={act === "step" ? sent : undefined} />
          ) : null}
          <MarkForm
            number={ref}
            breach={breach}
            now={now}
            mayWork={mayWork}
            reply={act === "mark" ? sent : undefined}
          />
        </div>
        {breach ? (
          <aside className="card card--padded stack stack--tight">
            <h2>{t.letters}</h2>
            {letters.map((to) => (
              <p key={to}>
                <ButtonLink kind="quiet" href={`/admin/incidents/${ref}/letter/${to}`}>
                  {t.letter[to]}
                </ButtonLink>
              </p>
            ))}
          </aside>
        ) : null}
      </div>
    </>
  );
}
