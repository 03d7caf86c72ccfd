import { CircuitState } from "#app/erp/erp-card.tsx";
import { Badge } from "#app/ui/badges.tsx";
import { Facts } from "#app/ui/facts.tsx";
import { formatNumber } from "#app/ui/format.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import type { RunData } from "./run-page.tsx";

type Props = { data: RunData };

function Until({ at }: { at: Date | string | null }) {
  const { now: t } = useMessages().playbooks;
  if (!at) return t.off;
  return (
    <>
      <Badge tone="warn">{t.onUntil}</Badge> <Moment at={at} />
    </>
  );
}

/** Whether the ERP answers, and whether degraded mode is forced. */
export function Degraded({ data: { state } }: Props) {
  const { now: t } = useMessages().playbooks;
  if (!state.erp) return null;
  const { circuit, since, forcedUntil } = state.erp;
  return (
    <Facts
      facts={[
        {
          label: t.circuit,
          value: (
            <>
              <CircuitState state={circuit} /> <Moment at={since} ago />
            </>
          ),
        },
        { label: t.forced, value: <Until at={forcedUntil} /> },
      ]}
    />
  );
}

export function Bypass({ data: { state } }: Props) {
  const { now: t } = useMessages().playbooks;
  return state.erp ? <Facts facts={[{ label: t.bypass, value: <Until at={state.erp.bypassUntil} /> }]} /> : null;
}

/** Both switches, which are to be off in the end. */
export function Switches({ data: { state } }: Props) {
  const { now: t } = useMessages().playbooks;
  if (!state.erp) return null;
  const { bypassUntil, forcedUntil } = state.erp;
  return (
    <Facts
      facts={[
        { label: t.bypass, value: <Until at={bypassUntil} /> },
        { label: t.forced, value: <Until at={forcedUntil} /> },
      ]}
    />
  );
}

export function Snapshot({ data: { state } }: Props) {
  const { now: t } = useMessages().playbooks;
  if (!state.erp) return null;
  const { stockAsOf } = state.erp;
  return <Facts facts={[{ label: t.stock, value: stockAsOf ? <Moment at={stockAsOf} ago /> : t.none }]} />;
}

/** The banner as stores have it on their pages at this moment. */
export function Banner({ data: { degraded } }: Props) {
  const { ui, playbooks } = useMessages();
  if (!degraded) return <p>{playbooks.now.notSeen}</p>;
  return (
    <p>
      {playbooks.now.seen}: <strong>«{ui.banners.degraded.store}»</strong>
    </p>
  );
}

export function LastRun({ data: { state } }: Props) {
  const lang = useLang();
  const { now: t } = useMessages().playbooks;
  if (!state.erp) return null;
  const { waiting, undecided, lastRun } = state.erp;
  return (
    <Facts
      facts={[
        { label: t.waiting, value: formatNumber(waiting, lang) },
        {
          label: t.lastRun,
          value: lastRun ? (
            <>
              <span className="figures">{lastRun.ref}</span> ·{" "}
              {lastRun.finishedAt ? <Moment at={lastRun.finishedAt} ago /> : t.running}
            </>
          ) : (
            t.none
          ),
        },
        {
          label: t.undecided,
          value: undecided > 0 ? <a href="/admin/reconcile">{formatNumber(undecided, lang)}</a> : "0",
        },
      ]}
    />
  );
}
