import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { page } from "#app/http/page.server.ts";
import { listDetectors } from "#app/incidents/detector.server.ts";
import { useMessages } from "#app/ui/language.tsx";
import { ListHead } from "#app/ui/list-page.tsx";
import { title } from "#app/ui/title.ts";
import { DetectorTable } from "./detector-table.tsx";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title((t) => t.incidents.detectors.title);

/** Each rule by which incidents are found: what it measures now, from when on that is bad, and what became of it. */
export async function loader(args: LoaderFunctionArgs) {
  const { data } = await page(args, "staff", (db) => listDetectors(db));
  return { detectors: data, asleep: !data.some(({ fresh }) => fresh), readAt: new Date() };
}

export default function Detectors() {
  const t = useMessages().incidents.detectors;
  const { detectors, asleep, readAt } = useLoaderData<typeof loader>();
  return (
    <>
      <ListHead title={t.title} lead={t.lead} readAt={readAt} />
      {asleep ? <p className="note">{t.asleep}</p> : null}
      <DetectorTable detectors={detectors} />
      <p className="quiet">{t.note}</p>
    </>
  );
}
