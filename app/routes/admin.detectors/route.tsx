import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { page } from "#app/http/page.server.ts";
import { submit } from "#app/http/submit.server.ts";
import { redirectWithToast } from "#app/http/toast.server.ts";
import { listDetectors, setThreshold } from "#app/incidents/detector.server.ts";
import { thresholdForm } from "#app/incidents/detector.ts";
import { useMessages } from "#app/ui/language.tsx";
import { ListHead } from "#app/ui/list-page.tsx";
import { title } from "#app/ui/title.ts";
import { messages } from "#app/words.ts";
import { DetectorTable } from "./detector-table.tsx";
import { ThresholdForm } from "./threshold-form.tsx";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title((t) => t.incidents.detectors.title);

/** Each rule by which incidents are found: what it measures now, from when on that is bad, and what became of it. */
export async function loader(args: LoaderFunctionArgs) {
  const { viewer, data } = await page(args, "staff", (db) => listDetectors(db));
  const mayChange = viewer.account?.role === "ADMIN";
  return { detectors: data, asleep: !data.some(({ fresh }) => fresh), mayChange, readAt: new Date() };
}

/** Sets from when on a rule is set off. */
export const action = (args: ActionFunctionArgs) =>
  submit(args, "admin", thresholdForm, async (change, visit) => {
    await visit.write((db) => setThreshold(db, change));
    return redirectWithToast("/admin/detectors", messages(visit.lang).incidents.detectors.changed);
  });

export default function Detectors() {
  const t = useMessages().incidents.detectors;
  const { detectors, asleep, mayChange, readAt } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>();
  return (
    <>
      <ListHead title={t.title} lead={t.lead} readAt={readAt} />
      {asleep ? <p className="note">{t.asleep}</p> : null}
      {mayChange ? <ThresholdForm detectors={detectors} reply={reply} /> : null}
      <DetectorTable detectors={detectors} />
      <p className="quiet">{t.note}</p>
    </>
  );
}
