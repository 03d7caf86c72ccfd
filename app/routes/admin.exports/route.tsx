import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { page } from "#app/http/page.server.ts";
import { type Export, listExports } from "#app/evidence/export.server.ts";
import { listAddress } from "#app/ui/list.ts";
import { ExportState } from "#app/evidence/export-state.tsx";
import { Period } from "#app/evidence/period.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { ListPage } from "#app/ui/list-page.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { Named } from "#app/ui/named.tsx";
import { Ref, RefLink } from "#app/ui/ref-link.tsx";
import { Table } from "#app/ui/table.tsx";
import { title } from "#app/ui/title.ts";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title((t) => t.evidence.title);

/** Every export, or with ?code= those about one salesman. */
export async function loader(args: LoaderFunctionArgs) {
  const params = new URL(args.request.url).searchParams;
  const code = /^[A-Z]{2,4}-\d{3,6}$/.exec(params.get("code") ?? "")?.[0] ?? null;
  const { data } = await page(args, "staff", (db) => listExports(db, { code, after: params.get("after") }));
  return { ...data, code, paged: params.has("after"), readAt: new Date() };
}

export default function Exports() {
  const t = useMessages().evidence;
  const { exports, next, code, paged, readAt } = useLoaderData<typeof loader>();
  const address = (after: string | null) => listAddress("/admin/exports", { code, after });
  return (
    <ListPage
      words={code ? { ...t, lead: t.about(code) } : t}
      icon="search"
      readAt={readAt}
      pager={{ next: next && address(next), first: paged ? address(null) : null, shown: exports.length }}
    >
      <ExportTable exports={exports} />
    </ListPage>
  );
}

function ExportTable({ exports }: { exports: Export[] }) {
  const t = useMessages().evidence;
  return (
    <Table
      caption={t.title}
      rows={exports}
      rowKey={({ ref }) => ref}
      columns={[
        {
          key: "ref",
          label: t.ref,
          head: true,
          cell: ({ ref }) => <RefLink href={`/admin/exports/${ref}`}>{ref}</RefLink>,
        },
        {
          key: "subject",
          label: t.subject,
          cell: ({ subjectName, subjectCode }) => <Named name={subjectName} code={subjectCode} />,
        },
        { key: "period", label: t.period, cell: (row) => <Period {...row} /> },
        { key: "reason", label: t.reason, cell: ({ reason }) => <span className="break">{reason}</span> },
        {
          key: "by",
          label: t.requestedBy,
          cell: ({ requestedBy, requestedAt }) => (
            <>
              <Ref code={requestedBy} />
              <br />
              <Moment at={requestedAt} />
            </>
          ),
        },
        { key: "state", label: t.state, cell: (row) => <ExportState {...row} /> },
      ]}
    />
  );
}
