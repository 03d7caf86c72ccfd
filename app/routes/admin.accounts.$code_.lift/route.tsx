import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { page } from "#app/http/page.server.ts";
import { shutOut } from "#app/http/shut-out.server.ts";
import { submit } from "#app/http/submit.server.ts";
import { redirectWithToast } from "#app/http/toast.server.ts";
import { messages } from "#app/words.ts";
import { findAccount } from "#app/accounts/account.server.ts";
import { liftSuspension, listSuspensions } from "#app/accounts/suspension.server.ts";
import { ConfirmForAccount } from "#app/accounts/confirm.tsx";
import { standingOf } from "#app/accounts/standing.ts";
import { useMessages } from "#app/ui/language.tsx";
import { title } from "#app/ui/title.ts";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title((t) => t.accounts.lift.action);

export async function loader(args: LoaderFunctionArgs) {
  const code = args.params.code ?? "";
  const { me, data } = await page(args, "admin", (db) =>
    Promise.all([findAccount(db, code), listSuspensions(db, code)]),
  );
  const [account, suspensions] = data;
  const [open] = suspensions;
  const asked = open?.askedBy && !open.liftedAt ? { by: open.askedBy, reason: open.askedReason } : null;
  return {
    account: { code: account.code, name: account.name, role: account.role },
    asked,
    standing: standingOf(account, suspensions[0], me.account!),
  };
}

/** Lets somebody back in, as another admin has asked. */
export function action(args: ActionFunctionArgs) {
  const code = args.params.code ?? "";
  return submit(args, "admin", z.object({}), async (_, visit) => {
    const account = await shutOut(visit, code, async (db) => {
      await liftSuspension(db, code);
      return findAccount(db, code);
    });
    return redirectWithToast(`/admin/accounts/${code}`, messages(visit.lang).accounts.lift.done(account.name));
  });
}

export default function LiftAccount() {
  const t = useMessages().accounts;
  const { account, asked, standing } = useLoaderData<typeof loader>();
  return (
    <ConfirmForAccount
      code={account.code}
      title={t.lift.title(account.name)}
      effects={account.role === "PARTNER" ? [t.lift.effects[0]!, t.lift.store] : t.lift.effects}
      address={`/admin/accounts/${account.code}/lift`}
      submit={t.lift.action}
      possible={standing === "LIFT"}
      reply={useActionData<typeof action>()}
    >
      {standing === null ? <p className="lead">{t.self}</p> : null}
      {asked ? (
        <p className="lead">
          {standing === "WAIT" ? t.waitingYou : t.askedBy(asked.by)}
          <span className="sub quiet">{`${t.askedReason}: ${asked.reason}`}</span>
        </p>
      ) : null}
    </ConfirmForAccount>
  );
}
