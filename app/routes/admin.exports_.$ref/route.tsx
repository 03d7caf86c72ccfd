import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { page } from "#app/http/page.server.ts";
import { type Export, findExport } from "#app/evidence/export.server.ts";
import { BackLink } from "#app/ui/back-link.tsx";
import { DownloadCard } from "./download-card.tsx";
import { ExportState } from "#app/evidence/export-state.tsx";
import { Period } from "#app/evidence/period.tsx";
import { Facts } from "#app/ui/facts.tsx";
import { formatNumber } from "#app/ui/format.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { Ref } from "#app/ui/ref-link.tsx";
import { title } from "#app/ui/title.ts";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title<{ found: { ref: string } }>((t, data) => data?.found.ref ?? t.evidence.title);

export async function loader(args: LoaderFunctionArgs) {
  const { viewer, data } = await page(args, "staff", (db) => findExport(db, args.params.ref ?? ""));
  return { found: data, mayAsk: viewer.account?.role === "AUDITOR" };
}

export default function EvidenceExport() {
  const t = useMessages().evidence;
  const { found, mayAsk } = useLoaderData<typeof loader>();
  return (
    <>
      <BackLink href="/admin/exports">{t.back}</BackLink>
      <div className="stack stack--tight">
        <h1 className="figures">{found.ref}</h1>
        <p className="row">
          <ExportState {...found} />
        </p>
      </div>
      <div className="columns columns--even">
        <section className="card card--padded">
          <h2>{t.request}</h2>
          <Facts
            facts={[
              {
                label: t.subject,
                value: (
                  <a href={`/admin/cases/${found.subjectCode}`}>{`${found.subjectName} (${found.subjectCode})`}</a>
                ),
              },
              { label: t.period, value: <Period {...found} /> },
              { label: t.reason, value: <span className="break">{found.reason}</span> },
              { label: t.requestedBy, value: <Ref code={found.requestedBy} /> },
              { label: t.requestedAt, value: <Moment at={found.requestedAt} /> },
            ]}
          />
        </section>
        <Contents found={found} />
        <DownloadCard found={found} mayAsk={mayAsk} />
        <Check />
      </div>
    </>
  );
}

function Contents({
  found,
}: {
  found: Pick<Export, "auditRows" | "orderRows" | "hitRows" | "chainRows" | "upToBatch" | "upToSeq">;
}) {
  const lang = useLang();
  const t = useMessages().evidence;
  const count = (label: string, n: number) => ({ label, value: formatNumber(n, lang), number: true });
  return (
    <section className="card card--padded">
      <h2>{t.rows}</h2>
      <Facts
        facts={[
          count(t.auditRows, found.auditRows),
          count(t.orderRows, found.orderRows),
          count(t.hitRows, found.hitRows),
          count(t.chainRows, found.chainRows),
          {
            label: t.upTo,
            value: t.upToOf(formatNumber(found.upToBatch, lang), formatNumber(found.upToSeq, lang)),
            number: true,
          },
        ]}
      />
    </section>
  );
}

function Check() {
  const t = useMessages().evidence.check;
  return (
    <section className="card card--padded">
      <h2>{t.title}</h2>
      <ul className="bullets">
        <li>{t.sum}</li>
        <li>
          {t.script}
          <br />
          <code className="break">node verify.mjs public-key.pem</code>
        </li>
      </ul>
      <p>{t.says}</p>
      <p className="quiet">{t.weak}</p>
    </section>
  );
}
