import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { evenly, mailMs } from "#app/http/even.server.ts";
import { authClient } from "#app/http/session.server.ts";
import { limited, reply } from "#app/http/reply.server.ts";
import { submit } from "#app/http/submit.server.ts";
import { messages } from "#app/words.ts";
import { takeTry } from "#app/accounts/entrance.server.ts";
import { forgotForm } from "#app/accounts/sign-in.ts";
import { TextField } from "#app/ui/fields.tsx";
import { ErrorSummary, SubmitButton } from "#app/ui/form.tsx";
import { kept } from "#app/ui/kept.ts";
import { useMessages } from "#app/ui/language.tsx";
import { PostForm } from "#app/ui/post-form.tsx";
import type { PageFormOf } from "#app/ui/page-form.tsx";
import { title } from "#app/ui/title.ts";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title((t) => t.accounts.forgot.title);

const formId = "forgot";
// After sending, the page is a sentence.
const pageForm: PageFormOf<{ sent: boolean }> = ({ sent }) => (sent ? null : { id: formId, whole: true });
export const handle = { pageForm };
export const loader = ({ request }: LoaderFunctionArgs) => ({ sent: new URL(request.url).searchParams.has("sent") });

/** The same answer whether the address is known or not. */
export async function action(args: ActionFunctionArgs) {
  return submit(args, "anyone", forgotForm, async ({ email }, visit) => {
    const wait = await visit.writeAsGuest((db) => takeTry(db, "reset", email, visit.origin.ip));
    if (wait > 0) return limited(visit, wait, { email }, messages(visit.lang).accounts.login.limited);
    const { error } = await evenly(
      () => authClient(args.request, visit.outgoing, visit.origin).auth.resetPasswordForEmail(email),
      mailMs,
    );
    // Only when the auth server is not there at all: a mail that could not be sent would tell that the account
    // exists.
    if (error && !error.status)
      return reply(503, { email }, [{ message: messages(visit.lang).accounts.codes.UNAVAILABLE }]);
    return redirect("/password/forgot?sent=1", { status: 303 });
  });
}

export default function Forgot() {
  const t = useMessages();
  const outcome = useActionData<typeof action>();
  const { sent } = useLoaderData<typeof loader>();
  if (sent) {
    return (
      <div className="narrow">
        <h1>{t.accounts.forgot.sentTitle}</h1>
        <p className="lead">{t.accounts.forgot.sentText}</p>
        <p>
          <a href="/login">{t.accounts.forgot.backToLogin}</a>
        </p>
      </div>
    );
  }
  return (
    <div className="narrow">
      <h1>{t.accounts.forgot.title}</h1>
      <p className="lead">{t.accounts.forgot.lead}</p>
      <PostForm action="/password/forgot" className="form" id={formId}>
        <ErrorSummary errors={outcome?.errors ?? []} />
        <TextField type="email" {...kept(outcome, "email")} label={t.accounts.login.email} autoComplete="username" />
        <SubmitButton>{t.accounts.forgot.submit}</SubmitButton>
      </PostForm>
      <p>
        <a href="/login">{t.accounts.forgot.backToLogin}</a>
      </p>
    </div>
  );
}
