import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { NotFound } from "#app/db/errors.server.ts";
import { page } from "#app/http/page.server.ts";
import { submit } from "#app/http/submit.server.ts";
import { redirectWithToast } from "#app/http/toast.server.ts";
import { messages } from "#app/words.ts";
import { feedRefusalForm } from "#app/erp/duty.ts";
import { listFeeds } from "#app/erp/state.server.ts";
import { feedNames } from "#app/erp/state.ts";
import { acceptRefusedFeed } from "#app/erp/watch.server.ts";
import { BackLink } from "#app/ui/back-link.tsx";
import { FeedRefusalForm } from "#app/erp/feed-refusal-form.tsx";
import { Reason } from "#app/erp/reason.tsx";
import { ErrorSummary } from "#app/ui/form.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { title } from "#app/ui/title.ts";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title((t) => t.erp.feeds.accept);

const nameOf = (params: { feed?: string }) => {
  const name = feedNames.find((each) => each === params.feed);
  if (!name) throw new NotFound();
  return name;
};

/** Where the form of a refused feed comes back to. */
export async function loader(args: LoaderFunctionArgs) {
  const { viewer, data } = await page(args, "staff", async (db) => {
    const feeds = await listFeeds(db);
    return feeds.find(({ name }) => name === nameOf(args.params))!;
  });
  return { feed: data, mayAct: viewer.account?.role === "ADMIN" };
}

export async function action(args: ActionFunctionArgs) {
  return submit(args, "admin", feedRefusalForm, async ({ seen, reason }, visit) => {
    const name = nameOf(args.params);
    await visit.write((db) => acceptRefusedFeed(db, name, seen, reason));
    const t = messages(visit.lang);
    return redirectWithToast("/admin/erp#feeds", t.erp.feeds.accepted((t.erp.feeds.names[name] ?? name).toLowerCase()));
  });
}

export default function RefusedFeed() {
  const {
    erp: { feeds: t },
  } = useMessages();
  const { feed, mayAct } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  return (
    <div className="narrow">
      <BackLink href="/admin/erp">{t.back}</BackLink>
      <h1>{`${t.title}: ${t.names[feed.name]}`}</h1>
      <ErrorSummary errors={reply?.errors ?? []} />
      {feed.lastError ? (
        <p>
          <Reason words={feed.lastError} />
        </p>
      ) : null}
      {feed.refusal && mayAct ? (
        <FeedRefusalForm name={feed.name} rows={feed.rows} refusal={feed.refusal} reply={reply} />
      ) : (
        <p className="quiet">{t.settled}</p>
      )}
    </div>
  );
}
