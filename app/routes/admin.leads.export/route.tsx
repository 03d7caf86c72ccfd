import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { page } from "#app/http/page.server.ts";
import { submit } from "#app/http/submit.server.ts";
import { redirectWithToast } from "#app/http/toast.server.ts";
import { exportFormats, exportRightForm, readLeadFilter } from "#app/leads/lead.ts";
import { allowExport, listExportRights } from "#app/leads/lead.server.ts";
import { BackLink } from "#app/ui/back-link.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { listAddress } from "#app/ui/list.ts";
import { title } from "#app/ui/title.ts";
import { messages } from "#app/words.ts";
import { RightsForm } from "./rights-form.tsx";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title((t) => t.leads.exportTitle);

export async function loader(args: LoaderFunctionArgs) {
  const { state, q } = readLeadFilter(new URL(args.request.url).searchParams);
  const { viewer, data } = await page(args, "staff", (db) => listExportRights(db));
  return {
    filter: { state, q },
    rights: data,
    may: data.some(({ own, allowed }) => own && allowed),
    mayGive: viewer.account?.role === "ADMIN",
  };
}

/** Gives somebody else of staff the right to take leads away, or takes it back. */
export function action(args: ActionFunctionArgs) {
  return submit(args, "admin", exportRightForm, async ({ code, allowed, reason }, visit) => {
    await visit.write((db) => allowExport(db, code, allowed === "yes", reason));
    return redirectWithToast("/admin/leads/export", messages(visit.lang).leads.rightChanged(code));
  });
}

export default function LeadExport() {
  const t = useMessages().leads;
  const { filter, rights, may, mayGive } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  const { state, q } = filter;
  const asked = [...(state ? [t.states[state]] : []), ...(q ? [`«${q}»`] : [])];
  return (
    <div className="narrow">
      <BackLink href={listAddress("/admin/leads", filter)}>{t.back}</BackLink>
      <h1>{t.exportTitle}</h1>
      <p className="lead">{t.exportLead}</p>
      {may ? (
        <section className="card card--padded">
          <p>{asked.length > 0 ? asked.join(" · ") : t.exportAll}</p>
          <p className="row">
            {exportFormats.map((format) => (
              <a
                key={format}
                className="button button--main"
                href={listAddress(`/admin/leads/export/${format}`, filter)}
                download
              >
                {t.formats[format]}
              </a>
            ))}
          </p>
        </section>
      ) : (
        <p className="card card--padded">{t.mayNot}</p>
      )}
      <RightsForm rights={rights} mayGive={mayGive} reply={reply} />
    </div>
  );
}
