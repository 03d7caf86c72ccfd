import type { ReactNode } from "react";
import { State } from "#app/ui/badges.tsx";
import { Facts } from "#app/ui/facts.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";

export type CircuitView = {
  state: string;
  since: Date | string;
  failures: number;
  lastError: string | null;
  lastOkAt: Date | string | null;
};
export type FeedView = {
  name: string;
  asOf: Date | string | null;
  lastTriedAt: Date | string | null;
  lastError: string | null;
};

/** The breaker: whether the ERP answers, since when, and what it said last. `forcedUntil`: degraded mode is forced. */
export function ErpCard({
  circuit,
  feeds,
  forcedUntil,
  children,
}: {
  circuit: CircuitView;
  feeds: FeedView[];
  forcedUntil: Date | string | null;
  children?: ReactNode;
}) {
  const t = useMessages().admin;
  const facts: Parameters<typeof Facts>[0]["facts"] = [
    { label: t.erp.since, value: <Moment at={circuit.since} ago /> },
    { label: t.erp.lastOk, value: circuit.lastOkAt ? <Moment at={circuit.lastOkAt} ago /> : t.erp.never },
  ];
  if (circuit.state !== "CLOSED") facts.push({ label: t.erp.failures, value: circuit.failures, number: true });
  if (circuit.lastError) facts.push({ label: t.common.lastError, value: circuit.lastError });
  if (forcedUntil) facts.push({ label: t.erp.forced, value: <Moment at={forcedUntil} /> });
  for (const { name, asOf, lastTriedAt, lastError } of feeds) {
    facts.push({
      label: `${t.erp.feed[name]}: ${t.erp.lastGood.toLowerCase()}`,
      value: asOf ? <Moment at={asOf} ago /> : t.erp.never,
    });
    if (!lastError) continue;
    facts.push({ label: `${t.erp.feed[name]}: ${t.common.lastError.toLowerCase()}`, value: lastError });
    if (lastTriedAt)
      facts.push({
        label: `${t.erp.feed[name]}: ${t.erp.lastTried.toLowerCase()}`,
        value: <Moment at={lastTriedAt} ago />,
      });
  }
  return (
    <section className="card card--padded">
      <div className="page-head">
        <h2>{t.erp.breaker}</h2>
        <CircuitState state={circuit.state} />
      </div>
      <Facts facts={facts} />
      {children}
    </section>
  );
}

export function CircuitState({ state }: { state: string }) {
  const t = useMessages().admin.erp;
  return (
    <State tone={state === "CLOSED" ? "good" : state === "OPEN" ? "bad" : "warn"}>{t.state[state] ?? state}</State>
  );
}
