import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { DatabaseRefusal } from "#app/db/errors.server.ts";
import { page } from "#app/http/page.server.ts";
import { shutOut } from "#app/http/shut-out.server.ts";
import { reply, submit } from "#app/http/submit.server.ts";
import { redirectWithToast } from "#app/http/toast.server.ts";
import { messages } from "#app/words.ts";
import { reasonForm } from "#app/accounts/account.ts";
import { findAccount } from "#app/accounts/account.server.ts";
import { findHoldable, listSuspensions, suspendAccount } from "#app/accounts/suspension.server.ts";
import { ConfirmForAccount } from "#app/accounts/confirm.tsx";
import { standingOf } from "#app/accounts/standing.ts";
import { formatNumber, formatRupiah } from "#app/ui/format.ts";
import { useMessages } from "#app/ui/language.tsx";
import { title } from "#app/ui/title.ts";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title((t) => t.accounts.suspension.action);

export async function loader(args: LoaderFunctionArgs) {
  const code = args.params.code ?? "";
  const { me, data } = await page(args, "admin", (db) =>
    Promise.all([findAccount(db, code), listSuspensions(db, code), findHoldable(db, code)]),
  );
  const [account, suspensions, holdable] = data;
  return {
    account: { code: account.code, name: account.name, role: account.role },
    holdable,
    standing: standingOf(account, suspensions[0], me.account!),
  };
}

/**
 * Shuts an account out. One that is suspended already stays as it is, and whoever gave another reason for it is told.
 */
export function action(args: ActionFunctionArgs) {
  const code = args.params.code ?? "";
  return submit(args, "admin", reasonForm, async ({ reason }, visit) => {
    const t = messages(visit.lang).accounts.suspension;
    try {
      const account = await shutOut(visit, code, async (db) => {
        await suspendAccount(db, code, reason);
        return findAccount(db, code);
      });
      return redirectWithToast(`/admin/accounts/${code}`, t.done(account.name));
    } catch (error) {
      if (!(error instanceof DatabaseRefusal && error.reason === "STALE" && typeof error.detail.by === "string"))
        throw error;
      return reply(409, { reason }, [{ message: t.already(error.detail.by) }]);
    }
  });
}

export default function SuspensionAccount() {
  const t = useMessages().accounts;
  const { account, holdable, standing } = useLoaderData<typeof loader>();
  const words =
    account.role === "PARTNER"
      ? { some: t.suspension.holdsStore, none: t.suspension.holdsStoreNone }
      : { some: t.suspension.holds, none: t.suspension.holdsNone };
  const holds =
    holdable.orders > 0 ? words.some(formatNumber(holdable.orders), formatRupiah(holdable.total)) : words.none;
  return (
    <ConfirmForAccount
      code={account.code}
      title={t.suspension.title(account.name)}
      effects={[...t.suspension.effects, holds, t.suspension.undo]}
      address={`/admin/accounts/${account.code}/suspension`}
      submit={t.suspension.action}
      field={{ name: "reason", label: t.reason, hint: t.reasonHint, maxLength: 200, rows: 2 }}
      possible={standing === "ACTIVE"}
      reply={useActionData<typeof action>()}
    >
      {standing === null ? <p className="lead">{t.self}</p> : null}
    </ConfirmForAccount>
  );
}
