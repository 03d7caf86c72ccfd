import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { page } from "#app/http/page.server.ts";
import { shutOut } from "#app/http/shut-out.server.ts";
import { submit } from "#app/http/submit.server.ts";
import { redirectWithToast } from "#app/http/toast.server.ts";
import { messages } from "#app/words.ts";
import { findAccount } from "#app/accounts/account.server.ts";
import { findSubject, liftSuspension } from "#app/accounts/suspension.server.ts";
import { ConfirmAct } from "#app/accounts/confirm.tsx";
import { shownOf } from "#app/accounts/suspension.ts";
import { useMessages } from "#app/ui/language.tsx";
import { Linked } from "#app/ui/ref-link.tsx";
import { title } from "#app/ui/title.ts";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title((t) => t.accounts.lift.action);

export async function loader(args: LoaderFunctionArgs) {
  const code = args.params.code ?? "";
  const { viewer, data } = await page(args, "admin", (db) => findSubject(db, code));
  const { account, open } = data;
  const asked = open?.askedBy ? { by: open.askedBy, reason: open.askedReason } : null;
  return { ...shownOf(data, viewer.account!), role: account.role, asked };
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
  const { role, asked, ...subject } = useLoaderData<typeof loader>();
  return (
    <ConfirmAct
      act="lift"
      {...subject}
      effects={role === "PARTNER" ? [t.lift.effects[0]!, t.lift.store] : t.lift.effects}
      reply={useActionData<typeof action>()}
    >
      {asked ? (
        <p className="lead">
          {subject.state === "WAIT" ? t.waitingYou : <Linked>{t.askedBy(asked.by)}</Linked>}
          <span className="sub quiet">{`${t.askedReason}: ${asked.reason}`}</span>
        </p>
      ) : null}
    </ConfirmAct>
  );
}
