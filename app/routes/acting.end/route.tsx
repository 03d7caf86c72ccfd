import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { z } from "zod";
import { submit } from "#app/http/submit.server.ts";
import { redirectWithToast } from "#app/http/toast.server.ts";
import { messages } from "#app/locales/messages.ts";
import { endActing } from "#app/models/acting.server.ts";

export { ErrorBoundary } from "#app/ui/error-boundary.tsx";

export const loader = () => redirect("/clients");

/** Ends Shadow Mode. One that is over already (its hour, another tab) is no error: it is what was asked for. */
export const action = (args: ActionFunctionArgs) =>
  submit(args, z.object({}), async (_, visit) => {
    await visit.write(endActing);
    return redirectWithToast("/clients", messages(visit.lang).acting.endedPlain);
  });

// A page, though never seen: a refusal then gets the designed error page around it.
export default () => null;
