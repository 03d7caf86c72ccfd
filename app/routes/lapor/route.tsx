import { randomUUID } from "node:crypto";
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { page } from "#app/http/page.server.ts";
import { holdToShown } from "#app/http/shown-for.server.ts";
import { submit } from "#app/http/submit.server.ts";
import { redirectWithToast } from "#app/http/toast.server.ts";
import { pageFrom, reportForm, reportKinds } from "#app/incidents/report.ts";
import { listOwnReports, sendReport } from "#app/incidents/report.server.ts";
import { visitOf } from "#app/http/visit.server.ts";
import { messages } from "#app/words.ts";
import { Chips } from "#app/ui/chips.tsx";
import { Textarea, TextField } from "#app/ui/fields.tsx";
import { ErrorSummary, SubmitButton } from "#app/ui/form.tsx";
import { kept } from "#app/ui/kept.ts";
import { useMessages } from "#app/ui/language.tsx";
import type { PageFormOf } from "#app/ui/page-form.tsx";
import { PostForm } from "#app/ui/post-form.tsx";
import { title } from "#app/ui/title.ts";
import { OwnReports } from "./own-reports.tsx";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title((t) => t.incidents.reports.title);

const formId = "report";
const pageForm: PageFormOf<unknown> = () => ({ id: formId, whole: true });
export const handle = { pageForm };

/** The door for everybody: a form about the page that he came from, and what he sent before. */
export async function loader(args: LoaderFunctionArgs) {
  const { login } = await visitOf(args);
  const { viewer, data } = await page(args, "anyone", async (db) => (login ? await listOwnReports(db) : []));
  const from = pageFrom(new URL(args.request.url).searchParams.get("dari"));
  return { own: viewer.account ? data : null, from, key: randomUUID() };
}

export async function action(args: ActionFunctionArgs) {
  return submit(args, "anyone", reportForm, async (report, visit) => {
    // His words are not another's: sent by whoever signed in meanwhile, they would stand in his name.
    if (visit.login && report.shown_for) holdToShown(visit, args.request, report, false);
    const { ref } = await visit.write((db) => sendReport(db, report, visit.lang));
    // Who reports trouble from the office goes on where it is worked on: says how grave it is, begins the playbook.
    const staff = visit.login !== null && (await visit.viewer()).account?.role === "ADMIN";
    return redirectWithToast(
      staff ? `/admin/incidents/${ref}` : "/lapor",
      messages(visit.lang).incidents.reports.sent(ref),
    );
  });
}

export default function Report() {
  const t = useMessages().incidents.reports;
  const { own, from, key } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const about = reply?.values.page ?? from;
  return (
    <div className="narrow stack">
      <h1>{t.title}</h1>
      <p className="lead">{t.lead}</p>
      <PostForm action="/lapor" className="form" id={formId}>
        <ErrorSummary errors={reply?.errors ?? []} />
        <input type="hidden" name="key" value={reply?.values.key ?? key} />
        <input type="hidden" name="page" value={about} />
        <Chips
          {...kept(reply, "kind")}
          label={t.kind}
          hint={t.kindHint}
          options={reportKinds.map((kind) => ({ value: kind, label: t.kinds[kind] }))}
        />
        <Textarea {...kept(reply, "words")} label={t.words} hint={t.wordsHint} maxLength={2000} rows={5} />
        {own ? null : (
          <TextField type="email" {...kept(reply, "email")} label={t.email} hint={t.emailHint} autoComplete="email" />
        )}
        <p className="quiet break">{t.from(about)}</p>
        <p>
          <SubmitButton>{t.submit}</SubmitButton>
        </p>
      </PostForm>
      {own ? <OwnReports own={own} /> : null}
    </div>
  );
}
