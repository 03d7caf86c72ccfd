import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { page } from "#app/http/page.server.ts";
import { submit } from "#app/http/submit.server.ts";
import { redirectWithToast } from "#app/http/toast.server.ts";
import { messages } from "#app/words.ts";
import { reasonForm } from "#app/accounts/account.ts";
import { findAccount } from "#app/accounts/account.server.ts";
import { listSuspensions, requestLift } from "#app/accounts/suspension.server.ts";
import { ConfirmForAccount } from "#app/accounts/confirm.tsx";
import { standingOf } from "#app/accounts/standing.ts";
import { useMessages } from "#app/ui/language.tsx";
import { title } from "#app/ui/title.ts";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title((t) => t.accounts.request.action);

export async function loader(args: LoaderFunctionArgs) {
  const code = args.params.code ?? "";
  const { me, data } = await page(args, "admin", (db) =>
    Promise.all([findAccount(db, code), listSuspensions(db, code)]),
  );
  const [account, suspensions] = data;
  const [open] = suspensions;
  return {
    account: { code: account.code, name: account.name },
    askedBy: open && !open.liftedAt ? open.askedBy : null,
    standing: standingOf(account, suspensions[0], me.account!),
  };
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
  const { account, askedBy, standing } = useLoaderData<typeof loader>();
  return (
    <ConfirmForAccount
      code={account.code}
      title={t.request.title(account.name)}
      effects={t.request.effects}
      address={`/admin/accounts/${account.code}/lift-request`}
      submit={t.request.action}
      field={{ name: "reason", label: t.reason, hint: t.reasonHint, maxLength: 200, rows: 2 }}
      possible={standing === "ASK"}
      reply={useActionData<typeof action>()}
    >
      {standing === null ? <p className="lead">{t.self}</p> : null}
      {askedBy ? <p className="lead">{t.waiting(askedBy)}</p> : null}
    </ConfirmForAccount>
  );
}
