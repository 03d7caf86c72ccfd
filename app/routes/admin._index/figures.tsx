import type { ComponentProps } from "react";
import { shownCount } from "#app/ui/list.ts";
import { Figure } from "#app/ui/facts.tsx";
import { formatRupiah } from "#app/ui/format.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { Moment } from "#app/ui/moment.tsx";
import { Work } from "./work.tsx";

type Props = ComponentProps<typeof Work> & {
  today: { orders: number; total: number };
  queue: { waiting: number; oldest: Date | string | null; failed: number };
  alertCounts: Record<string, number>;
  bypassUntil: Date | string | null;
};

/** What staff looks at first, each number on the way to what is behind it. */
export function Attention({ today, queue, alertCounts, bypassUntil, ...work }: Props) {
  const lang = useLang();
  const t = useMessages();
  const words = t.ui.overview;
  return (
    <section className="stack" aria-labelledby="attention">
      <h2 id="attention">{words.attention}</h2>
      <div className="figures-grid">
        <Work {...work} />
        <Figure
          label={words.waitingSync}
          href="/admin/orders?sync=PENDING_SYNC"
          note={
            queue.oldest ? (
              <>
                {words.oldest} <Moment at={queue.oldest} ago />
              </>
            ) : (
              t.ui.none
            )
          }
        >
          {shownCount(queue.waiting, lang)}
        </Figure>
        <Counted name="syncFailed" href="/admin/orders?sync=FAILED" count={queue.failed} />
        <Counted name="alertsWaiting" href="/admin/alerts?state=PENDING" count={alertCounts.PENDING} />
        <Counted name="alertsFailed" href="/admin/alerts?state=PHONE" count={alertCounts.PHONE} />
        <Figure
          label={t.settings.names.CREDIT_CHECK_BYPASS!}
          href="/admin/settings"
          note={
            bypassUntil ? (
              <>
                {words.bypassUntil} <Moment at={bypassUntil} />
              </>
            ) : (
              words.bypassOff
            )
          }
        >
          {bypassUntil ? t.settings.on : t.settings.off}
        </Figure>
        <Figure label={words.ordersToday} href="/admin/orders" note={words.todayWorth(formatRupiah(today.total, lang))}>
          {today.orders}
        </Figure>
      </div>
    </section>
  );
}

type CountedProps = { name: "syncFailed" | "alertsWaiting" | "alertsFailed"; href: string; count: number | undefined };

/** What should be none; what to do is said where there are some. */
function Counted({ name, href, count = 0 }: CountedProps) {
  const lang = useLang();
  const { overview: t, none } = useMessages().ui;
  return (
    <Figure label={t[name]} href={href} note={count > 0 ? t[`${name}Note`] : none}>
      {shownCount(count, lang)}
    </Figure>
  );
}

export function ByStatus({ counts }: { counts: Record<string, number> }) {
  const lang = useLang();
  const t = useMessages();
  return (
    <section className="stack" aria-labelledby="by-status">
      <h2 id="by-status">{t.ui.overview.byStatus}</h2>
      <div className="figures-grid">
        {Object.entries(t.orders.statuses).map(([status, label]) => (
          <Figure key={status} label={label} href={`/admin/orders?status=${status}`}>
            {shownCount(counts[status], lang)}
          </Figure>
        ))}
      </div>
    </section>
  );
}
