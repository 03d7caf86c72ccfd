import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { readOne } from "#app/db/transaction.server.ts";
import { SessionEnded } from "#app/db/errors.server.ts";
import { env } from "#app/env.server.ts";
import { safePath } from "#app/http/address.ts";
import { languageCookie, readCookie } from "#app/http/cookies.server.ts";
import { endedOf, forgetEnded, keepEnded } from "#app/http/ended.server.ts";
import { forgetSession } from "#app/http/session.server.ts";
import { AuthUnavailable } from "#app/http/token.server.ts";
import { signInHere, SignInRefused, SignInSuspended } from "#app/http/sign-in.server.ts";
import { notHis } from "#app/http/shown-for.server.ts";
import { type Interrupted, readInterrupted } from "#app/http/interrupted.server.ts";
import { type FormReply, limited, reply } from "#app/http/reply.server.ts";
import { submit } from "#app/http/submit.server.ts";
import { goOnAs, visitOf } from "#app/http/visit.server.ts";
import { errorText, type Lang, messages } from "#app/words.ts";
import { noteRefusedSignIn, takeTry } from "#app/accounts/entrance.server.ts";
import { signInForm } from "#app/accounts/sign-in.ts";
import { findViewer } from "#app/accounts/viewer.server.ts";
import { EndedBanner } from "#app/accounts/ended-banner.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { MismatchPage } from "#app/accounts/mismatch-page.tsx";
import { SignInForm, signInFormId } from "#app/accounts/sign-in-form.tsx";
import type { PageFormOf } from "#app/ui/page-form.tsx";
import { title } from "#app/ui/title.ts";
import { ResumeForm } from "./resume-form.tsx";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title((t) => t.accounts.login.title);

// Who has just signed in is shown something else.
const pageForm: PageFormOf<{ guest: boolean }> = ({ guest }) => (guest ? { id: signInFormId, whole: true } : null);
export const handle = { pageForm };

export async function loader(args: LoaderFunctionArgs) {
  const visit = await visitOf(args);
  const viewer = await visit.viewer();
  const next = safePath(new URL(args.request.url).searchParams.get("next"), "");
  if (viewer.account && !visit.justSignedIn && !visit.hasForm)
    throw redirect(next || homeOf(viewer.account.role), { status: 303 });
  // A login that has ended is forgotten here, so that he can also go on as a guest. Why it ended is told only to
  // whoever holds a token of that account.
  if (viewer.ended) forgetSession(args.request, visit.outgoing);
  keepEnded(visit.outgoing, viewer.ended);
  return { guest: viewer.account === null, next, ended: endedOf(args.request, viewer), hq: env.HQ_WHATSAPP };
}

export async function action(args: ActionFunctionArgs) {
  return submit(args, "anyone", signInForm, async ({ email, password, next, interrupted }, visit) => {
    const kept = { email, next: next ?? "", interrupted: interrupted ?? "" };
    const wait = await visit.writeAsGuest((db) => takeTry(db, "in", email, visit.origin.ip));
    if (wait > 0) return limited(visit, wait, kept, messages(visit.lang).accounts.login.limited);
    try {
      const login = await signInHere(args.request, visit, { email, password });
      forgetEnded(args.request, visit.outgoing);
      const viewer = await readOne(login, findViewer);
      // A browser in which nobody has chosen reads what its new visitor chose elsewhere.
      const lang = readCookie(args.request, "lang") ? visit.lang : (viewer.account?.language ?? visit.lang);
      if (lang !== visit.lang) visit.outgoing.cookies.push(languageCookie(lang));
      const resume = readInterrupted(interrupted);
      if (resume) {
        goOnAs(args, visit, login, lang);
        const mismatch = notHis(resume, viewer);
        if (mismatch) return data<FormReply>({ errors: [], values: {}, mismatch }, { status: 409 });
        return data<FormReply>({ errors: [], values: {}, resume });
      }
      return redirect(safePath(next, "") || homeOf(viewer.account?.role), { status: 303 });
    } catch (error) {
      if (error instanceof Response) throw error;
      visit.outgoing.cookies.length = 0;
      if (error instanceof SessionEnded || error instanceof SignInSuspended)
        return refuse(403, visit.lang, "SUSPENDED", kept);
      if (error instanceof AuthUnavailable) return refuse(503, visit.lang, "UNAVAILABLE", kept);
      if (!(error instanceof SignInRefused)) throw error;
      await visit.writeAsGuest((db) => noteRefusedSignIn(db, email));
      return refuse(401, visit.lang, "SIGN_IN_FAILED", kept);
    }
  });
}

const refuse = (status: number, lang: Lang, code: string, kept: Record<string, string>) =>
  reply(status, kept, [{ field: "email", message: errorText(lang, code) }]);

const homeOf = (role?: string) => (role === "ADMIN" || role === "AUDITOR" ? "/admin" : "/dashboard");

export default function Login() {
  const t = useMessages();
  const { next, ended, hq } = useLoaderData<typeof loader>();
  const outcome = useActionData<typeof action>();
  if (outcome?.mismatch) return <MismatchPage {...outcome.mismatch} />;
  if (outcome?.resume) return <ResumeForm {...outcome.resume} />;
  const interrupted = readInterruptedText(outcome?.values.interrupted);
  const suspended = outcome?.errors.some(({ message }) => message === t.accounts.codes.SUSPENDED);
  const why = suspended ? "SUSPENDED" : ended;
  return (
    <div className="narrow">
      <h1>{t.accounts.login.title}</h1>
      {why === "SUSPENDED" || why === "FORCED" ? (
        <EndedBanner why={why} hq={hq} />
      ) : (
        <p className="lead">{why ? t.http.codes.SESSION_EXPIRED : t.accounts.login.lead}</p>
      )}
      <SignInForm
        email={outcome?.values.email}
        next={outcome?.values.next || next}
        interrupted={interrupted}
        errors={outcome?.errors}
      />
      <p>
        <a href="/password/forgot">{t.accounts.login.forgot}</a>
      </p>
      <p className="quiet">{t.accounts.login.noAccount}</p>
    </div>
  );
}

const readInterruptedText = (value: string | undefined): Interrupted | null => {
  try {
    return value ? (JSON.parse(value) as Interrupted) : null;
  } catch {
    return null;
  }
};
