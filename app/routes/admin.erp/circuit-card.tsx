import type { SerializeFrom } from "@remix-run/node";
import type { Circuit } from "#app/erp/state.server.ts";
import type { ErpTest } from "#app/erp/watch.server.ts";
import { CircuitState } from "#app/erp/erp-card.tsx";
import { Facts } from "#app/ui/facts.tsx";
import { useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { RefLink } from "#app/ui/ref-link.tsx";
import { ConnectionTest } from "./connection-test.tsx";
import { useFigures } from "#app/erp/figures.ts";
import { Reason } from "#app/erp/reason.tsx";

type Props = {
  circuit: SerializeFrom<Circuit>;
  test: SerializeFrom<ErpTest> | null;
  incident: string | null;
  forcedUntil: Date | string | null;
  mayAct: boolean;
};

/** The breaker now: in a word and a sentence, since when, what comes next; and the button that asks. */
export function CircuitCard({ circuit, test, incident, forcedUntil, mayAct }: Props) {
  const { erp, ui } = useMessages();
  const { span } = useFigures();
  const { state, since, lastOkAt, lastError, failures, flaps, nextProbeAt, silent, now } = circuit;
  // To the second, which a moment on the clock does not tell.
  const left = (new Date(nextProbeAt).getTime() - new Date(now).getTime()) / 1_000;
  const facts: Parameters<typeof Facts>[0]["facts"] = [
    { label: erp.breaker.since, value: <Moment at={since} ago now={now} /> },
    { label: erp.breaker.lastOk, value: lastOkAt ? <Moment at={lastOkAt} ago now={now} /> : erp.never },
  ];
  if (state !== "CLOSED") facts.push({ label: erp.nextProbe, value: left > 0 ? erp.inSpan(span(left)) : erp.due });
  if (failures > 0) facts.push({ label: erp.breaker.failures, value: failures, number: true });
  if (flaps > 0) facts.push({ label: erp.flaps, value: erp.flapsHint(flaps) });
  if (lastError) facts.push({ label: ui.lastError, value: <Reason words={lastError} /> });
  if (forcedUntil) facts.push({ label: erp.breaker.forced, value: <Moment at={forcedUntil} /> });
  if (incident)
    facts.push({
      label: erp.incident,
      value: <RefLink href={`/admin/incidents/${incident}`}>{incident}</RefLink>,
    });
  return (
    <section className="card card--padded" aria-labelledby="now">
      <div className="page-head">
        <h2 id="now">{erp.now}</h2>
        <CircuitState state={state} />
      </div>
      <p>{erp.explain[state]}</p>
      {silent ? <p className="field__warning">{erp.silent}</p> : null}
      <Facts facts={facts} />
      <ConnectionTest test={test} mayAct={mayAct} now={now} />
    </section>
  );
}
