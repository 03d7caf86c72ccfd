import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { z } from "zod";
import { submit } from "#app/http/submit.server.ts";
import { redirectWithToast } from "#app/http/toast.server.ts";
import { messages } from "#app/words.ts";
import { beginReconcile } from "#app/reconcile/runs.server.ts";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";

export const loader = () => redirect("/admin/reconcile");

/** Begins Reconcile_Orders, or adds what waits to the run under way. */
export const action = (args: ActionFunctionArgs) =>
  submit(args, "admin", z.object({}), async (_, visit) => {
    const { ref } = await visit.write(beginReconcile);
    return redirectWithToast("/admin/reconcile", messages(visit.lang).reconcile.started(ref));
  });

// A page, though never seen: a refusal then gets the designed error page around it.
export default () => null;
