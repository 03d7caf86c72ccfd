import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { page } from "#app/http/page.server.ts";
import { outside, promised, promisedRoutes } from "#app/vitals/services.ts";
import { findMeasured } from "#app/vitals/speed.server.ts";
import { State } from "#app/ui/badges.tsx";
import { Facts } from "#app/ui/facts.tsx";
import { formatNumber } from "#app/ui/format.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { ListHead } from "#app/ui/list-page.tsx";
import { Table } from "#app/ui/table.tsx";
import { title } from "#app/ui/title.ts";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title((t) => t.vitals.services.title);

/** What we promise beside what was measured, and what we stand on. */
export async function loader(args: LoaderFunctionArgs) {
  const { data } = await page(args, "staff", (db) => findMeasured(db, promisedRoutes));
  const measured = promised.map(({ name, key }) => {
    const { requests, failed, p95 } = data[key] ?? { requests: 0, failed: 0, p95: null };
    return { name, requests, failed, p95 };
  });
  return { measured, readAt: new Date() };
}

type Row = (typeof promised)[number] & { requests: number; failed: number; measured: number | null };

export default function Services() {
  const { vitals } = useMessages();
  const t = vitals.services;
  const { measured, readAt } = useLoaderData<typeof loader>();
  const rows = promised.map((one, index): Row => {
    const { requests, failed, p95 } = measured[index]!;
    return { ...one, requests, failed, measured: p95 };
  });
  return (
    <>
      <ListHead title={t.title} lead={t.lead} readAt={readAt} />
      <section className="stack" aria-labelledby="ours">
        <h2 id="ours">{t.ours}</h2>
        <PromiseTable rows={rows} />
        <p className="quiet">{t.oursNote}</p>
      </section>
      <section className="stack" aria-labelledby="outside">
        <h2 id="outside">{t.outside}</h2>
        <div className="columns columns--even">
          {outside.map((name) => {
            const one = t.of[name];
            return (
              <section key={name} className="card card--padded stack" id={name} aria-labelledby={`${name}-name`}>
                <h3 id={`${name}-name`}>{one.name}</h3>
                <Facts
                  facts={[
                    { label: t.owner, value: one.owner },
                    { label: t.contact, value: one.contact },
                    { label: t.sla, value: one.sla },
                    { label: t.needs, value: one.needs },
                    { label: t.without, value: one.without },
                  ]}
                />
              </section>
            );
          })}
        </div>
      </section>
    </>
  );
}

function PromiseTable({ rows }: { rows: Row[] }) {
  const lang = useLang();
  const t = useMessages().vitals.services;
  const ms = (value: number) => `${formatNumber(Math.round(value), lang)} ms`;
  return (
    <Table
      caption={t.ours}
      rows={rows}
      rowKey={({ key }) => key}
      columns={[
        {
          key: "name",
          label: t.service,
          head: true,
          cell: ({ name, key }) => (
            <>
              {t.promised[name]}
              <br />
              <code className="quiet break">{key}</code>
            </>
          ),
        },
        { key: "sheet", label: t.sheet, number: true, cell: ({ p95 }) => (p95 === null ? t.atOnce : ms(p95)) },
        {
          key: "measured",
          label: t.measured,
          cell: ({ measured, p95 }) =>
            measured === null ? (
              "–"
            ) : (
              <>
                {ms(measured)}{" "}
                <State tone={p95 === null || measured <= p95 ? "good" : "bad"}>
                  {t.kept(p95 === null || measured <= p95)}
                </State>
              </>
            ),
        },
        { key: "requests", label: t.requests, number: true, cell: ({ requests }) => formatNumber(requests, lang) },
        { key: "failed", label: t.failed, number: true, cell: ({ failed }) => formatNumber(failed, lang) },
        {
          key: "needs",
          label: t.needs,
          cell: ({ needs }) => (needs.length === 0 ? t.nothing : needs.map((name) => t.of[name].name).join(", ")),
        },
      ]}
    />
  );
}
