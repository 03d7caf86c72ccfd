import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { DatabaseRefusal } from "#app/db/errors.server.ts";
import { safePath } from "#app/http/address.ts";
import { page } from "#app/http/page.server.ts";
import { reply } from "#app/http/reply.server.ts";
import { submit } from "#app/http/submit.server.ts";
import { redirectWithToast } from "#app/http/toast.server.ts";
import { errorText, messages } from "#app/words.ts";
import { beginActing, findStoreToAct } from "#app/shadow/acting.server.ts";
import { actingForm, afterBeginning, reasonText } from "#app/shadow/acting.ts";
import { findStore } from "#app/shadow/store.server.ts";
import { ActingPage } from "#app/shadow/acting-page.tsx";
import { title } from "#app/ui/title.ts";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title<{ store: { name: string } }>((t, data) =>
  data ? t.shadow.acting.title(data.store.name) : t.shadow.clients.title,
);

export async function loader(args: LoaderFunctionArgs) {
  const { viewer, data } = await page(args, "salesman", (db) => findStoreToAct(db, args.params.code ?? ""));
  return { ...data, acting: viewer.acting && viewer.store ? { id: viewer.acting.id, store: viewer.store.name } : null };
}

/**
 * Begins Shadow Mode for one of the salesman's stores. One at a time: `end` names another one that he wants ended for
 * it.
 */
export function action(args: ActionFunctionArgs) {
  const code = args.params.code ?? "";
  return submit(args, "salesman", actingForm, async ({ why, reason, end = null, next }, visit) => {
    const t = messages(visit.lang).shadow.acting;
    const said = reasonText({ why, reason }, t.reasons);
    try {
      const [{ name }] = await visit.write((db) =>
        Promise.all([findStore(db, code), beginActing(db, code, said, end)]),
      );
      return redirectWithToast(afterBeginning(safePath(next, "")), t.begun(name));
    } catch (error) {
      if (!(error instanceof DatabaseRefusal && error.reason === "STALE")) throw error;
      return reply(409, { why: why ?? "", reason, next }, [{ message: errorText(visit.lang, "ACTING_EXISTS") }]);
    }
  });
}

export default function RefusedActing() {
  const reply = useActionData<typeof action>();
  return <ActingPage {...useLoaderData<typeof loader>()} next={reply?.values.next} reply={reply} />;
}
