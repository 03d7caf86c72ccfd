import type { SerializeFrom } from "@remix-run/node";
import type { Pace, Queue, Traffic } from "#app/vitals/now.ts";
import { CircuitState } from "#app/erp/erp-card.tsx";
import type { CircuitState as Circuit } from "#app/erp/state.ts";
import { Figure } from "#app/ui/facts.tsx";
import { formatDecimal, formatNumber } from "#app/ui/format.ts";
import { useLang, useMessages } from "#app/ui/language.tsx";
import { shownCount } from "#app/ui/list.ts";
import { Moment } from "#app/ui/moment.tsx";

type Props = SerializeFrom<{ traffic: Traffic; pace: Pace; queues: Queue[]; circuit: { state: Circuit; since: Date } }>;

/** The numbers of this moment, each on the way to what is behind it. */
export function Figures({ traffic, pace, queues, circuit }: Props) {
  const lang = useLang();
  const t = useMessages();
  const words = t.vitals.now;
  const { requests, failed, p95, errors } = traffic;
  const orders = pace.minutes.reduce((sum, n) => sum + n, 0);
  const share = requests > 0 ? formatDecimal((100 * failed) / requests, lang, 1) : "0";
  return (
    <section className="stack" aria-labelledby="figures">
      <h2 id="figures">{words.figures}</h2>
      <div className="figures-grid">
        <Figure
          label={words.orders}
          href="/admin/orders"
          note={pace.usual === null ? words.usualUnknown : words.usual(formatDecimal(pace.usual, lang, 0))}
        >
          {formatNumber(orders, lang)}
        </Figure>
        <Figure label={words.requests} href="/admin/services" note={words.failed(failed, share)}>
          {formatNumber(requests, lang)}
        </Figure>
        <Figure label={words.p95} href="/admin/services" note={words.p95Note}>
          {p95 === null ? "–" : `${formatNumber(Math.round(p95), lang)} ms`}
        </Figure>
        <Figure label={words.errors} href="/admin/logs?level=error">
          {shownCount(errors, lang)}
        </Figure>
        <Figure label={words.breaker} href="/admin/erp" note={<Moment at={circuit.since} ago />}>
          <CircuitState state={circuit.state} />
        </Figure>
        {queues.map(({ kind, waiting, oldest }) => (
          <Figure
            key={kind}
            label={`${words.waits}: ${words.queues[kind]}`}
            note={
              waiting > 0 && oldest ? (
                <>
                  {words.oldest} <Moment at={oldest} ago />
                </>
              ) : (
                t.ui.none
              )
            }
          >
            {shownCount(waiting, lang)}
          </Figure>
        ))}
      </div>
    </section>
  );
}
