import type { DecisionMade as Decision } from "#app/approvals/approval.server.ts";
import { Badge } from "#app/ui/badges.tsx";
import { Facts } from "#app/ui/facts.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { Linked } from "#app/ui/ref-link.tsx";

/** How it was decided, by whom, and what the store was told. */
export function DecisionMade({ number, decision }: { number: string; decision: Decision | null }) {
  const t = useMessages().approvals;
  return (
    <section className="card card--padded">
      <div className="page-head">
        <h2>{t.decidedTitle}</h2>
        {decision ? (
          <Badge tone={decision.outcome === "APPROVED" ? "good" : "bad"}>{t.outcome[decision.outcome]}</Badge>
        ) : null}
      </div>
      {decision ? (
        <Facts
          facts={[
            { label: t.when, value: <Moment at={decision.at} ago /> },
            { label: t.by, value: <Linked>{decision.bulk ? `${decision.by} · ${t.bulk}` : decision.by}</Linked> },
            ...(decision.note ? [{ label: t.note, value: <span className="break">{decision.note}</span> }] : []),
          ]}
        />
      ) : (
        <p>{t.ended}</p>
      )}
      <p>
        <a href={`/admin/orders/${number}`}>{t.toOrder}</a>
      </p>
    </section>
  );
}
