import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData, useParams } from "@remix-run/react";
import { page } from "#app/http/page.server.ts";
import { nowhere, submit } from "#app/http/submit.server.ts";
import { redirectWithToast } from "#app/http/toast.server.ts";
import { CaseState } from "#app/privacy/case-state.tsx";
import { answerForm, correctForm, liftForm, proveForm } from "#app/privacy/privacy.ts";
import {
  answerPrivacy,
  correctLead,
  findPrivacyCase,
  liftRestriction,
  listSubjects,
  provePrivacy,
} from "#app/privacy/privacy.server.ts";
import { BackLink } from "#app/ui/back-link.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { title } from "#app/ui/title.ts";
import { messages } from "#app/words.ts";
import { CaseFacts } from "./case-facts.tsx";
import { Steps } from "./steps.tsx";
import { Subjects } from "./subjects.tsx";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title<{ request: { number: string } }>((t, data) =>
  data ? t.privacy.detail(data.request.number) : t.privacy.title,
);

/** One request about data: who asks, what is found under his address, and what comes next. */
export async function loader(args: LoaderFunctionArgs) {
  const number = args.params.number ?? "";
  const { viewer, data } = await page(args, "staff", (db) =>
    Promise.all([findPrivacyCase(db, number), listSubjects(db, number)]),
  );
  const [request, subjects] = data;
  return { request, subjects, mayWork: viewer.account?.role === "ADMIN" };
}

/** Finds out who asks, corrects, answers; ends a restriction again. */
export async function action(args: ActionFunctionArgs) {
  const { number = "", act = "" } = args.params;
  return Object.hasOwn(acts, act) ? acts[act as keyof typeof acts](args, number) : nowhere(args, "admin");
}

const back = (number: string, said: string) => redirectWithToast(`/admin/privacy/${number}`, said);

const acts = {
  prove: (args: ActionFunctionArgs, number: string) =>
    submit(args, "admin", proveForm, async (asked, visit) => {
      await visit.write((db) => provePrivacy(db, number, asked));
      return back(number, messages(visit.lang).privacy.proven);
    }),
  correct: (args: ActionFunctionArgs, number: string) =>
    submit(args, "admin", correctForm, async (asked, visit) => {
      await visit.write((db) => correctLead(db, number, asked));
      return back(number, messages(visit.lang).privacy.corrected);
    }),
  answer: (args: ActionFunctionArgs, number: string) =>
    submit(args, "admin", answerForm, async (asked, visit) => {
      await visit.write((db) => answerPrivacy(db, number, asked));
      return back(number, messages(visit.lang).privacy.answered);
    }),
  lift: (args: ActionFunctionArgs, number: string) =>
    submit(args, "admin", liftForm, async (asked, visit) => {
      await visit.write((db) => liftRestriction(db, number, asked));
      return back(number, messages(visit.lang).privacy.lift.done);
    }),
};

export default function PrivacyCasePage() {
  const t = useMessages().privacy;
  const { request, subjects, mayWork } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const { act } = useParams();
  return (
    <>
      <BackLink href="/admin/privacy">{t.back}</BackLink>
      <div className="stack stack--tight">
        <h1>{t.detail(request.number)}</h1>
        <p className="row">
          <strong>{t.kinds[request.kind]}</strong> <CaseState {...request} />
        </p>
      </div>
      <div className="columns columns--main-side">
        <div className="stack">
          {request.words ? (
            <section className="card card--padded">
              <p className="words">{request.words}</p>
            </section>
          ) : null}
          {request.address === null ? <p className="quiet">{t.forgotten}</p> : null}
          <Steps request={request} subjects={subjects} mayWork={mayWork} act={act} reply={reply} />
        </div>
        <aside className="stack">
          <section className="card card--padded">
            <CaseFacts request={request} />
          </section>
          {request.address === null ? null : <Subjects subjects={subjects} />}
        </aside>
      </div>
    </>
  );
}
