import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { page } from "#app/http/page.server.ts";
import { submit } from "#app/http/submit.server.ts";
import { redirectWithToast } from "#app/http/toast.server.ts";
import { messages } from "#app/words.ts";
import { reasonForm } from "#app/accounts/account.ts";
import { findAccount } from "#app/accounts/account.server.ts";
import { findSubject, requestLift } from "#app/accounts/suspension.server.ts";
import { ConfirmAct } from "#app/accounts/confirm.tsx";
import { shownOf } from "#app/accounts/suspension.ts";
import { useMessages } from "#app/ui/language.tsx";
import { title } from "#app/ui/title.ts";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title((t) => t.accounts.request.action);

export async function loader(args: LoaderFunctionArgs) {
  const code = args.params.code ?? "";
  const { viewer, data } = await page(args, "admin", (db) => findSubject(db, code));
  return { ...shownOf(data, viewer.account!), askedBy: data.open?.askedBy ?? null };
}

/** Asks to let somebody back in, which another admin does. */
export function action(args: ActionFunctionArgs) {
  const code = args.params.code ?? "";
  return submit(args, "admin", reasonForm, async ({ reason }, visit) => {
    const account = await visit.write(async (db) => {
      await requestLift(db, code, reason);
      return findAccount(db, code);
    });
    return redirectWithToast(`/admin/accounts/${code}`, messages(visit.lang).accounts.request.done(account.name));
  });
}

export default function RequestAccount() {
  const t = useMessages().accounts;
  const { askedBy, ...subject } = useLoaderData<typeof loader>();
  return (
    <ConfirmAct act="request" {...subject} effects={t.request.effects} reply={useActionData<typeof action>()}>
      {askedBy ? <p className="lead">{t.waiting(askedBy)}</p> : null}
    </ConfirmAct>
  );
}
