import type { ReactNode } from "react";
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { page } from "#app/http/page.server.ts";
import { submit } from "#app/http/submit.server.ts";
import { redirectWithToast } from "#app/http/toast.server.ts";
import { messages } from "#app/words.ts";
import { listKnownErrors, mendKnownError } from "#app/incidents/known-error.server.ts";
import { mendForm } from "#app/incidents/known-error.ts";
import { BackLink } from "#app/ui/back-link.tsx";
import { ButtonLink } from "#app/ui/button-link.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { ErrorSummary } from "#app/ui/form.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { ListHead } from "#app/ui/list-page.tsx";
import { PostForm } from "#app/ui/post-form.tsx";
import { PrintButton } from "#app/ui/print-button.tsx";
import { title } from "#app/ui/title.ts";
import { Entry } from "./entry.tsx";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title((t) => t.incidents.knownErrors.title);

export async function loader(args: LoaderFunctionArgs) {
  const { viewer, data } = await page(args, "staff", listKnownErrors);
  return { known: data, mayWrite: viewer.account?.role === "ADMIN", readAt: new Date() };
}

export async function action(args: ActionFunctionArgs) {
  return submit(args, "admin", mendForm, async ({ code }, visit) => {
    await visit.write((db) => mendKnownError(db, code));
    return redirectWithToast(
      "/admin/incidents/known-errors",
      messages(visit.lang).incidents.knownErrors.wasMended(code),
    );
  });
}

export default function KnownErrors() {
  const { incidents } = useMessages();
  const t = incidents.knownErrors;
  const { known, mayWrite, readAt } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  return (
    <>
      <BackLink href="/admin/incidents">{incidents.back}</BackLink>
      <div className="page-head">
        <ListHead title={t.title} lead={t.lead} readAt={readAt} />
        <PrintButton />
      </div>
      <ErrorSummary errors={reply?.errors ?? []} />
      {mayWrite ? (
        <p className="actions">
          <ButtonLink href="/admin/incidents/known-errors/add">{t.add}</ButtonLink>
        </p>
      ) : (
        <p className="quiet">{t.adminOnly}</p>
      )}
      {known.length === 0 ? (
        <EmptyState icon="check" title={t.emptyTitle} text={t.emptyText} />
      ) : (
        <Writable mayWrite={mayWrite}>
          {known.map((one) => (
            <Entry key={one.code} known={one} mayWrite={mayWrite} />
          ))}
        </Writable>
      )}
    </>
  );
}

// Whoever only reads is offered no form.
function Writable({ mayWrite, children }: { mayWrite: boolean; children: ReactNode }) {
  if (!mayWrite) return <div className="stack">{children}</div>;
  return (
    <PostForm className="stack" action="/admin/incidents/known-errors">
      {children}
    </PostForm>
  );
}
