import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { DatabaseRefusal } from "#app/db/errors.server.ts";
import { page } from "#app/http/page.server.ts";
import { reply, submit } from "#app/http/submit.server.ts";
import { redirectWithToast } from "#app/http/toast.server.ts";
import { errorText, messages } from "#app/locales/messages.ts";
import { beginActing } from "#app/models/acting.server.ts";
import { actingForm } from "#app/models/acting.ts";
import { findStore } from "#app/models/store.server.ts";
import { ActingPage } from "#app/ui/acting-page.tsx";
import { title } from "#app/ui/title.ts";

export { ErrorBoundary } from "#app/ui/error-boundary.tsx";
export const meta = title<{ store: { name: string } }>((t, data) => (data ? t.acting.title(data.store.name) : t.clients.title));

export async function loader(args: LoaderFunctionArgs) {
  const { me, data: store } = await page(args, "salesman", (db) => findStore(db, args.params.code ?? ""));
  return { store, actingAs: me.store?.name ?? null };
}

/** Begins Shadow Mode for one of the salesman's stores. One at a time: another one has to be ended first. */
export function action(args: ActionFunctionArgs) {
  const code = args.params.code ?? "";
  return submit(args, actingForm, async ({ reason }, visit) => {
    try {
      const { name } = await visit.write(async (db) => {
        const [store] = await Promise.all([findStore(db, code), beginActing(db, code, reason)]);
        return store;
      });
      return redirectWithToast("/products", messages(visit.lang).acting.begun(name));
    } catch (error) {
      if (!(error instanceof DatabaseRefusal && error.code === "STALE")) throw error;
      return reply(409, { reason }, [{ message: errorText(visit.lang, "ACTING_EXISTS") }]);
    }
  });
}

export default function RefusedActing() {
  const refused = useActionData<typeof action>();
  return <ActingPage {...useLoaderData<typeof loader>()} errors={refused?.errors} reason={refused?.values.reason} />;
}
