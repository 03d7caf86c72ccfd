import { Badge } from "#app/ui/badges.tsx";
import { CopyBox } from "#app/ui/copy-box.tsx";
import { Facts } from "#app/ui/facts.tsx";
import { formatNumber } from "#app/ui/format.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import type { RunData } from "./run-page.tsx";

type Props = { data: RunData };

function NoOrder({ run }: Pick<RunData, "run">) {
  const { now: t } = useMessages().playbooks;
  if (run.order) return null;
  return <p>{run.incident ? t.noOrder : t.drillOrder}</p>;
}

/** The order as text to copy, where the incident names one. */
export function OrderText({ data: { order, run } }: Props) {
  const { now: t } = useMessages().playbooks;
  if (!order) return <NoOrder run={run} />;
  return <CopyBox id="order-text" label={t.orderText} hint={t.orderTextHint} text={order.text} />;
}

/** Who gets it: number and name, to be found in WhatsApp by hand. */
export function Recipient({ data: { order, run, hq } }: Props) {
  const { now: t, buttons } = useMessages().playbooks;
  if (!order) return <NoOrder run={run} />;
  const { to } = order;
  return (
    <Facts
      facts={[
        {
          label: t.to,
          value: (
            <>
              {to?.name ?? buttons.photos} · <span className="figures">{`+${to?.whatsapp ?? hq}`}</span>
            </>
          ),
        },
      ]}
    />
  );
}

/** When paper notes begin, of an incident of total outage. */
export function Paper({ data: { state, hq } }: Props) {
  const { now: t } = useMessages().playbooks;
  const facts: Parameters<typeof Facts>[0]["facts"] = [];
  if (state.paperAt)
    facts.push({
      label: t.blackout,
      value: (
        <>
          {state.paperAt.rang ? <Badge tone="bad">{t.rang}</Badge> : null} <Moment at={state.paperAt.dueAt} ago />
        </>
      ),
    });
  return <Facts facts={[...facts, { label: t.hq, value: <span className="figures">{`+${hq}`}</span> }]} />;
}

export function Maintenance({ data: { state } }: Props) {
  const { playbooks, status } = useMessages();
  const t = playbooks.now;
  if (!state.maintenance) return null;
  const { open } = state.maintenance;
  return (
    <Facts
      facts={[
        {
          label: t.maintenance,
          value: open ? (
            <>
              {status.maintenance.modes[open.mode]} · <Moment at={open.from} /> – <Moment at={open.until} />
            </>
          ) : (
            t.noMaintenance
          ),
        },
      ]}
    />
  );
}

export function Erasures({ data: { state } }: Props) {
  const lang = useLang();
  const { now: t } = useMessages().playbooks;
  return state.erasures === null ? null : (
    <Facts facts={[{ label: t.erasures, value: formatNumber(state.erasures, lang) }]} />
  );
}
