import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { page } from "#app/http/page.server.ts";
import { findAccount, listLogins } from "#app/accounts/account.server.ts";
import { findActingNow, listHeldOrders, listSuspensions } from "#app/accounts/suspension.server.ts";
import { AccountStatus, RoleBadge } from "#app/accounts/account-badges.tsx";
import { Acts } from "./acts.tsx";
import { HeldOrders } from "./held-orders.tsx";
import { Logins } from "./logins.tsx";
import { openOf, suspensionState } from "#app/accounts/suspension.ts";
import { SuspensionHistory } from "./suspension-history.tsx";
import { AuditLinks } from "#app/ui/audit-links.tsx";
import { BackLink } from "#app/ui/back-link.tsx";
import { Facts } from "#app/ui/facts.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { ReadAt } from "#app/ui/read-at.tsx";
import { title } from "#app/ui/title.ts";
import { Ref } from "#app/ui/ref-link.tsx";

export { ErrorBoundary } from "#app/accounts/error-boundary.tsx";
export const meta = title<{ account: { name: string } }>((t, data) => data?.account.name ?? t.accounts.title);

export async function loader(args: LoaderFunctionArgs) {
  const code = args.params.code ?? "";
  const { viewer, data } = await page(args, "staff", (db) =>
    Promise.all([
      findAccount(db, code),
      listLogins(db, code),
      findActingNow(db, code),
      listSuspensions(db, code),
      listHeldOrders(db, code),
    ]),
  );
  const [account, logins, acting, suspensions, waiting] = data;
  const held = waiting.map(({ reason: _, ...order }) => order);
  return {
    account,
    logins,
    acting,
    suspensions,
    held,
    mayAct: viewer.account!.role === "ADMIN",
    mayAudit: viewer.account!.role === "AUDITOR",
    state: suspensionState({ account, open: openOf(suspensions) }, viewer.account!),
    readAt: new Date(),
  };
}

export default function AccountPage() {
  const t = useMessages().accounts;
  const { account, logins, acting, suspensions, held, mayAct, mayAudit, state, readAt } =
    useLoaderData<typeof loader>();
  const open = openOf(suspensions);
  return (
    <>
      <BackLink href="/admin/accounts">{t.back}</BackLink>
      <div className="page-head">
        <div>
          <h1>{account.name}</h1>
          <p className="row">
            <span className="figures">{account.code}</span>
            <RoleBadge role={account.role} />
            <AccountStatus status={account.status} />
            {account.role === "PARTNER" ? <a href={`/admin/stores/${account.code}`}>{t.toStore}</a> : null}
          </p>
          <ReadAt at={readAt} />
        </div>
      </div>
      <div className="columns columns--main-side">
        <div className="stack">
          <Acts
            code={account.code}
            mayAct={mayAct}
            state={state}
            askedBy={open?.askedBy ?? null}
            askedReason={open?.askedReason ?? null}
          />
          {account.role === "SALESMAN" ||
          (account.role === "PARTNER" && (held.length > 0 || account.status === "SUSPENDED")) ? (
            <section className="card card--padded">
              <h2>{t.held}</h2>
              <HeldOrders code={account.code} orders={held} ofStore={account.role === "PARTNER"} mayRelease={mayAct} />
            </section>
          ) : null}
          <section className="card card--padded">
            <h2>{t.history}</h2>
            <SuspensionHistory suspensions={suspensions} />
          </section>
        </div>
        <aside className="stack">
          {account.role === "SALESMAN" ? <ActingCard acting={acting} code={account.code} /> : null}
          <Logins logins={logins} />
          <section className="card card--padded">
            <h2>{t.facts}</h2>
            <Facts facts={[{ label: t.since, value: <Moment at={account.createdAt} /> }]} />
          </section>
          {mayAudit ? <AuditLinks about={account.code} by={account.code} /> : null}
        </aside>
      </div>
    </>
  );
}

type Acting = { storeCode: string; storeName: string; reason: string; expiresAt: Date | string } | null;

function ActingCard({ acting, code }: { acting: Acting; code: string }) {
  const t = useMessages().accounts;
  return (
    <section className="card card--padded">
      <h2>{t.acting}</h2>
      {acting ? (
        <Facts
          facts={[
            { label: t.actingFor, value: <Ref code={acting.storeCode} name={acting.storeName} /> },
            { label: t.actingReason, value: acting.reason },
            { label: t.actingUntil, value: <Moment at={acting.expiresAt} /> },
          ]}
        />
      ) : (
        <p className="quiet">{t.notActing}</p>
      )}
      <p>
        <a href={`/admin/cases/${code}`}>{t.case}</a>
      </p>
    </section>
  );
}
