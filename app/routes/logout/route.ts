import { type ActionFunctionArgs, data, redirect } from "@remix-run/node";
import { SessionEnded } from "#app/db/errors.server.ts";
import { env } from "#app/env.server.ts";
import { signOut } from "#app/http/session.server.ts";
import { type Expired, readInterrupted } from "#app/http/interrupted.server.ts";
import { readForm } from "#app/http/read-form.server.ts";
import { redirectWithToast } from "#app/http/toast.server.ts";
import { goOnAs, visitOf } from "#app/http/visit.server.ts";
import { messages } from "#app/words.ts";
import { noteSignOut } from "#app/accounts/entrance.server.ts";

export const loader = () => redirect("/");

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";

/**
 * Ends this login, and the acting session with it. A login that had ended already is signed out all the same. Who signs
 * out so that the sender of a form can sign in hands that form on: it is kept for him, as when a login ends.
 */
export async function action(args: ActionFunctionArgs) {
  const visit = await visitOf(args);
  const interrupted = await kept(args.request);
  if (visit.login) {
    await visit.write(noteSignOut).catch((error: unknown) => {
      if (!(error instanceof SessionEnded)) throw error;
    });
    await signOut(args.request, visit.outgoing, visit.origin);
  }
  if (interrupted) {
    goOnAs(args, visit, null, visit.lang);
    throw data<Expired>({ interrupted, ended: "EXPIRED", hq: env.HQ_WHATSAPP }, { status: 401 });
  }
  return redirectWithToast("/login", messages(visit.lang).accounts.login.signedOut);
}

// Whatever else is sent with it, nobody is kept from signing out.
const kept = async (request: Request) => readInterrupted((await readForm(request).catch(() => null))?.interrupted);
