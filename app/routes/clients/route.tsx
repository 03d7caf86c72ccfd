import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { page } from "#app/http/page.server.ts";
import { findActingElsewhere } from "#app/shadow/acting.server.ts";
import { listClientAllowances } from "#app/shadow/consent.server.ts";
import type { Allowance } from "#app/shadow/consent.ts";
import { listStores } from "#app/shadow/store.server.ts";
import { ActingElsewhere } from "#app/shadow/acting-elsewhere.tsx";
import { TierBadge } from "#app/ui/badges.tsx";
import { ButtonLink } from "#app/ui/button-link.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { TextField } from "#app/ui/fields.tsx";
import { SubmitButton } from "#app/ui/form.tsx";
import { formatRupiah } from "#app/ui/format.ts";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { Table } from "#app/ui/table.tsx";
import { title } from "#app/ui/title.ts";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title((t) => t.shadow.clients.title);

export async function loader(args: LoaderFunctionArgs) {
  const q = (new URL(args.request.url).searchParams.get("q") ?? "").replaceAll("\0", "").trim().slice(0, 80);
  const { viewer, data } = await page(args, "salesman", (db) =>
    Promise.all([listStores(db, q), listClientAllowances(db), findActingElsewhere(db)]),
  );
  const [stores, allowances, elsewhere] = data;
  return { stores, allowances, elsewhere, q, actingCode: viewer.store?.code ?? null };
}

export default function Clients() {
  const t = useMessages();
  const { stores, allowances, elsewhere, q, actingCode } = useLoaderData<typeof loader>();
  return (
    <>
      <div className="page-head">
        <div>
          <h1>{t.shadow.clients.title}</h1>
          <p className="lead">{t.shadow.clients.lead}</p>
        </div>
      </div>
      <ActingElsewhere elsewhere={elsewhere} />
      <form className="search__line" method="get" action="/clients" role="search">
        <TextField name="q" type="search" label={t.shadow.clients.search} defaultValue={q} maxLength={80} />
        <SubmitButton kind="quiet">{t.ui.actions.search}</SubmitButton>
      </form>
      {stores.length > 0 ? (
        <Table
          caption={t.shadow.clients.title}
          rows={stores}
          rowKey={({ code }) => code}
          columns={[
            {
              key: "store",
              label: t.shadow.clients.store,
              head: true,
              cell: (store) => <StoreName {...store} allowance={allowances[store.code]} />,
            },
            { key: "tier", label: t.shadow.clients.tier, cell: ({ tier }) => <TierBadge tier={tier} short /> },
            {
              key: "last",
              label: t.shadow.clients.lastActing,
              cell: ({ lastActing }) => (lastActing ? <Moment at={lastActing} /> : t.shadow.clients.never),
            },
            {
              key: "begin",
              label: t.shadow.clients.action,
              bare: true,
              cell: (store) => <Begin {...store} current={store.code === actingCode} />,
            },
          ]}
        />
      ) : q ? (
        <EmptyState
          icon="search"
          title={t.shadow.clients.notFoundTitle}
          text={t.shadow.clients.notFoundText}
          action={{ href: "/clients", label: t.ui.actions.clear }}
        />
      ) : (
        <EmptyState icon="clients" title={t.shadow.clients.emptyTitle} text={t.shadow.clients.emptyText} />
      )}
    </>
  );
}

function StoreName({
  name,
  code,
  city,
  allowance,
}: {
  name: string;
  code: string;
  city: string;
  allowance?: Allowance;
}) {
  const t = useMessages().shadow.allowance;
  return (
    <>
      {name} <span className="sub quiet figures">{`${code} · ${city}`}</span>
      {allowance && allowance.cap !== null && allowance.left !== null ? (
        <span className="sub quiet">{t.leftOf(formatRupiah(allowance.left), formatRupiah(allowance.cap))}</span>
      ) : null}
    </>
  );
}

function Begin({
  code,
  name,
  shadowAllowed,
  suspended,
  current,
}: {
  code: string;
  name: string;
  shadowAllowed: boolean;
  suspended: boolean;
  current: boolean;
}) {
  const t = useMessages();
  if (suspended) return <span className="quiet">{t.shadow.clients.suspended}</span>;
  if (!shadowAllowed) return <span className="quiet">{t.shadow.clients.off}</span>;
  if (current)
    return (
      <ButtonLink kind="small" href="/products">
        {t.ui.dashboard.shop}
      </ButtonLink>
    );
  return (
    <ButtonLink kind="small" href={`/clients/${code}`} aria-label={`${t.shadow.clients.begin}: ${name}`}>
      {t.shadow.clients.begin}
    </ButtonLink>
  );
}
