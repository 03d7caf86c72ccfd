import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { together } from "#app/db/together.server.ts";
import { env } from "#app/env.server.ts";
import { page } from "#app/http/page.server.ts";
import { submit } from "#app/http/submit.server.ts";
import { redirectWithToast } from "#app/http/toast.server.ts";
import { PaperText } from "#app/playbooks/paper-text.tsx";
import { findPlaybook, listOffers, listPastRuns } from "#app/playbooks/playbook.server.ts";
import { startPlaybook } from "#app/playbooks/run.server.ts";
import { isSlug, runPlace, startForm } from "#app/playbooks/playbook.ts";
import { StepList } from "#app/playbooks/step-list.tsx";
import { BackLink } from "#app/ui/back-link.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { PrintButton } from "#app/ui/print-button.tsx";
import { ReadAt } from "#app/ui/read-at.tsx";
import { title } from "#app/ui/title.ts";
import { messages } from "#app/words.ts";
import { NotFound } from "#app/db/errors.server.ts";
import { DrillCard } from "./drill-card.tsx";
import { PastRuns } from "./past-runs.tsx";
import { StartCard } from "./start-card.tsx";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title<{ playbook: { slug: string } }>((t, data) =>
  data && isSlug(data.playbook.slug) ? t.playbooks.books[data.playbook.slug].title : t.playbooks.title,
);

/** A playbook to read and to print; to begin it, as a drill or for an incident. */
export async function loader(args: LoaderFunctionArgs) {
  const { slug = "" } = args.params;
  const { viewer, data } = await page(args, "staff", (db) =>
    isSlug(slug)
      ? together({
          playbook: findPlaybook(db, slug),
          offers: listOffers(db, slug),
          past: listPastRuns(db, slug),
        })
      : Promise.reject(new NotFound()),
  );
  return { ...data, hq: env.HQ_WHATSAPP, mayAct: viewer.account?.role === "ADMIN", readAt: new Date() };
}

export async function action(args: ActionFunctionArgs) {
  const { slug = "" } = args.params;
  return submit(args, "admin", startForm, async ({ drill, incident }, visit) => {
    if (!isSlug(slug)) throw new NotFound();
    const { run } = await visit.write((db) => startPlaybook(db, slug, drill ? null : incident));
    const { books, start } = messages(visit.lang).playbooks;
    return redirectWithToast(runPlace(slug, run), start.started(books[slug].title));
  });
}

export default function PlaybookPage() {
  const { playbooks: t } = useMessages();
  const { playbook, offers, past, hq, mayAct, readAt } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const { slug, letter } = playbook;
  const { title: name, sign, notes } = t.books[slug];
  return (
    <>
      <BackLink href="/admin/playbooks">{t.back}</BackLink>
      <div className="page-head">
        <div>
          <h1>{t.one(letter, name)}</h1>
          <p className="lead">
            <strong>{t.sign}:</strong> {sign}
          </p>
          <ReadAt at={readAt} />
        </div>
        <PrintButton />
      </div>
      <div className="columns columns--main-side">
        <div className="stack">
          <StepList slug={slug} about={{ mayAct, incident: null, salesman: null, order: null, hq }}>
            {(step) => (step === "tell-salesmen" ? <PaperText hq={hq} /> : null)}
          </StepList>
          {notes.length > 0 ? (
            <section className="stack stack--tight">
              <h2>{t.notes}</h2>
              {notes.map((note) => (
                <p key={note}>{note}</p>
              ))}
            </section>
          ) : null}
        </div>
        <aside className="stack no-print">
          <StartCard slug={slug} offers={offers} mayAct={mayAct} reply={reply} />
          <DrillCard playbook={playbook} mayAct={mayAct} />
        </aside>
      </div>
      <PastRuns slug={slug} past={past} />
    </>
  );
}
