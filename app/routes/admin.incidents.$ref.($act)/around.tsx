import { CircuitState } from "#app/erp/erp-card.tsx";
import { linkPlace } from "#app/incidents/life.ts";
import { Badge } from "#app/ui/badges.tsx";
import { Facts } from "#app/ui/facts.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { listAddress } from "#app/ui/list.ts";
import { Moment } from "#app/ui/moment.tsx";
import { Linked, Ref, RefLink } from "#app/ui/ref-link.tsx";
import type { IncidentData } from "./incident-page.tsx";
import { Way } from "./way.tsx";

/** The connection to the ERP as it is now, where that is what it is about. */
export function ErpState({ circuit }: { circuit: NonNullable<IncidentData["circuit"]> }) {
  const { erp } = useMessages();
  const { state, since, lastOkAt, now } = circuit;
  return (
    <section className="card card--padded" aria-labelledby="erp">
      <h2 id="erp">
        <a href="/admin/erp">{erp.title}</a>
      </h2>
      <p className="row">
        <CircuitState state={state} />
      </p>
      <Facts
        facts={[
          { label: erp.breaker.since, value: <Moment at={since} ago now={now} /> },
          { label: erp.breaker.lastOk, value: lastOkAt ? <Moment at={lastOkAt} ago now={now} /> : erp.never },
        ]}
      />
    </section>
  );
}

/** What it touched, each leading to its page. */
export function Links({ links }: Pick<IncidentData, "links">) {
  const t = useMessages().incidents;
  if (links.length === 0) return null;
  return (
    <section className="card card--padded" aria-labelledby="tautan">
      <h2 id="tautan">{t.links}</h2>
      <ul className="stack stack--tight">
        {links.map(({ kind, key }) => {
          const place = linkPlace(kind, key);
          return (
            <li key={`${kind} ${key}`}>
              {t.linkKinds[kind]}:{" "}
              {kind === "account" ? <Ref code={key} /> : place ? <RefLink href={place}>{key}</RefLink> : key}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

type KnownProps = Pick<IncidentData, "known" | "mayWrite" | "incident">;

/** What is known of its cause already, with the way round. */
export function KnownErrors({ known, incident, mayWrite }: KnownProps) {
  const t = useMessages().incidents.knownErrors;
  const { cause, ref: from } = incident;
  const add = listAddress("/admin/incidents/known-errors/add", { cause, from });
  const way = (
    <Way incident={incident} mayWrite={mayWrite} href={add}>
      {t.addFromHere}
    </Way>
  );
  if (known.length === 0) return mayWrite ? <p className="no-print">{way}</p> : null;
  return (
    <section className="card card--padded stack" aria-labelledby="dikenal">
      <h2 id="dikenal">{t.offered}</h2>
      {known.map(({ code, sign, why, wayRound }) => (
        <article key={code} className="stack stack--tight">
          <h3>
            <Linked>{sign}</Linked> <span className="quiet figures">{code}</span>
          </h3>
          <p className="words">
            <strong>{t.wayRound}:</strong> <Linked>{wayRound}</Linked>
          </p>
          <p className="words quiet">
            {t.why}: <Linked>{why}</Linked>
          </p>
        </article>
      ))}
      {mayWrite ? <p className="no-print">{way}</p> : null}
    </section>
  );
}

type ReviewProps = Pick<IncidentData, "incident" | "mayWrite"> & {
  state: "DRAFT" | "SUBMITTED" | "APPROVED" | null;
};

/** The way to its post-mortem; needed only after a SEV-1, possible for each. */
export function Review({ incident, mayWrite, state }: ReviewProps) {
  const t = useMessages().incidents.postMortems;
  const { ref, peak, state: life } = incident;
  const tone = { DRAFT: "plain", SUBMITTED: "warn", APPROVED: "good" } as const;
  return (
    <section className="card card--padded stack stack--tight" aria-labelledby="post-mortem">
      <h2 id="post-mortem">
        <Way incident={incident} mayWrite={mayWrite} href={`/admin/incidents/${ref}/post-mortem`}>
          {t.title}
        </Way>
      </h2>
      <p className="row">
        {state ? <Badge tone={tone[state]}>{t.states[state]}</Badge> : <span className="quiet">{t.none}</span>}
        {peak === 1 && state !== "APPROVED" && (life === "RESOLVED" || state) ? (
          <span className="quiet">{t.needed}</span>
        ) : null}
      </p>
    </section>
  );
}
