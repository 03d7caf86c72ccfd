import type { SerializeFrom } from "@remix-run/node";
import type { findUndecided, findQueue } from "#app/erp/state.server.ts";
import { shownCount } from "#app/ui/list.ts";
import { Facts } from "#app/ui/facts.tsx";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { RefLink } from "#app/ui/ref-link.tsx";

type Props = {
  queue: SerializeFrom<Awaited<ReturnType<typeof findQueue>>>;
  decisions: SerializeFrom<Awaited<ReturnType<typeof findUndecided>>>;
  now: Date | string;
};

/** What waits for the ERP, and what of its answers waits for a person. */
export function QueueCard({ queue, decisions, now }: Props) {
  const lang = useLang();
  const { erp, ui } = useMessages();
  const facts: Parameters<typeof Facts>[0]["facts"] = [
    {
      label: erp.queue.waiting,
      value: <a href="/admin/orders?sync=PENDING_SYNC">{shownCount(queue.waiting, lang)}</a>,
      number: true,
    },
    {
      label: erp.queue.oldest,
      value: queue.oldest ? <Oldest number={queue.oldestNumber} at={queue.oldest} now={now} /> : ui.none,
    },
    {
      label: erp.queue.failed,
      value: <a href="/admin/orders?sync=FAILED">{shownCount(queue.failed, lang)}</a>,
      number: true,
    },
    {
      label: erp.queue.undecided,
      value: <a href="/admin/reconcile">{shownCount(decisions.undecided, lang)}</a>,
      number: true,
    },
  ];
  if (decisions.run) {
    facts.push({
      label: erp.queue.run,
      value: (
        <>
          <RefLink href="/admin/reconcile">{decisions.run}</RefLink>
          {` · ${erp.queue.runOf(shownCount(decisions.settled ?? 0, lang), shownCount(decisions.total ?? 0, lang))}`}
        </>
      ),
    });
  }
  return (
    <section className="card card--padded" aria-labelledby="queue">
      <h2 id="queue">{erp.queue.title}</h2>
      <Facts facts={facts} />
    </section>
  );
}

function Oldest({ number, at, now }: { number: string | null; at: Date | string; now: Date | string }) {
  return (
    <>
      {number ? <RefLink href={`/admin/orders/${number}`}>{number}</RefLink> : null} <Moment at={at} ago now={now} />
    </>
  );
}
