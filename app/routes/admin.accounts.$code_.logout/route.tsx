import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { page } from "#app/http/page.server.ts";
import { shutOut } from "#app/http/shut-out.server.ts";
import { submit } from "#app/http/submit.server.ts";
import { redirectWithToast } from "#app/http/toast.server.ts";
import { messages } from "#app/words.ts";
import { reasonForm } from "#app/accounts/account.ts";
import { findAccount } from "#app/accounts/account.server.ts";
import { forceLogout, listSuspensions } from "#app/accounts/suspension.server.ts";
import { ConfirmForAccount } from "#app/accounts/confirm.tsx";
import { standingOf } from "#app/accounts/standing.ts";
import { useMessages } from "#app/ui/language.tsx";
import { title } from "#app/ui/title.ts";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title((t) => t.accounts.logout.action);

export async function loader(args: LoaderFunctionArgs) {
  const code = args.params.code ?? "";
  const { me, data } = await page(args, "admin", (db) =>
    Promise.all([findAccount(db, code), listSuspensions(db, code)]),
  );
  const [account, suspensions] = data;
  return {
    account: { code: account.code, name: account.name },
    standing: standingOf(account, suspensions[0], me.account!),
  };
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
  const { account, standing } = useLoaderData<typeof loader>();
  return (
    <ConfirmForAccount
      code={account.code}
      title={t.logout.title(account.name)}
      effects={t.logout.effects}
      address={`/admin/accounts/${account.code}/logout`}
      submit={t.logout.action}
      field={{ name: "reason", label: t.reason, hint: t.reasonHint, maxLength: 200, rows: 2 }}
      possible={standing === "ACTIVE"}
      reply={useActionData<typeof action>()}
    >
      {standing === null ? <p className="lead">{t.self}</p> : null}
    </ConfirmForAccount>
  );
}
