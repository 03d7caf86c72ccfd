import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { together } from "#app/db/together.server.ts";
import { page } from "#app/http/page.server.ts";
import { submit } from "#app/http/submit.server.ts";
import { redirectWithToast } from "#app/http/toast.server.ts";
import { messages } from "#app/words.ts";
import { endForm } from "#app/incidents/duty.ts";
import { endDuty, listChannels, listEscalation, listPeople, listPosts, listRota } from "#app/incidents/duty.server.ts";
import { Today } from "#app/incidents/today.tsx";
import { BackLink } from "#app/ui/back-link.tsx";
import { ButtonLink } from "#app/ui/button-link.tsx";
import { ErrorSummary } from "#app/ui/form.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { ListHead } from "#app/ui/list-page.tsx";
import { title } from "#app/ui/title.ts";
import { Channels, Matrix } from "./matrix.tsx";
import { People } from "./people.tsx";
import { Rota } from "./rota.tsx";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title((t) => t.incidents.duty.title);

export async function loader(args: LoaderFunctionArgs) {
  const { viewer, data } = await page(args, "staff", (db) =>
    together({
      people: listPeople(db),
      rota: listRota(db),
      posts: listPosts(db),
      steps: listEscalation(db),
      channels: listChannels(db),
    }),
  );
  return { ...data, mayChange: viewer.account?.role === "ADMIN", readAt: new Date() };
}

export async function action(args: ActionFunctionArgs) {
  return submit(args, "admin", endForm, async ({ rota }, visit) => {
    await visit.write((db) => endDuty(db, rota));
    return redirectWithToast("/admin/incidents/duty", messages(visit.lang).incidents.duty.ended);
  });
}

export default function DutyPage() {
  const t = useMessages().incidents;
  const { people, rota, posts, steps, channels, mayChange, readAt } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const onDuty = rota.some(({ now }) => now);
  return (
    <>
      <BackLink href="/admin/incidents">{t.back}</BackLink>
      <ListHead title={t.duty.title} lead={t.duty.lead} readAt={readAt} />
      <ErrorSummary errors={reply?.errors ?? []} />
      {onDuty ? null : <p className="field__warning">{t.duty.emptyRota}</p>}
      {mayChange ? (
        <p className="actions">
          {people.some(({ active }) => active) ? (
            <ButtonLink href="/admin/incidents/duty/rota">{t.duty.addDuty}</ButtonLink>
          ) : null}
          <ButtonLink kind="quiet" href="/admin/incidents/duty/person">
            {t.duty.addPerson}
          </ButtonLink>
        </p>
      ) : (
        <p className="quiet">{t.duty.adminOnly}</p>
      )}
      <div className="columns columns--main-side">
        <div className="stack stack--wide">
          <Today posts={posts.map(({ post }) => post)} rota={rota} onDuty={onDuty} />
          <Rota rota={rota} mayChange={mayChange} />
          <People people={people} mayChange={mayChange} />
        </div>
        <aside className="stack">
          <Channels channels={channels.map(({ channel }) => channel)} />
        </aside>
      </div>
      <Matrix steps={steps} />
    </>
  );
}
