import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { env } from "#app/env.server.ts";
import { NotFound } from "#app/db/errors.server.ts";
import { nowhere, submit } from "#app/http/submit.server.ts";
import { page } from "#app/http/page.server.ts";
import { redirectWithToast } from "#app/http/toast.server.ts";
import { endForm, maintenanceForm, updateForm } from "#app/status/forms.ts";
import {
  endMaintenance,
  listMaintenance,
  listTellable,
  listUpdates,
  setMaintenance,
  writeUpdate,
} from "#app/status/status.server.ts";
import { ErrorSummary, KeptText } from "#app/ui/form.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { ListHead } from "#app/ui/list-page.tsx";
import { title } from "#app/ui/title.ts";
import { messages } from "#app/words.ts";
import { Earlier } from "./earlier.tsx";
import { EndForm } from "./end-form.tsx";
import { MaintenanceForm } from "./maintenance-form.tsx";
import { UpdateForm } from "./update-form.tsx";
import { UpdateList } from "./update-list.tsx";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title((t) => t.status.admin.title);

/** The maintenance that is open, earlier ones, and what stores were told. */
export async function loader(args: LoaderFunctionArgs) {
  const { act } = args.params;
  const { viewer, data } = await page(args, "staff", (db) => {
    if (act !== undefined && !isAct(act)) throw new NotFound();
    return Promise.all([listMaintenance(db), listTellable(db), listUpdates(db)]);
  });
  const [periods, incidents, updates] = data;
  const open = periods.find(({ state }) => state === "PLANNED" || state === "RUNNING") ?? null;
  return {
    act: act ?? null,
    open,
    earlier: periods.filter(({ id }) => id !== open?.id),
    incidents,
    updates,
    mayAct: viewer.account?.role === "ADMIN",
    byEnvironment: env.MAINTENANCE_MODE === "OFF" ? null : (env.MAINTENANCE_MODE ?? null),
    readAt: new Date(),
  };
}

const to = "/admin/status";
const acts = {
  maintenance: (args: ActionFunctionArgs) =>
    submit(args, "admin", maintenanceForm, async (form, visit) => {
      await visit.write((db) => setMaintenance(db, form));
      return redirectWithToast(to, messages(visit.lang).status.admin.saved);
    }),
  end: (args: ActionFunctionArgs) =>
    submit(args, "admin", endForm, async ({ id, version, reason }, visit) => {
      await visit.write((db) => endMaintenance(db, id, version, reason));
      return redirectWithToast(to, messages(visit.lang).status.admin.ended);
    }),
  update: (args: ActionFunctionArgs) =>
    submit(args, "admin", updateForm, async (form, visit) => {
      await visit.write((db) => writeUpdate(db, form));
      return redirectWithToast(to, messages(visit.lang).status.admin.sent);
    }),
};
const isAct = (act: string): act is keyof typeof acts => Object.hasOwn(acts, act);

export function action(args: ActionFunctionArgs) {
  const { act = "" } = args.params;
  return isAct(act) ? acts[act](args) : nowhere(args, "admin");
}

export default function AdminStatus() {
  const t = useMessages().status.admin;
  const { act, open, earlier, incidents, updates, mayAct, byEnvironment, readAt } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  // Meanwhile somebody else may have ended what it was about.
  const isThere = act === "maintenance" || (act === "end" ? open !== null : incidents.length > 0);
  const replyTo = (one: string) => (act === one ? answer : undefined);
  return (
    <>
      <ListHead title={t.title} lead={mayAct ? t.lead : t.adminOnly} readAt={readAt} />
      <p>
        <a href="/status">{t.public}</a>
      </p>
      {answer && !isThere ? (
        <>
          <ErrorSummary errors={answer.errors.map(({ message }) => ({ message }))} />
          <KeptText
            text={[answer.values.textId, answer.values.textEn, answer.values.reason].filter(Boolean).join(" / ")}
          />
        </>
      ) : null}
      {byEnvironment ? <p className="note">{t.byEnvironment(byEnvironment)}</p> : null}
      <div className="columns columns--even">
        <section className="stack">
          {mayAct ? <MaintenanceForm open={open} reply={replyTo("maintenance")} /> : null}
          {mayAct && open ? <EndForm open={open} reply={replyTo("end")} /> : null}
          <Earlier periods={mayAct || !open ? earlier : [open, ...earlier]} />
        </section>
        <section className="stack">
          {mayAct ? <UpdateForm incidents={incidents} reply={replyTo("update")} /> : null}
          <UpdateList updates={updates} />
        </section>
      </div>
    </>
  );
}
