import type { ReactNode } from "react";
import { State } from "#app/ui/badges.tsx";
import { Facts } from "#app/ui/facts.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import type { CircuitState as Circuit, FeedName } from "./state.ts";

export type CircuitView = {
  state: Circuit;
  since: Date | string;
  failures: number;
  lastError: string | null;
  lastOkAt: Date | string | null;
};
export type FeedView = {
  name: FeedName;
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
  const t = useMessages();
  const facts: Parameters<typeof Facts>[0]["facts"] = [
    { label: t.erp.breaker.since, value: <Moment at={circuit.since} ago /> },
    { label: t.erp.breaker.lastOk, value: circuit.lastOkAt ? <Moment at={circuit.lastOkAt} ago /> : t.erp.never },
  ];
  if (circuit.state !== "CLOSED") facts.push({ label: t.erp.breaker.failures, value: circuit.failures, number: true });
  if (circuit.lastError) facts.push({ label: t.ui.lastError, value: circuit.lastError });
  if (forcedUntil) facts.push({ label: t.erp.breaker.forced, value: <Moment at={forcedUntil} /> });
  for (const { name, asOf, lastTriedAt, lastError } of feeds) {
    facts.push({
      label: `${t.erp.feeds.names[name]}: ${t.erp.lastGood.toLowerCase()}`,
      value: asOf ? <Moment at={asOf} ago /> : t.erp.never,
    });
    if (!lastError) continue;
    facts.push({ label: `${t.erp.feeds.names[name]}: ${t.ui.lastError.toLowerCase()}`, value: lastError });
    if (lastTriedAt)
      facts.push({
        label: `${t.erp.feeds.names[name]}: ${t.erp.lastTried.toLowerCase()}`,
        value: <Moment at={lastTriedAt} ago />,
      });
  }
  return (
    <section className="card card--padded">
      <div className="page-head">
        <h2>{t.erp.breaker.title}</h2>
        <CircuitState state={circuit.state} />
      </div>
      <Facts facts={facts} />
      {children}
    </section>
  );
}

export function CircuitState({ state }: { state: Circuit }) {
  const t = useMessages();
  return (
    <State tone={state === "CLOSED" ? "good" : state === "OPEN" ? "bad" : "warn"}>{t.erp.breaker.states[state]}</State>
  );
}
