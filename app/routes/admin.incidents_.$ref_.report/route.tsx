import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { NotFound } from "#app/db/errors.server.ts";
import { page } from "#app/http/page.server.ts";
import { submit } from "#app/http/submit.server.ts";
import { redirectWithToast } from "#app/http/toast.server.ts";
import { answerForm } from "#app/incidents/report.ts";
import { answerReport, findReport, listAnswers } from "#app/incidents/report.server.ts";
import { messages } from "#app/words.ts";
import { BackLink } from "#app/ui/back-link.tsx";
import { Facts } from "#app/ui/facts.tsx";
import { Textarea } from "#app/ui/fields.tsx";
import { ErrorSummary, SubmitButton } from "#app/ui/form.tsx";
import { kept } from "#app/ui/kept.ts";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { PostForm } from "#app/ui/post-form.tsx";
import { Who } from "#app/ui/ref-link.tsx";
import { title } from "#app/ui/title.ts";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title<{ ref: string }>((t, data) => `${t.incidents.reports.staffTitle} ${data?.ref ?? ""}`.trim());

/** What somebody reported or asked, and what he was answered. */
export async function loader(args: LoaderFunctionArgs) {
  const { ref = "" } = args.params;
  const { viewer, data } = await page(args, "staff", async (db) => {
    const [report, answers] = await Promise.all([findReport(db, ref), listAnswers(db, ref)]);
    if (!report) throw new NotFound();
    return { report, answers };
  });
  return { ref, ...data, mayWrite: viewer.account?.role === "ADMIN" };
}

export async function action(args: ActionFunctionArgs) {
  const { ref = "" } = args.params;
  return submit(args, "admin", answerForm, async ({ words }, visit) => {
    await visit.write((db) => answerReport(db, ref, words));
    return redirectWithToast(`/admin/incidents/${ref}/report`, messages(visit.lang).incidents.reports.answered);
  });
}

export default function StaffReport() {
  const words = useMessages().incidents;
  const t = words.reports;
  const { ref, report, answers, mayWrite } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  return (
    <>
      <BackLink href={`/admin/incidents/${ref}`}>{ref}</BackLink>
      <h1>{t.staffTitle}</h1>
      <div className="columns columns--main-side">
        <div className="stack">
          <section className="card card--padded">
            <h2>{t.kinds[report.kind]}</h2>
            <p className="words">{report.words}</p>
          </section>
          {answers.map(({ words: said, by, at }) => (
            <section key={String(at)} className="card card--padded">
              <h2>{t.answer}</h2>
              <p className="quiet">
                <Who>{by}</Who> · <Moment at={at} />
              </p>
              <p className="words">{said}</p>
            </section>
          ))}
          {mayWrite ? (
            <PostForm className="form card card--padded no-print" action={`/admin/incidents/${ref}/report`}>
              <ErrorSummary errors={reply?.errors ?? []} />
              <Textarea {...kept(reply, "words")} label={t.write} hint={t.writeHint} maxLength={2000} rows={5} />
              <p>
                <SubmitButton>{t.send}</SubmitButton>
              </p>
            </PostForm>
          ) : (
            <p className="quiet">{words.adminOnly}</p>
          )}
        </div>
        <aside className="stack">
          <section className="card card--padded">
            <Facts
              facts={[
                { label: t.sentFrom, value: report.page },
                { label: words.openedAt, value: <Moment at={report.sentAt} ago /> },
                { label: t.replyTo, value: report.email ?? t.ownAccount },
                ...(report.order ? [{ label: words.keys.order, value: <Who>{report.order}</Who> }] : []),
              ]}
            />
          </section>
        </aside>
      </div>
    </>
  );
}
