import type { SerializeFrom } from "@remix-run/node";
import { AccountStatus } from "#app/accounts/account-badges.tsx";
import type { Allowance } from "#app/shadow/consent.ts";
import { SessionTable } from "#app/shadow/session-table.tsx";
import type { StoreSalesman, StoreSession } from "#app/stores/store.server.ts";
import { shownOfStore } from "#app/stores/store.ts";
import { Facts } from "#app/ui/facts.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { Money } from "#app/ui/money.tsx";
import { Ref } from "#app/ui/ref-link.tsx";
import { Part } from "./part.tsx";

/** Who looks after the store. */
export function Salesmen({ salesmen }: { salesmen: SerializeFrom<StoreSalesman>[] }) {
  const t = useMessages().stores;
  return (
    <section className="card card--padded">
      <h2>{t.salesmen.title}</h2>
      {salesmen.length === 0 ? <p className="quiet">{t.salesmen.none}</p> : null}
      <ul className="stack stack--tight">
        {salesmen.map(({ code, name, status, since }) => (
          <li key={code}>
            <Ref code={code} name={name} /> {status === "SUSPENDED" ? <AccountStatus status={status} /> : null}
            <span className="sub quiet">
              {t.salesmen.since} <Moment at={since} />
            </span>
          </li>
        ))}
      </ul>
      {salesmen.length === shownOfStore ? <p className="quiet">{t.first(shownOfStore)}</p> : null}
    </section>
  );
}

type Mode = { allowance: Allowance; sessions: SerializeFrom<StoreSession>[] };

/** What the owner allows salesmen, how much of it is used this month, and who worked in the store's name. */
export function ShadowMode({ allowance: { allowed, cap, used, left }, sessions }: Mode) {
  const { stores, shadow } = useMessages();
  const t = stores.shadow;
  const words = shadow.allowance;
  return (
    <>
      <section className="card card--padded" id="shadow">
        <h2>{t.title}</h2>
        <p className={allowed ? undefined : "field__warning"}>{allowed ? t.on : t.off}</p>
        <Facts
          facts={[
            { label: words.cap, value: cap === null ? words.none : <Money amount={cap} />, number: cap !== null },
            { label: words.title, value: <Money amount={used} />, number: true },
            ...(left === null ? [] : [{ label: words.left, value: <Money amount={left} />, number: true }]),
          ]}
        />
      </section>
      <Part title={t.sessions} none={t.none} rows={sessions.length} more={stores.newest(shownOfStore)}>
        <SessionTable caption={t.sessions} sessions={sessions} />
      </Part>
    </>
  );
}
