import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { SessionEnded } from "#app/db/errors.server.ts";
import { signOut } from "#app/http/session.server.ts";
import { redirectWithToast } from "#app/http/toast.server.ts";
import { visitOf } from "#app/http/visit.server.ts";
import { messages } from "#app/locales/messages.ts";
import { noteSignOut } from "#app/models/entrance.server.ts";

export const loader = () => redirect("/");

/** Ends this login, and the acting session with it. A login that had ended already is signed out all the same. */
export async function action(args: ActionFunctionArgs) {
  const visit = await visitOf(args);
  if (visit.person) {
    await visit.write(noteSignOut).catch((error: unknown) => {
      if (!(error instanceof SessionEnded)) throw error;
    });
    await signOut(args.request, visit.outgoing, visit.origin);
  }
  return redirectWithToast("/login", messages(visit.lang).login.signedOut);
}
