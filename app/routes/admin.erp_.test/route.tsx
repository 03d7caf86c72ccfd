import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { z } from "zod";
import { submit } from "#app/http/submit.server.ts";
import { redirectWithToast } from "#app/http/toast.server.ts";
import { messages } from "#app/words.ts";
import { testErp } from "#app/erp/watch.server.ts";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";

/** Where the button leads when somebody opens its address by hand. */
export const loader = () => redirect("/admin/erp");

/** Leaves the question for a worker, which alone calls the ERP; the page waits for the answer. */
export async function action(args: ActionFunctionArgs) {
  return submit(args, "admin", z.object({}), async (_, visit) => {
    await visit.write(testErp);
    return redirectWithToast("/admin/erp", messages(visit.lang).erp.test.sent);
  });
}

// A form without fields has nothing to hand back; a login that ended is handled by the page that signs in again.
export default function Test() {
  return null;
}
