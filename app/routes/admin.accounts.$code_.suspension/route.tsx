import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { DatabaseRefusal } from "#app/db/errors.server.ts";
import { page } from "#app/http/page.server.ts";
import { shutOut } from "#app/http/shut-out.server.ts";
import { reply } from "#app/http/reply.server.ts";
import { submit } from "#app/http/submit.server.ts";
import { redirectWithToast } from "#app/http/toast.server.ts";
import { messages } from "#app/words.ts";
import { reasonForm } from "#app/accounts/account.ts";
import { findAccount } from "#app/accounts/account.server.ts";
import { findHoldable, findSubject, suspendAccount } from "#app/accounts/suspension.server.ts";
import { ConfirmAct } from "#app/accounts/confirm.tsx";
import { shownOf } from "#app/accounts/suspension.ts";
import { formatNumber, formatRupiah } from "#app/ui/format.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { inFull } from "#app/ui/people.tsx";
import { title } from "#app/ui/title.ts";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title((t) => t.accounts.suspension.action);

export async function loader(args: LoaderFunctionArgs) {
  const code = args.params.code ?? "";
  const { viewer, data } = await page(args, "admin", (db) =>
    Promise.all([findSubject(db, code), findHoldable(db, code)]),
  );
  const [subject, holdable] = data;
  return { ...shownOf(subject, viewer.account!), role: subject.account.role, holdable };
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
      return reply(409, { reason }, [{ message: t.already(inFull((await visit.viewer()).names, error.detail.by)) }]);
    }
  });
}

export default function SuspensionAccount() {
  const lang = useLang();
  const t = useMessages().accounts;
  const { role, holdable, ...subject } = useLoaderData<typeof loader>();
  const words =
    role === "PARTNER"
      ? { some: t.suspension.holdsStore, none: t.suspension.holdsStoreNone }
      : { some: t.suspension.holds, none: t.suspension.holdsNone };
  const holds =
    holdable.orders > 0
      ? words.some(formatNumber(holdable.orders, lang), formatRupiah(holdable.total, lang))
      : words.none;
  return (
    <ConfirmAct
      act="suspension"
      {...subject}
      effects={[...t.suspension.effects, holds, t.suspension.undo]}
      reply={useActionData<typeof action>()}
    />
  );
}
