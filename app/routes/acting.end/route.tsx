import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { safePath } from "#app/http/address.ts";
import { submit } from "#app/http/submit.server.ts";
import { redirectWithToast } from "#app/http/toast.server.ts";
import { messages } from "#app/words.ts";
import { endActing } from "#app/shadow/acting.server.ts";
import { afterActing, endActingForm } from "#app/shadow/acting.ts";
import { readShownFor } from "#app/accounts/shown-for.ts";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";

export const loader = () => redirect("/clients");

/**
 * Ends Shadow Mode: the session that is named, else the one that the page was shown for. One that is over already (its
 * hour, another tab) is no error: it is what was asked for. Another one that has begun since is not touched.
 */
export const action = (args: ActionFunctionArgs) =>
  submit(args, "salesman", endActingForm, async ({ acting, shown_for, next }, visit) => {
    await visit.write((db) => endActing(db, acting ?? readShownFor(shown_for)?.acting ?? null));
    const from = next || new URL(args.request.url).searchParams.get("next"); // A form of the page, or the bar's own.
    return redirectWithToast(afterActing(safePath(from, "")), messages(visit.lang).shadow.acting.endedPlain);
  });

// A page, though never seen: a refusal then gets the designed error page around it.
export default () => null;
