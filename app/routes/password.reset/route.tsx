import { type ActionFunctionArgs, data as answer, type LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { authClient, verify } from "#app/http/session.server.ts";
import { signInHere } from "#app/http/sign-in.server.ts";
import { limited, reply } from "#app/http/reply.server.ts";
import { submit } from "#app/http/submit.server.ts";
import { redirectWithToast } from "#app/http/toast.server.ts";
import { type Visit, visitOf } from "#app/http/visit.server.ts";
import { errorText, messages } from "#app/words.ts";
import { takeLinkTry } from "#app/disputes/dispute.server.ts";
import { findResetAddress } from "#app/accounts/entrance.server.ts";
import { resetForm } from "#app/accounts/sign-in.ts";
import { ErrorSummary, SubmitButton } from "#app/ui/form.tsx";
import { errorOf } from "#app/ui/kept.ts";
import { useMessages } from "#app/ui/language.tsx";
import { PasswordField } from "#app/ui/password-field.tsx";
import { PostForm } from "#app/ui/post-form.tsx";
import { title } from "#app/ui/title.ts";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title((t) => t.accounts.reset.title);

/**
 * Looks whether the link is still good, and shows the form or the way to a new link. The link is spent by sending the
 * form, so that a mail program's preview spends nothing.
 */
export async function loader(args: LoaderFunctionArgs) {
  const token = new URL(args.request.url).searchParams.get("token_hash") ?? "";
  const visit = await visitOf(args);
  const good = token !== "" && (await visit.read((db) => findResetAddress(db, token))) !== null;
  return answer({ token: good ? token : "" }, { status: good ? 200 : 410 });
}

export async function action(args: ActionFunctionArgs) {
  return submit(args, "anyone", resetForm, async ({ token_hash, password }, visit) => {
    const address = await visit.read((db) => findResetAddress(db, token_hash));
    const wait = address ? 0 : await visit.write(takeLinkTry);
    if (wait > 0) return limited(visit, wait, { token_hash }, messages(visit.lang).accounts.login.limited);
    // The session this opens is used up here and never becomes a cookie.
    const client = authClient(args.request, { cookies: [] }, visit.origin);
    if (address && (await opens(client, { email: address, password })))
      return reply(400, { token_hash }, [{ field: "password", message: errorText(visit.lang, "PASSWORD_OLD") }]);
    const { data, error } = await client.auth.verifyOtp({ type: "recovery", token_hash });
    const login = data.session ? await verify(data.session.access_token) : null;
    if (error?.code === "user_banned")
      return reply(403, { token_hash }, [{ field: "password", message: errorText(visit.lang, "SUSPENDED") }]);
    if (error && (!error.status || error.status >= 500 || error.status === 429))
      return reply(503, { token_hash }, [{ message: errorText(visit.lang, "UNAVAILABLE") }]);
    if (error || !login) return reply(410, {}, [{ message: errorText(visit.lang, "LINK_EXPIRED") }]);
    const { error: refused } = await client.auth.updateUser({ password });
    if (refused) {
      await client.auth.signOut({ scope: "local" }); // The link is spent, and the login it opened must not stay behind.
      return reply(400, {}, [{ message: errorText(visit.lang, "PASSWORD_REFUSED") }]);
    }
    // The new password has ended every login of his, the one of the link too. He comes in by it, in this browser alone.
    const inside = await enter(args.request, visit, { email: data.user?.email ?? "", password });
    return redirectWithToast(
      "/login",
      inside ? messages(visit.lang).accounts.reset.done : messages(visit.lang).accounts.reset.signIn,
    );
  });
}

// Auth takes no password that it has already, and spends the link before it says so: it is asked first. Nobody can
// guess by this: a wrong guess is the new password.
async function opens(client: ReturnType<typeof authClient>, fields: { email: string; password: string }) {
  const { data } = await client.auth.signInWithPassword(fields);
  if (data.session) await client.auth.signOut({ scope: "local" });
  return Boolean(data.session);
}

// What fails here, an auth server that went away meanwhile, costs no more than signing in by hand.
async function enter(request: Request, visit: Visit, fields: { email: string; password: string }): Promise<boolean> {
  try {
    await signInHere(request, visit, fields);
    return true;
  } catch {
    visit.outgoing.cookies.length = 0;
    return false;
  }
}

export default function Reset() {
  const t = useMessages();
  const { token } = useLoaderData<typeof loader>();
  const outcome = useActionData<typeof action>();
  const errors = outcome?.errors ?? [];
  // A link that is spent comes back with no form: whatever is typed there could only be refused.
  const link = outcome ? outcome.values.token_hash : token;
  if (!link) {
    return (
      <div className="narrow">
        <h1>{t.accounts.reset.invalidTitle}</h1>
        <ErrorSummary errors={errors} />
        <p className="lead">{t.accounts.reset.invalidText}</p>
        <p>
          <a className="button" href="/password/forgot">
            {t.accounts.reset.again}
          </a>
        </p>
      </div>
    );
  }
  return (
    <div className="narrow">
      <h1>{t.accounts.reset.title}</h1>
      <p className="lead">{t.accounts.reset.lead}</p>
      <PostForm action="/password/reset" className="form">
        <ErrorSummary errors={errors} />
        <input type="hidden" name="token_hash" value={link} />
        <PasswordField
          name="password"
          label={t.accounts.reset.password}
          hint={t.accounts.reset.passwordHint}
          autoComplete="new-password"
          error={errorOf(outcome, "password")}
        />
        <PasswordField
          name="repeat"
          label={t.accounts.reset.repeat}
          autoComplete="new-password"
          error={errorOf(outcome, "repeat")}
        />
        <SubmitButton>{t.accounts.reset.submit}</SubmitButton>
      </PostForm>
      <p>
        <a href="/password/forgot">{t.accounts.reset.again}</a>
      </p>
    </div>
  );
}
