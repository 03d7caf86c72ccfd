import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { page, toResponse } from "#app/http/page.server.ts";
import { submit } from "#app/http/submit.server.ts";
import { redirectWithToast } from "#app/http/toast.server.ts";
import { messages } from "#app/words.ts";
import { addCaseNote, openCase } from "#app/cases/case.server.ts";
import { caseNoteForm } from "#app/cases/case.ts";
import { AbuseHits } from "./abuse-hits.tsx";
import { AccountStatus } from "#app/accounts/account-badges.tsx";
import { PlaybookLine } from "#app/playbooks/playbook-line.tsx";
import { BackLink } from "#app/ui/back-link.tsx";
import { CaseMap } from "./case-map.tsx";
import { CaseNotes } from "./case-notes.tsx";
import { CaseOrders } from "./case-orders.tsx";
import { CaseSummary } from "./case-summary.tsx";
import { CaseTimeline } from "./case-timeline.tsx";
import { ButtonLink } from "#app/ui/button-link.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { AuditLinks } from "#app/ui/audit-links.tsx";
import { Pager } from "#app/ui/pager.tsx";
import { ReadAt } from "#app/ui/read-at.tsx";
import { title } from "#app/ui/title.ts";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title<{ salesman: { name: string } }>((t, data) =>
  data ? `${t.cases.title}: ${data.salesman.name}` : t.cases.title,
);

/**
 * A case. To read it is an act of its own, which the trail notes: hence a transaction that writes, after the reader was
 * admitted.
 */
export async function loader(args: LoaderFunctionArgs) {
  const after = new URL(args.request.url).searchParams.get("after");
  const { viewer, visit } = await page(args, "staff", () => Promise.resolve(null));
  try {
    const opened = await visit.write((db) => openCase(db, args.params.code ?? "", after));
    return { ...opened, after, mayAudit: viewer.account!.role === "AUDITOR", readAt: new Date() };
  } catch (error) {
    throw toResponse(error, visit);
  }
}

export async function action(args: ActionFunctionArgs) {
  const code = args.params.code ?? "";
  return submit(args, "staff", caseNoteForm, async ({ note }, visit) => {
    await visit.write((db) => addCaseNote(db, code, note));
    return redirectWithToast(`/admin/cases/${code}`, messages(visit.lang).cases.noteAdded);
  });
}

export default function CasePage() {
  const t = useMessages().cases;
  const { after, nextPage, mayAudit, readAt, ...opened } = useLoaderData<typeof loader>();
  const { salesman, orders, hits, notes } = opened;
  const reply = useActionData<typeof action>();
  const address = `/admin/cases/${salesman.code}`;
  return (
    <>
      <BackLink href="/admin/cases">{t.back}</BackLink>
      <div className="page-head">
        <div>
          <h1>{salesman.name}</h1>
          <p className="row">
            <span className="figures">{salesman.code}</span>
            <AccountStatus status={salesman.status} />
          </p>
          <ReadAt at={readAt} />
          <p className="quiet">{t.noted}</p>
          <PlaybookLine slug="agent-abuse" letter="B" />
        </div>
        <p className="actions">
          <ButtonLink kind="quiet" href={`/admin/accounts/${salesman.code}`}>
            {t.account}
          </ButtonLink>
          {mayAudit ? (
            <ButtonLink kind="quiet" href={`${address}/export`}>
              {t.export}
            </ButtonLink>
          ) : null}
          <ButtonLink kind="quiet" href="/admin/disputes">
            {t.allDisputes}
          </ButtonLink>
        </p>
      </div>
      <CaseSummary {...opened} />
      {orders.length > 0 ? (
        <>
          <CaseMap name={salesman.name} orders={orders} />
          <div id="order">
            <CaseOrders orders={orders} />
          </div>
        </>
      ) : (
        <EmptyState icon="search" title={t.emptyOrders} text={t.emptyText} />
      )}
      <Pager next={nextPage && `${address}?after=${nextPage}`} first={after ? address : null} shown={orders.length} />
      <div className="columns columns--main-side">
        <CaseTimeline {...opened} />
        <aside className="stack">
          <CaseNotes code={salesman.code} notes={notes} reply={reply} />
          <section className="card card--padded">
            <h2>{t.hitsTitle}</h2>
            <AbuseHits hits={hits.map(({ order, ...hit }) => ({ ...hit, orderNumber: order }))} />
          </section>
          {mayAudit ? <AuditLinks about={salesman.code} by={salesman.code} /> : null}
        </aside>
      </div>
    </>
  );
}
