import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { page } from "#app/http/page.server.ts";
import { shutOut } from "#app/http/shut-out.server.ts";
import { submit } from "#app/http/submit.server.ts";
import { redirectWithToast } from "#app/http/toast.server.ts";
import { messages } from "#app/words.ts";
import { reasonForm } from "#app/accounts/account.ts";
import { findAccount } from "#app/accounts/account.server.ts";
import { findSubject, forceLogout } from "#app/accounts/suspension.server.ts";
import { ConfirmAct } from "#app/accounts/confirm.tsx";
import { shownOf } from "#app/accounts/suspension.ts";
import { useMessages } from "#app/ui/language.tsx";
import { title } from "#app/ui/title.ts";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title((t) => t.accounts.logout.action);

export async function loader(args: LoaderFunctionArgs) {
  const code = args.params.code ?? "";
  const { viewer, data } = await page(args, "admin", (db) => findSubject(db, code));
  return shownOf(data, viewer.account!);
}

/** Ends all logins of an account. Its holder may sign in again. */
export function action(args: ActionFunctionArgs) {
  const code = args.params.code ?? "";
  return submit(args, "admin", reasonForm, async ({ reason }, visit) => {
    const done = await shutOut(visit, code, async (db) => ({
      logins: await forceLogout(db, code, reason),
      name: (await findAccount(db, code)).name,
    }));
    return redirectWithToast(
      `/admin/accounts/${code}`,
      messages(visit.lang).accounts.logout.done(done.name, done.logins),
    );
  });
}

export default function LogoutAccount() {
  const t = useMessages().accounts;
  return (
    <ConfirmAct
      act="logout"
      {...useLoaderData<typeof loader>()}
      effects={t.logout.effects}
      reply={useActionData<typeof action>()}
    />
  );
}
