import { type ActionFunctionArgs, data as answer, type LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { longPatience } from "#app/db/transaction.server.ts";
import { env } from "#app/env.server.ts";
import { page } from "#app/http/page.server.ts";
import { submit } from "#app/http/submit.server.ts";
import { redirectWithToast } from "#app/http/toast.server.ts";
import { errorText, messages } from "#app/words.ts";
import { beginExport, findSubject } from "#app/evidence/export.server.ts";
import { exportForm, jakartaDay, notDays } from "#app/evidence/form.ts";
import { BackLink } from "#app/ui/back-link.tsx";
import { Textarea, TextField } from "#app/ui/fields.tsx";
import { ErrorSummary, SubmitButton } from "#app/ui/form.tsx";
import { kept } from "#app/ui/kept.ts";
import { useMessages } from "#app/ui/language.tsx";
import { PostForm } from "#app/ui/post-form.tsx";
import { title } from "#app/ui/title.ts";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title<{ subject: { name: string } }>((t, data) =>
  data ? t.evidence.form.title(data.subject.name) : t.evidence.title,
);

export async function loader(args: LoaderFunctionArgs) {
  const { data: subject, lang } = await page(args, "auditor", (db) => findSubject(db, args.params.code ?? ""));
  const params = new URL(args.request.url).searchParams;
  const from = params.get("from") ?? jakartaDay(29);
  const to = params.get("to") ?? jakartaDay();
  const errors = notDays({ from, to }).map((field) => ({ field, message: errorText(lang, "DAY") }));
  return answer({ subject, from, to, today: jakartaDay(), errors }, { status: errors.length > 0 ? 400 : 200 });
}

/** Fixes the scope of an export; the package is made when it is downloaded. */
export function action(args: ActionFunctionArgs) {
  return submit(args, "auditor", exportForm, async (asked, visit) => {
    const ref = await visit.write(
      (db) => beginExport(db, args.params.code ?? "", asked, env.AUDIT_PUBLIC_KEY ?? null),
      longPatience,
    );
    return redirectWithToast(`/admin/exports/${ref}`, messages(visit.lang).evidence.form.made(ref));
  });
}

export default function AskForEvidence() {
  const t = useMessages().evidence;
  const { subject, from, to, today, errors } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>() ?? { errors, values: {} };
  return (
    <div className="narrow">
      <BackLink href={`/admin/cases/${subject.code}`}>{t.form.back}</BackLink>
      <h1>{t.form.title(subject.name)}</h1>
      <p className="lead">{t.form.lead}</p>
      <ErrorSummary errors={reply.errors} />
      <PostForm className="form" action={`/admin/cases/${subject.code}/export`}>
        <TextField type="date" {...kept(reply, "from", from)} label={t.form.from} max={today} required />
        <TextField type="date" {...kept(reply, "to", to)} label={t.form.to} hint={t.form.toHint} max={today} required />
        <Textarea {...kept(reply, "reason")} label={t.reason} hint={t.form.reasonHint} maxLength={200} rows={2} />
        <SubmitButton>{t.form.submit}</SubmitButton>
      </PostForm>
    </div>
  );
}
